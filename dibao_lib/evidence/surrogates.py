"""Households without a certificate number get a provisional one from head and village (dirty-data.md, no. 27)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from dibao_lib.evidence.cells.fault import Fault
from dibao_lib.evidence.columns import Columns
from dibao_lib.evidence.form import Form

# what a provisional number begins with; no office issues one that does
PROVISIONAL = "暂"
NO_NUMBER = "no_number"
_MESSAGE = "没有低保证号，已按户主身份证号和村（居）编成临时号，凭临时号的比对只作线索。请补填低保证号后重报"


def number_households(form: Form, columns: Columns) -> None:
    """Gives rows whose number is blank, and whose head's id is certain, the same number in every file; notes each.

    A number that is there but cannot be trusted is not replaced: its row stays set aside.
    """
    made = form.provisional
    if made is None or not {made.number, made.person} <= columns.converted.keys():
        return
    numbers, people = columns.converted[made.number], columns.converted[made.person].values
    if None not in numbers.values:
        return
    places, values = _values(columns, made.place, len(people)), [*numbers.values]
    for row, value in enumerate(values):
        if value is None and row not in numbers.faults and people[row]:
            values[row] = provisional_number(people[row], places[row])
            numbers.faults[row] = Fault(NO_NUMBER, _MESSAGE, values[row])
    numbers.values = values


def provisional_number(person: str, place: str | None) -> str:
    """The number of the household that person heads in a place."""
    return PROVISIONAL + hashlib.sha256(f"{person}|{place or ''}".encode()).hexdigest()[:12]


def _values(columns: Columns, name: str, count: int) -> Sequence[Any]:
    if name in columns.converted:
        return columns.converted[name].values
    value, _ = columns.constants.get(name, (None, ""))
    return [value] * count
