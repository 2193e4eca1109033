"""The answer file as a draft: what was recognised, filled in and explained, so that a person edits instead of inventing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.answer_file import answer_path, read_answer
from dibao_lib.evidence.answers import ANY_SHEET, LEAVE_OUT, SheetAnswer
from dibao_lib.evidence.form import Form
from dibao_lib.evidence.forms import FORMS
from dibao_lib.evidence.inbox import expand
from dibao_lib.evidence.report import FileReport, ImportReport, SheetReport
from dibao_lib.evidence.snapshots import write_whole

_HEAD = """# {file} 的对应关系：每张表是什么表样、每一列是什么内容。
# 用法：改正不对的地方，保存后重新导入同一文件。英文引号、等号和方括号不要改动；# 之后是说明，不起作用。
# 删去某一行，该项仍由程序识别；删去本文件，全部由程序识别。
# 某张表不要导入：form = "{out}"；某一列不要导入：列号 = "{out}"。
"""
_TABLES = {
    "columns": "列号（或表头）= 内容",
    "units": "金额列的单位",
    "months": "“年.1”是几月",
    "constants": "整张表相同的值",
}


def form_titled(title: str) -> Form | None:
    """The form of that title."""
    return next((form for form in FORMS if form.title == title), None)


def drafted(sheet: SheetReport) -> SheetAnswer:
    """What was recognised of a sheet, as an answer that would lead to the same; what it asks is left open."""
    form = form_titled(sheet.form or sheet.likely)
    headers = {one.name: one.header for one in form.fields} if form else {}
    asked = {question.key for question in sheet.questions}
    return SheetAnswer(
        form=form.title if form and "form" not in asked else sheet.answer.form,
        header_rows=sheet.answer.header_rows,
        columns={one.column: headers[one.field] for one in sheet.columns if one.field in headers},
        units=sheet.answer.units,
        months=sheet.answer.months,
        constants=sheet.answer.constants,
    )


def draft_text(report: FileReport) -> str:
    """The draft about a whole file, with what each column holds and every open question in comments."""
    parts = [_HEAD.format(file=Path(report.source_file).name, out=LEAVE_OUT)]
    for sheet in report.sheets:
        if sheet.columns or sheet.spare:
            parts.append("\n".join(_commented(sheet)))
    return "\n".join(parts) + "\n"


def answer_text(source_file: str, sheets: Mapping[str, SheetAnswer]) -> str:
    """The answers about a file as TOML."""
    head = _HEAD.format(file=Path(source_file).name, out=LEAVE_OUT)
    return "\n".join([head, *("\n".join(_lines(sheet, answer, {})) + "\n" for sheet, answer in sheets.items())])


def chosen(
    sheet: SheetReport,
    form: str,
    header_rows: tuple[int, int] | None,
    fields: Mapping[str, str],
    **more: Mapping[str, str],
) -> SheetAnswer:
    """The answer a person gives by choosing.

    Args:
        sheet: what was recognised.
        form: title of the form, 不导入, or blank for whatever is recognised.
        header_rows: numbers of the first and last header row; None for those recognised.
        fields: letter of each column -> header of a field, blank for none.
        more: units, months and constants by header of a field, blank where nothing was chosen.
    """
    read = {one.column for one in sheet.columns}
    columns = {letter: header or LEAVE_OUT for letter, header in fields.items() if header or letter in read}
    given = {key: {name: value for name, value in table.items() if value} for key, table in more.items()}
    return SheetAnswer(form=form, header_rows=header_rows, columns=columns, **given)


def save_answer(path: Path, sheet: str, answer: SheetAnswer) -> Path:
    """Puts the answer about one sheet beside its file; what was said about other sheets stays.

    Raises:
        InputRefused: two columns were chosen for one field, or the file beside it cannot be read.
    """
    _reject_twice(answer)
    target = answer_path(path)
    sheets = read_answer(target.read_bytes(), target.name) if target.is_file() else {}
    write_whole(target, answer_text(path.name, {**sheets, sheet or ANY_SHEET: answer}).encode())
    return target


def _reject_twice(answer: SheetAnswer) -> None:
    letters: dict[str, list[str]] = {}
    for letter, header in answer.columns.items():
        letters.setdefault(header, []).append(letter)
    if twice := [f"“{h}”（{'、'.join(found)}列）" for h, found in letters.items() if h != LEAVE_OUT and len(found) > 1]:
        raise InputRefused(f"{'、'.join(twice)}选了不止一列。请每项只选一列后再保存。")


def write_drafts(report: ImportReport, paths: Sequence[Path], inbox: Path) -> tuple[list[Path], list[Path]]:
    """Puts a draft beside each file whose sheets were seen; an answer that is there already is left alone.

    Args:
        report: of a dry run.
        paths: what the user named for it.
        inbox: the workspace's inbox/.

    Returns:
        Drafts written, and answers left alone.
    """
    found = {one.source_file(inbox): one.path for one in expand(paths)}
    written, kept = [], []
    for file in report.files:
        target = answer_path(found[file.source_file])
        if target.exists():
            kept.append(target)
        elif any(sheet.columns or sheet.spare for sheet in file.sheets):
            write_whole(target, draft_text(file).encode())
            written.append(target)
    return written, kept


def _commented(sheet: SheetReport) -> Iterator[str]:
    notes = {one.column: _remark(one.header, one.how, one.samples) for one in sheet.columns}
    if sheet.header_rows[0] and not sheet.answer.header_rows:
        notes["form"] = (
            f"表头在第{sheet.header_rows[0]}至{sheet.header_rows[1]}行；不对时在下面加一行 header_rows = [首行, 末行]"
        )
    yield from _lines(sheet.sheet, drafted(sheet), notes)
    if spare := [f"#   {one.column}：{_remark(one.header, '', one.samples)}" for one in sheet.spare]:
        yield from ('# 以下各列没有对应的内容；需要时在 columns 之下加一行 列号 = "内容"：', *spare)
    if form := form_titled(sheet.form or sheet.likely):
        yield f"# 可填的内容：{'、'.join(one.header for one in form.fields)}"
    for question in sheet.questions:
        yield f"# 待答：{question.text}。可答：{'、'.join(question.choices)}"
        yield f"#   写在 {question.place(sheet.sheet)} 之下：{question.line()}"
    yield ""


def _remark(header: str, how: str, samples: Iterable[str]) -> str:
    shown = "、".join(samples)
    words = f"“{header}”" + (f"（{how}）" if how else "") + (f" 例：{shown}" if shown else "")
    return "".join(char if char.isprintable() else " " for char in words)


def _lines(sheet: str, answer: SheetAnswer, notes: Mapping[str, str]) -> Iterator[str]:
    name = f"sheet.{_quoted(sheet or ANY_SHEET)}"
    yield f"[{name}]"
    if answer.form:
        yield f"form = {_quoted(answer.form)}"
    if "form" in notes:
        yield f"# {notes['form']}"
    if answer.header_rows:
        yield f"header_rows = [{answer.header_rows[0]}, {answer.header_rows[1]}]  # 表头的首行和末行"
    for key, meaning in _TABLES.items():
        if table := getattr(answer, key):
            yield f"[{name}.{key}]  # {meaning}"
            yield from (
                f"{_quoted(k)} = {_quoted(v)}" + (f"  # {notes[k]}" if k in notes else "") for k, v in table.items()
            )


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are a part of TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
