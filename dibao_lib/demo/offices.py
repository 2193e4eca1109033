"""Cadres, panels, meetings and rosters written down as tables."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from dibao_lib.demo.model import Body, Cadre, Draft, Household, Row, Vote
from dibao_lib.demo.money import Rates, due_fen
from dibao_lib.plan import Plan
from dibao_lib.units import month_of


def township_rows(plan: Plan) -> Iterator[Row]:
    """The roster of townships; the bureau's three groups take turns."""
    for place, township in enumerate(plan.townships):
        group = place % plan.quotas.verification_groups + 1
        yield {"twn_id": township.code, "twn": township.name, "twn_type": township.type, "group_no": group}


def village_rows(draft: Draft) -> Iterator[Row]:
    """The roster of villages and communities."""
    for village in draft.plan.villages:
        body = draft.bodies[village.code]
        row: Row = {"vil_id": village.code, "twn_id": village.township_code, "vil": village.name}
        yield row | {"n_house": body.houses, "director": body.director.name}


def cadre_row(cadre: Cadre) -> Row:
    """A line of the roster of cadres."""
    person = {"cad_pid": cadre.person.pid, "cad": cadre.person.name}
    return person | {"twn_id": cadre.township, "vil_id": cadre.village or None, "post": cadre.post, "lvl": cadre.level}


def filing_rows(cadre: Cadre, unit: str, rates: Rates) -> Iterator[Row]:
    """A nil return, or one line a relative; nothing when the cadre did not file."""
    if cadre.filed_on is None:
        return
    row: Row = {"cad_pid": cadre.person.pid, "cad": cadre.person.name, "unit": unit, "post": cadre.post}
    row |= {"filed_on": cadre.filed_on, "signed": True}
    if not cadre.filings:
        yield row | {"nil": True}
    for filing in cadre.filings:
        household = filing.household
        relative: Row = {"rel_name": filing.person.name, "rel_pid": filing.person.pid, "relation": filing.relation}
        relative |= {"hh_id": household.hh_id, "kind": household.kind, "since": household.start or None}
        amount = due_fen(household, rates.now, rates)
        yield (
            row
            | relative
            | {"nil": False, "persons": household.covered, "amt": amount}
            | {"verdict": filing.verdict, "action": filing.action}
        )


def panel_rows(body: Body) -> Iterator[Row]:
    """The people of a village's panel."""
    for place, (person, role) in enumerate(body.panel):
        yield {
            "vil_id": body.village,
            "name": person.name,
            "pid": person.pid,
            "role": role,
            "present": place < body.present,
        }


def review_rows(body: Body, households: list[Household], rng: random.Random) -> Iterator[Row]:
    """The vote on every household that drew the allowance at the meeting."""
    met_on = body.met_on
    if met_on is None:
        return
    first = True
    for household in households:
        due = household.active_on(met_on) and household.start < month_of(met_on)
        if due and household.hh_id not in body.passed_over:
            row: Row = {"vil_id": body.village, "met_on": met_on, "hh_id": household.hh_id}
            row |= _vote(household, body, rng)
            yield row if first or not body.signed_once else row | {"sig_twn": None}
            first = False


def _vote(household: Household, body: Body, rng: random.Random) -> Row:
    """Votes that add up to those present; households cleared later were voted against."""
    present = body.present
    cleared = household.exit is not None and household.exit.reason != "死亡"
    against = rng.randint(present // 2 + 1, present) if cleared else rng.randint(0, present // 5)
    abstain = rng.randint(0, min(1, present - against))
    usual = Vote(present - against - abstain, against, abstain, "不符合" if cleared else "符合")
    vote = household.vote or usual
    return {
        "head": household.head.name,
        "present": present,
        "agree": vote.agree,
        "disagree": vote.disagree,
        "abstain": vote.abstain,
        "result": vote.result,
        "note": household.cause,
        "sig_rep": True,
        "sig_dir": True,
        "sig_twn": body.signed,
    }


def units(plan: Plan) -> Mapping[str, str]:
    """Township or village code -> the unit its cadres work for."""
    own = {t.code: f"{t.name}人民政府" if t.type != "街道" else f"{t.name}办事处" for t in plan.townships}
    return own | {v.code: v.name for v in plan.villages}
