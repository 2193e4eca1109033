"""Removals of the background: of whole households and of members who died; payments stop in time (R35)."""

from __future__ import annotations

import datetime as dt
import random

from dibao_lib.demo.model import Draft, Exit, Household
from dibao_lib.demo.season import day_between, day_in
from dibao_lib.demo.styles import Style
from dibao_lib.units import add_months

_EXIT_REASONS = (*("死亡",) * 6, *("收入超标",) * 5, *("自愿",) * 2, *("迁出",) * 2, "清退")
_CLEARED = ("人情保", "关系保", "合户保", "分户保", "福利保", "收入超标", "收入超标", "清退")
_ROUTES = {"自愿": "主动申请", "迁出": "主动申请"}


def leave(draft: Draft, rng: random.Random, household: Household, style: Style) -> None:
    """A removal, four in ten of them in the campaign; payments stop in time."""
    season = draft.season
    if rng.random() < 0.4:
        day = day_between(rng, season.self_inspection, season.report_due + dt.timedelta(18))
        reason = rng.choice(_CLEARED)
    else:
        day = day_in(rng, add_months(season.first, rng.randint(8, 14)), 3)
        reason = rng.choice(_EXIT_REASONS)
    if style.tiers:
        day = day_between(rng, season.self_inspection, season.report_due + dt.timedelta(18))
    if reason == "死亡" and household.size > 1:
        reason = "收入超标"
    route = _ROUTES.get(reason, "自查清退" if day >= season.self_inspection else "检查清退")
    household.exit = Exit(day, reason, route, household.head.pid)


def dying_members(draft: Draft, rng: random.Random, count: int) -> None:
    """Members who died in the campaign's weeks: removed in time, the amount follows from next month on."""
    season = draft.season
    chosen = [
        h for h in draft.households if h.plain and h.size == h.covered > 1 and draft.styles[h.township].marks_covered
    ]
    for household in rng.sample(chosen, count):
        day = day_between(rng, season.self_inspection, season.report_due + dt.timedelta(10))
        last = household.members[-1].person
        household.person_exits.append(Exit(day, "死亡", "自查清退", last.pid))
        draft.spared("O4", household)
        household.plain = False
