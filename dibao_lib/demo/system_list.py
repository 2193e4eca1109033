"""The rescue information system's own list of households, exported by the bureau in the last month of evidence (R20)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from dibao_lib.demo.model import Draft, Household, Row
from dibao_lib.demo.money import Rates, due_fen
from dibao_lib.units import month_of


def system_rows(draft: Draft, rates: Rates) -> Iterator[Row]:
    """One line a household the system holds."""
    month = draft.season.last
    exported_on = dt.date.fromisoformat(f"{month}-20")
    for household in draft.households:
        if household.stale or (household.in_system and covered_in(household, month)):
            amount = due_fen(household, month, rates) + household.system_error_fen
            row: Row = {"hh_id": household.hh_id, "kind": household.kind, "twn_id": household.township}
            row |= {"vil_id": household.village, "head": household.head.name, "covered": household.covered}
            yield row | {"total": amount, "status": "在保", "exported_on": exported_on}


def covered_in(household: Household, month: str) -> bool:
    """Whether a month is one of the household's months of cover."""
    end = household.suspended or (month_of(household.exit.on) if household.exit else "9999-12")
    return household.start <= month < end
