"""typst, unlike Word, lets a long word stick out of its cell: such a word, and no other, is marked to break anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dibao_lib.report.blocks import Table, to_json
from dibao_lib.report.columns import word_em
from dibao_lib.report.layout import POINTS_PER_MM, stays_whole, table_pt

_WORD = re.compile("[!-~]{6,}")
# the template puts a place to break for it, which is no character: copied from the page the word is itself
_MARK = "\u200b"


def break_long_words(table: Table, width_mm: float) -> dict[str, Any]:
    """The table's JSON with its size of text, and marks in words wider than their column and in nothing else."""
    total = sum(column.width for column in table.columns)
    size = table_pt(table)
    rooms = [width_mm * POINTS_PER_MM / size * column.width / total for column in table.columns]
    fields = {**to_json(table), "whole": stays_whole(table), "size": size}
    for rows in (fields["head"], fields["body"]):
        for row in rows:
            row[:] = [_broken(cell, rooms[x:]) for x, cell in enumerate(row)]
    return fields


def _broken(cell: Any, rooms: Sequence[float]) -> Any:
    if cell is None:
        return None
    if isinstance(cell, str):
        return _broken_text(cell, rooms[0])
    return {**cell, "text": _broken_text(cell["text"], sum(rooms[: cell.get("colspan", 1)]))}


def _broken_text(text: str, room: float) -> str:
    # room in characters; the edges of a cell take most of one
    return _WORD.sub(lambda word: _MARK.join(word[0]) if word_em(word[0]) > room - 0.8 else word[0], text)
