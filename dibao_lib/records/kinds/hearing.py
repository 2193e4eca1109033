"""听证会: who came, what was said about each case, how was voted, what was concluded (R60, R61)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from dibao_lib.evidence import vocabulary
from dibao_lib.plan import Plan
from dibao_lib.records.form import Field, RecordForm, Rule
from dibao_lib.records.meeting import GROUPS, conclusion_fault, missing_groups, tally_fault

_ROLES = (*GROUPS, "乡镇干部", "村（居）干部", "核查小组")


def _votes(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    voters = data["voters"]
    for place, case in enumerate(data["cases"]):
        column, fault = _vote_fault(case["agree"], case["disagree"], case["abstain"], case["conclusion"], voters)
        if fault:
            yield f"cases.{place}.{column}", fault


# asked about every case after each key: votes judged before are not judged again
@lru_cache(maxsize=1024)
def _vote_fault(
    agree: int | None, disagree: int | None, abstain: int | None, conclusion: str, voters: int | None
) -> tuple[str, str]:
    """Column and fault of one case's vote; two blanks for none."""
    if fault := tally_fault((agree, disagree, abstain), voters, "有表决权的到会人员"):
        return "agree", fault
    fault = conclusion_fault(conclusion, agree, disagree)
    return ("conclusion", fault) if fault else ("", "")


def _voters(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    panel, representatives = (data["attended"][group] for group in GROUPS[1:])
    if data["voters"] is None or panel is None or representatives is None:
        return
    # a representative may sit on the panel as well, so that the two groups overlap
    fewest, most = max(panel, representatives), panel + representatives
    if not fewest <= data["voters"] <= most:
        came = f"评议团成员到会{panel}人、村（居）民代表到会{representatives}人"
        yield "voters", f"{came}，有表决权的应在{fewest}至{most}人之间，现填{data['voters']}人"


def _one_row_each(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for place, case in enumerate(data["cases"]):
        if case["hh_id"] in seen:
            yield f"cases.{place}.hh_id", "这一户在本次听证会上已有一行，请删去重复的一行"
        seen.add(case["hh_id"])


def _under(plan: Plan) -> tuple[Rule, ...]:
    def three_groups(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        each = plan.number("hearing_minimum_each", plan.date("campaign_start"))
        if not data["deviation"]:
            for group in missing_groups(data["attended"], each):
                yield (
                    f"attended.{group}",
                    f"听证会应有{group}参加（至少{each}人）；确实没有到会的，请在“情况说明”中写明原因",
                )

    def its_day(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        start = plan.date("campaign_start")
        if data["on"] and dt.date.fromisoformat(data["on"]) < start:
            yield "on", f"会议日期早于专项治理开始日（{start.isoformat()}），请核对年份"

    def its_group(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        groups = plan.quotas.verification_groups
        if data["group_no"] is not None and not 1 <= data["group_no"] <= groups:
            yield "group_no", f"核查小组为第1至{groups}组，现填{data['group_no']}"

    return three_groups, its_day, its_group


FORM = RecordForm(
    kind="hearing",
    title="低保听证会记录",
    clause="R60、R61",
    table="hearings",
    key=("vil_id", "on"),
    rules=(_voters, _votes, _one_row_each),
    under=_under,
    fields=(
        Field("vil_id", "村（居）代码", "shown", required=True),
        Field("place", "乡镇、村（居）", "shown"),
        Field("on", "会议日期", "date", required=True),
        Field("venue", "地点", "text"),
        Field("host", "主持人", "text", required=True),
        Field("clerk", "记录人", "text", required=True),
        Field("group_no", "核查小组（第几组）", "int"),
        Field("attended", "到会人数", "counts", required=True, keys=_ROLES, hint="没有到会的填0"),
        Field(
            "voters",
            "有表决权的到会人数",
            "int",
            required=True,
            hint="评议团成员和村（居）民代表，一人兼两种身份的只算一人",
        ),
        Field("deviation", "情况说明", "longtext", hint="缺哪一方代表、为什么"),
        Field(
            "cases",
            "逐户听证",
            "table",
            required=True,
            columns=(
                Field("hh_id", "低保证号", "shown", required=True),
                Field("head", "户主", "shown"),
                Field("leads", "待核实的线索", "shown"),
                Field("statement", "本人陈述要点", "longtext", required=True, hint="本人没有到会的写明由谁陈述"),
                Field("opinions", "各方意见", "longtext", required=True),
                Field("agree", "同意继续保障（票）", "int", required=True),
                Field("disagree", "不同意（票）", "int", required=True),
                Field("abstain", "弃权（票）", "int", required=True),
                Field(
                    "conclusion",
                    "听证结论",
                    "choice",
                    required=True,
                    choices=tuple(vocabulary.HEARING_CONCLUSION),
                    hint="意见不一、当场定不下来的选“待核”",
                ),
                Field("reason", "理由", "longtext", required=True, relevant=("conclusion", ("调整", "清退", "待核"))),
            ),
        ),
        Field("opinion", "会议小结", "longtext"),
        Field("signatures", "与会人员是否签名", "flag", required=True),
        Field("attach", "附件（签到表、录音、照片）", "files"),
    ),
)
