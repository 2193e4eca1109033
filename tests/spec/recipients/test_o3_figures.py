"""O3 家庭人口勾稽 (R20)."""

import pytest

HOUSEHOLD = "households | hh_id | kind | twn_id | head | head_pid | size | covered | pci | income_year"


def drawn(figures, members, columns="hh_id | pid | name | rel | is_cov"):
    rows = "\n".join(f" | {member}" for member in members)
    return f"{HOUSEHOLD}\n | D1 | 城市 | T1 | 甲 | p1 | {figures}\nmembers | {columns}\n{rows}\n"


THREE = ["D1 | p1 | 甲 | 本人 | 是", "D1 | p2 | 乙 | 配偶 | 是", "D1 | p3 | 丙 | 子 | 否"]


def test_figures_that_agree(find):
    assert not find("O3", drawn("3 | 2 | 100 | 3600", THREE))


def test_more_people_in_the_register_than_on_the_sheet(find):
    (found,) = find("O3", drawn("5 | 2 | | ", THREE))
    assert found["explanation"] == "家庭人口5人，成员表3人。"
    assert (found["observed"], found["expected"]) == ("家庭人口5人", "成员表3人")
    assert found["sources"] == ["households.xlsx#表#2", *(f"members.xlsx#表#{row}" for row in (2, 3, 4))]


def test_more_people_covered_than_marked(find):
    (found,) = find("O3", drawn("3 | 3 | | ", THREE))
    assert found["explanation"] == "保障人口3人，成员表中保障2人。"


def test_more_people_covered_than_there_are(find):
    (found,) = find(
        "O3", drawn("3 | 4 | | ", ["D1 | p1 | 甲 | 本人 | ", "D1 | p2 | 乙 | 子 | ", "D1 | p3 | 丙 | 子 | "])
    )
    assert found["explanation"] == "保障人口4人，多于家庭人口3人。"


@pytest.mark.parametrize("pci, wrong", [("100.50", False), ("100.51", True), ("99.50", False), ("99.49", True)])
def test_income_a_head_may_be_half_a_yuan_off(find, pci, wrong):
    assert bool(find("O3", drawn(f"3 | 2 | {pci} | 3600", THREE))) is wrong


def test_income_a_head_that_does_not_follow_from_the_year(find):
    (found,) = find("O3", drawn("3 | 2 | 150 | 3600", THREE))
    assert found["explanation"] == "登记月人均收入150元，按年总收入折算100元。"


def test_a_head_not_repeated_on_the_sheet_is_no_error(find):
    assert not find("O3", drawn("3 | 3 | 100 | 3600", THREE[1:]))


def test_one_person_short_with_the_head_listed_is_an_error(find):
    assert find("O3", drawn("4 | 2 | | ", THREE))


def test_a_person_listed_twice_is_one_person(find):
    assert not find("O3", drawn("3 | 2 | | ", [*THREE, "D1 | p2 | 乙 | 配偶 | 是", "D1 |  | 乙 | 配偶 | 是"]))


def test_covered_persons_are_not_counted_when_nobody_is_marked(find):
    assert not find("O3", drawn("2 | 1 | | ", ["D1 | p1 | 甲 | 本人 | ", "D1 | p2 | 乙 | 子 | "]))


def test_a_household_without_members_counts_where_the_township_sent_a_sheet(find):
    two = """
    households | hh_id | kind | twn_id | size
               | D1    | 城市 | T1     | 1
               | D2    | 城市 | T1     | 2
               | D3    | 城市 | T2     | 2
    members | hh_id | pid | name
            | D1    | p1  | 甲
    """
    (found,) = find("O3", two)
    assert found["household_id"] == "D2"
    assert found["explanation"] == "家庭人口2人，成员表0人。"


def test_a_head_who_lives_alone_need_not_be_on_the_member_sheet(find):
    two = """
    households | hh_id | kind | twn_id | head | size
               | D1    | 城市 | T1     | 甲   | 2
               | D2    | 城市 | T1     | 丙   | 1
    members | hh_id | pid | name | rel
            | D1    | p1  | 甲   | 本人
            | D1    | p2  | 乙   | 子
    """
    assert not find("O3", two)
