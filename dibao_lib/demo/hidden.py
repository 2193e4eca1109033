"""What the county hides: irregularities for the checks to find, and dirt for the intake to set aside."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planted:
    """An irregularity put in on purpose; a blank field says nothing about its finding."""

    check_id: str
    township_code: str = ""
    village_code: str = ""
    household_id: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Dirt:
    """Cells or rows that intake cannot trust and must set aside.

    Args:
        township: code of the township whose file it is; '' for the office's own.
        table: evidence table.
        field: the field at fault.
        rows: how many cells.
        reason: reason code of quarantine.parquet.
    """

    township: str
    table: str
    field: str
    rows: int
    reason: str
