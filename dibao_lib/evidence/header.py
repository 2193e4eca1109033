"""Where the header of a sheet may lie: one to three rows of labels under title and unit lines (no. 15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.cell import RawSheet, Row
from dibao_lib.evidence.labels import label_of

_DEEPEST = 3
_FIRST_ROWS = 25
_WIDEST = 300


@dataclass(frozen=True, slots=True)
class Header:
    """Rows that may be the header.

    Args:
        top: index of its first row.
        depth: number of its rows.
        paths: for each column its labels from the top down, as merged cells spread them.
    """

    top: int
    depth: int
    paths: tuple[tuple[str, ...], ...]

    @property
    def end(self) -> int:
        """Index of the first row below."""
        return self.top + self.depth


def candidates(sheet: RawSheet) -> Iterator[Header]:
    """Every row of the first 25 with two labels or more, alone and with the sub-headers under it."""
    labels = _labels(sheet, _FIRST_ROWS + _DEEPEST)
    for top, row in enumerate(labels[:_FIRST_ROWS]):
        if sum(1 for label in row if label) < 2:
            continue
        for depth in range(1, _DEEPEST + 1):
            if top + depth > len(labels) or (depth > 1 and not _extends(sheet, labels, top + depth - 1)):
                break
            if depth > 1 and _asks(sheet.rows[top]):
                break
            yield Header(top, depth, _paths(labels[top : top + depth], bool(sheet.merged)))


def header_at(sheet: RawSheet, first: int, last: int) -> Header:
    """The header in the rows a person named, counted from 1.

    Raises:
        InputRefused: the sheet ends before, the last of them is blank, or no label stands there.
    """
    labels = _labels(sheet, last)[first - 1 : last]
    ends_blank = last <= len(sheet.rows) and all(cell == "" for cell in sheet.rows[last - 1])
    if len(labels) < last - first + 1 or ends_blank or not any(label for row in labels for label in row):
        raise InputRefused(
            f"指定的表头行（第{first}至{last}行）没有内容，本表共{len(sheet.rows)}行。请改正后重新导入。"
        )
    return Header(first - 1, len(labels), _paths(labels, bool(sheet.merged)))


def _labels(sheet: RawSheet, count: int) -> list[list[str]]:
    """The labels of the first rows, each merged block filled with its own."""
    rows = [[label_of(cell) if isinstance(cell, str) else "" for cell in row[:_WIDEST]] for row in sheet.rows[:count]]
    for top, left, bottom, right in sheet.merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for r in range(top, min(bottom, len(rows) - 1) + 1):
            for c in range(left, min(right, len(rows[r]) - 1) + 1):
                rows[r][c] = rows[top][left]
    return rows


def _extends(sheet: RawSheet, labels: list[list[str]], lower_index: int) -> bool:
    """Whether a row is a sub-header: labels under parents that span, none under most parents that do not."""
    upper, lower = labels[lower_index - 1], labels[lower_index]
    if any(not isinstance(cell, str) for cell in sheet.rows[lower_index]):
        return False
    under_spanning = crowded = single = 0
    for c, parent in enumerate(upper):
        child = lower[c] if lower[c] != parent else ""
        if _spans(upper, lower, c, bool(sheet.merged)):
            under_spanning += bool(child)
        elif parent:
            single += 1
            crowded += bool(child)
    return under_spanning >= 2 and crowded * 2 <= single


def _asks(row: Row) -> bool:
    """Whether a row is a line such as 填报单位：____, whose merged places to fill in are no header over the table."""
    return any(isinstance(cell, str) and cell.rstrip().endswith((":", "：")) for cell in row)


def _spans(upper: list[str], lower: list[str], c: int, merges_known: bool) -> bool:
    """Whether the label above column c covers a neighbour too."""
    if upper[c]:
        right = c + 1 < len(upper) and (
            upper[c + 1] == upper[c] or (not merges_known and not upper[c + 1] and lower[c + 1] != "")
        )
        return right or (c > 0 and upper[c - 1] == upper[c])
    return not merges_known and bool(lower[c])


def _paths(rows: list[list[str]], merges_known: bool) -> tuple[tuple[str, ...], ...]:
    if not merges_known:
        rows = _spread_all(rows)
    return tuple(tuple(dict.fromkeys(row[c] for row in rows if row[c])) for c in range(len(rows[0])))


def _spread_all(rows: list[list[str]]) -> list[list[str]]:
    """All rows without merge information, from the lowest up, so that a parent reaches over whole groups below it."""
    below: list[str] = []
    spread = []
    for row in reversed(rows):
        below = _spread(row, below)
        spread.append(below)
    return spread[::-1]


def _spread(row: list[str], below: list[str]) -> list[str]:
    """A parent row without merge information: a label also covers the blanks after it that have labels below."""
    spread, last = list(row), ""
    for c, label in enumerate(row):
        last = label or last
        if not label and below and below[c]:
            spread[c] = last
        elif not label:
            last = ""
    return spread
