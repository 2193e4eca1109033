"""O9 房产异常 (R13)."""

import drawn
import pytest

HEAD = """
households | hh_id | kind | twn_id | total | start   | status
           | D1    | 农村 | T1     | 200   | 2010-06 | 在保
members | hh_id | pid | name | rel
        | D1    | p1  | 甲   | 本人
        | D1    | p2  | 乙   | 配偶
"""


def owning(*rows, head=HEAD):
    return head + drawn.lines("registers", "reg | pid | item | attr | from | status", [f"不动产 | {r}" for r in rows])


def test_two_homes_in_one_household(find):
    (found,) = find("O9", owning("p1 | 甲房 | 住宅 | 1999-01-01 | ", "p2 | 乙房 | 住宅 | 2000-01-01 | "))
    assert found["explanation"] == "该户成员名下有住房2套，该户月保障金200元。"
    assert (found["severity"], found["household_id"], found["amount_fen"]) == ("B", "D1", 20000)


def test_a_shop(find):
    (found,) = find("O9", owning("p1 | 店面 | 商业 | 1999-01-01 | "))
    assert found["observed"] == "住房0套，商业用房1处"


def test_a_home_bought_after_approval(find):
    (found,) = find("O9", owning("p1 | 甲房 | 住宅 | 2011-01-05 | "))
    assert "（2011年1月5日）在审批前24个月以内或审批以后" in found["explanation"]


@pytest.mark.parametrize("bought, wrong", [("2008-06-01", True), ("2008-05-31", False)])
def test_twenty_four_months_before_approval_are_the_boundary(find, bought, wrong):
    assert bool(find("O9", owning(f"p1 | 甲房 | 住宅 | {bought} | "))) is wrong


def test_one_home_of_two_owners_is_one(find):
    assert not find("O9", owning("p1 | 甲房 | 住宅 | 1999-01-01 | ", "p2 | 甲房 | 住宅 | 1999-01-01 | "))


@pytest.mark.parametrize("kind", ["拆迁安置房", "危房改造", "继承"])
def test_resettlement_and_inheritance_are_left_out(find, kind):
    assert not find("O9", owning("p1 | 甲房 | 住宅 | 1999-01-01 | ", f"p2 | 乙房 | {kind} | 2010-01-01 | "))


def test_a_home_that_was_given_up(find):
    assert not find("O9", owning("p1 | 甲房 | 住宅 | 1999-01-01 | ", "p2 | 乙房 | 住宅 | 2000-01-01 | 注销"))


def test_a_household_that_ended(find):
    assert not find("O9", owning("p1 | 店面 | 商业 | 1999-01-01 | ", head=HEAD.replace("在保", "注销")))
