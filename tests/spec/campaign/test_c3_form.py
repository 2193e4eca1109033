"""C3 统计表与明细不符 (R33, R47)."""

import pytest

DETAIL = """
households | hh_id | kind | twn_id | vil_id | covered | start
           | D1    | 城市 | T1     | V1     | 2       | 2009-01
           | D2    | 城市 | T1     | V1     | 3       | 2011-04
           | D3    | 农村 | T1     | V2     | 1       |
           | D4    | 农村 | T1     | V2     | 4       |
           | D5    | 农村 | T1     | V2     | 2       |
members | hh_id | pid | name | rel
        | D3    | p3  | 甲   | 本人
        | D4    | p4  | 乙   | 本人
        | D4    | p5  | 丙   | 子
exits | hh_id | pid | exit_on    | reason
      | D3    |     | 2011-04-20 | 收入超标
      | D4    | p5  | 2011-04-25 | 死亡
      | D5    |     | 2011-04-06 | 自愿
"""


def form(columns, *rows):
    return DETAIL + f"stat_form | twn_id | kind | {columns}\n" + "".join(f" | T1 | {row}\n" for row in rows)


def told(found):
    return [f["explanation"] for f in found]


def test_households_and_persons_on_the_day_of_the_form(find):
    assert not find("C3", form("hh_p.households | hh_p.persons | filed_on", "城市 | 2 | 5 | 2011-05-08"))
    found = find("C3", form("hh_p.households | hh_p.persons | filed_on", "城市 | 3 | 5 | 2011-05-08"))
    assert told(found) == ["统计表城市“现有低保户数”填报3户，按明细计算为2户，多报1户。"]
    assert (found[0]["observed"], found[0]["expected"]) == ("现有低保户数3户", "现有低保户数2户")
    assert (found[0]["severity"], found[0]["township_code"]) == ("A", "T1")


@pytest.mark.parametrize("filed_on, households", [("2011-04-19", 2), ("2011-04-20", 1), ("", 1)])
def test_a_household_is_counted_until_the_day_it_leaves(find, filed_on, households):
    assert not find("C3", form("hh_p.households | filed_on", f"农村 | {households} | {filed_on}"))
    assert find("C3", form("hh_p.households | filed_on", f"农村 | {households + 1} | {filed_on}"))


def test_removals_by_reason_within_the_self_inspection(find):
    assert not find("C3", form("out5.income_households | out5.income_persons | filed_on", "农村 | 1 | 1 | 2011-05-08"))
    found = find("C3", form("out5.income_households | out5.income_persons | filed_on", "农村 | 2 | 1 | 2011-05-08"))
    assert told(found) == ["统计表农村“清退收入超标户数”填报2户，按明细计算为1户，多报1户。"]
    assert found[0]["sources"] == ["stat_form.xlsx#表#2", "exits.xlsx#表#2"]


def test_an_exit_before_the_self_inspection_or_after_the_form_is_not_counted(find):
    assert not find("C3", form("out5.other_households | filed_on", "农村 | 0 | 2011-05-08"))
    assert not find("C3", form("out5.income_households | filed_on", "农村 | 0 | 2011-04-19"))
    assert find("C3", form("out5.income_households | filed_on", "农村 | 0 | 2011-04-20"))


def test_one_member_who_dies_is_a_person_and_no_household(find):
    assert not find("C3", form("out5.death_households | out5.death_persons", "农村 | 0 | 1"))
    assert find("C3", form("out5.death_persons", "农村 | 0"))


def test_new_households_since_the_campaign_began(find):
    assert not find("C3", form("in_new.households", "城市 | 1"))
    assert told(find("C3", form("in_new.households", "城市 | 0"))) == [
        "统计表城市“新纳入户数”填报0户，按明细计算为1户，少报1户。"
    ]


def test_blank_cells_are_not_compared(find):
    assert not find("C3", form("hh_p.households | in_new.households", "城市 | | "))


def test_panels_and_meetings_are_compared_on_the_total_row_only(find):
    lists = "panels | vil_id | name\n | V1 | 甲\n | V2 | 乙\nreviews | vil_id | hh_id\n | V1 | D1\n"
    columns = "panel.formed | panel.met"
    assert not find("C3", form(columns, "合计 | 2 | 1", "城市 | 9 | 9") + lists)
    assert told(find("C3", form(columns, "合计 | 2 | 2") + lists)) == [
        "统计表合计“召开评议会数”填报2个，按明细计算为1个，多报1个。"
    ]


def test_a_cell_without_any_detail_list_is_not_compared(find):
    assert not find("C3", form("panel.formed | panel.met", "合计 | 9 | 9"))
    assert not find("C3", "stat_form | twn_id | kind | hh_p.households\n | T7 | 城市 | 5\n" + DETAIL)


def test_the_total_row_is_town_plus_country(find):
    rows = ("城市 | 10 | 3.5", "农村 | 20 | 4")
    assert not find("C3", form("people | money.involved", *rows, "合计 | 30 | 7.50"))
    found = find("C3", form("people | money.involved", *rows, "合计 | 30 | 8"))
    assert told(found) == ["统计表合计“涉及资金”填报8元，城市与农村相加为7.50元，多报0.50元。"]
    assert found[0]["sources"] == ["stat_form.xlsx#表#4", "stat_form.xlsx#表#2", "stat_form.xlsx#表#3"]


def test_a_total_with_a_blank_part_is_not_compared(find):
    assert not find("C3", form("people", "城市 | 10", "农村 | ", "合计 | 30"))


def test_removals_are_not_compared_where_no_household_was_imported(find):
    rows = "stat_form | twn_id | kind | out5.income_households\n | T7 | 农村 | 5\n"
    assert not find("C3", DETAIL + rows)
