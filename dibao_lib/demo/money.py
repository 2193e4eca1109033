"""What a household is due and what it was paid: the formula of the register and of every payment (R13, R22, R23)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dibao_lib.demo.model import Household
from dibao_lib.demo.season import Season, last_day, quarter_start
from dibao_lib.plan import Plan
from dibao_lib.units import add_months, month_of

_YUAN = 100


@dataclass(frozen=True, slots=True)
class Rates:
    """The standards in force, a person a month in fen, by kind and month."""

    by_month: Mapping[tuple[str, str], int]
    now: str

    def lowest(self, kind: str) -> int:
        """The lowest standard of a kind in the months of evidence."""
        return min(rate for (of_kind, _), rate in self.by_month.items() if of_kind == kind)


def rates(plan: Plan, season: Season) -> Rates:
    """The plan's standards for every month of evidence up to the day of inspection, and a quarter beyond."""
    now = month_of(season.today)
    months = {*season.months, now, *(add_months(now, ahead) for ahead in range(1, 4))}
    kinds = ("城市", "农村")
    return Rates({(k, m): plan.standard_in_force(k, last_day(m)).std_fen for k in kinds for m in months}, now)


def base_fen(household: Household, month: str, rates: Rates) -> int:
    """The monthly allowance without top-ups: the gap to the standard then in force, in whole yuan."""
    basis = household.basis_fen
    if household.earlier and month < household.earlier[0]:
        basis = household.earlier[1]
    gap = (rates.by_month[household.kind, month] - basis) * household.covered
    return max(0, (gap + _YUAN // 2) // _YUAN * _YUAN) + household.base_error_fen


def due_fen(household: Household, month: str, rates: Rates) -> int:
    """The monthly allowance with top-ups, errors of the register included."""
    tops = household.top_hh_fen + household.top_person_fen
    return base_fen(household, month, rates) + tops + household.total_error_fen


def register_month(household: Household, season: Season, now: str) -> str:
    """The month whose amounts the register shows: today's, or the last one of cover."""
    if household.exit and household.exit.on <= season.today:
        return max(season.first, add_months(month_of(household.exit.on), -1))
    return now


def covered_until(household: Household, season: Season) -> str:
    """Last month of cover within the evidence."""
    end = household.suspended or (month_of(household.exit.on) if household.exit else "")
    return min(season.last, add_months(end, -1)) if end else season.last


def paid_months(household: Household, season: Season, *, quarterly: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Months in which money comes, each with the months it is for."""
    first = max(household.paid_from or household.start, season.first)
    last = household.paid_to or covered_until(household, season)
    for month in season.months:
        if not first <= month <= last:
            continue
        if not quarterly:
            yield month, (month,)
        elif month == quarter_start(month):
            yield month, (month, add_months(month, 1), add_months(month, 2))
