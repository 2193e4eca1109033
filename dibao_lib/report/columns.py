"""Columns wide enough for what must not be broken: numbers, dates, codes, and where there is room a person's name.

The rest of the room is shared as the author asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dibao_lib.report.blocks import Table

# LibreOffice would rather break R10、 in two than let the mark hang; a unit in a column's name stays in one piece as well
_WORD = re.compile("[!-~]*[0-9][!-~]*[、，；。]?|（[^（）]{1,2}）")
# a cell with two to four hanzi alone: 户主, 城市, 一致
_NAME = re.compile("^[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}$", re.MULTILINE)
_DIGEST = re.compile("[0-9a-f]{64}")
# an id number has 18 characters, an account up to 19; longer words (file names) may break, but not a SHA-256.
# Failing room, shorter ones count.
_ACCOUNT = 20
_LONGEST = (64, _ACCOUNT, 12)
_NO_DIGITS = dict.fromkeys(map(ord, "0123456789"))
# no other column becomes narrower than that part of what it was given
_LEAST = 0.6
_NARROWEST = 1.0


def fitted(table: Table, room: float, edges: float) -> Table:
    """The table with columns that keep each short number, and then each name, on one line, as far as the room goes.

    Args:
        table: any table; its widths still add up to the same sum.
        room: its width, in characters.
        edges: what the edges of a cell take of its column, in characters.
    """
    given = [column.width for column in table.columns]
    unit = room / sum(given)
    texts = _texts(table)
    words = [_words(text) for text in texts]
    names = [max(map(len, _NAME.findall(text)), default=0) for text in texts]
    for longest in _LONGEST:
        digits = [max([_NARROWEST, *(wide for long, wide in column if long <= longest)]) for column in words]
        for least in ([*map(max, digits, names)], digits):
            if widths := _shared(given, [(need + edges) / unit for need in least]):
                return _with_widths(table, widths) if widths != given else table
    return table


def word_em(word: str) -> float:
    """Width in characters, of the widest font: a digit is 0.56 of one, a letter or sign about two thirds, a hanzi one."""
    other = len(word.translate(_NO_DIGITS))
    if word.isascii():
        return len(word) * 0.55 if _is_digest(word) else (len(word) - other) * 0.56 + other * 0.65
    hanzi = sum(char > "~" for char in word)
    return (len(word) - other) * 0.56 + (other - hanzi) * 0.65 + hanzi


def _is_digest(word: str) -> bool:
    return len(word) == 64 and bool(_DIGEST.fullmatch(word))


def _texts(table: Table) -> list[str]:
    """The cells of each column that span no other, a line each."""
    columns = zip(*table.head, *table.body, strict=True)
    return ["\n".join([cell.text for cell in column if cell is not None and cell.colspan == 1]) for column in columns]


def _words(text: str) -> list[tuple[int, float]]:
    """Length and width of the numbers, dates and codes in it."""
    return [(len(word), word_em(word)) for word in {*_WORD.findall(text)} if _counts(word)]


def _counts(word: str) -> bool:
    return len(word) <= _ACCOUNT or _is_digest(word)


def _shared(given: Sequence[float], needed: Sequence[float]) -> list[float]:
    """Widths with the sum of the given: each at least what it needs, the others smaller in proportion; [] if too small."""
    widths, short = list(given), set[int]()
    while more := {place for place, width in enumerate(widths) if width < needed[place]} - short:
        short |= more
        taken, free = sum(needed[place] for place in short), sum(given) - sum(given[place] for place in short)
        scale = (sum(given) - taken) / free if free > 0 else 0.0
        if scale < _LEAST:
            return []
        widths = [needed[place] if place in short else width * scale for place, width in enumerate(given)]
    return widths


def _with_widths(table: Table, widths: Sequence[float]) -> Table:
    columns = (replace(column, width=width) for column, width in zip(table.columns, widths, strict=True))
    return replace(table, columns=tuple(columns))
