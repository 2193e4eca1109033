"""Visits: some drawn households and some with leads in each drawn township; most registers are right (R29, R62)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from dibao_lib.demo.field.pen import Pen

_HOUSES = (
    "砖木平房，约60平方米，未装修",
    "砖混两层，约120平方米，毛坯",
    "土木结构，约80平方米，年久失修",
    "借住亲属房屋，约40平方米",
)
_AWAY = {
    "外出": ("向村民小组长和邻居了解，全家在外务工，春节前后回村", "下次回村时补访"),
    "人户分离": ("向村委会了解，已随子女在县城居住，户口未迁", "与社区联系后再核"),
    "拒访": ("两次上门均不开门，村干部在场", "由乡镇约定时间再访"),
}
# check -> what a visit finds out: answers of its own; amounts are worked out below
_CONFIRMED: Mapping[str, Mapping[str, Any]] = {
    "O1": {"view": "退出", "reason": "家庭月人均收入已超过保障标准"},
    "O4": {"view": "调整", "reason": "户内一人已去世，应减少保障人数"},
    "O8": {"assets": ["汽车"], "view": "待查", "reason": "门前停有一辆轿车，称属亲戚所有，待车管所核实"},
    "O5": {"view": "待查", "reason": "户内一人自称在学校上班，待核实工资"},
    "O6": {"view": "待查", "reason": "与村干部的关系待核实"},
    "F6": {"book": "村干部", "view": "待查", "reason": "存折由村干部保管，本人不清楚领取金额"},
    "F7": {"book": "村干部", "view": "待查", "reason": "存折由村干部代管代领"},
}


def write_visits(
    pen: Pen, households: Sequence[Mapping[str, Any]], planted: Mapping[str, str], day: dt.date, group: int
) -> None:
    """One visit each, by the two visitors of a group, on consecutive hours of a day.

    Args:
        pen: writes them.
        households: shown values of each household as `visit_given` has them.
        planted: certificate number -> check with a lead that is true.
        day: the first day; twelve households a day.
        group: number of the verification group, from 1.
    """
    team = pen.teams[group - 1]
    for number, given in enumerate(households):
        on = day + dt.timedelta(number // 12)
        answers = {
            **given,
            "on": on.isoformat(),
            "team": list(team),
            **_seen(pen, given, planted.get(given["hh_id"], "")),
        }
        record_id = pen.write("visit", answers, team[number % 2], on, unit=given["hh_id"])
        if number % 4:
            pen.sign(record_id, team, on)
            pen.approve(record_id, team[number % 2], on + dt.timedelta(1))


def _seen(pen: Pen, given: Mapping[str, Any], check_id: str) -> dict[str, Any]:
    chance = pen.rng.random()
    if not check_id and chance < 0.1:
        found = pen.rng.choice(list(_AWAY))
        inquiry, reason = _AWAY[found]
        return {"found": found, "inquiry": inquiry, "view": "待查", "reason": reason}
    answers = {
        "found": "户在人在",
        "people": given["register_people"],
        "income": given["register_income"] or 0,
        "got": given["register_amount"] or 0,
        "house": pen.rng.choice(_HOUSES),
        "assets": ["没有大件财产"],
        "book": "本人",
        "known": chance < 0.85,
        "view": "保留",
        "sign": True,
        **_CONFIRMED.get(check_id, {}),
    }
    if check_id == "O1":
        answers["income"] += 60_000 * max(1, answers["people"])
    if check_id == "O4":
        answers["people"] = max(1, answers["people"] - 1)
    if not check_id and chance > 0.94:
        answers |= {"income": answers["income"] + 10_000, "view": "意见不一", "reason": "两名核查人对务工收入估计不同"}
    return answers
