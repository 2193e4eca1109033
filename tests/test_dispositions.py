"""The plan's decision table: which rows fit which facts, and that the facts are told (D1-D7)."""

import datetime as dt

import pytest

from dibao_lib.dispositions import Facts, propose

TODAY = dt.date(2011, 6, 30)
BEFORE, AFTER = dt.date(2011, 5, 10), dt.date(2011, 5, 16)


def rules(plan, today=TODAY, **facts):
    return [proposal.rule for proposal in propose(plan, Facts(**facts), today)]


@pytest.mark.parametrize("judgement", ["", "待核", "不属实"])
def test_nothing_is_proposed_before_a_person_upheld_the_problem(plan, judgement):
    assert rules(plan, judgement=judgement, check_id="O6", route="督查", found_on=AFTER) == []


def test_what_self_inspection_found_and_put_right_in_time_is_not_pursued_but_the_household_leaves(plan):
    facts = {"judgement": "属实", "check_id": "O1", "route": "自查", "found_on": BEFORE}
    assert rules(plan, **facts, done_on=dt.date(2011, 5, 15)) == ["D1", "D6"]
    assert rules(plan, **facts, done_on=AFTER) == ["D6"]


def test_what_self_inspection_found_and_left_is_defiance_once_the_stage_is_over(plan):
    facts = {"judgement": "属实", "route": "自查", "found_on": BEFORE}
    assert rules(plan, **facts) == ["D4", "D5"]
    assert rules(plan, today=dt.date(2011, 5, 15), **facts) == []


@pytest.mark.parametrize(
    ("route", "expected"), [("督查", ["D4"]), ("交叉检查", ["D4"]), ("群众举报", ["D4"]), ("数据比对", [])]
)
def test_what_others_found_after_self_inspection_questions_the_self_inspection(plan, route, expected):
    assert rules(plan, judgement="属实", route=route, found_on=AFTER, done_on=TODAY) == expected
    assert rules(plan, judgement="属实", route=route, found_on=BEFORE, done_on=TODAY) == []


def test_a_concealed_relative_is_removed_without_exception(plan):
    assert rules(plan, judgement="属实", check_id="O6", route="数据比对") == ["D2", "D6"]


def test_a_cadre_is_pursued_from_the_number_of_cases_the_plan_sets(plan):
    assert rules(plan, judgement="属实", cadre="某甲", cadre_cases=1) == []
    assert rules(plan, judgement="部分属实", cadre="某甲", cadre_cases=2) == ["D3"]


def test_status_alone_never_removes_a_household(plan):
    assert rules(plan, judgement="属实", check_id="O17") == ["D7"]


def test_whoever_was_left_out_is_taken_in(plan):
    (proposal,) = propose(plan, Facts("属实", "O19"), TODAY)
    assert (
        str(proposal) == "D6 不符合的清退，符合的及时纳入；两种情况分别统计（核实结论为属实，应及时纳入；依据R34、R35）"
    )


def test_an_overdue_problem_tells_both_days(plan):
    (proposal,) = propose(plan, Facts("属实", route="数据比对", found_on=AFTER, due=dt.date(2011, 6, 20)), TODAY)
    assert proposal.rule == "D5"
    assert proposal.facts == ("整改时限2011年6月20日，至2011年6月30日没有整改到位",)
