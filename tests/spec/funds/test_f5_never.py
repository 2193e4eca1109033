"""F5 审批未发 (R22, R24)."""

import drawn
import pytest

HEAD = """
households | hh_id | kind | twn_id | total | start   | status
           | D1    | 城市 | T1     | 200   | {start} | {status}
           | D2    | 城市 | {twn}  | 100   | 2009-01 |
"""


def unpaid(*rows, start="2011-01", status="在保", twn="T1"):
    months = [f"D2 | 2011-0{month} | 100 | " for month in range(1, 6)]
    return HEAD.format(start=start, status=status, twn=twn) + drawn.lines(
        "payments", "hh_id | period | amt | ret", [*months, *rows]
    )


def test_approved_and_never_paid(find):
    (found,) = find("F5", unpaid())
    assert found["explanation"] == "2011年1月起保障，至2011年5月应发放5次，一次也没有发放，应发1,000元。"
    assert (found["severity"], found["household_id"], found["amount_fen"]) == ("A", "D1", 100000)


def test_what_the_bank_returned_did_not_arrive(find):
    (found,) = find("F5", unpaid("D1 | 2011-02 | 200 | 退回"))
    assert found["explanation"].endswith("（银行退回1次）。")


@pytest.mark.parametrize("start, wrong", [("2011-03", True), ("2011-04", False)])
def test_two_cycles_are_the_grace(find, start, wrong):
    assert bool(find("F5", unpaid(start=start))) is wrong


def test_one_payment_is_enough(find):
    assert not find("F5", unpaid("D1 | 2011-02 | 200 | "))


def test_an_old_household_without_any_payment(find):
    assert find("F5", unpaid(start="2009-01"))


def test_a_township_that_sent_no_payments_is_not_judged(find):
    assert not find("F5", unpaid(twn="T2"))


def test_a_household_that_ended(find):
    assert not find("F5", unpaid(status="注销"))
