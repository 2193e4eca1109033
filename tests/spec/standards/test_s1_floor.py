"""S1 标准低于省定 (R07)."""

import dataclasses
import datetime as dt

import drawn
import pytest


def table(*rows):
    return drawn.lines("standards", "kind | area | effective | expiry | std | floor", rows)


def test_a_standard_below_the_floor_on_its_own_line(find):
    (found,) = find("S1", table("城市 | 全市 | 2010-07-01 | | 260 | 280"))
    assert found["explanation"] == "城市低保自2010年7月1日起的标准260元，省定标准280元，低20元。"
    assert (found["severity"], found["period"], found["township_code"]) == ("A", "2010-07", None)
    assert (found["observed"], found["expected"]) == ("260元", "不低于280元")


def test_each_standard_below_is_a_finding(find):
    rows = (
        "农村 | | 2010-01-01 | | 100 | 110",
        "农村 | | 2011-01-01 | | 130 | 150",
        "城市 | | 2011-01-01 | | 330 | 310",
    )
    assert [f["period"] for f in find("S1", table(*rows))] == ["2010-01", "2011-01"]


def test_a_floor_stated_in_between_counts_from_then_on(find, plan):
    risen = dataclasses.replace(
        plan.standards[0], kind="城市", effective=dt.date(2011, 3, 1), floor_fen=35000, confirmed=True
    )
    told = dataclasses.replace(plan, standards=(risen,))
    (found,) = find.under(told)("S1", table("城市 | | 2010-07-01 | | 330 | 310"))
    assert (found["period"], found["expected"]) == ("2011-03", "不低于350元")


@pytest.mark.parametrize("floor, wrong", [("300", False), ("300.01", True)])
def test_the_floor_itself_is_enough(find, floor, wrong):
    assert bool(find("S1", table(f"城市 | | 2010-07-01 | | 300 | {floor}"))) is wrong


def test_unconfirmed_floors_of_the_plan_prove_nothing(find):
    assert not find("S1", table("城市 | | 2010-07-01 | | 100 | "))


def test_a_standard_that_ended_before_the_period_is_out_of_scope(find):
    rows = ("城市 | | 2008-07-01 | | 200 | 220", "城市 | | 2009-12-01 | | 260 | 260")
    assert not find("S1", table(*rows))


def test_a_floor_of_another_area_does_not_count(find):
    assert not find("S1", table("城市 | 全市 | 2010-07-01 | | 300 | 300", "城市 | 矿区 | 2010-07-01 | | 250 | "))
