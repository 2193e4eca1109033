"""The plan as tables to read: stages, dates, thresholds, standards, clauses (R01-R73)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pandas as pd

from dibao_lib.errors import UsageError
from dibao_lib.plan import Milestone, Plan, Policy
from dibao_lib.units import chinese_date, yuan


def given_day(text: str, today: dt.date) -> dt.date:
    """The day a notebook was given as text, today when it was left blank.

    Raises:
        UsageError: it is no date.
    """
    if not text.strip():
        return today
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"日期“{text}”写法不对，应为 2011-06-30 这样的年-月-日，或留空表示今天。") from None


def stages_table(plan: Plan, day: dt.date) -> pd.DataFrame:
    """One row a stage: 阶段, 起, 止, 现在 (已结束, 进行中, 未开始), 条款."""
    now = {stage.id: _when(stage.start, stage.end, day) for stage in plan.stages}
    rows = [(s.name, chinese_date(s.start), chinese_date(s.end), now[s.id], "、".join(s.clauses)) for s in plan.stages]
    return pd.DataFrame(rows, columns=["阶段", "起", "止", "现在", "条款"])


def milestones_table(plan: Plan, day: dt.date, ahead: int | None = None) -> pd.DataFrame:
    """One row a milestone by date: 时限, 责任单位, 事项, 距今, 条款.

    Args:
        plan: the plan.
        day: seen from this day.
        ahead: only so many that are not past yet; all when left out.
    """
    ordered = sorted(plan.milestones, key=lambda one: one.due)
    if ahead is not None:
        ordered = [one for one in ordered if one.due >= day][:ahead]
    rows = [(_span(one), one.who, one.item, _distance(one.due, day), "、".join(one.clauses)) for one in ordered]
    return pd.DataFrame(rows, columns=["时限", "责任单位", "事项", "距今", "条款"])


def policies_table(plan: Plan, day: dt.date) -> pd.DataFrame:
    """One row a threshold in force on a day: 口径, 数值, 自, 依据, 是否确认, 用于检查."""
    ids = dict.fromkeys(policy.id for policy in plan.policies if policy.effective <= day)
    return pd.DataFrame(
        [_policy(plan.policy(each, day)) for each in ids],
        columns=["口径", "数值", "自", "依据", "是否确认", "用于检查"],
    )


def standards_table(plan: Plan, day: dt.date) -> pd.DataFrame:
    """One row a standard, yuan a person a month: 类别, 标准, 省定最低标准, 自, 文号, 现在 (执行中, 已被取代, 尚未执行)."""
    begun: dict[str, dt.date] = {}
    for one in plan.standards:
        if one.effective <= day:
            begun[one.kind] = max(one.effective, begun.get(one.kind, one.effective))
    rows = [
        (
            one.kind,
            f"{yuan(one.std_fen)}元",
            f"{yuan(one.floor_fen)}元",
            chinese_date(one.effective),
            one.doc_no,
            "尚未执行" if one.effective > day else "执行中" if begun[one.kind] == one.effective else "已被取代",
        )
        for one in sorted(plan.standards, key=lambda one: (one.kind, one.effective))
    ]
    return pd.DataFrame(rows, columns=["类别", "标准（人/月）", "省定最低标准", "自", "文号", "现在"])


def clauses_table(plan: Plan) -> pd.DataFrame:
    """One row a clause: 条款, 要求, 原文."""
    rows = [(clause.id, clause.summary, clause.text) for clause in plan.clauses.values()]
    return pd.DataFrame(rows, columns=["条款", "要求", "原文"])


def _when(start: dt.date, end: dt.date, day: dt.date) -> str:
    return "未开始" if day < start else "已结束" if day > end else "进行中"


def _span(one: Milestone) -> str:
    due = chinese_date(one.due)
    return f"{chinese_date(one.start)}起" if one.start == one.due else due


def _distance(due: dt.date, day: dt.date) -> str:
    days = (due - day).days
    return "今天" if days == 0 else f"还有{days}天" if days > 0 else f"已过{-days}天"


def _policy(policy: Policy) -> tuple[str, str, str, str, str, str]:
    confirmed = "已确认" if policy.confirmed else "待确认"
    return (
        policy.name,
        _value(policy),
        chinese_date(policy.effective),
        policy.source,
        confirmed,
        "、".join(policy.checks),
    )


def _value(policy: Policy) -> str:
    """A value as people write it, with its unit."""
    value = policy.value
    if isinstance(value, tuple):
        return "、".join(str(each) for each in value)
    if isinstance(value, Fraction):
        percent = value * 100
        return f"{percent.numerator}%" if percent.denominator == 1 else f"{value.numerator}/{value.denominator}"
    if policy.unit == "元" and isinstance(value, int):
        return f"{yuan(value)}元"
    return f"{value}{'' if policy.unit in ('文字', '月份', '是否') else policy.unit}"
