"""A raw cell as a reader hands it over, the sheet it lies in, and its text."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import overload

Cell = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta
Row = list[Cell]

# a number this large has lost digits
_FIRST_LOST = 10**15
# zero-width and direction characters, soft hyphen, control characters other than tab and line feed
_INVISIBLE = dict.fromkeys(
    [*range(9), *range(11, 32), 0x7F, 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF]
)


class Turned(Sequence[Row]):
    """Rows of a table that is held column by column; a row is made when it is asked for.

    Args:
        columns: at least one, all equally long.
    """

    __slots__ = ("columns",)

    def __init__(self, columns: Sequence[Sequence[Cell]]) -> None:  # noqa: D107
        self.columns = columns

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.columns[0])

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        """One row, or several."""
        if isinstance(index, slice):
            return [list(row) for row in zip(*(column[index] for column in self.columns), strict=True)]
        return [column[index] for column in self.columns]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet as it lies in the file; row and column indices begin with 0.

    Args:
        name: its name; blank where the format knows no sheets.
        rows: all cells from A1 on, every row equally long, blanks as ''.
        merged: (top, left, bottom, right) of each merged block.
        errors: (row, column) -> what stands in a cell whose value cannot be read (#N/A, a formula never computed).
        cut_off: index of a last row in the middle of which the file ends.
        delimited: cells are told apart by commas, so one comma too many shifts a row.
        exact_ids: the file still holds all digits of some long numbers, although as numbers.
        hidden: the sheet itself is hidden.
        notes: sentences about the sheet that a person should know.
    """

    name: str
    rows: Sequence[Row]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    cut_off: int | None = None
    delimited: bool = False
    exact_ids: bool = False
    hidden: bool = False
    notes: tuple[str, ...] = ()
    _turned: list[Sequence[Cell]] = field(default_factory=list, repr=False, compare=False)

    @property
    def columns(self) -> Sequence[Sequence[Cell]]:
        """The cells column by column, turned round when first asked for."""
        if isinstance(self.rows, Turned):
            return self.rows.columns
        if not self._turned:
            self._turned.extend(zip(*self.rows, strict=True))
        return self._turned


def text_of(cell: Cell) -> str:
    """The cell as people read it, without outer white space and invisible characters."""
    if isinstance(cell, str):
        return cell.strip() if cell.isprintable() else cell.translate(_INVISIBLE).strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return _long_number_text(cell) if abs(cell) >= _FIRST_LOST else number_text(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _long_number_text(number: float) -> str:
    """The 15 digits a workbook keeps of a long number, the lost ones as question marks."""
    if math.isinf(number):
        return str(number)
    mantissa, _, exponent = f"{number:.14e}".partition("e")
    return mantissa.replace(".", "") + "?" * (int(exponent) - 14)


def number_text(number: float) -> str:
    """A number with the 15 digits a workbook keeps, and no trailing '.0'."""
    return f"{number + 0.0:.15g}"


def normal(cell: Cell) -> str:
    """The cell as text in one spelling: full-width forms become ASCII (NFKC), inner spaces stay."""
    text = text_of(cell)
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return text
    return unicodedata.normalize("NFKC", text).strip()


def squeezed(cell: Cell) -> str:
    """The cell in one spelling and without any white space."""
    return "".join(normal(cell).split())


def column_letter(index: int) -> str:
    """0 -> 'A', 26 -> 'AA'."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
