"""P6 评议未全覆盖 (R43)."""

import datetime as dt

HOUSEHOLDS = """
households | hh_id | kind | twn_id | vil_id | start   | status
           | D1    | 农村 | T1     | V1     | 2009-01 | 在保
           | D2    | 农村 | T1     | V1     |         |
           | D3    | 农村 | T1     | V1     | {start} | {status}
"""


def drawn(reviewed, start="2010-01", status="在保", more=""):
    rows = "\n".join(f" | V1 | {on} | {hh}" for on, hh in reviewed)
    return HOUSEHOLDS.format(start=start, status=status) + f"reviews | vil_id | met_on | hh_id\n{rows}\n" + more


MET = "2011-04-20"


def test_a_household_nobody_voted_on(find):
    (found,) = find("P6", drawn([(MET, "D1"), (MET, "D2")]))
    assert found["explanation"] == "2011年4月20日评议时在保3户，评议2户，漏评1户。"
    assert (found["severity"], found["village_code"], found["household_id"]) == ("A", "V1", None)
    assert found["sources"] == ["households.xlsx#表#4"]


def test_everybody_reviewed_in_two_sessions(find):
    assert not find("P6", drawn([("2011-04-18", "D1"), (MET, "D2"), (MET, "D3")]))


def test_beginning_in_the_month_before_the_meeting_is_the_boundary(find):
    assert find("P6", drawn([(MET, "D1"), (MET, "D2")], start="2011-03"))
    assert not find("P6", drawn([(MET, "D1"), (MET, "D2")], start="2011-04"))


def test_a_household_that_left_on_the_day_of_the_meeting_is_out_of_scope(find):
    def leaving(day):
        return drawn([(MET, "D1"), (MET, "D2")], more=f"exits | hh_id | exit_on\n | D3 | {day}\n")

    assert not find("P6", leaving("2011-04-20"))
    assert find("P6", leaving("2011-04-21"))


def test_a_household_marked_as_ended_without_a_date_is_out_of_scope(find):
    assert not find("P6", drawn([(MET, "D1"), (MET, "D2")], status="注销"))


def test_a_review_in_another_village_does_not_count(find):
    text = drawn([(MET, "D1"), (MET, "D2")]) + " | V9 | 2011-04-20 | D3\n"
    assert [f["observed"] for f in find("P6", text)] == ["评议2户"]


NEIGHBOUR = """
households | hh_id | kind | twn_id | vil_id
           | D1    | 农村 | T1     | V1
           | D7    | 农村 | T1     | V7
           | D8    | 农村 | T2     | V8
reviews | vil_id | met_on | hh_id
        | V1     | 2011-04-20 | D1
"""


def test_a_village_without_any_review_after_the_deadline(find):
    (found,) = find("P6", NEIGHBOUR)
    assert found["village_code"] == "V7"
    assert found["explanation"] == "在保1户，至2011年4月30日仍没有评议记录。"
    assert found["sources"] == ["households.xlsx#表#3"]


def test_until_the_deadline_a_village_may_still_meet(find):
    assert not find("P6", NEIGHBOUR, today=dt.date(2011, 4, 30))
    assert find("P6", NEIGHBOUR, today=dt.date(2011, 5, 1))
