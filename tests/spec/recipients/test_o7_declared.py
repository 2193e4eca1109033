"""O7 已备案未处置 (R34)."""

import datetime as dt

import drawn

LATER = dt.date(2011, 9, 20)
HEAD = """
households | hh_id | kind | twn_id | start
           | D1    | 城市 | T1     | 2009-01
members | hh_id | pid | name
        | D1    | p1  | 甲
"""


def filed(verdict="不符合", hh="D1", rel="p1", months=("2011-04", "2011-05", "2011-06", "2011-07"), more=""):
    line = f"filings | cad_pid | nil | hh_id | rel_pid | verdict | filed_on\n | p9 | 否 | {hh} | {rel} | {verdict} | 2011-04-10\n"
    return HEAD + line + drawn.lines("payments", "hh_id | period | amt", [f"D1 | {m} | 200" for m in months]) + more


def test_found_ineligible_and_still_paid(find):
    (found,) = find("O7", filed(), today=LATER)
    assert found["explanation"] == (
        "干部备案的亲属户2011年4月10日备案核查认定不符合条件，2011年6月、2011年7月仍发放400元。"
    )
    assert (found["severity"], found["household_id"], found["amount_fen"]) == ("A", "D1", 40000)


def test_a_filing_that_names_only_the_person(find):
    assert find("O7", filed(hh=""), today=LATER)


def test_the_panel_found_so(find):
    vote = "reviews | vil_id | met_on | hh_id | result\n | V1 | 2011-04-28 | D1 | 不符合\n"
    (found,) = find("O7", filed("符合", more=vote), today=LATER)
    assert "村（居）评议认定不符合条件" in found["explanation"]


def test_one_cycle_of_grace_is_the_boundary(find):
    assert not find("O7", filed(months=("2011-04", "2011-05")), today=LATER)
    assert find("O7", filed(months=("2011-06",)), today=LATER)


def test_found_eligible(find):
    assert not find("O7", filed("符合"), today=LATER)


def test_a_later_decision_reversed_it(find):
    kept = "assessments | hh_id | date | result\n | D1 | 2011-05-10 | 符合\n"
    assert not find("O7", filed(more=kept), today=LATER)


def test_a_nil_return_declares_nobody(find):
    assert not find("O7", filed().replace("| 否 | D1", "| 是 | D1"), today=LATER)
