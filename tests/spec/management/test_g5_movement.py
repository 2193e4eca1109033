"""G5 动态管理停滞 (R69)."""

import drawn


def village(households=20, starts=(), left=(), code="V1"):
    months = {n: month for n, month in enumerate(starts)}
    rows = [f"{code}{n} | 农村 | T1 | {code} | {months.get(n, '2009-01')}" for n in range(households + len(left))]
    gone = [f"{code}{households + n} | {day}" for n, day in enumerate(left)]
    return rows, gone


def drawn_county(*villages):
    rows, gone = ([row for v in villages for row in v[at]] for at in (0, 1))
    return drawn.lines("households", "hh_id | kind | twn_id | vil_id | start", rows) + drawn.lines(
        "exits", "hh_id | exit_on", [*gone, "X | 2011-01-01"]
    )


def test_nobody_came_and_nobody_left(find):
    (found,) = find("G5", drawn_county(village()))
    assert found["explanation"] == "在保20户，12个月内纳入0户、退出0户，无进无出。"
    assert (found["severity"], found["village_code"]) == ("B", "V1")


def test_one_who_came_or_left_is_movement(find):
    assert not find("G5", drawn_county(village(starts=("2011-02",))))
    assert not find("G5", drawn_county(village(left=("2011-02-01",))))


def test_twelve_months_are_the_boundary(find):
    assert find("G5", drawn_county(village(starts=("2010-06",))))
    assert not find("G5", drawn_county(village(starts=("2010-07",))))


def test_nineteen_households_are_too_few(find):
    assert not find("G5", drawn_county(village(19)))


def test_a_village_that_moves_far_more_than_the_others(find):
    calm = [village(40, starts=("2011-01",) * 2, code=f"V{n}") for n in range(10, 32)]
    (found,) = find("G5", drawn_county(*calm, village(40, starts=("2011-01",) * 30, code="V9")))
    assert found["village_code"] == "V9" and "进出率75.0%" in found["explanation"]


def test_a_little_more_is_chance(find):
    calm = [village(40, starts=("2011-01",) * 2, code=f"V{n}") for n in range(10, 32)]
    assert not find("G5", drawn_county(*calm, village(40, starts=("2011-01",) * 5, code="V9")))
