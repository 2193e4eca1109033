"""O18 平均发放 (R14)."""

import pytest
from drawn import lines

COLUMNS = "hh_id | kind | twn_id | vil_id | covered | base | method"


def village(amounts, kind="农村", method="补差"):
    rows = (f"D{i:02d} | {kind} | T1 | V1 | 2 | {base} | {method}" for i, base in enumerate(amounts))
    return lines("households", COLUMNS, rows)


def test_everybody_gets_the_same(find):
    (found,) = find("O18", village([120] * 10))
    assert found["explanation"] == "农村低保10户中有10户人均保障金同为60元，占100.0%。"
    assert (found["severity"], found["village_code"], found["township_code"]) == ("B", "V1", "T1")
    assert len(found["sources"]) == 10


def test_nine_of_ten_is_the_boundary(find):
    assert find("O18", village([120] * 9 + [200]))
    assert not find("O18", village([120] * 8 + [200, 90]))


def test_nine_households_are_too_few(find):
    assert not find("O18", village([120] * 9))


def test_the_amount_a_person_counts_not_the_households(find):
    rows = [f"D{i} | 农村 | T1 | V1 | {i + 1} | {60 * (i + 1)} | 补差" for i in range(10)]
    assert find("O18", lines("households", COLUMNS, rows))


@pytest.mark.parametrize("tiered, lead", [(5, True), (6, False)])
def test_a_village_that_mostly_pays_by_tiers_is_left_out(find, tiered, lead):
    rows = [f"D{i} | 农村 | T1 | V1 | 2 | 120 | {'分档' if i < tiered else '补差'}" for i in range(10)]
    assert bool(find("O18", lines("households", COLUMNS, rows))) is lead


def test_town_and_country_are_counted_apart(find):
    rows = [f"D{i} | {'农村' if i < 5 else '城市'} | T1 | V1 | 2 | 120 | 补差" for i in range(10)]
    assert not find("O18", lines("households", COLUMNS, rows))
