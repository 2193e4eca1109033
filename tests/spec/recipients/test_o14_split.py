"""O14 分户保 (R14)."""

import drawn
import pytest

HEAD = """
households | hh_id | kind | twn_id | vil_id | covered | hukou_no | start   | cause
           | D1    | 农村 | T1     | V1     | {covered} | {first}  | 2009-01 | {cause}
           | D2    | 农村 | T1     | {village} | 2    | {second} | 2010-01 |
members | hh_id | pid | name | rel | is_cov | dis_lvl
        | D1    | p1  | 甲   | 本人 | 是 | {level}
"""


def drawn_households(first="", second="", village="V1", covered="2", cause="", level=""):
    return HEAD.format(first=first, second=second, village=village, covered=covered, cause=cause, level=level)


def book(*rows):
    return drawn.lines("registers", "reg | pid | item | attr | status", [f"户籍 | {row}" for row in rows])


def test_two_households_on_one_book(find):
    (found,) = find("O14", drawn_households("008", "008"))
    assert found["explanation"] == "同一村（居）2个低保户登记在同一本户口簿上。"
    assert (found["severity"], found["household_id"]) == ("B", "D2")


def test_book_numbers_of_two_villages_are_two_books(find):
    assert not find("O14", drawn_households("008", "008", village="V2"))


@pytest.mark.parametrize("number", ["", "0", "无", "-"])
def test_a_missing_number_is_no_book(find, number):
    assert not find("O14", drawn_households(number, number))


def test_the_spouse_stays_outside(find):
    (found,) = find("O14", drawn_households() + book("p1 | 008 | 户主 | ", "p2 | 008 | 配偶 | "))
    assert found["explanation"] == "户口簿上的配偶等1人没有列入该低保户。"


def test_a_marriage_tells_the_same(find):
    wed = drawn.lines("registers", "reg | pid | item | status", [f"婚姻 | p1 | {drawn.pid(2)} | 已婚"])
    assert find("O14", drawn_households() + wed)
    assert not find("O14", drawn_households() + wed.replace("已婚", "离婚"))


def test_a_spouse_who_moved_away_or_an_adult_child_is_lawful(find):
    assert not find("O14", drawn_households() + book("p1 | 008 | 户主 | ", "p2 | 008 | 配偶 | 迁出"))
    assert not find("O14", drawn_households() + book("p1 | 008 | 户主 | ", "p2 | 008 | 子 | "))


def alone(persons, **change):
    return drawn_households(covered="1", **change) + book(*(f"p{n} | 008 | 父母 | " for n in range(1, persons + 1)))


def test_one_of_three_is_covered(find):
    (found,) = find("O14", alone(3))
    assert found["explanation"] == "户口簿上有3人，只保障1人，没有重残、重病等单人保障的原因。"


def test_a_book_of_three_is_the_boundary(find):
    assert not find("O14", alone(2))


@pytest.mark.parametrize("change", [{"cause": "重病"}, {"cause": "单人保"}, {"level": "二级"}])
def test_severe_illness_or_disability_may_be_covered_alone(find, change):
    assert not find("O14", alone(4, **change))
