"""O5 财政供养人员享受 (R13)."""

import pytest

HOUSEHOLD = """
households | hh_id | kind | twn_id | size | covered | total | start   | status
           | D1    | 城市 | T1     | 2    | 2       | 300   | {start} |
members | hh_id | pid | name | rel  | is_cov
        | D1    | p1  | 甲   | 本人 | 是
        | D1    | p2  | 乙   | 配偶 | {covered}
payments | hh_id | period  | amt
         | D1    | 2010-11 | 300
         | D1    | 2010-12 | 300
         | D1    | 2011-01 | 300
"""


def drawn(row, start="2009-01", covered="是"):
    register = f"registers | reg | pid | from | to | attr | item | asof\n | 财政供养 | {row}\n"
    return HOUSEHOLD.format(start=start, covered=covered) + register


def test_on_the_payroll_while_covered(find):
    (found,) = find("O5", drawn("p2 | 2010-12-01 | | 教师 | 某小学 | 2011-05-31"))
    assert found["explanation"] == (
        "一名家庭成员2010年12月至2011年5月间6个月既在财政供养名单上，又在低保户内，同期该户领取600元。"
    )
    assert (found["severity"], found["period"], found["amount_fen"]) == ("A", "2010-12", 60000)
    assert found["sources"] == ["households.xlsx#表#2", "members.xlsx#表#3", "registers.xlsx#表#2"]


def test_an_open_beginning_is_the_cut_off_date(find):
    (found,) = find("O5", drawn("p2 | | | 教师 | 某小学 | 2011-05-31"))
    assert found["period"] == "2011-05"


def test_without_any_date_the_whole_period_overlaps_as_a_lead(find):
    (found,) = find("O5", drawn("p2 | | | 教师 | 某小学 | "))
    assert (found["severity"], found["period"]) == ("B", "2010-01")
    assert found["explanation"].endswith("（财政供养名单没有数据截止日，须核实）。")


def test_a_member_who_is_not_covered_is_a_lead(find):
    (found,) = find("O5", drawn("p2 | 2010-12-01 | | 教师 | 某小学 | 2011-05-31", covered="否"))
    assert found["severity"] == "B"


def test_leaving_the_payroll_in_the_first_covered_month_is_the_boundary(find):
    assert find("O5", drawn("p2 | 2008-01-01 | 2010-03-31 | 教师 | | 2011-05-31", start="2010-03"))
    assert not find("O5", drawn("p2 | 2008-01-01 | 2010-02-28 | 教师 | | 2011-05-31", start="2010-03"))


@pytest.mark.parametrize(
    "attr, item", [("公益性岗位（保洁）", "街道办"), ("", "人社局公益性岗位"), ("临时工", ""), ("遗属补助", "")]
)
def test_posts_that_are_no_public_payroll(find, attr, item):
    assert not find("O5", drawn(f"p2 | 2010-12-01 | | {attr} | {item} | 2011-05-31"))


def test_an_exit_ends_the_overlap(find):
    exits = "exits | hh_id | pid | exit_on\n | D1 | p2 | 2010-12-09\n"
    assert not find("O5", drawn("p2 | 2010-12-01 | | 教师 | 某小学 | 2011-05-31") + exits)
    (found,) = find("O5", drawn("p2 | 2010-11-01 | | 教师 | 某小学 | 2011-05-31") + exits)
    assert found["observed"] == "重叠1个月"


def test_monthly_payroll_rows_are_one_finding(find):
    months = "registers | reg | pid | from | to | asof\n" + "\n".join(
        f" | 财政供养 | p2 | 2010-{month}-01 | 2010-{month}-28 | 2010-12-31" for month in ("03", "04", "05")
    )
    (found,) = find("O5", HOUSEHOLD.format(start="2009-01", covered="是") + months)
    assert found["observed"] == "重叠3个月"
