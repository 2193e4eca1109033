"""Meetings that were not what they claim: conflicts, votes that do not add up, verdicts nobody followed (R16, R40-R48)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Body, Draft, Household, Steps, Vote
from dibao_lib.demo.money import Rates


def biased_panels(draft: Draft, rates: Rates, picker: Picker) -> None:
    """A recipient sits on the panel that votes on him (P5); one stayed away from the meeting."""
    for place, body in enumerate(picker.villages(3, lambda b: len({p.pid for p, _ in b.panel}) == len(b.panel))):
        household = _members_of(draft, body)[0]
        household.plain = False
        if place < 2:
            seat = next(n for n, (_, role) in enumerate(body.panel) if role == "老党员")
            body.present = max(body.present, seat + 1)
            draft.planted("P5", household, household.head.pid)
        else:
            seat = len(body.panel) - 1
            body.present = min(body.present, seat)
            draft.spared("P5", household)
        body.panel[seat] = (household.head, body.panel[seat][1])


def odd_votes(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Votes that do not add up, a result against the votes, a meeting of half the panel (P7); just two thirds will do."""
    villages = picker.villages(3)
    for place, body in enumerate(villages[:2]):
        one, other, just = _members_of(draft, body)[:3]
        needed = -(-body.present * 2 // 3)
        one.vote = Vote(body.present - 3, 1, 0, "符合")
        other.vote = Vote(needed - 1, body.present - needed + 1, 0, "符合")
        just.vote = Vote(needed, body.present - needed, 0, "符合")
        draft.planted("P7", one if place else other)
        (other if place else one).vote = None
        draft.spared("P7", just)
    for body in villages[2:]:
        body.present = len({p.pid for p, _ in body.panel}) // 2
        draft.truth.append(Planted("P7", body.township, body.village))


def ignored_verdicts(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Voted ineligible in March and paid in May (P8); one was found eligible again by a new determination."""
    met_on = draft.season.self_inspection - dt.timedelta(15)
    fitting = picker.villages(3, lambda b: not draft.styles[b.township].quarterly)
    for place, body in enumerate(fitting):
        body.met_on = met_on
        household = next(h for h in _members_of(draft, body) if h.start < f"{met_on:%Y-%m}")
        household.cls, household.assessed, household.plain = "B", met_on - dt.timedelta(30), False
        household.vote = Vote(2, body.present - 2, 0, "不符合")
        if place < 2:
            draft.planted("P8", household)
        else:
            household.redetermined = met_on + dt.timedelta(20)
            draft.spared("P8", household)


def one_day_villages(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Everybody of a village approved in one day (P13); in a third village it was only most of them."""
    spoken_of = {case.household_id for case in (*draft.truth, *draft.lawful)}
    villages = picker.villages(3, lambda b: _untouched(draft, b, spoken_of))
    day = dt.date(draft.season.year - 2, 3, 2)
    for place, body in enumerate(villages):
        households = [h for h in draft.households if h.village == body.village]
        same = households if place < 2 else households[: len(households) * 8 // 10]
        for household in same:
            later = day + dt.timedelta(14)
            household.steps = Steps(day, day, later, later)
        case = Planted("P13", body.township, body.village)
        (draft.truth if place < 2 else draft.lawful).append(case)


def _untouched(draft: Draft, body: Body, spoken_of: set[str]) -> bool:
    households = [h for h in draft.households if h.village == body.village]
    return 10 <= len(households) <= 40 and not any(h.hh_id in spoken_of for h in households)


def _members_of(draft: Draft, body: Body) -> list[Household]:
    """Ordinary households of the body's village, reviewed at its meeting."""
    return [h for h in draft.households if h.village == body.village and h.plain and h.hh_id not in body.passed_over]
