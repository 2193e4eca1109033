"""What the third stage finds wrong with the campaign itself: concealment, own inspectors, poor hearings (R56-R65)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.demo.draws import drawn_townships, supervision_teams
from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Draft, Row, Vote
from dibao_lib.demo.money import Rates
from dibao_lib.demo.problem_ledger import problem

_CONCEALED = 6


def concealed_problems(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Two townships where a quarter of the homes visited had problems nobody reported (C4); a third had voted on most."""
    home = {household.hh_id: household for household in draft.households}
    townships = picker.rng.sample(drawn_townships(draft.plan), 3)
    for place, township in enumerate(townships):
        rows = [row for row in draft.visits if home[str(row["hh_id"])].township == township]
        for number, row in enumerate(_quiet(draft, rows)[:_CONCEALED]):
            row |= {"view": "退出", "diff": ["子女赡养能力较强", "有经营收入"]}
            household = home[str(row["hh_id"])]
            household.plain = False
            if place == 2 and number > 1:
                present = draft.bodies[household.village].present
                household.vote = Vote(present // 3, present - present // 3, 0, "不符合")
        case = Planted("C4", township)
        (draft.truth if place < 2 else draft.lawful).append(case)


def _quiet(draft: Draft, rows: list[Row]) -> list[Row]:
    """Visits of households that nothing else was said of and whose village met in April."""
    home = {household.hh_id: household for household in draft.households}
    begun = draft.plan.date("campaign_start")
    fitting = [row for row in rows if home[str(row["hh_id"])].plain and home[str(row["hh_id"])].vote is None]
    bodies = [(row, draft.bodies[home[str(row["hh_id"])].village]) for row in fitting]
    return [r for r, body in bodies if (body.met_on or begun) > begun and r["hh_id"] not in body.passed_over]


def own_inspectors(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Teams written down by hand in which townships inspect themselves (C5); people of another township may."""
    for team, township in supervision_teams(draft.plan):
        (draft.truth if team == township else draft.lawful).append(Planted("C5", township))


def poor_hearings(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Hearings without representatives or signatures (C6); one of each group is enough."""
    one, other, fewest = picker.rng.sample(draft.hearings, 3)
    one["att_rep"] = 0
    other["signatures"] = False
    fewest |= {"att_recip": 1, "att_panel": 1, "att_rep": 1}
    draft.truth += [Planted("C6", village_code=str(row["vil_id"])) for row in (one, other)]
    draft.lawful.append(Planted("C6", village_code=str(fewest["vil_id"])))


def open_problems(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Overdue, closed without proof, closed by its owner, come again (C7); due today is in time."""
    late, bare, own, again, today = picker.rng.sample([t.code for t in draft.plan.townships], 5)
    day = draft.season.today
    problem(draft, late, "车辆", "督查", due=day - dt.timedelta(9), state="整改中")
    problem(draft, bare, "死亡未退", "督查", state="已销号", done_on=day - dt.timedelta(4), verifier="吴敏")
    closed: Row = {"state": "已销号", "done_on": day - dt.timedelta(4), "proof": "佐证.jpg"}
    problem(draft, own, "收入超标", "交叉检查", owner="程建军", verifier="程建军", **closed)
    before = next(row for row in draft.problems if row["twn_id"] == again and row["route"] == "自查")
    problem(draft, again, str(before["check_id"]), "督查")
    told = {row["check_id"] for row in draft.problems if row["twn_id"] == today}
    fresh = next(kind for kind in ("车辆", "录入不全", "公示不规范", "收入超标") if kind not in told)
    problem(draft, today, fresh, "督查", due=day, state="整改中")
    draft.truth += [Planted("C7", township) for township in (late, bare, own, again)]
    draft.lawful.append(Planted("C7", today))


def late_statistics(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Statistics of the filings that came five days late (C1); on the day itself they are in time."""
    told = {case.township_code for case in draft.truth if case.check_id == "C1"}
    late, just = picker.rng.sample([t.code for t in draft.plan.townships if t.code not in told], 2)
    draft.statistics_filed |= {late: draft.season.filings_due + dt.timedelta(5), just: draft.season.filings_due}
    draft.truth.append(Planted("C1", late))
    draft.lawful.append(Planted("C1", just))
