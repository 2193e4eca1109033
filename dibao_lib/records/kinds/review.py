"""民主评议: a village panel's meeting, its composition, and the vote on every household that draws (R39-R48)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from dibao_lib.evidence import vocabulary
from dibao_lib.plan import Plan
from dibao_lib.records.form import Field, RecordForm, Rule
from dibao_lib.records.meeting import panel_faults, quorum_fault, result_fault, tally_fault
from dibao_lib.units import chinese_date

_REPRESENTATIVE = "村(居)民代表"
_EXPLAIN = "；确属实情的，请在“情况说明”中写明"


def _votes(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for place, case in enumerate(data["votes"]):
        if fault := tally_fault([case[name] for name in ("agree", "disagree", "abstain")], data["present"], "到会"):
            yield f"votes.{place}.agree", fault


def _one_row_each(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for place, case in enumerate(data["votes"]):
        if case["hh_id"] in seen:
            yield f"votes.{place}.hh_id", "这一户已有一行，请删去重复的一行"
        seen.add(case["hh_id"])


def faults(plan: Plan, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(path, sentence) for every way in which a meeting as recorded departs from R41-R43 and the plan's quorum.

    Args:
        plan: gives 20 members, two thirds of representatives, the day of the review and the quorum.
        data: a review's data, tidy.
    """
    members = sum(count or 0 for count in data["panel"].values())
    found: list[tuple[str, str]] = []
    if members:
        quotas = plan.quotas
        seats = data["panel"][_REPRESENTATIVE] or 0
        found += [
            ("panel", told) for told in panel_faults(members, seats, quotas.panel_minimum, quotas.panel_representatives)
        ]
    if data["met_on"]:
        met_on, due = dt.date.fromisoformat(data["met_on"]), plan.date("panel_review_due")
        if members and data["present"] is not None:
            quorum = quorum_fault(data["present"], members, plan.share("review_meeting_share", met_on))
            found += [("present", quorum)] if quorum else []
        if met_on > due:
            found.append(("met_on", f"评议会应在{chinese_date(due)}前召开"))
    return found


def _under(plan: Plan) -> tuple[Rule, ...]:
    def departures(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        if not data["deviation"]:
            yield from ((path, told + _EXPLAIN) for path, told in faults(plan, data))

    def results(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        share = _threshold(plan, data["met_on"])
        for place, case in enumerate(data["votes"]):
            if share and (fault := result_fault(case["result"], case["agree"], data["present"], share)):
                yield f"votes.{place}.result", fault

    return departures, results


def _threshold(plan: Plan, met_on: str) -> Fraction | None:
    return plan.share("review_vote_threshold", dt.date.fromisoformat(met_on)) if met_on else None


FORM = RecordForm(
    kind="review",
    title="低保对象评议结果汇总表",
    clause="R39、R43-R46",
    table="reviews",
    key=("vil_id", "met_on"),
    rules=(_votes, _one_row_each),
    under=_under,
    fields=(
        Field("vil_id", "村（居）代码", "shown", required=True),
        Field("place", "乡镇、村（居）", "shown"),
        Field("met_on", "评议日期", "date", required=True),
        Field(
            "panel",
            "评议团人数",
            "counts",
            required=True,
            keys=tuple(vocabulary.PANEL_ROLE),
            hint="一人兼两种身份的只算一人，没有的填0",
        ),
        Field("present", "到会人数", "int", required=True),
        Field("deviation", "情况说明", "longtext", hint="人数、构成、时间不合要求的，照实写明"),
        Field(
            "votes",
            "逐户表决",
            "table",
            required=True,
            columns=(
                Field("hh_id", "低保证号", "shown", required=True),
                Field("head", "户主", "shown"),
                Field("agree", "同意（票）", "int", required=True),
                Field("disagree", "不同意（票）", "int", required=True),
                Field("abstain", "弃权（票）", "int", required=True),
                Field("result", "评议意见", "choice", required=True, choices=tuple(vocabulary.VERDICT)),
                Field("note", "理由", "longtext", required=True, relevant=("result", ("不符合",))),
            ),
        ),
        Field("sig_rep", "村（居）民代表是否签名", "flag", required=True),
        Field("sig_dir", "村（居）委会主任是否签名", "flag", required=True),
        Field("sig_twn", "乡镇（街道）挂点领导是否签名", "flag", required=True),
        Field("attach", "附件（汇总表、照片）", "files"),
    ),
)
