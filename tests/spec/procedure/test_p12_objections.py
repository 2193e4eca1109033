"""P12 异议未闭环 (R53, R70)."""

import drawn
import pytest


def objections(*rows):
    return drawn.lines("complaints", "no | on | recheck | reposted", rows)


def test_nobody_looked_into_it(find):
    (found,) = find("P12", objections("1 | 2011-05-01 | | "))
    assert found["explanation"] == "一件异议2011年5月1日登记，至今已50天，没有复核结果、没有再次公榜。"
    assert (found["severity"], found["observed"]) == ("A", "没有复核结果、没有再次公榜")


def test_rechecked_and_never_posted_again(find):
    (found,) = find("P12", objections("1 | 2011-05-01 | 属实 | "))
    assert found["observed"] == "没有再次公榜"


def test_posted_again_without_a_result(find):
    assert find("P12", objections("1 | 2011-06-01 | | 2011-06-10"))


@pytest.mark.parametrize("day, wrong", [("2011-05-31", False), ("2011-06-01", True)])
def test_thirty_days_are_the_boundary(find, day, wrong):
    found = find("P12", objections(f"1 | 2011-05-01 | 不属实 | {day}"))
    assert [f["observed"] for f in found] == (["用时31天"] if wrong else [])


def test_there_is_still_time(find):
    assert not find("P12", objections("1 | 2011-05-21 | | "))
    assert find("P12", objections("1 | 2011-05-20 | | "))


def test_an_objection_without_a_day_cannot_be_late(find):
    assert not find("P12", objections("1 | | | "))
