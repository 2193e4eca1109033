"""Registers that are not kept: three lists that differ, blanks, names, overdue reviews, standstill (R20, R69)."""

from __future__ import annotations

import datetime as dt
import math

from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.households import approval
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Body, Draft, Household
from dibao_lib.demo.money import Rates
from dibao_lib.demo.season import quarter_start
from dibao_lib.demo.system_list import covered_in
from dibao_lib.units import add_months, month_of


def stagnant_villages(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Villages in which nobody came or went for a year (G5); nothing planted later lets anybody come or go there."""
    since = add_months(rates.now, -12)
    for body in picker.villages(2, lambda b: len(_home(draft, b)) >= 24):
        for household in _home(draft, body):
            household.plain = False
            if household.start > since:
                household.start = add_months(draft.season.first, -5)
                household.steps, household.assessed = approval(picker.rng, household.start)
            if household.exit and household.exit.reason == "死亡":
                buried = household.exit.pid
                draft.registers["死亡"] = [row for row in draft.registers["死亡"] if row["pid"] != buried]
            household.exit, household.suspended = None, ""
        draft.truth.append(Planted("G5", body.township, body.village))


def _home(draft: Draft, body: Body) -> list[Household]:
    return [h for h in draft.households if h.village == body.village]


def unlike_lists(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Never entered into the system, still in it after leaving, or with another amount (G1); who just moved may lag."""
    for household in picker.households(3):
        household.in_system = False
        draft.planted("G1", household)
    for household in picker.households(2):
        household.system_error_fen = -2000
        draft.planted("G1", household)
    long_gone = [h for h in draft.households if h.exit and month_of(h.exit.on) < add_months(draft.season.last, -1)]
    for household in picker.rng.sample([h for h in long_gone if not h.paid_to], 2):
        household.stale = True
        draft.planted("G1", household)
    newcomers = [h for h in draft.households if h.start == draft.season.last and not h.exit]
    for household in newcomers[:1]:
        household.in_system = False
        draft.spared("G1", household)


def unlike_payments(draft: Draft, rates: Rates, picker: Picker) -> None:
    """What other irregularities did to the payments of the month of comparison is a difference of lists too (G1)."""
    known = {case.household_id for case in draft.truth if case.check_id == "G1"}
    for household in draft.households:
        if household.start >= add_months(draft.season.last, -1):
            continue
        quarterly = household.kind == "农村" and draft.styles[household.township].quarterly
        month = quarter_start(draft.season.last) if quarterly else draft.season.last
        covered = covered_in(household, draft.season.last)
        wrong = month in household.unpaid or month in household.short_fen or (bool(household.paid_to) and not covered)
        if wrong and household.hh_id not in known and (household.paid_to or draft.season.last) >= month:
            draft.planted("G1", household)


def blank_fields(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Townships that left the reason blank for too many households (G2); a few blanks are tolerated."""
    groups = {t.code: [h for h in draft.households if h.township == t.code] for t in draft.plan.townships}
    smallest = sorted(groups.values(), key=len)[:3]
    for households, share, word in zip(smallest, (0.025, 0.03, 0.01), ("", "不详", ""), strict=True):
        plain = [h for h in households if h.plain]
        for household in picker.rng.sample(plain, math.ceil(len(households) * share)):
            household.cause = word
        case = Planted("G2", households[0].township)
        (draft.truth if share > 0.02 else draft.lawful).append(case)


def two_names(draft: Draft, rates: Rates, picker: Picker) -> None:
    """One id with two names in one office's files (G3); a character nobody could type is no second name."""
    draft.births.rng = picker.rng
    for place, household in enumerate(picker.listed(4, lambda h: "·" not in h.head.name)):
        name = household.head.name
        household.listed_name = f"{name[0]}□" if place == 3 else f"{name}建" if name[-1] != "建" else f"{name}国"
        if place == 3:
            draft.spared("G3", household)
        else:
            draft.planted("G3", household, household.head.pid)


def overdue_reviews(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Determined long ago and never again (G4); one falls due on the very day."""
    visited = {row["hh_id"] for row in draft.visits}
    today = draft.season.today
    for place, household in enumerate(
        picker.households(4, lambda h: draft.styles[h.township].book != "wide" and h.hh_id not in visited)
    ):
        household.confirmed = False
        if place == 3:
            household.cls, household.assessed = "C", dt.date(today.year, today.month - 3, 30)
            draft.spared("G4", household)
        else:
            household.assessed = dt.date(today.year - 1, today.month - 2, 10)
            draft.planted("G4", household)
