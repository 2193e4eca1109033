"""P3 评议团人数 (R39, R41)."""

import datetime as dt

from drawn import lines
from hypothesis import given, settings
from hypothesis import strategies as st

HOUSEHOLDS = """
households | hh_id | kind | twn_id | vil_id
           | D1    | 农村 | T1     | V1
           | D2    | 农村 | T1     | V2
           | D3    | 农村 | T2     | V3
"""


def panel(count, village="V1", more=()):
    return HOUSEHOLDS + lines(
        "panels",
        "vil_id | name | pid | role",
        [*(f"{village} | 评议员{i} | | 村(居)民代表" for i in range(count)), *more],
    )


def test_nineteen_are_one_too_few(find):
    found = [f for f in find("P3", panel(19)) if f["village_code"] == "V1"]
    assert [f["explanation"] for f in found] == ["评议团共19人，少于20人，还差1人。"]
    assert (found[0]["severity"], found[0]["township_code"], len(found[0]["sources"])) == ("A", "T1", 19)


def test_twenty_are_enough(find):
    assert not [f for f in find("P3", panel(20)) if f["village_code"] == "V1"]


def test_a_person_listed_twice_counts_once(find):
    twice = ["V1 | 评议员0 | | 老党员", "V1 | 甲 | p1 | 老党员", "V1 | 甲 | p1 | 人大代表", "V1 | 甲 | | 其他"]
    (found,) = [f for f in find("P3", panel(18, more=twice)) if f["village_code"] == "V1"]
    assert found["observed"] == "19人"


def test_two_persons_of_one_name_with_two_ids_are_two(find):
    two = ["V1 | 甲 | p1 | 老党员", "V1 | 甲 | p2 | 人大代表"]
    assert not [f for f in find("P3", panel(18, more=two)) if f["village_code"] == "V1"]


def test_no_panel_is_reported_after_the_deadline_where_the_township_sent_any(find):
    found = find("P3", panel(20))
    assert [(f["village_code"], f["observed"]) for f in found] == [("V2", "0人")]
    assert found[0]["explanation"] == "该村（居）有低保对象，但没有评议团名册，应不少于20人。"
    assert found[0]["sources"] == ["households.xlsx#表#3"]


def test_no_panel_is_not_reported_on_the_last_day(find):
    assert not find("P3", panel(20), today=dt.date(2011, 4, 30))
    assert find("P3", panel(20), today=dt.date(2011, 5, 1))


def test_a_village_without_recipients_needs_no_panel(find):
    gone = "exits | hh_id | exit_on\n | D2 | 2011-03-01\n"
    assert not find("P3", panel(20) + gone)


@settings(max_examples=8, deadline=None)
@given(sizes=st.lists(st.tuples(st.integers(1, 40), st.integers(0, 40)), min_size=1, max_size=30))
def test_panel_arithmetic_is_exact(find, sizes):
    """P3 and P4 over many villages at once: fewer than 20 persons; fewer than two thirds representatives."""
    rows = [
        f"V{at} | 人{at}之{i} | | {'村(居)民代表' if i < reps else '老党员'}"
        for at, (persons, reps) in enumerate(sizes)
        for i in range(persons)
    ]
    text = "households | hh_id | kind | twn_id\n | D1 | 农村 | T1\n" + lines(
        "panels", "vil_id | name | pid | role", rows
    )
    small = {f"V{at}" for at, (persons, _) in enumerate(sizes) if persons < 20}
    short = {f"V{at}" for at, (persons, reps) in enumerate(sizes) if 3 * min(reps, persons) < 2 * persons}
    assert {f["village_code"] for f in find("P3", text)} == small
    assert {f["village_code"] for f in find("P4", text)} == short
