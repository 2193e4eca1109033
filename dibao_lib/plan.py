"""The plan as data: clauses, dates, dated policy values and townships of one place and year (R01-R73)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from dibao_lib.errors import InputRefused
from dibao_lib.plan_file import Reading, checked_year, read_toml, repeated_words, shown
from dibao_lib.plan_records import (
    Clause,
    Codes,
    Disposition,
    Letterhead,
    Milestone,
    Organiser,
    Period,
    Place,
    Policy,
    Quotas,
    RecordStore,
    Stage,
    Standard,
    Township,
    Value,
    Village,
)
from dibao_lib.shipped import shipped
from dibao_lib.units import add_months, chinese_date, chinese_month, month_of

__all__ = [
    "Clause",
    "Codes",
    "Disposition",
    "Letterhead",
    "Milestone",
    "Organiser",
    "Period",
    "Place",
    "Plan",
    "Policy",
    "Quotas",
    "RecordStore",
    "Stage",
    "Standard",
    "Township",
    "Value",
    "Village",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan file, read and validated; `contacts` maps office to telephone, `check_titles` 一查..五查, 专项 to a heading."""

    id: str
    title: str
    document: str
    year: int
    basis: tuple[str, ...]
    place: Place
    organiser: Organiser
    quotas: Quotas
    codes: Codes
    contacts: Mapping[str, str]
    check_titles: Mapping[str, str]
    clauses: Mapping[str, Clause]
    stages: tuple[Stage, ...]
    milestones: tuple[Milestone, ...]
    policies: tuple[Policy, ...]
    standards: tuple[Standard, ...]
    townships: tuple[Township, ...]
    dispositions: tuple[Disposition, ...]
    digest: str
    evidence_period: Period = Period()  # noqa: RUF009 - frozen
    records: RecordStore = RecordStore()  # noqa: RUF009 - frozen
    letterhead: Letterhead = Letterhead()  # noqa: RUF009 - frozen

    @classmethod
    def read(cls, path: Path) -> Plan:
        """The plan in a TOML file.

        Raises:
            InputRefused: the file cannot be read, or entries are wrong; all of them are named.
        """
        try:
            data = path.read_bytes()
        except OSError:
            raise InputRefused(
                f"读不到方案文件 {path.name}：不存在，或没有读取权限。请先用 dibao new 新建工作区，或从备份恢复该文件。"
            ) from None
        raw = read_toml(path.name, data)
        head = raw.pop("plan", None)
        if not isinstance(head, dict):
            raise InputRefused(f"{path.name} 缺少 [plan] 部分，不是方案文件。请对照随软件提供的方案模板补写。")
        reading = Reading(checked_year(head.get("year"), f"{path.name} 的 [plan]"), [])
        plan = reading.record(cls, {**head, **raw, "digest": hashlib.sha256(data).hexdigest()}, path.name)
        problems = reading.problems or list(_contradictions(plan))
        if problems:
            raise InputRefused.collected([f"{path.name} 有{len(problems)}处需要修改，改好后重新运行：", *problems])
        return plan

    @staticmethod
    def template(name: str, year: int | None = None) -> str:
        """The text of a shipped plan, set to a year; its own year when left out.

        Raises:
            InputRefused: there is no plan of that name, or the year is out of range.
        """
        offered = {file.stem: file for file in sorted((shipped("templates") / "plans").glob("*.toml"))}
        if name not in offered:
            raise InputRefused(f"没有名为“{shown(name)}”的方案。可用的方案：{'、'.join(offered)}，请从中选择。")
        text = offered[name].read_text(encoding="utf-8")
        if year is None:
            return text
        checked_year(year, f"方案 {name}")
        return re.sub(r"(?m)^year = \d+", f"year = {year}", text, count=1)

    @property
    def villages(self) -> tuple[Village, ...]:
        """All villages and communities, township by township."""
        return tuple(village for township in self.townships for village in township.villages)

    def policy(self, policy_id: str, on: dt.date) -> Policy:
        """The entry of a rule in force on a date: value, source and whether it is confirmed.

        Raises:
            InputRefused: the plan has no such rule, or none yet on that date.
        """
        entries = [policy for policy in self.policies if policy.id == policy_id]
        return _in_force(entries, on, f"政策参数 {policy_id}", "[[policy]]")

    def value(self, policy_id: str, on: dt.date) -> Value:
        """The value of a rule on a date: money in fen, shares as Fraction, lists as tuples."""
        return self.policy(policy_id, on).value

    def number(self, policy_id: str, on: dt.date) -> int:
        """The value of a rule that is a whole number or an amount in fen."""
        return _typed(self.policy(policy_id, on), int)

    def share(self, policy_id: str, on: dt.date) -> Fraction:
        """The value of a rule that is a share, exact."""
        return _typed(self.policy(policy_id, on), Fraction)

    def standard_in_force(self, kind: str, on: dt.date) -> Standard:
        """The standard of a kind (城市, 农村) on a date.

        Raises:
            InputRefused: the plan has none.
        """
        entries = [standard for standard in self.standards if standard.kind == kind]
        return _in_force(entries, on, f"{shown(kind)}低保标准", "[[standard]]")

    def milestone(self, milestone_id: str) -> Milestone:
        """One milestone by its id, 'M4'."""
        return _chosen({milestone.id: milestone for milestone in self.milestones}, milestone_id, "时限")

    def date(self, name: str) -> dt.date:
        """A named date: `<stage id>_start`, `<stage id>_end`, `<milestone key>_due` or `<milestone key>_start`."""
        named = {f"{m.key}_due": m.due for m in self.milestones}
        named |= {f"{m.key}_start": m.start for m in self.milestones if m.start}
        named |= {f"{s.id}_start": s.start for s in self.stages} | {f"{s.id}_end": s.end for s in self.stages}
        return _chosen(named, name, "日期")

    def stage(self, today: dt.date) -> Stage | None:
        """The stage a date lies in; None before, between and after the stages."""
        return next((stage for stage in self.stages if stage.start <= today <= stage.end), None)

    def period(self, today: dt.date) -> tuple[str, str]:
        """First and last month of evidence: the file's, else January of the year before to the month before today.

        Raises:
            InputRefused: no month lies in it.
        """
        start = self.evidence_period.start_month or f"{self.year - 1}-01"
        end = self.evidence_period.end_month or add_months(month_of(today), -1)
        if start > end:
            raise InputRefused(
                f"资金检查期间从{chinese_month(start)}到{chinese_month(end)}，没有可查的月份。"
                f"请核对检查日期（{chinese_date(today)}）以及 plan.toml 中的 year 和 [plan.period]。"
            )
        return start, end


class _Dated(Protocol):
    @property
    def effective(self) -> dt.date: ...


D = TypeVar("D", bound=_Dated)


def _in_force(entries: Sequence[D], on: dt.date, what: str, section: str) -> D:
    if not entries:
        raise InputRefused(f"方案中没有{what}。请在 plan.toml 中补写一段 {section}，注明生效日期和来源。")
    begun = [entry for entry in entries if entry.effective <= on]
    if not begun:
        first = chinese_date(min(entry.effective for entry in entries))
        raise InputRefused(
            f"{what}在{chinese_date(on)}没有有效的规定，最早一条自{first}起生效。"
            f"请核对日期，或在 plan.toml 中补写更早的 {section}。"
        )
    return max(begun, key=lambda entry: entry.effective)


def _chosen(offered: Mapping[str, T], name: str, what: str) -> T:
    if name not in offered:
        raise InputRefused(f"方案中没有名为“{shown(name)}”的{what}。可用的有：{'、'.join(offered)}。")
    return offered[name]


def _typed(policy: Policy, wanted: type[T]) -> T:
    if not isinstance(policy.value, wanted):
        raise InputRefused(f"政策参数 {policy.id} 的单位“{policy.unit}”与用法不符。请在 plan.toml 中恢复原来的单位。")
    return policy.value


def _contradictions(plan: Plan) -> Iterator[str]:
    """What each entry may say but the plan as a whole may not."""
    named = [(e.id, e.clauses) for entries in (plan.stages, plan.milestones, plan.dispositions) for e in entries]
    for label, clause in ((label, clause) for label, clauses in named for clause in clauses):
        if clause not in plan.clauses:
            yield f"{label}：所列条款 {shown(clause)} 在 [[clause]] 中没有，请核对编号。"
    for before, after in pairwise(plan.stages):
        if before.end >= after.start:
            yield f"[[stage]] {after.id}：从{after.start}开始，应晚于上一阶段的结束日期{before.end}，请核对。"
    windows = [(s.id, s.start, s.end) for s in plan.stages] + [(m.id, m.start or m.due, m.due) for m in plan.milestones]
    for label, start, end in windows:
        if start > end:
            yield f"{label}：开始日期{start}晚于结束日期{end}，请核对。"
    for key in repeated_words(milestone.key for milestone in plan.milestones):
        yield f'[[milestone]]：key = "{shown(key)}" 用了不止一次，请改为互不相同的名称。'
    yield from _unsafe_address(plan.records.url)
    for township in plan.townships:
        yield from _misplaced(township, plan.place.code)
    for code in repeated_words(village.code for village in plan.villages):
        yield f"[[township]]：村居代码 {code} 用了不止一次，请核对。"
    for name in repeated_words(name for township in plan.townships for name in (township.name, *township.aliases)):
        yield f"[[township]]：名称或别名“{shown(name)}”用了不止一次，会分不清乡镇，请只留一处。"


def _unsafe_address(url: str) -> Iterator[str]:
    """A password in the plan would be copied into every package and backup; the address is never quoted."""
    try:
        parts = urlsplit(url)
        secret = parts.password is not None or "password" in parts.query.lower()
    except ValueError:
        parts, secret = urlsplit(""), False
    if url and parts.scheme != "postgresql":
        yield '[records]：url 应写成 "postgresql://用户名@服务器/库名" 的样子；用本机记录库的，删去这一行。'
    if secret:
        yield "[records]：url 中不能写口令，请删去，改放在环境变量 DIBAO_RECORDS_PASSWORD 或 pgpass 文件中。"


def _misplaced(township: Township, county: str) -> Iterator[str]:
    if not re.fullmatch(rf"{re.escape(county)}\d{{3}}", township.code, re.ASCII):
        yield f"[[township]] {shown(township.code)}：代码应为以 {county} 开头的9位数字，请核对。"
    for village in township.villages:
        if village.township_code != township.code:
            yield f"[[township]] {shown(township.code)}：村居代码 {village.code} 应以乡镇代码开头，请核对。"
