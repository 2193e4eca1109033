"""Rows below a header: data, or something a person put there, ignored and counted by reason (nos. 15-17)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dibao_lib.evidence.cell import Cell, RawSheet, Row, normal, squeezed
from dibao_lib.evidence.cells.words import spellings
from dibao_lib.evidence.coded import distinct
from dibao_lib.evidence.form import Field, Kind
from dibao_lib.evidence.gazetteer import Gazetteer
from dibao_lib.evidence.recognise import Layout

IGNORED = {
    "header": "表头（含每页重复的表头）",
    "title": "标题行",
    "blank": "空行",
    "unfilled": "只有序号、没有内容的行",
    "numbering": "栏次编号行",
    "total": "小计、合计行",
    "signature": "填表人、审核人等落款行",
    "note": "说明、备注等文字行",
}
_TOTAL = re.compile(r".{0,10}?(?:小计|合计|总计|共计|累计|总合计)(?:[(:].*)?")
_SIGNATURE = re.compile(
    r"(?:单位)?(?:填表|填报|制表|审核|复核|经办|审批|负责|分管|主管|联系|录入|统计|报送|填制|制单|会计|出纳)"
    r"(?:人员|人|单位|领导|负责人|电话|日期|时间)?(?:\(?(?:签名|签字|签章|盖章|公章)\)?)?:.*"
    r"|(?:填表|填报|制表|审核|复核|经办|填制)人|.{0,8}(?:\(盖章\)|\(公章\)|\(签章\)|\(签字\)|\(签名\)):?.*|数据截止日期?:.*"
)
_NOTE = re.compile(r"(?:说明|备注|注|附注|填表说明|填报说明)\d*[:、].*|第\d+页.*|共\d+页.*")
_NUMBERING = re.compile(r"[甲乙丙丁]|\(?\d{1,3}\)?|栏次|序号|\d+=[\d+\-*/()]+")
# a remark or a signature holds one of these
_REMARK_SIGNS = ":：(（页人"
# kinds that are summed: merged blocks and total rows treat them apart
FIGURES = frozenset({Kind.MONEY, Kind.INT})


@dataclass(slots=True)
class SortedRows:
    """Row indices of a sheet below its header, parted.

    Args:
        data: rows to be read.
        totals: rows of sums, kept to be compared with what was read.
        ignored: reason (a key of IGNORED) -> number of rows.
        footers: signature and note rows, which may hold a date.
        total: rows of the sheet up to the last filled one.
    """

    data: Sequence[int] = ()
    totals: list[int] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    footers: list[Row] = field(default_factory=list)
    total: int = 0


def sort_rows(sheet: RawSheet, layout: Layout, gazetteer: Gazetteer) -> SortedRows:
    """Tells every row of a sheet apart; rows after the last filled one do not count."""
    header = layout.mapped.header
    rows = sheet.rows
    end = filled_rows(sheet)
    parted = SortedRows(total=end)
    parted.ignored.update("title" if any(c != "" for c in row) else "blank" for row in rows[: header.top])
    parted.ignored["header"] += header.depth
    special = _special_rows(sheet, layout, gazetteer, end)
    used = _used_columns(layout)
    doubtful = _doubtful_rows(sheet, header.end, end, used)
    if not special and doubtful == ():
        parted.data = range(header.end, end)
        return parted
    data = []
    for index in range(header.end, end):
        reason = special.get(index) or (_plain_reason(rows[index], used) if index in doubtful else "")
        if not reason:
            data.append(index)
            continue
        parted.ignored[reason] += 1
        if reason == "total":
            parted.totals.append(index)
        elif reason in {"signature", "note"}:
            parted.footers.append(rows[index])
    parted.data = data
    return parted


def _doubtful_rows(sheet: RawSheet, start: int, end: int, used: Sequence[int]) -> Container[int]:
    """Rows that may hold no data; only a look along the first column and a filled one tells, so most sheets have few."""
    columns = sheet.columns
    below = range(start, end)
    first = columns[0][start:end] if columns else ()
    full = next((c for c in used if "" not in columns[c][start:end]), None)
    if full is None or "" in first:
        return below
    texts = [cell for cell in distinct(first) if type(cell) is str]
    joined = "".join(texts)
    if not any(mark in joined for mark in _REMARK_SIGNS):
        return ()
    return {start + place for place, cell in enumerate(first) if _may_remark(cell)}


def _may_remark(cell: Cell) -> bool:
    return isinstance(cell, str) and any(mark in cell for mark in _REMARK_SIGNS)


def filled_rows(sheet: RawSheet) -> int:
    """Number of rows up to the last filled one; a cell of nothing but spaces fills none."""
    rows = sheet.rows
    return next((i + 1 for i in range(len(rows) - 1, -1, -1) if any(map(_is_filled, rows[i]))), 0)


def _is_filled(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())


def _used_columns(layout: Layout) -> list[int]:
    mapped = layout.mapped
    columns = {match.column for match in mapped.columns.values()}
    columns |= {column for group in mapped.groups.values() for column in group.values()}
    return sorted(columns)


def _plain_reason(row: Row, used: Sequence[int]) -> str:
    """Why a row holds no data, judged by its first filled cell alone; '' when it does."""
    first = _first(row)
    if first == "":
        return "blank"
    if _may_remark(first) and (reason := _remark(squeezed(first))):
        return reason
    return "" if any(row[c] != "" for c in used) else "unfilled"


def _remark(text: str) -> str:
    if _SIGNATURE.fullmatch(text):
        return "signature"
    return "note" if _NOTE.fullmatch(text) else ""


def _special_rows(sheet: RawSheet, layout: Layout, gazetteer: Gazetteer, end: int) -> dict[int, str]:
    """Rows that only a look along the columns gives away: repeated headers and titles, sums, numbering."""
    header, rows = layout.mapped.header, sheet.rows
    special = dict(_repeated_headers(sheet, layout, end))
    titles = {_filled(row) for row in rows[: header.top]} - {()}
    beginnings = {_first(row) for row in rows[: header.top]} - {""}
    for index in range(header.end, end) if titles else ():
        if _first(rows[index]) in beginnings and _filled(rows[index]) in titles:
            special[index] = "title"
    for index in _total_rows(sheet, layout, gazetteer, end):
        special.setdefault(index, "total")
    for index in _spanned_rows(sheet, header.end, end):
        special.setdefault(index, "note")
    for index in range(header.end, min(header.end + 2, end)):
        if index not in special and _is_numbering(rows[index]):
            special[index] = "numbering"
    return special


def _spanned_rows(sheet: RawSheet, start: int, end: int) -> Iterator[int]:
    """Rows whose only filled cell is text spread over three columns or more: a remark, not data."""
    for top, left, bottom, right in sheet.merged:
        if not (start <= top < end and top == bottom and right - left >= 2):
            continue
        if isinstance(sheet.rows[top][left], str) and sum(1 for cell in sheet.rows[top] if cell != "") == 1:
            yield top


def _first(row: Row) -> Cell:
    """The first filled cell of a row; '' when it has none."""
    return next((cell for cell in row if cell != ""), "")


def _filled(row: Row) -> tuple[str, ...]:
    """The texts of a row's filled cells."""
    return tuple(normal(cell) for cell in row if cell != "")


def _repeated_headers(sheet: RawSheet, layout: Layout, end: int) -> Iterator[tuple[int, str]]:
    """Rows most of whose filled cells are the labels of one header row in its own columns."""
    header, rows = layout.mapped.header, sheet.rows
    for labels in rows[header.top : header.end]:
        probe = next((c for c, cell in enumerate(labels) if cell != ""), None)
        if probe is None:
            continue
        below = sheet.columns[probe][header.end : end]
        for index in (header.end + i for i in _places(below, labels[probe])):
            alike = [cell == label for cell, label in zip(rows[index], labels, strict=False) if cell != ""]
            if sum(alike) >= 2 and sum(alike) * 2 > len(alike):
                yield index, "header"


def _places(column: Sequence[Cell], wanted: Cell) -> Iterator[int]:
    """Where a cell occurs in a column."""
    return (place for place, cell in enumerate(column) if cell == wanted) if wanted in column else iter(())


def _total_rows(sheet: RawSheet, layout: Layout, gazetteer: Gazetteer, end: int) -> Iterator[int]:
    """Rows with 小计, 合计 or the county's own name in a column that stands before the figures."""
    header = layout.mapped.header
    fields = {match.column: layout.form.field(name) for name, match in layout.mapped.columns.items()}
    figures = [column for column, one in fields.items() if one.kind in FIGURES]
    for column in range(min(figures, default=len(header.paths))):
        places = fields.get(column) is not None and fields[column].kind is Kind.TOWNSHIP
        below = sheet.columns[column][header.end : end]
        texts = [word for word in distinct(below) if type(word) is str]
        likely = {word for word in texts if places or "计" in word} if places or "计" in "".join(texts) else set()
        meant = {word for word in likely if _means_total(word, fields.get(column), gazetteer)}
        if meant:
            yield from (header.end + i for i, word in enumerate(below) if word in meant)


def _means_total(word: Cell, column: Field | None, gazetteer: Gazetteer) -> bool:
    text = squeezed(word)
    if column and column.kind is Kind.CHOICE and text in spellings(column.choices):
        return False
    if column and column.kind is Kind.TOWNSHIP and gazetteer.is_place(word):
        return True
    return len(text) <= 24 and _TOTAL.fullmatch(text) is not None


def _is_numbering(row: Row) -> bool:
    """甲 乙 1 2 3 … or 1 2 3=4+5 under a header."""
    filled = [squeezed(cell) for cell in row if cell != ""]
    numbers = [int(text) for text in filled if text.isdigit()]
    ascending = all(b - a == 1 for a, b in pairwise(numbers))
    return (
        len(filled) >= 3
        and len(numbers) >= 2
        and numbers[0] <= 2
        and ascending
        and all(map(_NUMBERING.fullmatch, filled))
    )
