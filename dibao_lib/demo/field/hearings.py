"""Hearings in villages with leads, and review meetings held once more; one hearing nobody of the recipients came to (R43, R60, R61)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dibao_lib.demo.field.pen import Pen
from dibao_lib.demo.names import full_name
from dibao_lib.evidence import vocabulary

_STATEMENTS = (
    "本人说明家中劳力少，子女在外务工收入不稳定。",
    "本人承认去年添置了车辆，用于跑短途运输。",
    "由户主的儿子代为陈述，老人长期患病，医药费开支大。",
    "本人说明种田收入和打零工收入，愿意接受重新核定。",
)
_OPINIONS = (
    "多数代表认为情况属实，确有困难。",
    "代表反映该户近年条件好转，建议重新核定。",
    "评议团成员意见基本一致，同意核查小组的意见。",
    "意见不一，有代表要求进一步核实后再定。",
)
_REASONS = {
    "调整": "按核实的人口和收入重新计算",
    "清退": "家庭条件明显不符合保障规定",
    "待核": "事实还没有查清，补充核实后再议",
}


def write_hearing(pen: Pen, given: Mapping[str, Any], day: dt.date, group: int, *, empty_seats: bool = False) -> str:
    """A hearing on the cases given; with `empty_seats` no recipient came and the record says why."""
    clerk, host = pen.teams[group - 1]
    panel, representatives = pen.rng.randint(9, 15), pen.rng.randint(10, 18)
    voters = max(panel, representatives) + pen.rng.randint(0, 6)
    recipients = 0 if empty_seats else pen.rng.randint(3, 9)
    attended = {"低保对象": recipients, "评议团成员": panel, "村（居）民代表": representatives}
    attended |= {"乡镇干部": pen.rng.randint(1, 2), "村（居）干部": pen.rng.randint(2, 4), "核查小组": 2}
    answers = {
        **given,
        "on": day.isoformat(),
        "venue": "村（居）委会会议室",
        "host": host,
        "clerk": clerk,
        "group_no": group,
        "attended": attended,
        "voters": voters,
        "deviation": "低保对象均外出务工或行动不便，未能到会，由村民小组长转达意见。" if empty_seats else "",
        "cases": [{**case, **_case(pen, voters)} for case in given["cases"]],
        "opinion": "会议按程序进行，表决结果当场宣布。",
        "signatures": True,
        "attach": [pen.file("听证会签到表.txt")],
    }
    record_id = pen.write("hearing", answers, clerk, day, unit=given["vil_id"])
    pen.sign(record_id, (host, clerk), day)
    pen.approve(record_id, clerk, day + dt.timedelta(1))
    return record_id


def _case(pen: Pen, voters: int) -> dict[str, Any]:
    against = pen.rng.choice((0, 1, 2, voters // 2, voters - 3))
    abstain = pen.rng.randint(0, 2)
    agree = voters - against - abstain
    conclusion = (
        "待核" if abs(agree - against) <= 2 else pen.rng.choice(("维持", "调整")) if agree > against else "清退"
    )
    return {
        "statement": pen.rng.choice(_STATEMENTS),
        "opinions": _OPINIONS[3] if conclusion == "待核" else pen.rng.choice(_OPINIONS[:3]),
        "agree": agree,
        "disagree": against,
        "abstain": abstain,
        "conclusion": conclusion,
        "reason": _REASONS.get(conclusion, ""),
    }


def write_review(pen: Pen, given: Mapping[str, Any], panel: Mapping[str, int], day: dt.date) -> None:
    """A review meeting a team sat in on after the day of the plan: its votes are those of a sound meeting."""
    members = sum(panel.values())
    present = members - pen.rng.randint(0, members // 8)
    votes = []
    for case in given["cases"]:
        against = pen.rng.randint(0, present // 6)
        vote = {"agree": present - against, "disagree": against, "abstain": 0, "result": "符合"}
        votes.append({"hh_id": case["hh_id"], "head": case["head"], **vote})
    who = full_name(pen.rng, "男", 1970)
    answers = {
        "vil_id": given["vil_id"],
        "place": given["place"],
        "met_on": day.isoformat(),
        "panel": {role: panel.get(role, 0) for role in vocabulary.PANEL_ROLE},
        "present": present,
        "deviation": "核查小组列席的补开评议会，晚于方案规定的日期。",
        "votes": votes,
        "sig_rep": True,
        "sig_dir": True,
        "sig_twn": True,
    }
    pen.approve(pen.write("review", answers, who, day), who, day + dt.timedelta(1))
