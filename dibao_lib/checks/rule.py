"""What one check is: a function that gives readable SQL, marked with id, clauses, severity and needed evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dibao_lib.errors import InputRefused
from dibao_lib.plan import Plan

Severity = Literal["A", "B", "C"]
Certainty = Literal["E0", "E1", "E2", "E3"]

CHAPTERS = {"S": "一查", "O": "二查", "P": "三查", "G": "四查", "F": "五查", "C": "专项"}


@dataclass(frozen=True, slots=True)
class Query:
    """SQL over the evidence tables and the relations of views.sql, and the values its `$name` stand for.

    It yields some of the columns subject, household_id, person_id, village_code, township_code, period, observed,
    expected, amount_fen, match_key, explanation, sources, severity, certainty; the run adds the rest.
    """

    sql: str
    parameters: Mapping[str, object] = field(default_factory=dict)


Question = Callable[[Plan, dt.date], Query]


@dataclass(frozen=True, slots=True)
class Rule:
    """One check of the catalogue; called with a plan and a day it gives its query.

    Args:
        id: id in checks.tsv, as findings carry it.
        title: Chinese name.
        clauses: ids of the plan's clauses it serves.
        severity: A breach provable from records, B lead to verify, C data quality; a row may lower it.
        certainty: E0 the rule decides … E3 it cannot; a row may change it.
        needs: evidence tables without which it is not run; `registers:死亡` is one register, `a|b` one of several.
        version: changes when its meaning changes.
        question: the function.
    """

    id: str
    title: str
    clauses: tuple[str, ...]
    severity: Severity
    certainty: Certainty
    needs: tuple[str, ...]
    version: int
    question: Question

    def __call__(self, plan: Plan, today: dt.date) -> Query:
        """The query under this plan as of a day."""
        return self.question(plan, today)

    @property
    def chapter(self) -> str:
        """一查 … 五查 or 专项."""
        return CHAPTERS[self.id[0]]

    @property
    def description(self) -> str:
        """The rule in words and its caveat."""
        return self.question.__doc__ or ""


def check(
    id: str,
    title: str,
    *,
    clauses: tuple[str, ...],
    severity: Severity,
    certainty: Certainty,
    needs: tuple[str, ...],
    version: int = 1,
) -> Callable[[Question], Rule]:
    """Marks a function as a check; the module it stands in is all it needs to be found."""

    def mark(question: Question) -> Rule:
        return Rule(id, title, clauses, severity, certainty, needs, version, question)

    return mark


def words(plan: Plan, policy_id: str, today: dt.date) -> list[str]:
    """The word list of a policy in force, as SQL takes it.

    Raises:
        InputRefused: the plan has no such policy, or it is no list.
    """
    value = plan.value(policy_id, today)
    if not isinstance(value, tuple):
        raise InputRefused(f"政策参数 {policy_id} 应为名单。请在 plan.toml 中改为方括号列出的词语。")
    return [str(word) for word in value]
