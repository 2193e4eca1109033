"""O11 隐瞒养老金或工资 (R13)."""

import drawn
import pytest

HEAD = """
standards | kind | effective | std
          | 城市 | 2011-01-01 | 330
households | hh_id | kind | twn_id | size | pci | total
           | D1    | 城市 | T1     | 2    | 100 | 460
members | hh_id | pid | name | rel
        | D1    | p1  | 甲   | 本人
        | D1    | p2  | 乙   | 配偶
assessments | hh_id | date | pci | wage | trans
            | D1 | 2011-02-01 | 100 | {wage} | 0
"""


def income(*rows, wage="0"):
    return HEAD.format(wage=wage) + drawn.lines("registers", "reg | pid | val | attr | item", rows)


def test_a_pension_nobody_declared(find):
    (found,) = find("O11", income("养老 | p1 | 600 | 职工养老保险 | "))
    assert found["explanation"] == (
        "1名家庭成员在养老金、工资类登记中月收入共600元，核定时计入0元；补计后月人均400元，标准330元。"
    )
    assert (found["severity"], found["observed"], found["expected"]) == ("B", "月人均400元", "低于330元")


@pytest.mark.parametrize("amount, wrong", [("460", True), ("459.98", False)])
def test_the_standard_itself_is_the_boundary(find, amount, wrong):
    assert bool(find("O11", income(f"养老 | p1 | {amount} | | "))) is wrong


def test_three_registers_tell_of_one_wage(find):
    rows = [f"{reg} | p1 | 400 | | 某厂" for reg in ("社保", "公积金", "个税")]
    assert not find("O11", income(*rows))
    assert find("O11", income(*rows, "养老 | p2 | 100 | | "))


def test_what_was_declared_is_no_secret(find):
    assert not find("O11", income("养老 | p1 | 600 | | ", wage="7200"))
    assert find("O11", income("养老 | p1 | 600 | | ", wage="1200"))


@pytest.mark.parametrize("kind", ["城乡居民基础养老金", "高龄津贴", "优抚金"])
def test_kinds_that_are_no_income(find, kind):
    assert not find("O11", income(f"养老 | p1 | 900 | {kind} | "))


def test_somebody_elses_pension(find):
    assert not find("O11", income("养老 | p9 | 900 | | "))
