"""Relatives of cadres who were declared: found ineligible and kept, or favoured all the same (R14, R34, R37)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Cadre, Draft, Exit, Filing, Vote
from dibao_lib.demo.money import Rates


def declared_and_kept(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Found ineligible in March by filing and by vote, paid in May (O7, and O16 for the votes); one was removed in time."""
    early = draft.season.self_inspection - dt.timedelta(14)
    for place, (cadre, filing) in enumerate(_declared(draft, picker, 3)):
        cadre.filed_on, filing.verdict, filing.action = early, "不符合", "清退"
        household = filing.household
        if place == 2:
            day = draft.season.reviews_due - dt.timedelta(3)
            household.exit = Exit(day, "关系保", "自查清退", household.head.pid)
            draft.spared("O7", household)
        else:
            _voted_down(draft, filing)
            draft.planted("O7", household)
            draft.planted("O16", household)


def favoured_relatives(draft: Draft, rates: Rates, picker: Picker) -> None:
    """A cadre's relatives whom the panel hardly wanted, or who skipped a step (O16, P1); a link alone is no sign."""
    for place, (_, filing) in enumerate(_declared(draft, picker, 5)):
        household = filing.household
        if place < 2:
            _voted_down(draft, filing)
            draft.planted("O16", household)
        elif place == 2:
            household.steps.twn_review = None
            draft.planted("O16", household)
            draft.planted("P1", household)
        else:
            draft.spared("O16", household)


def _declared(draft: Draft, picker: Picker, count: int) -> Iterator[tuple[Cadre, Filing]]:
    """Cadres with one declared household, paid monthly, whose meeting voted on it; each is used once."""
    fitting = [
        cadre
        for cadre in draft.cadres
        if len(cadre.filings) == 1
        and cadre.filed_on
        and draft.bodies[cadre.village].met_on
        and cadre.village not in picker.villages_used
        and not draft.styles[cadre.township].quarterly
        and cadre.filings[0].household.vote is None
        and cadre.filings[0].household.exit is None
    ]
    for cadre in picker.rng.sample(fitting, count):
        # nothing but the vote tells of its income: determined before the meeting, not due again
        household = cadre.filings[0].household
        household.cls, household.assessed = "B", draft.season.self_inspection - dt.timedelta(40)
        picker.villages_used.add(cadre.village)
        yield cadre, cadre.filings[0]


def _voted_down(draft: Draft, filing: Filing) -> None:
    present = draft.bodies[filing.household.village].present
    agree = present // 3
    filing.household.vote = Vote(agree, present - agree, 0, "不符合")
