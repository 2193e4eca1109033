"""O19 漏保线索 (R15, R35)."""

import drawn
import pytest

HEAD = """
households | hh_id | kind | twn_id | vil_id | status
           | D1    | 农村 | T1     | V1     | {status}
members | hh_id | pid | name
        | D1    | p1  | 甲
"""


def listed(*rows, status="在保"):
    return HEAD.format(status=status) + drawn.lines("registers", "reg | pid | attr", rows)


def test_a_severely_disabled_person_outside(find):
    (found,) = find("O19", listed("残疾 | p2 | 肢体一级"))
    assert found["explanation"] == "一人在残疾名单上，不在任何在保家庭中，须入户核实是否应保未保。"
    assert (found["severity"], found["person_id"]) == ("B", drawn.pid(2))


def test_a_person_under_low_income_watch(find):
    assert find("O19", listed("低收入监测 | p2 | 突发严重困难户"))


@pytest.mark.parametrize("level, wrong", [("肢体二级", True), ("肢体三级", False)])
def test_the_second_degree_is_the_boundary(find, level, wrong):
    assert bool(find("O19", listed(f"残疾 | p2 | {level}"))) is wrong


def test_who_is_covered_is_not_left_out(find):
    assert not find("O19", listed("残疾 | p1 | 肢体一级"))
    assert find("O19", listed("残疾 | p1 | 肢体一级", status="注销"))


@pytest.mark.parametrize("other", ["死亡", "财政供养", "特困"])
def test_the_dead_the_paid_and_the_supported_need_nothing(find, other):
    assert not find("O19", listed("残疾 | p2 | 肢体一级", f"{other} | p2 | "))


def voted(agree, status):
    vote = f"reviews | vil_id | met_on | hh_id | present | agree | result\n | V1 | 2011-04-20 | D1 | 21 | {agree} | 不符合\n"
    return HEAD.format(status=status) + vote


def test_refused_against_the_votes(find):
    (found,) = find("O19", voted(14, "注销"))
    assert found["explanation"] == "2011年4月20日评议到会21人，同意14票，已达到2/3，结论却是不符合，现未保障。"
    assert not find("O19", voted(13, "注销"))
    assert not find("O19", voted(14, "在保"))


def complained(content, recheck="", hh_id="", status="在保"):
    row = f"complaints | no | on | content | recheck | hh_id\n | 7 | 2011-05-03 | {content} | {recheck} | {hh_id}\n"
    return HEAD.format(status=status) + row


def test_a_complaint_about_being_left_out(find):
    (found,) = find("O19", complained("母亲重病，村里不予受理申请"))
    assert found["explanation"] == "2011年5月3日登记的异议反映应保未保，尚无复核结果，没有查到纳入保障的记录。"
    assert found["sources"] == ["complaints.xlsx#表#2"]


def test_a_complaint_found_untrue_or_settled_is_none(find):
    assert not find("O19", complained("反映应保未保", "不属实"))
    assert not find("O19", complained("反映应保未保", "属实", "D1"))
    assert find("O19", complained("反映应保未保", "属实", "D1", status="注销"))
    assert not find("O19", complained("反映公示栏字迹不清"))
