"""Households written down as the tables of the register: households, members, assessments, steps, exits."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from dibao_lib.demo.model import Draft, Household, Row
from dibao_lib.demo.money import Rates, base_fen, due_fen, register_month
from dibao_lib.demo.people import Person
from dibao_lib.demo.season import day_in
from dibao_lib.units import add_months, month_of


def household_row(draft: Draft, household: Household, rates: Rates) -> Row:
    """The household's line in the register, with the amounts now in force."""
    month = register_month(household, draft.season, rates.now)
    head = household.head
    return {
        "hh_id": household.hh_id,
        "kind": household.kind,
        "twn_id": household.township,
        "vil_id": household.village,
        "head": head.name,
        "head_pid": head.pid,
        "hukou_no": household.hukou_no,
        "addr": f"{household.group}组",
        "size": household.size,
        "covered": household.covered,
        "income_year": household.income_fen * 12 * household.size + household.income_error_fen,
        "pci": household.income_fen,
        "cause": household.cause or None,
        "cls": household.cls,
        "method": household.method,
        "base": base_fen(household, month, rates),
        "top_hh": household.top_hh_fen,
        "top_person": household.top_person_fen,
        "total": due_fen(household, month, rates),
        "start": household.start or None,
        "bank": f"{draft.plan.place.name}农村信用合作联社",
        "acct_name": head.name,
        "acct": household.acct,
        "phone": household.phone,
        "status": _status(household, draft.season.today),
        "houses": 1,
        "assets": None,
    }


def _status(household: Household, today: dt.date) -> str:
    if household.exit and household.exit.on <= today:
        return "注销"
    return "停保" if household.suspended else "在保"


def member_rows(household: Household) -> Iterator[Row]:
    """One line a member, the head first."""
    for member in household.members:
        person = member.person
        yield {
            "hh_id": household.hh_id,
            "pid": person.pid,
            "name": (member is household.members[0] and household.listed_name) or person.name,
            "rel": member.rel,
            "sex": person.sex,
            "dob": person.birth,
            "is_cov": member.covered,
            "labor": "无" if member.disability in {"一级", "二级"} or person.birth.year < 1946 else "部分",
            "health": "残疾" if member.disability else "健康",
            "dis_no": _disability_no(person, member.disability),
            "dis_lvl": member.disability or None,
        }


def _disability_no(person: Person, level: str) -> str | None:
    """Twenty characters: the id, the sort of disability and its level."""
    return f"{person.pid}4{'一二三四'.index(level[0]) + 1}" if level else None


def assessment_rows(draft: Draft, household: Household, rng: random.Random) -> Iterator[Row]:
    """The determinations of income, the latest last; an old one was confirmed when its class fell due (R69)."""
    if household.unassessed:
        return
    if household.earlier_assessed:
        income = household.earlier[1] if household.earlier else household.basis_fen
        yield _assessment(household, rng, household.earlier_assessed, income)
    yield _assessment(household, rng, household.assessed, household.income_fen)
    if household.redetermined:
        yield _assessment(household, rng, household.redetermined, household.income_fen)
    plan, today = draft.plan, draft.season.today
    months = plan.number(f"review_interval_{household.cls}", today)
    if (
        household.confirmed
        and household.active_on(today)
        and month_of(household.assessed) <= add_months(month_of(today), -months)
    ):
        confirmed = day_in(rng, add_months(draft.season.last, -rng.randint(0, 1)), 7)
        yield _assessment(household, rng, confirmed, household.income_fen)


def _assessment(household: Household, rng: random.Random, day: dt.date, income_fen: int) -> Row:
    total = income_fen * 12 * household.size
    wage = total * rng.choice((0, 0, 3, 5)) // 1000 * 100
    transfer = total * rng.choice((1, 2, 3)) // 1000 * 100
    return {
        "hh_id": household.hh_id,
        "date": day,
        "wage": wage,
        "oper": total - wage - transfer,
        "prop": 0,
        "trans": transfer,
        "deduct": 0,
        "total": total,
        "pci": income_fen,
        "living": household.living,
        "surveyors": ["核算小组甲", "核算小组乙"],
        "result": "符合",
    }


def case_row(household: Household, rng: random.Random) -> Row:
    """The dated steps of the approval, with the first posting between review and approval."""
    steps = household.steps
    posted = steps.review and steps.review + dt.timedelta(1)
    return {
        "hh_id": household.hh_id,
        "apply": steps.apply,
        "review": steps.review,
        "post1": posted,
        "post1_end": posted and posted + dt.timedelta(household.post_days),
        "twn_review": steps.twn_review,
        "approve": steps.approve,
        "agent": "民政所经办人",
        "principal": "低保局负责人",
        "guests": ["群众代表", "人大代表"][: rng.randint(1, 2)],
    }


def exit_rows(household: Household) -> Iterator[Row]:
    """Removals of the household and of single members."""
    for leaving in (household.exit, *household.person_exits):
        if leaving:
            back = 0 if leaving.route != "检查清退" else None
            yield {
                "hh_id": household.hh_id,
                "pid": leaving.pid,
                "exit_on": leaving.on,
                "reason": leaving.reason,
                "route": leaving.route,
                "amount_back": back,
            }
