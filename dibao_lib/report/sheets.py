"""One record as a form to print and sign: what was asked and answered, who signed, and where the log stood (R46, R60-R63)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dibao_lib.plan import Plan
from dibao_lib.records.events import Record
from dibao_lib.records.form import Field, RecordForm, is_asked, is_empty
from dibao_lib.records.kinds import record_form
from dibao_lib.records.review import Signature, Standing, standing
from dibao_lib.records.validate import tidy, usable
from dibao_lib.report.blocks import Block, Blocks, PageBreak, Signatures, Table, Title, blocks
from dibao_lib.report.pieces import Align, Cell, Column
from dibao_lib.report.tables import needed_width
from dibao_lib.units import yuan

# who signs on paper, by kind of record
_BOXES = {
    "visit": ("核查人员", "被访人", "村（居）干部"),
    "hearing": ("主持人", "记录人", "低保对象代表", "评议团成员", "村（居）民代表"),
    "review": ("村（居）民代表", "村（居）委会主任", "乡镇（街道）挂点领导"),
    "posting": ("检查人员", "村（居）干部"),
    "complaint": ("承办人", "负责人"),
    "township_item": ("检查人员", "乡镇（街道）负责人"),
    "milestone": ("记录人",),
    "rectification": ("整改责任人", "填报人", "销号人"),
}
_SHORT = {"text", "date", "month", "int", "money", "choice", "flag", "shown"}
# in characters; a column is as wide as its answers need up to this
_WIDEST = {"longtext": 8.0, "text": 7.0, "shown": 7.5, "date": 6.4, "money": 5.0}
_FOUR = (Column(7.0), Column(8.0), Column(7.0), Column(8.0))
# a value longer than this has a line of its own
_LINE = 16


def record_sheets(plan: Plan, records: Sequence[Record], checkpoint: str = "") -> Blocks:
    """Sheets of several records, each on a new page."""
    parts: list[Block] = []
    for number, record in enumerate(records):
        parts += [PageBreak()] if number else []
        parts += record_sheet(plan, record, checkpoint)
    return Blocks(tuple(parts))


def record_sheet(plan: Plan, record: Record, checkpoint: str = "") -> Blocks:
    """A record's sheet: title, answers, tables, electronic signatures, checkpoint, boxes to sign in.

    Args:
        plan: names the place and the office.
        record: what is printed; questions that were not asked are left out.
        checkpoint: the log's checkpoint as printed; blank leaves the line out.
    """
    form = record_form(record.kind, plan)
    data = usable(form, tidy(form, record.data))
    kept = Table(_FOUR, (_heading("记录情况"),), tuple(_kept(record, standing(record), checkpoint)))
    return blocks(
        Title(f"{plan.place.name}{form.title}"),
        _answers(form, data),
        *_tables(form, data),
        kept,
        Signatures(_BOXES[form.kind]),
    )


def _kept(record: Record, told: Standing, checkpoint: str) -> Iterator[tuple[Cell | None, ...]]:
    """Rows about the record itself: number, standing, who signed on screen, where the log stood."""
    yield _across("记录编号", record.record_id)
    approved = f"（{told.approver}，{told.approved_on}）" if told.approver else ""
    yield _across("状态", told.state + approved)
    if told.signatures:
        yield _across("电子签字", "、".join(map(_signed, told.signatures)))
    if checkpoint:
        yield _across("校验点", checkpoint)


def _signed(one: Signature) -> str:
    return f"{one.who}（{one.at.replace('T', ' ')[:16]}{'' if one.holds else '，签后修改'}）"


def _heading(text: str) -> tuple[Cell | None, ...]:
    return (Cell(text, colspan=4, align="center"), None, None, None)


def _answers(form: RecordForm, data: Mapping[str, Any]) -> Table:
    """Two short answers a line, a long one across the whole width."""
    asked = [field for field in form.fields if field.type != "table" and is_asked(field, data)]
    pairs = [(field.label, shown_answer(field, data[field.name]), field.type in _SHORT) for field in asked]
    rows: list[tuple[Cell | None, ...]] = []
    waiting: tuple[str, str] | None = None
    for label, text, short in pairs:
        if short and len(text) <= _LINE:
            if waiting:
                rows.append((_label(waiting[0]), Cell(waiting[1]), _label(label), Cell(text)))
            waiting = None if waiting else (label, text)
            continue
        if waiting:
            rows.append(_across(*waiting))
            waiting = None
        rows.append(_across(label, text))
    rows += [_across(*waiting)] if waiting else []
    return Table(_FOUR, (_heading("填写内容"),), tuple(rows))


def _label(text: str) -> Cell:
    return Cell(text, fill="F2F2F2")


def _across(label: str, text: str) -> tuple[Cell | None, ...]:
    return (_label(label), Cell(text, colspan=3), None, None)


def _tables(form: RecordForm, data: Mapping[str, Any]) -> Iterator[Table]:
    """A table for each repeat group; columns nobody filled in are left out."""
    for field in form.fields:
        if field.type == "table" and data[field.name]:
            filled = [c for c in field.columns if any(not is_empty(row[c.name]) for row in data[field.name])]
            yield _grid(field, filled, data[field.name])


def _grid(field: Field, columns: Sequence[Field], rows: Sequence[Mapping[str, Any]]) -> Table:
    heads = [column.label.partition("（")[0] for column in columns]
    texts = [[shown_answer(column, row[column.name]) for row in rows] for column in columns]
    widths = [
        min(needed_width([head[:4], *told]), _WIDEST.get(column.type, 3.4))
        for column, head, told in zip(columns, heads, texts, strict=True)
    ]
    kinds: list[Align] = ["center" if column.type in {"int", "choice", "flag"} else "left" for column in columns]
    return Table(
        (Column(2.2, "center"), *(Column(width, align) for width, align in zip(widths, kinds, strict=True))),
        (tuple(Cell(head, align="center") for head in ("序号", *heads)),),
        tuple((Cell(str(number)), *map(Cell, told)) for number, told in enumerate(zip(*texts, strict=True), start=1)),
        caption=field.label,
    )


def shown_answer(field: Field, value: Any) -> str:
    """An answer as people write it: yuan, 是 and 否, names joined; blank for none."""
    if is_empty(value):
        return ""
    match field.type:
        case "money":
            return yuan(value)
        case "flag":
            return "是" if value else "否"
        case "files":
            return f"{len(value)}件（{'、'.join(file['sha256'][:12] for file in value)}）"
        case "counts":
            return "，".join(f"{role}{count}人" for role, count in value.items() if count is not None)
        case "shown" if field.unit and isinstance(value, int):
            return f"{yuan(value) if field.unit == '元' else value}{field.unit}"
    return "；".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
