"""F8 重复发放 (R24)."""

import drawn

HEAD = "households | hh_id | kind | twn_id\n | D1 | 城市 | T1\n"


def paid(*rows):
    return HEAD + drawn.lines("payments", "hh_id | period | amt | ptype | ret | pid | paid_on", rows)


def test_one_month_paid_twice(find):
    (found,) = find("F8", paid("D1 | 2011-02 | 200 | | | |", "D1 | 2011-02 | 200 | | | |"))
    assert found["explanation"] == "2011年2月同月重复发放，多发200元。"
    assert (found["severity"], found["observed"], found["amount_fen"]) == ("A", "发放2笔", 20000)
    assert found["sources"] == ["households.xlsx#表#2", "payments.xlsx#表#2", "payments.xlsx#表#3"]


def test_different_amounts_are_two_payments_too(find):
    (found,) = find("F8", paid("D1 | 2011-02 | 200 | | | |", "D1 | 2011-02 | 150 | | | |"))
    assert found["amount_fen"] == 15000


def test_three_times_in_two_months_are_one_finding(find):
    rows = [f"D1 | 2011-0{m} | 100 | | | |" for m in (1, 1, 1, 2, 2)]
    (found,) = find("F8", paid(*rows))
    assert (found["observed"], found["expected"], found["amount_fen"]) == ("发放5笔", "每月一笔，共2笔", 30000)


def test_back_pay_is_no_repetition(find):
    assert not find("F8", paid("D1 | 2011-02 | 200 | | | |", "D1 | 2011-02 | 200 | 补发 | | |"))


def test_a_reversal_and_a_second_payment_are_one(find):
    rows = ("D1 | 2011-02 | 200 | | | |", "D1 | 2011-02 | 200 | 扣回 | | |", "D1 | 2011-02 | 200 | | | |")
    assert not find("F8", paid(*rows))


def test_a_returned_payment_sent_again(find):
    assert not find("F8", paid("D1 | 2011-02 | 200 | | 退回 | |", "D1 | 2011-02 | 200 | | | |"))


def test_a_payment_for_each_person_is_lawful(find):
    assert not find("F8", paid("D1 | 2011-02 | 200 | | | p1 |", "D1 | 2011-02 | 200 | | | p2 |"))
    assert find("F8", paid("D1 | 2011-02 | 200 | | | p1 |", "D1 | 2011-02 | 200 | | | p1 |"))
