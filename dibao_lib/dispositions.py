"""What the plan's decision table proposes for an upheld problem, with the facts that led to it; a person decides (D1-D7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from dibao_lib.plan import Plan
from dibao_lib.records.kinds.rectification import UPHELD
from dibao_lib.units import chinese_date

# checks whose confirmation means that somebody draws who should not, or does not who should
_INELIGIBLE = {"O1", "O4", "O5", "O6", "O7", "O8", "O9", "O10", "O11", "O12", "O13", "O14", "O15", "O16", "O20"}
_INELIGIBLE |= {"P8", "F4"}
_LEFT_OUT = {"O19"}
_CONCEALED = {"O6"}
_BY_STATUS = {"O17"}
_BY_OTHERS = {"督查", "交叉检查", "群众举报"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a problem when the decision table is applied.

    Args:
        judgement: 属实, 部分属实, 不属实, 待核 or blank.
        check_id: the check that found it; blank when people did.
        route: how it was found (自查, 督查 …).
        found_on: the day it was found.
        due: the day by which it had to be put right.
        done_on: the day it was put right.
        cadre: the cadre involved; blank for none.
        cadre_cases: upheld problems with that cadre, this one included.
    """

    judgement: str
    check_id: str = ""
    route: str = ""
    found_on: dt.date | None = None
    due: dt.date | None = None
    done_on: dt.date | None = None
    cadre: str = ""
    cadre_cases: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """One row of the decision table that fits: its id, what it proposes, its clauses, and the facts, each a phrase."""

    rule: str
    proposal: str
    clauses: tuple[str, ...]
    facts: tuple[str, ...]

    def __str__(self) -> str:
        """One line for a form or a report."""
        return f"{self.rule} {self.proposal}（{'；'.join(self.facts)}；依据{'、'.join(self.clauses)}）"


def propose(plan: Plan, facts: Facts, today: dt.date) -> tuple[Proposal, ...]:
    """Rows of the decision table that fit the facts as of a day, in the table's order.

    Nothing is proposed for a problem that was not upheld: it is a lead. D1 does not cancel D6: whoever is not eligible
    is removed although nobody is pursued.
    """
    if facts.judgement not in UPHELD:
        return ()
    found = dict(_fitting(plan, facts, today))
    return tuple(
        Proposal(row.id, row.proposal, row.clauses, found[row.id]) for row in plan.dispositions if row.id in found
    )


def _fitting(plan: Plan, facts: Facts, today: dt.date) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(rule, facts that led to it)."""
    yield from _about_recipients(facts)
    if facts.check_id in _CONCEALED:
        yield "D2", ("干部或其亲属享受低保，备案表中没有申报",)
    if facts.cadre and facts.cadre_cases >= plan.number("repeated_cases", today):
        yield "D3", (f"同一干部查实{facts.cadre_cases}件",)
    if corrected := _corrected_in_time(plan, facts):
        yield "D1", corrected
    else:
        yield from _about_duty(plan, facts, today)


def _about_recipients(facts: Facts) -> Iterator[tuple[str, tuple[str, ...]]]:
    if facts.check_id in _BY_STATUS:
        yield "D7", ("纳入原因是身份", f"核实结论为{facts.judgement}")
    elif facts.check_id in _INELIGIBLE:
        yield "D6", (f"核实结论为{facts.judgement}，应清退或调整",)
    elif facts.check_id in _LEFT_OUT:
        yield "D6", (f"核实结论为{facts.judgement}，应及时纳入",)


def _corrected_in_time(plan: Plan, facts: Facts) -> tuple[str, ...]:
    last = plan.date("self_inspection_end")
    if facts.route != "自查" or facts.done_on is None or facts.done_on > last:
        return ()
    return ("自查发现并登记", f"{chinese_date(facts.done_on)}改正，不晚于{chinese_date(last)}")


def _about_duty(plan: Plan, facts: Facts, today: dt.date) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Whose inspection was careless (D4), and what is still not put right (D5)."""
    last = plan.date("self_inspection_end")
    open_still = facts.done_on is None or facts.done_on > today
    if facts.route in _BY_OTHERS and facts.found_on and facts.found_on > last:
        yield "D4", (f"自查没有发现，{chinese_date(facts.found_on)}由{facts.route}查出",)
    if facts.route == "自查" and open_still and today > last:
        told = f"自查发现，至{chinese_date(today)}没有改正"
        yield "D4", (told,)
        yield "D5", (told,)
    elif open_still and facts.due and facts.due < today:
        yield "D5", (f"整改时限{chinese_date(facts.due)}，至{chinese_date(today)}没有整改到位",)
