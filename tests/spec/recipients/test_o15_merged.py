"""O15 合户保 (R14)."""

import drawn
import pytest

HEAD = """
households | hh_id | kind | twn_id | head_pid | total
           | D1    | 农村 | T1     | p1       | 300
members | hh_id | pid | name | rel  | is_cov
        | D1    | p1  | 甲   | 本人 | 是
        | D1    | p2  | 乙   | {rel} | {covered}
"""


def merged(rel="其他", covered="是", books=("008", "009")):
    rows = [f"户籍 | p{n} | {item}" for n, item in enumerate(books, 1)]
    return HEAD.format(rel=rel, covered=covered) + drawn.lines("registers", "reg | pid | item", rows)


def test_somebody_of_another_book_who_is_no_relative(find):
    (found,) = find("O15", merged())
    assert found["explanation"] == "该户1名保障对象登记在另外1本户口簿上，与户主的关系为其他或空白。"
    assert (found["severity"], found["observed"], found["amount_fen"]) == ("B", "跨2本户口簿", 30000)


def test_a_blank_relation_where_others_are_told(find):
    assert find("O15", merged(rel=""))


def test_two_strangers_of_two_books_are_one_finding(find):
    more = merged(books=("008", "009", "010")).replace("registers |", " | D1 | p3 | 丙 | 其他 | 是\nregisters |")
    (found,) = find("O15", more)
    assert found["observed"] == "跨3本户口簿"


@pytest.mark.parametrize("rel", ["配偶", "父母", "儿媳"])
def test_relatives_may_have_a_book_of_their_own(find, rel):
    assert not find("O15", merged(rel=rel))


def test_one_book_is_one_family(find):
    assert not find("O15", merged(books=("008", "008")))


def test_who_is_not_covered_was_not_merged(find):
    assert not find("O15", merged(covered="否"))


def test_a_list_without_relations_is_not_judged(find):
    assert not find("O15", merged(rel="").replace("| 本人 |", "| |"))
