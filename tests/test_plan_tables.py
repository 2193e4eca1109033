"""The plan as tables to read."""

import datetime as dt

import pytest

from dibao_lib.errors import UsageError
from dibao_lib.plan_tables import (
    clauses_table,
    given_day,
    milestones_table,
    policies_table,
    stages_table,
    standards_table,
)

MAY = dt.date(2011, 5, 1)


def test_a_blank_day_is_today_and_a_wrong_one_is_explained():
    assert given_day("", MAY) == MAY
    assert given_day(" 2011-06-30 ", MAY) == dt.date(2011, 6, 30)
    with pytest.raises(UsageError, match="2011-06-30 这样的年-月-日"):
        given_day("6月30日", MAY)


def test_on_the_first_of_may_the_second_stage_is_running(plan):
    assert list(stages_table(plan, MAY)["现在"]) == ["已结束", "进行中", "未开始", "未开始"]


def test_only_milestones_that_are_not_past_are_ahead(plan):
    ahead = milestones_table(plan, MAY, ahead=3)
    assert len(ahead) == 3
    assert all(word.startswith(("今天", "还有")) for word in ahead["距今"])
    assert len(milestones_table(plan, MAY)) == len(plan.milestones)


def test_values_are_written_as_people_write_them(plan):
    values = policies_table(plan, MAY).set_index("口径")["数值"]
    assert values["同一乡镇另一种推算标准至少占的户数比例"] == "20%"
    assert values["两种推算标准至少相差的金额"] == "2元"
    assert values["推算标准时一个乡镇至少要有的户数"] == "10户"


def test_one_standard_of_each_kind_is_in_force(plan):
    table = standards_table(plan, MAY)
    assert (table[table["现在"] == "执行中"].groupby("类别").size() == 1).all()


def test_every_clause_is_listed(plan):
    assert list(clauses_table(plan)["条款"]) == list(plan.clauses)
