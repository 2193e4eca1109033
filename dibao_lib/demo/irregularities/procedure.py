"""Steps left out, panels too small, meetings that passed people over: 三查 (R16, R39-R43)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.demo.bodies import REPRESENTATIVE
from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Draft
from dibao_lib.demo.money import Rates


def broken_steps(draft: Draft, rates: Rates, picker: Picker) -> None:
    """A step without a date, or two in the wrong order (P1)."""
    for place, household in enumerate(picker.households(8)):
        steps = household.steps
        match place % 4:
            case 0:
                # without a review nothing was posted either
                steps.review = None
                draft.planted("P2", household)
            case 1:
                steps.twn_review = None
            case 2:
                steps.twn_review, steps.approve = steps.approve, steps.twn_review
                if steps.approve and steps.approve == steps.twn_review:
                    steps.approve -= dt.timedelta(3)
            case _:
                steps.apply = steps.review and steps.review + dt.timedelta(2)
        draft.planted("P1", household)


def small_panels(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Fewer than twenty people, in one village on twenty-one lines; one village without any panel (P3)."""
    for place, body in enumerate(picker.villages(4)):
        people = draft.plan.quotas.panel_minimum - 1 - place % 3
        representatives = [row for row in body.panel if row[1] == REPRESENTATIVE]
        others = [row for row in body.panel if row[1] != REPRESENTATIVE and row[0] != body.panel[0][0]]
        body.panel = [*representatives[: people - 4], *others][:people] if place else []
        if place == 1:
            body.panel += [(person, "老党员") for person, _ in body.panel[:3]]
        body.present = min(body.present, people)
        draft.truth.append(Planted("P3", body.township, body.village))


def few_representatives(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Panels large enough with fewer than two thirds of representatives (P4)."""
    share = draft.plan.quotas.panel_representatives
    for body in picker.villages(4):
        people = len({person.pid for person, _ in body.panel})
        allowed = -(-people * share.numerator // share.denominator) - 1
        held = [place for place, (_, role) in enumerate(body.panel) if role == REPRESENTATIVE]
        for place in held[allowed:]:
            body.panel[place] = (body.panel[place][0], "村(居)民小组长")
        draft.truth.append(Planted("P4", body.township, body.village))


def passed_over(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Meetings that did not vote on everybody, and one village without a meeting (P6)."""
    for place, body in enumerate(picker.villages(4)):
        if place == 0:
            body.met_on = None
        else:
            body.passed_over = {h.hh_id for h in draft.households if h.plain and h.village == body.village}
            body.passed_over = set(sorted(body.passed_over)[: place + 1])
        draft.truth.append(Planted("P6", body.township, body.village))


def leaderless_panels(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Panels without the leader the township posts to the village (P5)."""
    for body in picker.villages(2):
        body.panel = [(p, "村(居)民小组长" if role == "挂点领导" else role) for p, role in body.panel]
        draft.truth.append(Planted("P5", body.township, body.village))


def unsigned_forms(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Summary forms the posted leader did not sign (P9)."""
    for body in picker.villages(2):
        body.signed = False
        draft.truth.append(Planted("P9", body.township, body.village))


def late_meetings(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Meetings held in May (C1)."""
    for place, body in enumerate(picker.villages(2)):
        body.met_on = draft.season.reviews_due + dt.timedelta(2 + place)
        draft.truth.append(Planted("C1", body.township, body.village))
