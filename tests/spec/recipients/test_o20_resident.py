"""O20 户籍与在住异常 (R13)."""

import drawn
import pytest

HEAD = """
households | hh_id | kind | twn_id | covered | start
           | D1    | 农村 | T1     | 2       | 2009-01
members | hh_id | pid | name | rel  | is_cov
        | D1    | p1  | 甲   | 本人 | 是
        | D1    | p2  | 乙   | 子   | {covered}
payments | hh_id | period | amt
         | D1 | 2011-04 | 200
         | D1 | 2011-05 | 200
"""


def away(*rows, covered="是"):
    return HEAD.format(covered=covered) + drawn.lines("registers", "reg | pid | status | from | to", rows)


def test_moved_away(find):
    (found,) = find("O20", away("户籍 | p2 | 迁出 | 1990-01-01 | 2011-03-10"))
    assert found["explanation"] == "一名保障对象的登记状态为迁出，2011年4月、2011年5月仍列为保障对象，其份额共200元。"
    assert (found["severity"], found["period"], found["amount_fen"]) == ("B", "2011-04", 20000)


def test_in_prison(find):
    (found,) = find("O20", away("服刑 | p2 | | 2011-04-05 | 2013-01-01"))
    assert (found["observed"], found["period"]) == ("服刑", "2011-05")


def test_missing(find):
    assert find("O20", away("户籍 | p1 | 失踪 | | "))


@pytest.mark.parametrize("day, wrong", [("2011-04-30", True), ("2011-05-01", False)])
def test_the_month_of_moving_is_the_boundary(find, day, wrong):
    assert bool(find("O20", away(f"户籍 | p2 | 迁出 | | {day}"))) is wrong


def test_who_is_not_covered_may_go(find):
    assert not find("O20", away("户籍 | p2 | 迁出 | | 2011-01-01", covered="否"))


def test_the_dead_are_for_another_check(find):
    assert not find("O20", away("户籍 | p2 | 注销 | | 2011-01-01", "死亡 | p2 | | 2011-01-01 | "))


def test_absence_counts_only_where_the_books_are_nearly_complete(find):
    assert not find("O20", away("户籍 | p1 | 正常 | | "))
    many = "".join(f" | D1 | p{n} | 人{n} | 其他 | 是\n" for n in range(10, 50))
    rows = [f"户籍 | p{n} | 正常 | | " for n in (1, *range(10, 50))]
    text = away(*rows).replace("payments |", many + "payments |")
    (found,) = find("O20", text)
    assert found["explanation"] == "一名保障对象不在户籍数据中，先核对身份证号。"
