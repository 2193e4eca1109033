"""G3 身份证与姓名质量 (R20)."""

import pytest

HEAD = "households | hh_id | kind | twn_id | head | head_pid\n | D1 | 农村 | T1 | 甲 | p1\n"


def people(*rows):
    return HEAD + "members | hh_id | pid | name\n" + "".join(f" | {row}\n" for row in rows)


def test_one_id_beside_two_names(find):
    (found,) = find("G3", people("D1 | p1 | 乙"))
    assert found["explanation"] == "同一身份证号对应2个不同姓名，须核对是谁填错。"
    assert (found["severity"], found["household_id"]) == ("C", "D1")
    assert found["sources"] == ["households.xlsx#表#2", "members.xlsx#表#2"]


def test_three_names_are_one_finding(find):
    assert [f["observed"] for f in find("G3", people("D1 | p1 | 乙", "D1 | p1 | 丙"))] == ["3个姓名"]


def test_the_name_in_a_register_counts_for_a_person_of_a_household(find):
    register = "registers | reg | pid | name\n | 机动车 | p1 | 乙\n | 机动车 | p9 | 丙\n | 死亡 | p9 | 丁\n"
    (found,) = find("G3", people("D1 | p1 | 甲") + register)
    assert (found["household_id"], found["observed"]) == ("D1", "2个姓名")


def test_one_number_of_two_heads_is_listed_and_proves_nothing(find):
    twice = HEAD + " | D1 | 农村 | T1 | 乙 | p2\nmembers | hh_id | pid | name\n | D1 | p1 | 甲\n"
    (found,) = find("G3", twice)
    assert (found["severity"], found["observed"], found["household_id"]) == ("C", "2名户主", "D1")
    assert found["sources"] == ["households.xlsx#表#2", "households.xlsx#表#3"]
    paid = "payments | hh_id | period | amt\n | D1 | 2011-02 | 200\n | D1 | 2011-02 | 200\n"
    (lead,) = find("F8", twice + paid)
    assert (
        lead["severity"] == "B"
        and "该低保证号由几名户主共用或是缺号后编的临时号，须先核对是哪一户。" in lead["explanation"]
    )
    assert find("F8", HEAD + paid)[0]["severity"] == "A"


def test_a_household_listed_twice_with_one_head_shares_no_number(find):
    again = HEAD + " | D1 | 农村 | T1 | 甲 | \nmembers | hh_id | pid | name\n | D1 | p1 | 甲\n"
    assert not find("G3", again)


def test_names_that_differ_on_two_member_lines(find):
    assert find("G3", people("D1 | p2 | 乙", "D1 | p2 | 丙"))


@pytest.mark.parametrize("name", ["甲", "甲?", "□", "  "])
def test_the_same_name_or_an_unreadable_one_is_no_difference(find, name):
    assert not find("G3", people(f"D1 | p1 | {name}"))


def test_dots_of_one_name_are_one(find):
    assert not find("G3", people("D1 | p2 | 艾力·卡德尔", "D1 | p2 | 艾力•卡德尔"))


def test_one_name_with_two_ids_is_two_persons(find):
    assert not find("G3", people("D1 | p2 | 乙", "D1 | p3 | 乙"))
