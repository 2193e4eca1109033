"""What the bureau's groups recorded in the drawn townships: home visits and hearings of May and June (R59-R62)."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from dibao_lib.demo.draws import drawn_townships, drawn_villages
from dibao_lib.demo.model import Draft, Household, Row
from dibao_lib.demo.money import Rates, due_fen
from dibao_lib.demo.season import day_between, stream
from dibao_lib.plan import Plan

VISITED = 24
_TEAM = (("余志华", "程敏"), ("徐建国", "汪丽"), ("叶伟", "吴秀英"))
_HOUSES = ("砖木结构80平方米", "土木结构60平方米", "砖混结构90平方米，未装修", "租住45平方米")
_GOODS: tuple[list[str], ...] = (["电视机"], ["电视机", "电风扇"], ["农用三轮"], [])


def visit_households(draft: Draft, rates: Rates) -> None:
    """Every drawn township: so many homes, and hearings in the villages drawn, by the group it belongs to."""
    rng = stream(draft.seed, "field work")
    codes = [township.code for township in draft.plan.townships]
    for township in drawn_townships(draft.plan):
        group = codes.index(township) % draft.plan.quotas.verification_groups
        fitting = [
            h for h in draft.households if h.township == township and h.plain and h.active_on(draft.season.today)
        ]
        households = sorted(rng.sample(fitting, VISITED), key=lambda h: h.hh_id)
        draft.visits += [visit(draft, rates, rng, household, group) for household in households]
        villages = enumerate(drawn_villages(draft.plan, township), 1)
        draft.hearings += [_hearing(draft, rng, village, group, number) for number, village in villages]


def visit(draft: Draft, rates: Rates, rng: random.Random, household: Household, group: int) -> Row:
    """A visit that found what the register says."""
    return {
        "hh_id": household.hh_id,
        "on": day_between(rng, *_days(draft)),
        "team": list(_TEAM[group % len(_TEAM)]),
        "found": "户在人在" if rng.random() < 0.9 else "人户分离",
        "income": household.income_fen * household.size,
        "house": rng.choice(_HOUSES),
        "assets": list(rng.choice(_GOODS)) or None,
        "book": "本人",
        "got": due_fen(household, draft.season.last, rates),
        "known": rng.random() < 0.85,
        "diff": None,
        "view": "保留",
        "sign": True,
    }


def _days(draft: Draft) -> tuple[dt.date, dt.date]:
    """From the beginning of the third stage to a week before the day of the demo."""
    return draft.plan.date("supervision_start"), draft.season.today - dt.timedelta(7)


def _hearing(draft: Draft, rng: random.Random, village: str, group: int, number: int) -> Row:
    here = [h for h in draft.households if h.village == village and h.active_on(draft.season.today)]
    heard = rng.sample(here, 2)
    chair, clerk = _TEAM[group % len(_TEAM)]
    row: Row = {"hear_id": f"T{village[4:]}-{number}", "vil_id": village, "on": day_between(rng, *_days(draft))}
    row |= {"host": chair, "clerk": clerk, "group_no": group + 1, "att_recip": rng.randint(2, 6)}
    row |= {"att_panel": rng.randint(3, 9), "att_rep": rng.randint(2, 8), "case_hh": [h.hh_id for h in heard]}
    row |= {"statement": "说明家庭人口、收入和困难情况", "opinions": "与会人员认为情况属实"}
    voters = rng.randint(9, 15)
    row |= {"vote.agree": voters - (against := rng.randint(0, 2)), "vote.disagree": against, "vote.abstain": 0}
    return row | {"conclusion": "维持", "signatures": True}


def by_group(plan: Plan, rows: Sequence[Row]) -> dict[int, list[Row]]:
    """Rows of visits or hearings by the group that wrote them, groups counted from 1; numbers begin with the township."""
    codes = [township.code for township in plan.townships]
    groups: dict[int, list[Row]] = {}
    for row in rows:
        place = codes.index(str(row.get("vil_id") or row["hh_id"])[:9])
        groups.setdefault(place % plan.quotas.verification_groups + 1, []).append(row)
    return dict(sorted(groups.items()))
