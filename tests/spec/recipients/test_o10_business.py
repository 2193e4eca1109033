"""O10 工商登记 (R13)."""

import drawn
import pytest

HEAD = """
households | hh_id | kind | twn_id | total
           | D1    | 农村 | T1     | 200
members | hh_id | pid | name | rel
        | D1    | p1  | 甲   | 本人
"""


def registered(*rows):
    return HEAD + drawn.lines("registers", "reg | pid | item | attr | status | val | to", [f"工商 | {r}" for r in rows])


def test_an_owner_of_a_live_business(find):
    (found,) = find("O10", registered("p1 | 某商行 | 经营者 | 存续 | 30000 | "))
    assert found["explanation"] == (
        "一名家庭成员在1家存续的市场主体中登记为法定代表人、股东或经营者，注册资本合计30,000元。"
    )
    assert (found["severity"], found["match_key"], found["amount_fen"]) == ("B", "18位身份证号", 20000)


def test_two_businesses_are_one_finding(find):
    (found,) = find("O10", registered("p1 | 某商行 | 股东 | 在营 | | ", "p1 | 某公司 | 法定代表人 | 存续 | | "))
    assert found["observed"] == "登记2家"


def test_a_blank_state_counts_as_live(find):
    assert find("O10", registered("p1 | 某商行 | 经营者 | | | "))


@pytest.mark.parametrize("role, state", [("经营者", "注销"), ("经营者", "吊销"), ("成员", "存续"), ("监事", "存续")])
def test_closed_businesses_and_other_roles(find, role, state):
    assert not find("O10", registered(f"p1 | 某社 | {role} | {state} | | "))


@pytest.mark.parametrize("closed, wrong", [("2011-06-20", False), ("2011-06-21", True)])
def test_the_day_of_closing_is_the_boundary(find, closed, wrong):
    assert bool(find("O10", registered(f"p1 | 某商行 | 经营者 | 存续 | | {closed}"))) is wrong


def test_a_stranger_owns_what_he_likes(find):
    assert not find("O10", registered("p2 | 某商行 | 经营者 | 存续 | | "))
