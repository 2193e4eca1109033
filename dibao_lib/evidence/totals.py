"""Sums printed in a sheet against the sums of the rows read (dirty-data.md, no. 16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dibao_lib.evidence.form import Field, Form, Kind


@dataclass(frozen=True, slots=True)
class TieOut:
    """One printed sum.

    Args:
        row: number of its row as people see it.
        field: the summed field.
        header: its column.
        printed: the printed figure, fen or a count.
        summed: sum of the rows read that it should cover.
    """

    row: int
    field: str
    header: str
    printed: int
    summed: int

    @property
    def agrees(self) -> bool:
        """Whether both figures are the same."""
        return self.printed == self.summed


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of sums: its index, whether it says 小计, and its values by field."""

    index: int
    is_subtotal: bool
    values: Mapping[str, Any]


def tie_out(
    form: Form, printed: Sequence[PrintedRow], rows: Sequence[int], values: Mapping[str, Sequence[Any]]
) -> list[TieOut]:
    """Every printed figure beside the sum of the rows it should cover.

    Args:
        form: the form.
        printed: the rows of sums in their order.
        rows: indices of the rows read.
        values: field -> values of those rows.
    """
    found: list[TieOut] = []
    block_start = -1
    for one in printed:
        above = [place for place, row in enumerate(rows) if row < one.index] or list(range(len(rows)))
        block = [place for place in above if rows[place] > block_start]
        same = [places for places in (_of_same_kind(form, one, p, values) for p in (block, above)) if places]
        wanted = same if one.is_subtotal else same[::-1]
        found.extend(_compared(form, one, wanted, values))
        block_start = one.index if above and rows[above[-1]] < one.index else block_start
    return found


def _of_same_kind(form: Form, one: PrintedRow, places: Sequence[int], values: Mapping[str, Sequence[Any]]) -> list[int]:
    """Only the rows that share the sum row's own words of a code list (its 类别 is 城市)."""
    words = {
        name: value
        for name, value in one.values.items()
        if value is not None and form.field(name).kind is Kind.CHOICE and value in set(values.get(name, ()))
    }
    return [place for place in places if all(values[name][place] == word for name, word in words.items())]


def _compared(
    form: Form, one: PrintedRow, scopes: Sequence[Sequence[int]], values: Mapping[str, Sequence[Any]]
) -> Iterator[TieOut]:
    for name, printed in one.values.items():
        declared = form.field(name)
        if printed is None or not is_additive(declared) or name not in values:
            continue
        sums = [sum(values[name][place] or 0 for place in places) for places in scopes] or [0]
        yield TieOut(one.index + 1, name, declared.header, printed, printed if printed in sums else sums[0])


def is_additive(one: Field) -> bool:
    """Whether a column may be summed: amounts and counts, but not amounts a head."""
    return one.kind in {Kind.MONEY, Kind.INT} and "/人" not in one.unit
