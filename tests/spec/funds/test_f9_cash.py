"""F9 未社会化发放 (R22)."""

import drawn
import pytest

HEAD = "households | hh_id | kind | twn_id\n | D1 | 城市 | T1\n | D2 | 城市 | T1\n | D3 | 城市 | T2\n"


def paid(*rows):
    return HEAD + drawn.lines("payments", "hh_id | period | amt | mode | collector | acct", rows)


def test_cash_in_hand(find):
    (found,) = find("F9", paid("D1 | 2011-02 | 200 | 现金 | | ", "D2 | 2011-02 | 100 | 银行 | | 62"))
    assert found["explanation"] == "1户的200元没有通过账户发放到户：现金发放1户。"
    assert (found["severity"], found["township_code"], found["amount_fen"]) == ("A", "T1", 20000)


def test_the_village_collects_for_all(find):
    (found,) = find("F9", paid("D1 | 2011-02 | 200 | 代领 | | ", "D2 | 2011-03 | 100 | 代领 | | "))
    assert found["explanation"] == "2户的300元没有通过账户发放到户：集体代领2户。"


@pytest.mark.parametrize("acct, wrong", [("无", True), ("", True), ("6228", False)])
def test_no_account_where_the_list_gives_accounts(find, acct, wrong):
    rows = (f"D1 | 2011-02 | 200 | 银行 | | {acct}", "D2 | 2011-02 | 100 | 银行 | | 6229")
    assert bool(find("F9", paid(*rows))) is wrong


def test_a_list_without_accounts_is_not_judged_on_them(find):
    assert not find("F9", paid("D1 | 2011-02 | 200 | 银行 | | ", "D2 | 2011-02 | 100 | 银行 | | "))


def test_a_named_person_collects_for_one_household(find):
    assert not find("F9", paid("D1 | 2011-02 | 200 | 代领 | 某甲 | "))


def test_each_township_is_a_finding(find):
    assert len(find("F9", paid("D1 | 2011-02 | 200 | 现金 | | ", "D3 | 2011-02 | 100 | 现金 | | "))) == 2


def test_bank_and_post_are_the_rule(find):
    assert not find("F9", paid("D1 | 2011-02 | 200 | 银行 | | 62", "D2 | 2011-02 | 100 | 邮储 | | 63"))
