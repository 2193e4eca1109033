"""The ledger of problems: leads judged by people, most put right with proof and struck off, some late (R63-R65, R72)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from dibao_lib.demo.field.pen import REVIEWER, Pen
from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.names import full_name
from dibao_lib.records.dispositions import facts_of, propose
from dibao_lib.records.kinds.rectification import DECISIONS
from dibao_lib.rectification import close

_OPINIONS = {
    "O": ("重新核定家庭收入和人口，不符合条件的清退。", "乡镇会同村委会重新入户核定，更正台账。"),
    "F": ("核对银行流水，少发的补发、多发的追回。", "与代发银行逐笔核对，更正后重新发放。"),
    "P": ("补齐程序和记录，重新评议并公示。", "补开评议会，张榜公示七天。"),
    "C": ("限期补报，更正统计表。", "干部逐人补填备案表，乡镇汇总重报。"),
}
_GROUNDS = {"属实": "核对台账、凭证并入户核实，情况属实。", "不属实": "核对原始凭证，系录入差错，已更正台账。"}


def write_problems(
    pen: Pen, leads: Sequence[Mapping[str, Any]], day: dt.date, today: dt.date, group: int
) -> list[Planted]:
    """One record a lead: shown values as `rectification_given` has them, then what people made of it."""
    planted = []
    for number, given in enumerate(leads):
        clerk, other = pen.teams[group - 1]
        judged = day + dt.timedelta(number % 5)
        if number % 7 == 5:
            pen.write(
                "rectification", {**given, "found_on": day.isoformat(), "judgement": "待核"}, clerk, day, given["fid"]
            )
            continue
        judgement = "不属实" if number % 7 == 3 else "属实"
        answers = {
            **given,
            "found_on": day.isoformat(),
            "judgement": judgement,
            "judged_on": judged.isoformat(),
            "judged_by": [clerk, other],
            "grounds": _GROUNDS[judgement],
        }
        if judgement == "不属实":
            pen.write("rectification", answers, clerk, judged, answers["fid"])
        else:
            # one in the first group's townships
            late = number == 0 and group == 1
            _follow(pen, answers, judged, today, clerk, late=late)
            planted += [Planted("C7", given["twn_id"])] if late else []
    return planted


def _follow(pen: Pen, answers: dict[str, Any], judged: dt.date, today: dt.date, clerk: str, *, late: bool) -> None:
    """Assigns an upheld problem and follows it as far as it got; a late one is past its day and untouched."""
    opinion, measures = _OPINIONS.get(answers["check_id"][0], _OPINIONS["P"])
    due = today - dt.timedelta(4) if late else pen.plan.date("rectification_end")
    fitting = propose(pen.plan, facts_of({**answers, "due": "", "done_on": "", "cadre": ""}), judged)
    adopted = [words for row in fitting for words in DECISIONS if words[:2] == row.rule]
    answers |= {
        "dispositions": adopted,
        "decided_by": "领导小组办公室主任" if adopted else "",
        "opinion": opinion,
        "owner": full_name(pen.rng, "男", 1966),
        "due": due.isoformat(),
        "disc": "责令检查" if answers["check_id"] in {"O6", "F6", "F7"} else "不追究",
    }
    record_id = pen.write("rectification", answers, clerk, judged, answers["fid"])
    chance = pen.rng.random()
    if late or chance < 0.15:
        return
    pen.rewrite(record_id, {"measures": measures}, clerk, judged + dt.timedelta(1))
    if chance < 0.4:
        return
    done = judged + dt.timedelta(pen.rng.randint(3, 6))
    recovered = answers["amt"] if answers["check_id"][0] == "F" or answers["check_id"] == "O4" else None
    proof = {"done_on": done.isoformat(), "proof": [pen.file("整改佐证.txt")], "recovered": recovered}
    pen.rewrite(record_id, proof, clerk, done)
    if chance > 0.6:
        close(pen.log, record_id, verifier=REVIEWER, now=pen.at(done + dt.timedelta(1)), submission=pen.click())
