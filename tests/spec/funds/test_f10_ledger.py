"""F10 资金勾稽与配套 (R21, R22, R24)."""

import dataclasses
from fractions import Fraction

import drawn
import pytest


def ledger(*rows, more=""):
    return drawn.lines("funds", "twn_id | date | src | in_amt | out_amt | use | bal", rows) + more


def test_a_balance_that_does_not_follow(find):
    (found,) = find("F10", ledger("T1 | 2011-01-05 | 省 | 1000 | | | 1000", "T1 | 2011-01-20 | | | 300 | | 800"))
    assert found["explanation"] == (
        "2011年1月20日账面余额800元，上笔余额1,000元加拨入0元减拨出300元应为700元，相差100元。"
    )
    assert (found["severity"], found["township_code"], found["amount_fen"]) == ("A", "T1", 10000)


@pytest.mark.parametrize("balance, wrong", [("701", False), ("701.01", True)])
def test_one_yuan_is_the_tolerance(find, balance, wrong):
    rows = ("T1 | 2011-01-05 | 省 | 1000 | | | 1000", f"T1 | 2011-01-20 | | | 300 | | {balance}")
    assert bool(find("F10", ledger(*rows))) is wrong


def test_another_use(find):
    (found,) = find("F10", ledger("T1 | 2011-01-05 | | | 500 | 民政所办公用品 | "))
    assert found["explanation"] == "从低保资金中列支其他用途1笔，共500元。"
    assert found["severity"] == "A"


def test_what_the_ledger_paid_out_against_the_payment_lists(find):
    paid = "households | hh_id | kind | twn_id\n | D1 | 城市 | T1\npayments | hh_id | period | amt\n | D1 | 2011-01 | {amt}\n"
    row = "T1 | 2011-01-05 | | | 500 | 发放低保金 | "
    (found,) = find("F10", ledger(row, more=paid.format(amt=400)))
    assert found["severity"] == "B" and found["explanation"].endswith("发放明细合计400元，相差100元。")
    assert not find("F10", ledger(row, more=paid.format(amt=500)))


def test_matching_funds_are_judged_once_the_share_is_filled_in(find, plan):
    rows = ("T1 | 2011-01-05 | 省 | 900 | | | ", "T1 | 2011-01-06 | 县级配套 | 99.99 | | | ")
    assert not find("F10", ledger(*rows))
    policies = tuple(
        dataclasses.replace(p, value=Fraction(1, 10)) if p.id == "county_matching_share" else p for p in plan.policies
    )
    told = find.under(dataclasses.replace(plan, policies=policies))
    (found,) = told("F10", ledger(*rows))
    assert found["explanation"] == "各级拨入999.99元，本级配套99.99元，少于应配套的100元。"
    assert not told("F10", ledger(rows[0], rows[1].replace("99.99", "100")))


def test_a_ledger_without_balances_is_not_added_up(find):
    assert not find("F10", ledger("T1 | 2011-01-05 | 省 | 1000 | | | ", "T1 | 2011-01-20 | | | 300 | | 800"))
