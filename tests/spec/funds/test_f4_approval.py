"""F4 无审批发放 (R24)."""

import drawn
import pytest

HEAD = """
households | hh_id | kind | twn_id | head | start   | cause
           | D1    | 城市 | T1     | 甲   | {start} | {cause}
           | D2    | 城市 | T1     | 乙   | 2009-01 |
members | hh_id | pid | name
        | D1    | p1  | 甲
"""


def paid(*rows, start="2010-06", cause="", more=""):
    return (
        HEAD.format(start=start, cause=cause)
        + drawn.lines("payments", "hh_id | period | amt | ptype | pid | head", ["D2 | 2011-01 | 100 | | | 乙", *rows])
        + more
    )


GONE = "exits | hh_id | exit_on | reason\n | D1 | 2010-11-20 | {reason}\n"
APPROVED = "case_events | hh_id | approve\n | D1 | 2010-05-20\n"


def test_paid_before_it_was_approved(find):
    (found,) = find("F4", paid("D1 | 2010-04 | 200 | | | 甲", more=APPROVED))
    assert found["explanation"] == "起始保障2010年6月，此前2010年4月已发放；涉及200元。"
    assert (found["severity"], found["household_id"], found["amount_fen"]) == ("A", "D1", 20000)


def test_the_month_of_approval_is_the_boundary(find):
    assert not find("F4", paid("D1 | 2010-05 | 200 | | | 甲", more=APPROVED))


def test_a_later_approval_of_an_old_household_proves_nothing(find):
    again = APPROVED.replace("2010-05-20", "2011-03-01")
    assert not find("F4", paid("D1 | 2010-08 | 200 | | | 甲", start="2009-01", more=again))


@pytest.mark.parametrize("month, wrong", [("2010-12", False), ("2011-01", True)])
def test_one_month_after_leaving_is_the_grace(find, month, wrong):
    assert bool(find("F4", paid(f"D1 | {month} | 200 | | | 甲", more=GONE.format(reason="收入超标")))) is wrong


def test_paid_after_leaving(find):
    (found,) = find("F4", paid("D1 | 2011-02 | 200 | | | 甲", more=GONE.format(reason="清退")))
    assert found["explanation"] == "2010年11月20日退保，2011年2月仍发放；涉及200元。"


def test_a_gradual_exit_lasts_six_months(find):
    assert not find("F4", paid("D1 | 2011-05 | 200 | | | 甲", cause="渐退", more=GONE.format(reason="收入超标")))


def test_arrears_after_leaving_are_coded(find):
    assert not find("F4", paid("D1 | 2011-02 | 200 | 补发 | | 甲", more=GONE.format(reason="清退")))


def test_a_payee_no_register_knows(find):
    (found,) = find("F4", paid("D9 | 2011-02 | 200 | | p9 | 丁"))
    assert found["explanation"] == "发放明细中的一户不在低保台账内，2011年2月发放200元。"
    assert (found["severity"], found["township_code"], found["household_id"]) == ("A", "T1", None)


def test_a_mistyped_number_is_no_ghost(find):
    assert not find("F4", paid("D9 | 2011-02 | 200 | | p1 | 甲"))
    (found,) = find("F4", paid("D9 | 2011-02 | 200 | | | 甲"))
    assert found["severity"] == "B" and "同名户主" in found["explanation"]
