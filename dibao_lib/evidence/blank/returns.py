"""What was set aside, as workbooks the office sends back: one for each sender, with every cell to be corrected.

A corrected file of the same name replaces the rows of the old one; the list is written anew at each import, so what was
corrected is gone from it, and a sender with nothing left has no list. The manifest keeps the earlier versions.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.blank.looks import Looks, height_of, lines_of
from dibao_lib.evidence.form import Kind
from dibao_lib.evidence.gazetteer import Gazetteer
from dibao_lib.evidence.manifest import Manifest
from dibao_lib.evidence.questions import UNANSWERED
from dibao_lib.evidence.report import FileReport
from dibao_lib.evidence.snapshots import write_whole
from dibao_lib.evidence.tables import table_fields

FOLDER = "退回更正"
_HEAD = ("文件", "工作表", "行", "列", "原值", "问题", "怎样改")
_WIDTHS = (26.0, 14.0, 6.0, 18.0, 22.0, 30.0, 40.0)
_NOTE = (
    "说明：请在原文件中逐处改正（改原文件，不要改本表），文件名、工作表和表头保持不变，改好后整份重报；"
    "重新导入后，已改正的内容自动从清单中消去。本表含个人信息，只发给报送单位，不得外传。"
)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = dt.datetime(2020, 1, 1)
_A4, _LONGEST, _MOST = 9, 32767, 200_000
# quarantine.parquet says “列”列：what is wrong。what to do（outcome）
_MESSAGE = re.compile(r"(?:“.*?”列：)?(.*?)(?:。(请.*))?（(值已采用|整行未导入|该格留空)）", re.DOTALL)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class ToCorrect:
    """One line of a list: where, what stood there, what is wrong and what to do; blank where it concerns a whole file."""

    source_file: str
    sheet: str
    row: str
    column: str
    value: str
    problem: str
    remedy: str


def write_returns(folder: Path, quarantine: pa.Table, manifest: Manifest, gazetteer: Gazetteer) -> None:
    """Writes one workbook a sender into a folder, and removes those of senders with nothing left to correct.

    Args:
        folder: where to; made when there is something to write.
        quarantine: all lines set aside.
        manifest: which column a field was, and which files and sheets were refused.
        gazetteer: tells the township a file or sheet comes from.

    Raises:
        InputRefused: a list is open in another program.
    """
    by_sender: dict[str, list[ToCorrect]] = defaultdict(list)
    for line in [*_refusals(manifest), *_cells(quarantine, manifest)]:
        by_sender[_sender(line, gazetteer)].append(line)
    wanted = {f"{sender}.xlsx": (sender, lines) for sender, lines in by_sender.items()}
    try:
        for old in folder.glob("*.xlsx") if folder.is_dir() else ():
            if old.name not in wanted:
                old.unlink()
        for name, (sender, lines) in wanted.items():
            write_whole(folder / name, _workbook(sender, lines))
    except PermissionError:
        raise InputRefused(
            f"表册已导入，但{FOLDER}文件夹中有清单正被其他程序打开，未能更新。请关闭 Excel 或 WPS 后重新导入任意一份表册。"
        ) from None


def returns_in(folder: Path) -> list[Path]:
    """The lists that wait to be sent back."""
    return sorted(folder.glob("*.xlsx"))


def _refusals(manifest: Manifest) -> Iterator[ToCorrect]:
    """Whole files and sheets that were refused."""
    for report in [*manifest.refused.values(), *manifest.files.values()]:
        if report.refused:
            yield _refusal(report, "", report.refused)
        yield from (_refusal(report, sheet.sheet, sheet.refused) for sheet in report.sheets if sheet.refused)


def _refusal(report: FileReport, sheet: str, sentence: str) -> ToCorrect:
    bare = sentence.removeprefix(report.source_file).removeprefix(f"“{sheet}”").removeprefix("：")
    problem, _, remedy = bare.partition("。请")
    what = "整张工作表未导入" if sheet else "整份文件未导入"
    return ToCorrect(
        report.source_file, sheet, "", "", "", f"{problem.rstrip('。')}（{what}）", f"请{remedy}" if remedy else ""
    )


def _cells(quarantine: pa.Table, manifest: Manifest) -> Iterator[ToCorrect]:
    """Rows and cells set aside; values taken all the same, and what the office itself must answer, need no correction."""
    columns = _columns(manifest.files)
    settled = pc.is_in(quarantine["reason"], value_set=pa.array([UNANSWERED, "name_note"]))
    for line in quarantine.filter(pc.invert(settled)).to_pylist():
        found = _MESSAGE.fullmatch(line["message"])
        problem, remedy, outcome = found.groups() if found else (line["message"], None, "未采信")
        yield ToCorrect(
            line["source_file"],
            line["source_sheet"],
            str(line["source_row"]),
            columns.get((line["source_file"], line["source_sheet"], line["field"])) or _header(line),
            line["value"] or "",
            f"{problem}（{outcome}）",
            f"{remedy}。" if remedy else "请对照原件核对，改正后重报。",
        )


def _columns(files: Mapping[str, FileReport]) -> dict[tuple[str, str, str], str]:
    """(file, sheet, field) -> letter and header of the column it was read from."""
    return {
        (name, sheet.sheet, column.field): f"{column.column}列 {column.header}"
        for name, report in files.items()
        for sheet in report.sheets
        for column in sheet.columns
    }


def _header(line: Mapping[str, Any]) -> str:
    """What the sentence calls the column, else the declared header."""
    named = re.match("“(.*?)”列：", line["message"])
    declared = table_fields(line["table"]).get(line["field"])
    return named[1] if named else declared.header if declared else "整行"


def _sender(line: ToCorrect, gazetteer: Gazetteer) -> str:
    """The township that sheet, file or folder names; else the file's own name."""
    path = PurePosixPath(line.source_file)
    for words in (line.sheet, path.stem, *reversed(path.parent.parts)):
        if words and (code := gazetteer.township_in(words)):
            return gazetteer.names[code]
    return _FORBIDDEN.sub("_", path.stem).strip(". ")[:60] or "未注明单位"


def _workbook(sender: str, lines: Iterable[ToCorrect]) -> bytes:
    ordered = sorted(lines, key=lambda line: (line.source_file, line.sheet, int(line.row or 0), line.column))
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS)
    workbook.set_properties({"title": FOLDER, "created": _CREATED})
    looks, sheet = Looks(workbook), workbook.add_worksheet("退回更正清单")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    last = len(_HEAD) - 1
    for row, (text, look, height) in enumerate(
        (
            ("表册退回更正清单", looks.title(), 34.0),
            (f"报送单位：{sender}　　共{len(ordered):,}处", looks.remark(), 22.0),
            (_NOTE, looks.remark(), height_of(lines_of(_NOTE, sum(_WIDTHS)))),
        )
    ):
        sheet.merge_range(row, 0, row, last, "", look)
        sheet.write_string(row, 0, text, look)
        sheet.set_row(row, height)
    for column, head in enumerate(_HEAD):
        sheet.write_string(3, column, head, looks.head())
    end = _write_lines(sheet, ordered[:_MOST], looks)
    _set_up(sheet, end, last)
    workbook.close()
    return buffer.getvalue()


def _write_lines(sheet: Any, lines: Iterable[ToCorrect], looks: Looks) -> int:
    """Writes the lines below the head; returns the last row."""
    row = 3
    look = looks.blank(Kind.TEXT)
    for row, line in enumerate(lines, 4):
        cells = (line.source_file, line.sheet, line.row, line.column, line.value, line.problem, line.remedy)
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text[:_LONGEST], look)
        sheet.set_row(row, min(409, height_of(max(map(lines_of, cells, _WIDTHS)))))
    return row


def _set_up(sheet: Any, end: int, last: int) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页  共 &N 页")
    sheet.print_area(0, 0, end, last)
    sheet.repeat_rows(3)
    sheet.freeze_panes(4, 0)
    sheet.autofilter(3, 0, end, last)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xlsxwriter.utility.xl_rowcol_to_cell(end, last)}"})
