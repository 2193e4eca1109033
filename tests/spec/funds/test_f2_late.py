"""F2 发放不及时 (R22, R23)."""

import drawn
import pytest

HEAD = "households | hh_id | kind | twn_id\n | D1 | 城市 | T1\n | D2 | 城市 | T1\n | D3 | 农村 | T2\n"


def paid(*rows):
    return HEAD + drawn.lines("payments", "hh_id | period | paid_on | amt | ptype | ret", rows)


def test_a_township_paid_late(find):
    (found,) = find("F2", paid("D1 | 2011-03 | 2011-03-20 | 200 | |", "D2 | 2011-03 | 2011-04-02 | 100 | |"))
    assert found["explanation"] == (
        "城市低保2011年3月有2户2011年3月15日以后才发放，最迟2011年4月2日，晚18天，金额300元。"
    )
    assert (found["severity"], found["township_code"], found["amount_fen"]) == ("A", "T1", 30000)


def test_each_month_and_kind_is_a_finding(find):
    rows = (
        "D1 | 2011-03 | 2011-03-20 | 1 | |",
        "D1 | 2011-04 | 2011-04-20 | 1 | |",
        "D3 | 2011-04 | 2011-04-20 | 1 | |",
    )
    assert [(f["township_code"], f["period"]) for f in find("F2", paid(*rows))] == [
        ("T1", "2011-03"),
        ("T1", "2011-04"),
        ("T2", "2011-04"),
    ]


@pytest.mark.parametrize("day, wrong", [("15", False), ("16", True)])
def test_the_fifteenth_is_the_last_day(find, day, wrong):
    assert bool(find("F2", paid(f"D1 | 2011-03 | 2011-03-{day} | 200 | |"))) is wrong


def test_before_the_holiday_is_early(find):
    assert not find("F2", paid("D1 | 2011-02 | 2011-01-28 | 200 | |"))


def test_back_pay_and_returned_payments_are_not_late(find):
    assert not find("F2", paid("D1 | 2011-03 | 2011-03-30 | 200 | 补发 |", "D1 | 2011-03 | 2011-03-30 | 200 | | 退回"))


def test_months_outside_the_period(find):
    assert not find("F2", paid("D1 | 2009-11 | 2009-12-30 | 200 | |"))


def test_a_list_without_days_is_not_judged(find):
    assert not find("F2", paid("D1 | 2011-03 | | 200 | |"))
