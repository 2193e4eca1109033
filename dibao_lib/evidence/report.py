"""What an import did, file by file and sheet by sheet: for the screen, for the manifest, for the report's chapter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from dibao_lib.evidence.answers import NOTHING_SAID, SheetAnswer
from dibao_lib.evidence.cells.fault import REASONS
from dibao_lib.evidence.questions import Question
from dibao_lib.evidence.rows import IGNORED
from dibao_lib.evidence.tables import table_title

# sentences about doubtful numbers, or names of files, on the screen
_DOUBTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ColumnReport:
    """One column that was read.

    Args:
        column: its letter.
        header: its labels, from the top down.
        field: the field it became.
        how: how sure that is: 表头 (the form's own header), 同义词, 组合表头 (labels of several rows joined),
            人工确认 (by a person), 沿用答复 (by a person, for an earlier file with the same header).
        unit: unit the figures were taken in; blank for columns without one.
        samples: a few cells; of person data only their shape.
    """

    column: str
    header: str
    field: str
    how: str
    unit: str = ""
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpareColumn:
    """One column that was not read: its letter, its labels, and a few cells or their shape."""

    column: str
    header: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetReport:
    """One sheet; `rows` = `read` + ignored + quarantined + `unread`, the rows after the last filled one not counted.

    Args:
        sheet: its name; blank for a text table.
        form: title of the form it was recognised as; blank when refused or left out.
        table: the evidence table it went to.
        reason: why it was taken for this form.
        header_rows: numbers of the first and last header row.
        columns: the columns read.
        unmapped: headers of the columns no field was found for.
        spare: the same columns with their letters and a few cells.
        constants: field -> where its value for all rows came from.
        rows: rows of the sheet up to the last filled one.
        read: rows that became rows of `table`.
        ignored: reason -> rows that hold no data.
        quarantined: reason -> rows set aside whole.
        withheld: reason -> cells set aside while their row was read.
        others: other tables -> rows they received (members of a wide list).
        tie_outs: printed sums beside the sums of the rows read: row, field, header, printed, summed.
        notes: what a person should know.
        problems: sentences about everything set aside.
        refused: the sentence why the whole sheet was refused; blank otherwise.
        likely: title of the form a refused sheet resembles.
        questions: what a person must decide before the rows concerned are read.
        shape: the same for all sheets with the same header.
        answer: what the file's own answer says about the sheet.
    """

    sheet: str
    form: str = ""
    table: str = ""
    reason: str = ""
    header_rows: tuple[int, int] = (0, 0)
    columns: tuple[ColumnReport, ...] = ()
    unmapped: tuple[str, ...] = ()
    spare: tuple[SpareColumn, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    rows: int = 0
    read: int = 0
    ignored: Mapping[str, int] = field(default_factory=dict)
    quarantined: Mapping[str, int] = field(default_factory=dict)
    withheld: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)
    tie_outs: tuple[Mapping[str, Any], ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    refused: str = ""
    likely: str = ""
    questions: tuple[Question, ...] = ()
    shape: str = ""
    answer: SheetAnswer = NOTHING_SAID

    @property
    def unread(self) -> int:
        """All rows of a sheet that was refused, left out or not recognised; 0 for a sheet that was read."""
        return 0 if self.table else self.rows

    @property
    def accounted(self) -> int:
        """Rows of which the report says what became of them."""
        return self.read + sum(self.ignored.values()) + sum(self.quarantined.values()) + self.unread

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SheetReport:
        """The report as the manifest or another process wrote it down."""
        records: dict[str, Any] = {
            "columns": tuple(ColumnReport(**_listed(column, "samples")) for column in data["columns"]),
            # absent from manifests of version 0.1.0
            "spare": tuple(SpareColumn(**_listed(column, "samples")) for column in data.get("spare", ())),
            "questions": tuple(Question(**_listed(question, "choices")) for question in data.get("questions", ())),
            "answer": SheetAnswer.from_json(data.get("answer", {})),
        }
        return cls(**_listed(data, "header_rows", "unmapped", "tie_outs", "notes", "problems") | records)


def _listed(data: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {**data, **{key: tuple(data.get(key, ())) for key in keys}}


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file.

    Args:
        source_file: its path below inbox/.
        sha256: of its content.
        size: in bytes.
        imported_at: when these bytes were first imported, ISO.
        sheets: its sheets.
        notes: what about the file itself a person should know.
        refused: the sentence why the whole file was refused; blank otherwise.
        unchanged: the same bytes had been imported before, nothing was done.
        answer: digest of the answer beside the file; blank without one.
    """

    source_file: str
    sha256: str
    size: int
    imported_at: str = ""
    sheets: tuple[SheetReport, ...] = ()
    notes: tuple[str, ...] = ()
    refused: str = ""
    unchanged: bool = False
    answer: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> FileReport:
        """The report as the manifest or another process wrote it down."""
        known = {key: data[key] for key in ("source_file", "sha256", "size", "imported_at", "refused")}
        sheets = tuple(SheetReport.from_json(sheet) for sheet in data["sheets"])
        return cls(
            **known,
            sheets=sheets,
            notes=tuple(data["notes"]),
            unchanged=bool(data.get("unchanged")),
            answer=data.get("answer", ""),
        )

    @property
    def problems(self) -> tuple[str, ...]:
        """All sentences about what was set aside or refused in it."""
        sheets = (problem for sheet in self.sheets for problem in (*filter(None, [sheet.refused]), *sheet.problems))
        return (*filter(None, [self.refused]), *sheets)

    @property
    def accepted(self) -> bool:
        """Whether a sheet of it was read, so that its rows replace those of an earlier version."""
        return not self.refused and any(sheet.table for sheet in self.sheets)

    @property
    def read(self) -> int:
        """Rows read from all sheets."""
        return sum(sheet.read for sheet in self.sheets)

    @property
    def set_aside(self) -> int:
        """Rows and cells set aside in all sheets."""
        return sum(sum(counts.values()) for sheet in self.sheets for counts in (sheet.quarantined, sheet.withheld))


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One import.

    Args:
        files: the files, in the order of their names.
        problems: sentences about paths that lead to no file.
        dry_run: nothing was written.
        doubts: sentences about ids and certificate numbers of several persons, over all tables; they were imported.
        left_out: files of the named folders that are no tables and were not looked at.
    """

    files: tuple[FileReport, ...]
    problems: tuple[str, ...] = ()
    dry_run: bool = False
    doubts: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether anything was not accepted: a path, a file, a sheet, a row or a cell."""
        return bool(self.problems) or any(file.problems for file in self.files)

    @property
    def totals(self) -> dict[str, int]:
        """Files, sheets and rows: read, ignored, quarantined; cells withheld."""
        sheets = [sheet for file in self.files for sheet in file.sheets]
        return {
            "files": len(self.files),
            "files_refused": sum(1 for file in self.files if not file.accepted),
            "sheets": sum(1 for sheet in sheets if sheet.table),
            "read": sum(sheet.read for sheet in sheets),
            "ignored": sum(sum(sheet.ignored.values()) for sheet in sheets),
            "questions": sum(len(sheet.questions) for sheet in sheets),
            "quarantined": sum(sum(sheet.quarantined.values()) for sheet in sheets),
            "withheld": sum(sum(sheet.withheld.values()) for sheet in sheets),
            "unread": sum(sheet.unread for sheet in sheets),
        }

    def to_json(self) -> dict[str, Any]:
        """Everything, as one JSON object."""
        return {
            "files": [asdict(file) for file in self.files],
            "problems": list(self.problems),
            "dry_run": self.dry_run,
            "doubts": list(self.doubts),
            "left_out": list(self.left_out),
            "refused": self.refused,
            "totals": self.totals,
        }

    def to_text(self) -> str:
        """The report for the screen, in Chinese."""
        lines = [line for file in self.files for line in _file_lines(file)]
        problems = [*self.problems, *(problem for file in self.files for problem in file.problems)]
        if problems:
            lines += ["", "未采信的内容：", *(f"  {number}. {text}" for number, text in enumerate(problems, 1))]
        if self.doubts:
            more = len(self.doubts) - _DOUBTS_SHOWN
            lines += [
                "",
                "已导入、但须核对的证号：",
                *(f"  {n}. {text}" for n, text in enumerate(self.doubts[:_DOUBTS_SHOWN], 1)),
            ]
            lines += [f"  另有{more}处，见“表册”笔记本。"] if more > 0 else []
        if self.left_out:
            names = "、".join(self.left_out[:_DOUBTS_SHOWN]) + ("等" if len(self.left_out) > _DOUBTS_SHOWN else "")
            lines += ["", f"文件夹里另有{len(self.left_out)}个文件不是表册，没有读取（压缩包请先解压）：{names}"]
        return "\n".join([*lines, "", self.headline()])

    def headline(self) -> str:
        """One line: files, sheets and rows."""
        totals = self.totals
        text = (
            f"{'试读' if self.dry_run else '导入'}{totals['files']}个文件、{totals['sheets']}张表："
            f"读入{totals['read']:,}行，忽略{totals['ignored']:,}行，隔离{totals['quarantined']:,}行"
        )
        text += f"，另有{totals['withheld']:,}个单元格留空待核" if totals["withheld"] else ""
        text += f"；有{totals['questions']}个问题等待答复" if totals["questions"] else ""
        text += f"；未识别或未采用的表共{totals['unread']:,}行未导入" if totals["unread"] else ""
        text += f"；拒收{totals['files_refused']}个文件" if totals["files_refused"] else ""
        return text + ("。未写入工作区。" if self.dry_run else "。")


def _file_lines(file: FileReport) -> Iterator[str]:
    if not file.accepted:
        rows = sum(sheet.unread for sheet in file.sheets)
        yield f"{file.source_file}：未导入{f'（共{rows:,}行）' if rows else ''}"
        return
    yield f"{file.source_file}{'（内容未变，沿用上次导入）' if file.unchanged else ''}"
    yield from (f"    注意：{note}" for note in file.notes)
    by_form: dict[str, list[SheetReport]] = {}
    for sheet in file.sheets:
        by_form.setdefault(sheet.form, []).append(sheet)
    for form, sheets in by_form.items():
        yield f"  {_sheets_name(sheets)}{_sheets_line(form, sheets)}"
        for sheet in sheets:
            name = f"“{sheet.sheet}”" if sheet.sheet else ""
            yield from (f"    注意：{name}{note}" for note in sheet.notes)


def _sheets_name(sheets: Sequence[SheetReport]) -> str:
    if len(sheets) > 1:
        return f"{len(sheets)}张表，"
    return f"“{sheets[0].sheet}”" if sheets[0].sheet else ""


def _sheets_line(form: str, sheets: Sequence[SheetReport]) -> str:
    if not form:
        return f"未导入，共{sum(sheet.unread for sheet in sheets):,}行"
    parts = [f"{form}：读入{sum(sheet.read for sheet in sheets):,}行"]
    ignored, quarantined, withheld = (
        sum((Counter(getattr(sheet, key)) for sheet in sheets), Counter[str]())
        for key in ("ignored", "quarantined", "withheld")
    )
    if ignored:
        parts.append(f"忽略{ignored.total():,}行（{_counts(ignored, IGNORED)}）")
    if quarantined:
        parts.append(f"隔离{quarantined.total():,}行（{_counts(quarantined, REASONS)}）")
    if withheld:
        parts.append(f"留空{withheld.total():,}格（{_counts(withheld, REASONS)}）")
    others = sum((Counter(sheet.others) for sheet in sheets), Counter[str]())
    parts += [f"另读出{table_title(table)}{count:,}行" for table, count in others.items()]
    return "，".join(parts)


def _counts(counts: Mapping[str, int], names: Mapping[str, str]) -> str:
    return "、".join(
        f"{names.get(reason, reason)}{count:,}" for reason, count in sorted(Counter(counts).items()) if count
    )
