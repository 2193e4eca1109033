"""O4 死亡人员领取 (R13, R35)."""

import pytest

HOUSEHOLD = """
households | hh_id | kind | twn_id | head | head_pid | size | covered | total
           | D1    | 城市 | T1     | 甲   | p1       | 3    | 3       | 600
members | hh_id | pid | name | rel  | is_cov
        | D1    | p1  | 甲   | 本人 | 是
        | D1    | p2  | 乙   | 配偶 | 是
        | D1    | p3  | 丙   | 子   | 否
"""


def paid(*months, amt=600, rest=""):
    rows = "\n".join(f" | D1 | {month} | {amt} | {rest}" for month in months)
    return f"payments | hh_id | period | amt | ptype\n{rows}\n"


def dead(person="p2", on="2010-03-20", asof="2011-05-31"):
    return f"registers | reg | pid | from | asof\n | 死亡 | {person} | {on} | {asof}\n"


def test_payments_after_the_month_of_grace(find):
    (found,) = find("O4", HOUSEHOLD + dead() + paid("2010-03", "2010-04", "2010-05", "2010-06"))
    assert found["explanation"] == (
        "一名保障对象2010年3月20日死亡，2010年5月、2010年6月仍按原人数发放，其应停发部分共400元。"
    )
    assert (found["observed"], found["expected"]) == ("死亡后发放2次", "2010年5月起停发")
    assert (found["severity"], found["period"], found["amount_fen"]) == ("A", "2010-05", 40000)
    assert found["match_key"] == "18位身份证号" and len(found["person_id"]) == 18
    assert found["sources"] == [
        "households.xlsx#表#2",
        "members.xlsx#表#3",
        "registers.xlsx#表#2",
        "payments.xlsx#表#4",
        "payments.xlsx#表#5",
    ]


def test_the_payment_of_the_month_after_death_is_the_boundary(find):
    assert not find("O4", HOUSEHOLD + dead() + paid("2010-03", "2010-04"))
    assert find("O4", HOUSEHOLD + dead() + paid("2010-05"))


def test_the_share_is_floored_once_over_all_payments(find):
    (found,) = find("O4", HOUSEHOLD + dead() + paid("2010-05", "2010-06", amt="100.01"))
    assert found["amount_fen"] == 20002 // 3


def test_a_dead_head_counts_like_any_member(find):
    (found,) = find("O4", HOUSEHOLD + dead("p1") + paid("2010-05"))
    assert found["amount_fen"] == 20000


def test_a_dead_head_whom_the_sheet_leaves_out_counts_when_covered(find):
    headless = """
    households | hh_id | kind | twn_id | head | head_pid | size | covered | total
               | D1    | 城市 | T1     | 甲   | p1       | 2    | 2       | 600
    members | hh_id | pid | name | rel
            | D1    | p2  | 乙   | 配偶
    """
    assert find("O4", headless + dead("p1") + paid("2010-05"))
    assert not find("O4", headless.replace("| 2       | 600", "| 1       | 600") + dead("p1") + paid("2010-05"))


def test_a_register_without_cut_off_date_is_only_a_lead(find):
    (found,) = find("O4", HOUSEHOLD + dead(asof="") + paid("2010-05"))
    assert found["severity"] == "B"
    assert found["explanation"].endswith("（死亡登记没有数据截止日，须核实）。")


def test_a_member_who_is_not_covered_draws_nothing(find):
    assert not find("O4", HOUSEHOLD + dead("p3") + paid("2010-05"))


def test_payments_after_the_persons_exit_are_the_others(find):
    exits = "exits | hh_id | pid | exit_on | reason\n | D1 | p2 | 2010-05-04 | 死亡\n"
    assert not find("O4", HOUSEHOLD + dead() + exits + paid("2010-04", "2010-05", "2010-06"))


def test_months_before_a_late_exit_still_count(find):
    exits = "exits | hh_id | pid | exit_on | reason\n | D1 | p2 | 2010-07-04 | 死亡\n"
    (found,) = find("O4", HOUSEHOLD + dead() + exits + paid("2010-05", "2010-06", "2010-07", "2010-08"))
    assert found["amount_fen"] == 40000


@pytest.mark.parametrize("ptype", ["补发", "扣回"])
def test_back_pay_and_deductions_are_no_payments_after_death(find, ptype):
    assert not find("O4", HOUSEHOLD + dead() + paid("2010-05", rest=ptype))


def test_the_same_name_with_another_id_is_nobody(find):
    named = "registers | reg | pid | name | from | asof\n | 死亡 | p9 | 乙 | 2010-03-20 | 2011-05-31\n"
    assert not find("O4", HOUSEHOLD + named + paid("2010-05"))
