"""P13 批量同日程序 (R16)."""

import drawn
import pytest


def village(*dates):
    households = [f"D{n:02d} | 农村 | T1 | V1" for n in range(len(dates))]
    events = [f"D{n:02d} | {each}" for n, each in enumerate(dates)]
    return drawn.lines("households", "hh_id | kind | twn_id | vil_id", households) + drawn.lines(
        "case_events", "hh_id | apply | review | twn_review | approve", events
    )


def apart(n):
    return " | ".join(f"2010-{month:02d}-{n + 1:02d}" for month in (1, 2, 3, 4))


SAME = "2010-03-01 | 2010-03-05 | 2010-03-20 | 2010-04-01"


def test_a_village_in_one_go(find):
    (found,) = find("P13", village(*[SAME] * 9, apart(9)))
    assert found["explanation"] == "10户中有9户四个程序日期至少3个相同（审批日期2010年4月1日），占90.0%。"
    assert (found["severity"], found["village_code"], len(found["sources"])) == ("B", "V1", 9)


def test_three_equal_days_of_four_are_enough(find):
    own = [f"2010-02-{n + 1:02d} | 2010-03-05 | 2010-03-20 | 2010-04-01" for n in range(10)]
    assert find("P13", village(*own))


def test_two_equal_days_are_not(find):
    own = [f"2010-01-{n + 1:02d} | 2010-02-{n + 1:02d} | 2010-03-20 | 2010-04-01" for n in range(10)]
    assert not find("P13", village(*own))


@pytest.mark.parametrize("same, wrong", [(18, True), (17, False)])
def test_nine_in_ten_are_the_boundary(find, same, wrong):
    assert bool(find("P13", village(*[SAME] * same, *map(apart, range(20 - same))))) is wrong


def test_nine_households_are_too_few(find):
    assert not find("P13", village(*[SAME] * 9))


def test_missing_days_are_never_equal(find):
    assert not find("P13", village(*["2010-03-01 | | | "] * 12))
