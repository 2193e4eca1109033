"""Households that look wrong and are not: income above the standard with leave to stay (渐退, 单人保), cover suspended."""

from __future__ import annotations

from dibao_lib.demo.model import Draft, Household
from dibao_lib.demo.money import Rates
from dibao_lib.demo.season import day_in, stream
from dibao_lib.units import add_months, month_of

_FADING, _SINGLE, _SUSPENDED, _UNDATED = 12, 8, 8, 5


def grant_leeway(draft: Draft, rates: Rates) -> None:
    """Marks a few ordinary households; no rule is broken in any of them."""
    rng = stream(draft.seed, "leeway")
    pool = [h for h in draft.households if h.plain and h.method == "补差"]
    chosen = iter(rng.sample(pool, _FADING + _SINGLE + _SUSPENDED + _UNDATED))
    for _ in range(_FADING):
        household = raise_income(
            draft, rates, next(chosen), rng.randint(5, 60), month=add_months(draft.season.last, -1)
        )
        household.living = "收入刚超过标准，渐退期内"
        draft.spared("O1", household)
    for _ in range(_SINGLE):
        household = raise_income(
            draft, rates, next(chosen), rng.randint(5, 90), month=add_months(draft.season.last, -4)
        )
        household.cause = "重残单人保"
        draft.spared("O1", household)
    for _ in range(_SUSPENDED):
        household = next(chosen)
        household.suspended = add_months(draft.season.first, rng.choice((6, 9, 12)))
        household.plain = False
    for household in chosen:
        household.start, household.plain = "", False


def raise_income(draft: Draft, rates: Rates, household: Household, above_yuan: int, month: str) -> Household:
    """A later assessment finds an income above the standard; the amount paid stays as it was."""
    rng = stream(draft.seed, f"raise/{household.hh_id}")
    household.earlier_assessed, household.assessed = household.assessed, day_in(rng, month)
    if household.earlier_assessed > household.assessed:
        household.earlier_assessed = day_in(rng, add_months(month, -6))
    household.income_fen = rates.by_month[household.kind, month_of(household.assessed)] + above_yuan * 100
    household.plain = False
    return household
