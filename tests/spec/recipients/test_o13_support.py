"""O13 低保与特困等重复 (R13)."""

import drawn
import pytest

HEAD = """
households | hh_id | kind | twn_id | covered | start
           | D1    | 农村 | T1     | 2       | 2009-01
members | hh_id | pid | name | rel  | is_cov
        | D1    | p1  | 甲   | 本人 | 是
        | D1    | p2  | 乙   | 父母 | {covered}
payments | hh_id | period | amt
         | D1 | 2011-03 | 200
         | D1 | 2011-04 | 200
         | D1 | 2011-05 | 200
"""


def supported(row, covered="是"):
    return HEAD.format(covered=covered) + drawn.lines("registers", "reg | pid | from | to | asof", [row])


def test_covered_here_and_supported_there(find):
    (found,) = find("O13", supported("特困 | p2 | 2011-04-01 | | 2011-05-31"))
    assert found["explanation"] == "一名保障对象2011年4月、2011年5月同时在特困供养名单上，按人均计领取低保金200元。"
    assert (found["severity"], found["period"], found["amount_fen"]) == ("A", "2011-04", 20000)
    assert found["person_id"] == drawn.pid(2)


def test_an_orphan(find):
    assert "孤儿供养名单" in find("O13", supported("孤儿 | p2 | 2011-01-01 | | 2011-05-31"))[0]["explanation"]


def test_without_a_cut_off_date_it_is_a_lead(find):
    (found,) = find("O13", supported("特困 | p2 | 2011-04-01 | | "))
    assert found["severity"] == "B" and found["explanation"].endswith("（特困名单没有数据截止日，须核实）。")


@pytest.mark.parametrize("since, months", [("2011-05-31", 1), ("2011-06-01", 0)])
def test_one_common_month_is_the_boundary(find, since, months):
    assert len(find("O13", supported(f"特困 | p2 | {since} | | 2011-06-15"))) == months


def test_the_others_may_keep_the_allowance(find):
    assert not find("O13", supported("特困 | p2 | 2011-04-01 | | 2011-05-31", covered="否"))


def test_support_that_ended_before(find):
    assert not find("O13", supported("特困 | p2 | 2005-01-01 | 2009-12-31 | 2011-05-31"))
