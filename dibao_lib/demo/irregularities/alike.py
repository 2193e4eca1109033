"""Lawful cases that look like an irregularity and must be left alone; most stand in the background and are named here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from dibao_lib.demo.bodies import REPRESENTATIVE
from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.households import approval
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Body, Draft, Exit, Household, Member
from dibao_lib.demo.money import Rates
from dibao_lib.demo.season import quarter_start
from dibao_lib.units import add_months, month_of


def nearly_wrong(draft: Draft, rates: Rates, picker: Picker) -> None:
    """One yuan off (O2), all steps on the last day (P1), seven days of posting (P2)."""
    rounded, hurried, posted = picker.households(3)
    rounded.base_error_fen = 100
    draft.spared("O2", rounded)
    hurried.steps.twn_review = hurried.steps.approve
    draft.spared("P1", hurried)
    posted.post_days = 6
    draft.spared("P2", posted)


def moved_in(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Left one household and was covered in another afterwards (O12)."""
    (first,) = picker.listed(1, lambda h: h.size == h.covered > 2 and draft.styles[h.township].marks_covered)
    (second,) = picker.listed(1, lambda h: h.size > 1 and h.members[-1].covered and not h.members[-1].disability)
    person, start = first.members[-1].person, add_months(draft.season.first, 9)
    day = dt.date.fromisoformat(f"{add_months(start, -2)}-10")
    first.person_exits.append(Exit(day, "迁出", "主动申请", person.pid))
    second.members[-1] = Member(person, second.members[-1].rel, covered=True)
    second.start = quarter_start(start)
    second.steps, second.assessed = approval(picker.rng, second.start)
    draft.spared("O12", second)


def fresh_household(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Approved last month and not paid yet: a month is missing (F1), but nobody was forgotten (F5)."""
    fitting = [h for h in draft.households if h.start == draft.season.last and not h.exit and h.kind == "城市"]
    household = picker.rng.choice(fitting)
    household.unpaid.add(draft.season.last)
    draft.planted("F1", household)
    draft.spared("F5", household)


def signed_once(draft: Draft, rates: Rates, picker: Picker) -> None:
    """A summary form signed at its head, not on every line (P9)."""
    for body in picker.villages(1):
        body.signed_once = True
        draft.lawful.append(Planted("P9", body.township, body.village))


def lawful_background(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Cases of the background: nil returns, just enough people, part quarters, money the bank sent back."""
    told = {(case.check_id, case.township_code, case.village_code, case.household_id) for case in draft.truth}
    for check_id, fits in _HOUSEHOLDS.items():
        fitting = [h for h in draft.households if fits(draft, h) and (check_id, *_place(h)) not in told]
        draft.spared(check_id, picker.rng.choice(fitting))
    for check_id, suits in _VILLAGES.items():
        bodies = [
            b for b in draft.bodies.values() if suits(draft, b) and (check_id, b.township, b.village, "") not in told
        ]
        body = picker.rng.choice(bodies)
        draft.lawful.append(Planted(check_id, body.township, body.village))
    cadre = next(c for c in draft.cadres if c.filed_on and not c.filings)
    draft.lawful.append(Planted("C2", cadre.township, person_id=cadre.person.pid))
    counted = {township for township, *_ in draft.miscounted}
    draft.lawful.append(Planted("C3", next(t.code for t in draft.plan.townships if t.code not in counted)))


def _place(household: Household) -> tuple[str, str, str]:
    return household.township, household.village, household.hh_id


def _headless(draft: Draft, household: Household) -> bool:
    return not draft.styles[household.township].heads_listed and household.plain


def _part_quarter(draft: Draft, household: Household) -> bool:
    """Begun in the midst of a quarter by a township that pays by quarters."""
    quarterly = household.kind == "农村" and draft.styles[household.township].quarterly
    begun = household.start > draft.season.first and household.start != quarter_start(household.start or "2000-01")
    return quarterly and begun and household.exit is None


def _sent_back(draft: Draft, household: Household) -> bool:
    return bool(household.bounced) and household.exit is None


def _declared(draft: Draft, household: Household) -> bool:
    return household.active_on(draft.season.today) and any(
        filing.household is household and (household.head, filing.relation) in cadre.kin
        for cadre in draft.cadres
        for filing in cadre.filings
        if cadre.filed_on
    )


def _just_enough(draft: Draft, body: Body) -> bool:
    return len({person.pid for person, _ in body.panel}) == draft.plan.quotas.panel_minimum


def _just_two_thirds(draft: Draft, body: Body) -> bool:
    share = draft.plan.quotas.panel_representatives
    people = len({person.pid for person, _ in body.panel})
    held = sum(role == REPRESENTATIVE for _, role in body.panel)
    return held == -(-people * share.numerator // share.denominator) and people > 0


def _late_entry(draft: Draft, body: Body) -> bool:
    met_on = body.met_on
    return met_on is not None and any(
        h.village == body.village and h.start == month_of(met_on) for h in draft.households
    )


def _tiered(draft: Draft, body: Body) -> bool:
    return draft.styles[body.township].tiers


def _moving(draft: Draft, body: Body) -> bool:
    """Just one household of the village came or left within the year."""
    since = add_months(month_of(draft.season.today), -12)
    here = [h for h in draft.households if h.village == body.village]
    moved = [h for h in here if h.start > since or (h.exit is not None and month_of(h.exit.on) > since)]
    return 1 <= len(moved) <= 3 and len(here) >= 24


_HOUSEHOLDS: dict[str, Callable[[Draft, Household], bool]] = {
    "O3": _headless,
    "O6": _declared,
    "F1": _part_quarter,
    "F3": _sent_back,
}
_VILLAGES: dict[str, Callable[[Draft, Body], bool]] = {
    "P3": _just_enough,
    "P4": _just_two_thirds,
    "P6": _late_entry,
    "O18": _tiered,
    "G5": _moving,
}
