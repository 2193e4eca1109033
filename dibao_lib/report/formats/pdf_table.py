"""A table as typst is told to set it: where a long word may break, which rows stay on one page and which may not fit it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dibao_lib.report.blocks import Table, to_json
from dibao_lib.report.columns import word_em
from dibao_lib.report.layout import POINTS_PER_MM, stays_whole, table_pt
from dibao_lib.report.pieces import Cell

# typst, unlike Word, lets a long word stick out of its cell. The mark is a place to break for the template and no
# character for the reader: copied from the page the word is itself.
_WORD, _PARTS, _MARK = re.compile("[!-~]{6,}"), re.compile("[0-9A-Za-z]+[^0-9A-Za-z]*|[^0-9A-Za-z]+"), "\u200b"
# a row of more lines breaks between pages rather than stick out of one
_MOST_LINES = 25


def table_data(table: Table, width_mm: float) -> dict[str, Any]:
    """The table's JSON with its size of text, marks in words wider than their column, and rows that stay together."""
    total = sum(column.width for column in table.columns)
    size = table_pt(table)
    # in characters
    rooms = [width_mm * POINTS_PER_MM / size * column.width / total for column in table.columns]
    fields = {**to_json(table), "size": size, "whole": stays_whole(table)}
    fields["groups"] = [] if fields["whole"] else _groups(table, rooms)
    for cells, rows in ((table.head, fields["head"]), (table.body, fields["body"])):
        for texts, row in zip(cells, rows, strict=True):
            long = _is_long(texts, rooms)
            row[:] = [_set(cell, rooms[x:], long) for x, cell in enumerate(row)]
    return fields


def _groups(table: Table, rooms: Sequence[float]) -> list[tuple[int, int]]:
    """Rows of the body that stay with the row behind them, as (first, count): the first, and the last but one.

    The last row stays with the note. A table with long cells there may need the page break, and cells that span rows
    would cross the groups: such a table has none.
    """
    last = len(table.body) - 2
    spans = any(cell and cell.rowspan > 1 for row in table.body for cell in row)
    if last < 2 or spans or any(_is_long(row, rooms) for row in (*table.body[:2], *table.body[last:])):
        return []
    return [(0, 1), (last, 1 + bool(table.note))]


def _is_long(row: Sequence[Cell | None], rooms: Sequence[float]) -> bool:
    return any(cell and len(cell.text) > _MOST_LINES * sum(rooms[x : x + cell.colspan]) for x, cell in enumerate(row))


def _set(cell: Any, rooms: Sequence[float], long: bool) -> Any:
    """A cell of the JSON with its long words marked; each cell of a long row is one that may break."""
    if cell is None:
        return None
    if isinstance(cell, str) and not long:
        return _marked(cell, rooms[0])
    fields: dict[str, Any] = {"text": cell} if isinstance(cell, str) else cell
    marked = _marked(fields["text"], sum(rooms[: fields.get("colspan", 1)]))
    return {**fields, "text": marked, **({"long": True} if long else {})}


def _marked(text: str, room: float) -> str:
    # the edges of a cell take most of a character
    return _WORD.sub(lambda word: word[0] if word_em(word[0]) <= room - 0.8 else _in_parts(word[0], room - 0.8), text)


def _in_parts(word: str, room: float) -> str:
    """A word marked behind its signs (file.xlsx#Sheet1#43), and anywhere in a part that is too wide even so."""
    return _MARK.join(part if word_em(part) <= room else _MARK.join(part) for part in _PARTS.findall(word))
