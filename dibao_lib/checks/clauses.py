"""What serves each clause of the plan: checks, dates, forms, handling rules - or people, and then why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dibao_lib.checks.catalogue import rules
from dibao_lib.evidence.tables import table_title
from dibao_lib.plan import Plan

# clause -> tables of the forms in which it is answered
FORM_ITEMS = {
    "R12": ("assessments",),
    "R16": ("case_events",),
    "R20": ("system_export",),
    "R21": ("funds",),
    "R29": ("visits",),
    "R32": ("filings",),
    "R33": ("stat_filings",),
    "R39": ("panels",),
    "R44": ("reviews",),
    "R45": ("reviews",),
    "R47": ("stat_form",),
    "R49": ("postings",),
    "R53": ("complaints",),
    "R55": ("stat_form",),
    "R59": ("townships",),
    "R60": ("hearings",),
    "R62": ("visits",),
    "R63": ("rectifications",),
}

JUDGED_BY_PEOPLE = {
    "R01": "依据文件印在报告开头，没有可比对的数据。",
    "R02": "目标性表述，由领导小组在总结中评价。",
    "R03": "六项要求由乡镇小结逐项评定，检查结果只供参考。",
    "R04": "口号性表述，不作认定。",
    "R05": "检查哪些月份由方案数据的检查期间确定，不是一项检查。",
    "R06": "总括性表述，由五查各项检查合起来回答。",
    "R08": "能否满足基本生活没有数量界限，由入户座谈了解。",
    "R18": "制度是否健全、有无创新要看文件，由检查人员判断。",
    "R19": "信息网络是否畅通须到现场测试。",
    "R68": "组织领导看发文和责任分工。",
    "R71": "人员和工作经费看编制、预算文件。",
    "R73": "长效机制由总结报告提出，没有可比对的数据。",
}


@dataclass(frozen=True, slots=True)
class ClauseService:
    """One clause and what serves it; `people` is the reason why only people can judge it, else blank."""

    clause: str
    text: str
    checks: tuple[str, ...]
    dates: tuple[str, ...]
    forms: tuple[str, ...]
    handling: tuple[str, ...]
    people: str

    @property
    def served(self) -> bool:
        """Whether a check, a date, a form or a handling rule serves it."""
        return bool(self.checks or self.dates or self.forms or self.handling)

    def by(self) -> str:
        """What serves it, in one line."""
        named = (("检查", self.checks), ("时限", self.dates), ("表册", self.forms), ("处理规则", self.handling))
        told = [f"{word}：{'、'.join(each)}" for word, each in named if each]
        return "；".join(told) if told else f"由人判断：{self.people}"


def clause_matrix(plan: Plan) -> tuple[ClauseService, ...]:
    """Every clause of the plan, in its order, with what serves it."""
    checks = [(rule.id, rule.clauses) for rule in rules()]
    dates = [(milestone.id, milestone.clauses) for milestone in plan.milestones]
    dates += [(stage.name, stage.clauses) for stage in plan.stages]
    handling = [(disposition.id, disposition.clauses) for disposition in plan.dispositions]
    return tuple(
        ClauseService(
            clause.id,
            clause.text,
            _serving(checks, clause.id),
            _serving(dates, clause.id),
            tuple(f"《{table_title(table)}》" for table in FORM_ITEMS.get(clause.id, ())),
            _serving(handling, clause.id),
            JUDGED_BY_PEOPLE.get(clause.id, ""),
        )
        for clause in plan.clauses.values()
    )


def clause_text(plan: Plan) -> str:
    """The matrix for a screen: two lines a clause."""
    matrix = clause_matrix(plan)
    lines = [line for each in matrix for line in (f"{each.clause} {each.text}", f"    {each.by()}")]
    by_people = sum(not each.served for each in matrix)
    return "\n".join([*lines, f"共{len(matrix)}条，其中{by_people}条由人判断。"])


def _serving(named: Iterable[tuple[str, tuple[str, ...]]], clause: str) -> tuple[str, ...]:
    return tuple(name for name, clauses in named if clause in clauses)
