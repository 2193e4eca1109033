"""What reached the city's office and what townships could show: objections, items of duty, meetings and reports (R27-R33, R53, R70)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from dibao_lib.demo.field.pen import Pen
from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.names import full_name
from dibao_lib.plan import Township
from dibao_lib.records.kinds.township_item import ITEMS, given_items

_CONTENTS = (
    ("反映该户子女在外经商，家中建有新房。", "属实", "实地查看新房，已转入重新核定。"),
    ("反映该户户主长期不在本地居住。", "不属实", "户主在县医院住院，村民小组长可以证明。"),
    ("反映公示名单与实际领取人不一致。", "部分属实", "一户公示姓名有误，已更正。"),
    ("反映低保金到账比邻村晚。", "不属实", "核对银行流水，与邻村同日到账。"),
    ("反映该户有劳动能力却享受低保。", "不属实", "户主持有二级残疾证。"),
)


def write_complaints(pen: Pen, households: Sequence[Mapping[str, Any]], today: dt.date) -> list[Planted]:
    """One objection about each household; the last two were never answered."""
    planted = []
    for number, given in enumerate(households, start=1):
        open_still = number > len(households) - 2
        on = today - dt.timedelta(pen.rng.randint(40, 60))
        content, recheck, finding = _CONTENTS[number % len(_CONTENTS)]
        handler = full_name(pen.rng, "女", 1980)
        answers: dict[str, Any] = {
            "no": f"市办{on.year}-{number:03d}",
            "on": on.isoformat(),
            "via": pen.rng.choice(("电话", "来访", "信件")),
            "anonymous": number % 3 == 0,
            "hh_id": given["hh_id"],
            "about": given["head"],
            "place": given["place"],
            "content": content,
            "handler": handler,
        }
        record_id = pen.write("complaint", answers, handler, on)
        if open_still:
            planted.append(Planted("P12", household_id=given["hh_id"]))
        else:
            answered = on + dt.timedelta(pen.rng.randint(5, 20))
            result = {"recheck": recheck, "recheck_on": answered.isoformat(), "finding": finding}
            reposted = (answered + dt.timedelta(4)).isoformat()
            pen.rewrite(record_id, result | {"reposted": reposted}, handler, answered + dt.timedelta(4), "填写复核结果")
    return planted


def write_items(pen: Pen, township: Township, day: dt.date, group: int) -> None:
    """What a team saw in a township's office; two or three items are not in order."""
    weak = set(pen.rng.sample(range(len(ITEMS)), pen.rng.randint(1, 3)))
    items = [
        {
            **row,
            **({"state": "未落实", "note": "没有看到材料，限十日内补齐"} if number in weak else _done(pen, row, day)),
        }
        for number, row in enumerate(given_items())
    ]
    team = pen.teams[group - 1]
    answers = {
        "twn_id": township.code,
        "place": township.name,
        "on": day.isoformat(),
        "team": list(team),
        "items": items,
    }
    opinion = f"{len(ITEMS)}项中{len(ITEMS) - len(weak)}项落实，其余限期补齐。"
    record_id = pen.write("township_item", {**answers, "opinion": opinion, "sign": True}, team[0], day)
    pen.approve(record_id, team[0], day + dt.timedelta(1))


def _done(pen: Pen, row: Mapping[str, str], day: dt.date) -> dict[str, Any]:
    since = dt.date(day.year, 4, pen.rng.randint(1, 6))
    return {"state": "已落实", "proof": f"{row['proof_asked']}，已查看", "since": since.isoformat()}


def write_milestones(pen: Pen, townships: Sequence[Township]) -> None:
    """The city's meeting, and each township's own with its report on time."""
    kickoff, report = pen.plan.date("kickoff_due"), pen.plan.date("self_report_due")
    city: dict[str, Any] = {
        "sort": "会议",
        "milestone": "M1",
        "title": "全市社会救助工作业务会议",
        "on": _day(kickoff, 3),
    }
    city |= {"venue": "市政府会议室", "host": "分管副市长", "present": 62, "content": "部署专项治理，下发实施方案。"}
    pen.write("milestone", {"place": pen.plan.place.name, **city}, pen.teams[0][0], kickoff)
    for township in townships:
        common = {"twn_id": township.code, "place": township.name}
        meeting: dict[str, Any] = {"sort": "会议", "milestone": "M2", "title": "动员部署会", "on": _day(kickoff, 1)}
        meeting |= {
            "host": "分管领导",
            "present": pen.rng.randint(25, 60),
            "content": "传达方案，成立领导小组和核查小组。",
        }
        pen.write("milestone", {**common, **meeting}, pen.teams[0][0], kickoff)
        sent = {
            "sort": "报送",
            "milestone": "M6",
            "title": "自查自纠小结和统计表",
            "on": _day(report, pen.rng.randint(0, 3)),
        }
        pen.write("milestone", {**common, **sent}, pen.teams[0][0], report)


def _day(due: dt.date, before: int) -> str:
    return (due - dt.timedelta(before)).isoformat()
