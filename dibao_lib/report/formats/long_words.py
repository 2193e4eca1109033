"""typst, unlike Word, lets a long word stick out of its cell: such a word, and no other, may break anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dibao_lib.report.blocks import Table, to_json
from dibao_lib.report.layout import POINTS_PER_MM, layout, stays_whole

_WORD = re.compile("[!-~]{6,}")
# in lower case no letter of it is wider than a digit; copied from the page it must still be the digest
_DIGEST = re.compile("[0-9a-f]{32,}")
_ZERO_WIDTH_SPACE = "\u200b"


def break_long_words(table: Table, width_mm: float) -> dict[str, Any]:
    """The table's JSON, with break opportunities in words wider than their column and in nothing else.

    They would spoil a copied ID number, so a number that fits has none.
    """
    total = sum(column.width for column in table.columns)
    size = float(layout()["points"]["table"])
    rooms = [width_mm * POINTS_PER_MM / size * column.width / total for column in table.columns]
    fields = {**to_json(table), "whole": stays_whole(table)}
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
    return _WORD.sub(lambda word: _ZERO_WIDTH_SPACE.join(word[0]) if _width(word[0]) > room - 0.8 else word[0], text)


def _width(word: str) -> float:
    """Width in characters: a digit, also of a SHA-256, is half of one, a letter or sign at most about two thirds."""
    narrow = len(word) if _DIGEST.fullmatch(word) else sum(map(str.isdigit, word))
    return narrow * 0.5 + (len(word) - narrow) * 0.65
