"""Columns in which every cell is plain are taken as they are, found out by a few looks at all their text at once.

Each function answers only when it is certain that the careful reader would give the same, cell by cell; else None.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from dibao_lib.evidence.cell import Cell
from dibao_lib.evidence.cells.fault import NOTHING, Converted
from dibao_lib.evidence.cells.ids import all_valid
from dibao_lib.evidence.coded import Coded, distinct

# below this many rows nothing is gained
_MANY = 200


def clean_codes(cells: Sequence[Cell]) -> Converted | None:
    """Identifiers of nothing but digits."""
    text = _joined(cells)
    return _taken(cells) if text and text.isascii() and text.isdigit() else None


def clean_names(cells: Sequence[Cell]) -> Converted | None:
    """Names of nothing but letters, in their one spelling."""
    text = _joined(cells)
    plain = text and text.isalpha() and unicodedata.is_normalized("NFKC", text) and NOTHING.isdisjoint(distinct(cells))
    return _taken(cells) if plain else None


def clean_texts(cells: Sequence[Cell]) -> Converted | None:
    """Texts without white space and invisible characters."""
    text = _joined(cells)
    return _taken(cells) if text and text.isprintable() and " " not in text else None


def clean_ids(cells: Sequence[Cell]) -> Converted | None:
    """Ids of 18 plain characters whose check character agrees."""
    text = _joined(cells)
    plain = text and text.isascii() and set(map(len, distinct(cells))) == {18}
    return _taken(cells) if text and plain and all_valid(text) else None


def _taken(cells: Sequence[Cell]) -> Converted:
    return Converted(cells if isinstance(cells, Coded) else list(cells))


def _joined(cells: Sequence[Cell]) -> str:
    """The text of all distinct cells; blank when there are few rows, or a cell is blank or no text."""
    words = distinct(cells)
    return "".join(words) if len(cells) > _MANY and set(map(type, words)) == {str} and "" not in words else ""
