"""S4 标准未及时调整 (R10)."""

import dataclasses
import datetime as dt

import drawn


def table(*rows):
    return drawn.lines("standards", "kind | area | effective | expiry | std", rows)


def test_a_standard_older_than_a_year(find):
    (found,) = find("S4", table("城市 | 全市 | 2010-03-01 | | 260"))
    assert found["explanation"] == "城市低保标准2010年3月1日起执行，至2011年6月20日已满15个月未调整。"
    assert (found["severity"], found["observed"], found["expected"]) == ("B", "15个月未调整", "12个月内调整")


def test_each_kind_is_judged_by_its_latest(find):
    rows = ("城市 | | 2009-01-01 | | 200", "城市 | | 2011-01-01 | | 330", "农村 | | 2009-01-01 | | 100")
    assert [f["subject"] if "subject" in f else f["period"] for f in find("S4", table(*rows))] == ["2009-01"]


def test_twelve_months_to_the_day_are_the_boundary(find):
    assert not find("S4", table("城市 | | 2010-06-20 | | 260"))
    assert find("S4", table("城市 | | 2010-06-19 | | 260"))


def test_a_standard_that_has_ended_needs_no_adjustment(find):
    assert not find("S4", table("城市 | 矿区 | 2009-01-01 | 2010-12-31 | 260"))


def test_a_standard_of_the_future_does_not_count(find):
    assert find("S4", table("城市 | | 2010-01-01 | | 260", "城市 | | 2011-07-01 | | 300"))


def test_following_a_confirmed_floor_late(find, plan):
    raised = dataclasses.replace(
        plan.standards[0], kind="城市", effective=dt.date(2010, 7, 1), floor_fen=30000, confirmed=True
    )
    told = find.under(dataclasses.replace(plan, standards=(raised,)))
    late = table("城市 | | 2009-07-01 | | 260", "城市 | | 2010-09-01 | | 300")
    assert [f["explanation"] for f in told("S4", late)] == [
        "城市省定标准2010年7月1日起为300元，本级标准2010年9月1日才达到，晚62天。"
    ]
    assert not told("S4", late.replace("2010-09-01", "2010-07-01"))
