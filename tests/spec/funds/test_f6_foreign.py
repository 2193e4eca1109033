"""F6 非本户账户 (R25)."""

import drawn
import pytest

HEAD = """
households | hh_id | kind | twn_id | head | acct    | size
           | D1    | 城市 | T1     | 甲   | 6228001 | 2
           | D2    | 城市 | T1     | 丙   | 6228002 | 1
members | hh_id | name | rel
        | D1    | 甲   | 本人
        | D1    | 乙   | 配偶
"""


def paid(*rows, head=HEAD):
    return head + drawn.lines("payments", "hh_id | period | amt | acct | acct_name | collector", rows)


def test_money_on_the_account_of_another_household(find):
    (found,) = find("F6", paid("D1 | 2011-02 | 200 | 6228002 | 甲 | "))
    assert found["explanation"] == "2011年2月的低保金200元打入另一低保户登记的账户。"
    assert (found["severity"], found["household_id"], found["match_key"]) == ("A", "D1", "银行账号")
    assert found["sources"] == ["households.xlsx#表#2", "households.xlsx#表#3", "payments.xlsx#表#2"]


def test_a_holder_who_is_not_of_the_household_is_a_lead(find):
    (found,) = find("F6", paid("D1 | 2011-02 | 200 | 6228009 | 丁 | "))
    assert found["explanation"] == "2011年2月的低保金200元打入户名不在家庭成员中的账户，须核对是否依法代领。"
    assert (found["severity"], found["match_key"]) == ("B", "户内姓名")


def test_several_months_are_one_finding(find):
    (found,) = find("F6", paid(*(f"D1 | 2011-0{m} | 200 | 6228002 | 甲 | " for m in (1, 2, 3))))
    assert (found["period"], found["amount_fen"]) == ("2011-01", 60000)


@pytest.mark.parametrize("holder", ["甲", "乙", "乙?", ""])
def test_anybody_of_the_household_may_hold_it(find, holder):
    assert not find("F6", paid(f"D1 | 2011-02 | 200 | 6228009 | {holder} | "))


def test_a_named_collector_is_watched_elsewhere(find):
    assert not find("F6", paid("D1 | 2011-02 | 200 | 6228009 | 丁 | 丁"))


def test_an_incomplete_member_list_is_not_judged(find):
    assert not find(
        "F6", paid("D1 | 2011-02 | 200 | 6228009 | 丁 | ", head=HEAD.replace("| 6228001 | 2", "| 6228001 | 3"))
    )


def test_an_account_two_households_gave_is_nobodys(find):
    assert not find("F6", paid("D1 | 2011-02 | 200 | 6228001 | 甲 | ", head=HEAD.replace("6228002", "6228001")))
