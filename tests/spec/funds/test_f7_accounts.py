"""F7 一账户多户 (R25)."""

import pytest

HOUSEHOLDS = """
households | hh_id | kind | twn_id
           | D1    | 农村 | T1
           | D2    | 农村 | T1
           | D3    | 农村 | T1
           | D4    | 农村 | T2
"""


def drawn(*rows):
    return HOUSEHOLDS + "payments | hh_id | period | amt | acct | collector\n" + "".join(f" | {row}\n" for row in rows)


def test_two_households_on_one_account(find):
    (found,) = find(
        "F7",
        drawn("D2 | 2010-02 | 100 | 6228001 | ", "D1 | 2010-03 | 200 | 6228001 | ", "D2 | 2010-03 | 100 | 6228001 | "),
    )
    assert found["explanation"] == "同一银行账户收取2户的低保金，除第一户外共200元。"
    assert (found["household_id"], found["period"], found["amount_fen"]) == ("D1", "2010-02", 20000)
    assert (found["severity"], found["observed"]) == ("A", "2户")
    assert found["sources"] == ["payments.xlsx#表#3", "payments.xlsx#表#2"]


def test_three_households_on_one_account_are_one_finding(find):
    (found,) = find("F7", drawn(*(f"D{i} | 2010-02 | 100 | 6228001 | " for i in (1, 2, 3))))
    assert (found["observed"], found["amount_fen"]) == ("3户", 20000)


def test_an_account_of_one_household(find):
    assert not find("F7", drawn("D1 | 2010-02 | 100 | 6228001 | ", "D1 | 2010-03 | 100 | 6228001 | "))


@pytest.mark.parametrize("acct", ["", "0", "无", "-", "不详"])
def test_a_missing_account_is_nobodys(find, acct):
    assert not find("F7", drawn(f"D1 | 2010-02 | 100 | {acct} | ", f"D2 | 2010-02 | 100 | {acct} | "))


def test_a_collector_of_three_households_is_the_boundary(find):
    two = [f"D{i} | 2010-02 | 100 |  | 某甲" for i in (1, 2)]
    assert not find("F7", drawn(*two))
    (found,) = find("F7", drawn(*two, "D3 | 2010-02 | 150 |  | 某甲"))
    assert found["explanation"] == "同一姓名的人代领3户的低保金，除第一户外共250元，须核对是否同一人、有无代领手续。"
    # a name proves nobody's identity
    assert (found["severity"], found["match_key"]) == ("B", "代领人姓名+乡镇")


def test_collectors_of_one_name_in_two_townships_are_two(find):
    assert not find("F7", drawn(*(f"D{i} | 2010-02 | 100 |  | 某甲" for i in (1, 2, 4))))


def test_collecting_for_oneself_is_no_collecting(find):
    assert not find("F7", drawn(*(f"D{i} | 2010-02 | 100 |  | 本人" for i in (1, 2, 3))))


def test_a_returned_payment_shares_nothing(find):
    returned = " | D2 | 2010-02 | 100 | 6228001 | 退回\n"
    text = HOUSEHOLDS + "payments | hh_id | period | amt | acct | ret\n | D1 | 2010-02 | 100 | 6228001 | \n" + returned
    assert not find("F7", text)
    assert find("F7", text.replace("退回", "成功"))
