"""C4 自查不实 (R62, R65)."""

import drawn
import pytest

from dibao_lib.sampling import rate_interval


def visited(problems, kept, *, problem="退出 | 户在人在", on="2011-06-01", start="2009-01"):
    """So many households with a problem and so many without, all visited by a team."""
    numbers = range(problems + kept)
    text = drawn.lines(
        "households", "hh_id | kind | twn_id | vil_id | start", [f"D{n} | 农村 | T1 | V1 | {start}" for n in numbers]
    )
    views = [problem if n < problems else "保留 | 户在人在" for n in numbers]
    return text + drawn.lines(
        "visits", "hh_id | on | view | found", [f"D{n} | {on} | {view}" for n, view in enumerate(views)]
    )


def test_nine_of_sixty_were_not_reported(find):
    (found,) = find("C4", visited(9, 51))
    assert found["explanation"] == (
        "复核60户，有9户的问题自查没有报告，占15.0%（95%置信区间7.0%至26.6%），下限高于5.0%。"
    )
    assert (found["severity"], found["township_code"], len(found["sources"])) == ("A", "T1", 9)


@pytest.mark.parametrize("problems, size", [(7, 60), (8, 60), (3, 12), (2, 12), (1, 1), (5, 30)])
def test_the_limits_are_those_of_the_sampling_chapter(find, problems, size):
    exact = rate_interval(problems, size)
    found = find("C4", visited(problems, size - problems))
    assert bool(found) is (exact.lower > 0.05)
    for finding in found:
        lower, upper = finding["explanation"].partition("区间")[2].partition("）")[0].split("至")
        assert 0 <= exact.lower - float(lower[:-1]) / 100 < 0.001
        assert 0 <= float(upper[:-1]) / 100 - exact.upper < 0.001


def test_what_self_inspection_reported_is_not_concealed(find):
    text = visited(9, 51)
    assert not find("C4", text + drawn.lines("reviews", "vil_id | hh_id | met_on | result", [f"V1 | D{n} | 2011-04-20 | 不符合" for n in range(3)]))  # fmt: skip
    assert not find("C4", text + drawn.lines("filings", "cad_pid | hh_id | verdict", [f"p1 | D{n} | 不符合" for n in range(3)]))  # fmt: skip
    assert not find("C4", text + drawn.lines("exits", "hh_id | exit_on | route", [f"D{n} | 2011-06-10 | 自查清退" for n in range(3)]))  # fmt: skip
    assert find("C4", text + drawn.lines("exits", "hh_id | exit_on | route", [f"D{n} | 2011-06-10 | 检查清退" for n in range(3)]))  # fmt: skip


def test_what_came_after_self_inspection_does_not_count(find):
    assert not find("C4", visited(9, 51, start="2011-06"))
    assert find("C4", visited(9, 51, start="2011-05"))


def test_visits_of_self_inspection_itself_are_no_second_look(find):
    assert not find("C4", visited(9, 51, on="2011-05-15"))
    assert find("C4", visited(9, 51, on="2011-05-16"))


@pytest.mark.parametrize("died, wrong", [("2011-05-15", True), ("2011-05-16", False)])
def test_a_death_counts_when_it_came_before_the_end_of_self_inspection(find, died, wrong):
    text = visited(9, 51, problem="退出 | 死亡")
    text += drawn.lines("members", "hh_id | pid", [f"D{n} | p{n + 1}" for n in range(9)])
    text += drawn.lines("registers", "reg | pid | from", [f"死亡 | p{n + 1} | {died}" for n in range(9)])
    assert bool(find("C4", text)) is wrong


def test_a_doubt_is_no_problem_yet(find):
    assert not find("C4", visited(9, 51, problem="待查 | 户在人在"))
