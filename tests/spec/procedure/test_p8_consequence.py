"""P8 评议不符仍发放 (R48)."""

import datetime as dt

import drawn

LATER = dt.date(2011, 9, 20)
HEAD = """
households | hh_id | kind | twn_id | vil_id | start
           | D1    | 城市 | T1     | V1     | 2009-01
"""


def reviewed(result="不符合", months=("2011-04", "2011-05", "2011-06", "2011-07"), more=""):
    vote = (
        f"reviews | vil_id | met_on | hh_id | present | agree | result\n | V1 | 2011-04-20 | D1 | 20 | 6 | {result}\n"
    )
    return HEAD + vote + drawn.lines("payments", "hh_id | period | amt", [f"D1 | {m} | 200" for m in months]) + more


def test_the_money_goes_on(find):
    (found,) = find("P8", reviewed(), today=LATER)
    assert found["explanation"] == (
        "2011年4月20日评议不符合条件（到会20人，同意6票），2011年6月、2011年7月仍发放400元，没有重新认定的记录。"
    )
    assert (found["severity"], found["period"], found["amount_fen"]) == ("A", "2011-06", 40000)


def test_one_cycle_of_grace_is_the_boundary(find):
    assert not find("P8", reviewed(months=("2011-04", "2011-05")), today=LATER)
    assert find("P8", reviewed(months=("2011-06",)), today=LATER)


def test_a_positive_vote_has_no_consequence(find):
    assert not find("P8", reviewed("符合"), today=LATER)


def test_the_county_decided_otherwise(find):
    decided = "assessments | hh_id | date | result\n | D1 | 2011-05-10 | 符合\n"
    assert not find("P8", reviewed(more=decided), today=LATER)
    approved = "case_events | hh_id | approve\n | D1 | 2011-05-10\n"
    assert not find("P8", reviewed(more=approved), today=LATER)


def test_a_second_vote_counts(find):
    again = reviewed().replace("| 不符合\n", "| 不符合\n | V1 | 2011-05-02 | D1 | 20 | 18 | 符合\n")
    assert not find("P8", again, today=LATER)


def test_an_open_recheck_has_a_second_cycle_of_grace(find):
    open_case = "assessments | hh_id | date | result\n | D1 | 2011-05-10 | \n"
    (found,) = find("P8", reviewed(more=open_case), today=LATER)
    assert (found["period"], found["amount_fen"]) == ("2011-07", 20000)


def test_a_decision_before_the_vote_does_not_count(find):
    before = "assessments | hh_id | date | result\n | D1 | 2011-04-10 | 符合\n"
    assert find("P8", reviewed(more=before), today=LATER)
