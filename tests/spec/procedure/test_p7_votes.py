"""P7 票数与结论勾稽 (R44)."""

import drawn
import pytest


def votes(*rows, panel=0):
    members = [f"V1 | 评议员{n} | 村(居)民代表" for n in range(panel)]
    text = drawn.lines("reviews", "vil_id | met_on | hh_id | present | agree | disagree | abstain | result", rows)
    return text + (drawn.lines("panels", "vil_id | name | role", members) if panel else "")


def test_votes_that_do_not_add_up(find):
    (found,) = find("P7", votes("V1 | 2011-04-20 | D1 | 20 | 15 | 3 | 1 | 符合"))
    assert found["explanation"] == "同意15票、不同意3票、弃权1票，合计19票，到会20人。"
    assert (found["severity"], found["household_id"], found["period"]) == ("B", "D1", "2011-04")


def test_a_result_against_the_votes(find):
    (found,) = find("P7", votes("V1 | 2011-04-20 | D1 | 21 | 13 | 8 | 0 | 符合"))
    assert found["explanation"] == "到会21人中同意13票，未达到2/3，结论却是符合。"
    assert find("P7", votes("V1 | 2011-04-20 | D1 | 21 | 14 | 7 | 0 | 不符合"))


@pytest.mark.parametrize("agree, result, wrong", [(14, "符合", False), (13, "不符合", False), (14, "不符合", True)])
def test_two_thirds_of_those_present_are_the_boundary(find, agree, result, wrong):
    row = f"V1 | 2011-04-20 | D1 | 21 | {agree} | {21 - agree} | | {result}"
    assert bool(find("P7", votes(row))) is wrong


def test_blank_votes_are_not_judged(find):
    assert not find("P7", votes("V1 | 2011-04-20 | D1 | 20 | | | | 符合"))


def test_a_meeting_larger_than_its_panel_is_one_finding(find):
    rows = [f"V1 | 2011-04-20 | D{n} | 22 | 22 | 0 | 0 | 符合" for n in (1, 2)]
    (found,) = find("P7", votes(*rows, panel=21))
    assert found["explanation"] == "评议团21人，评议会记录到会22人，比评议团还多1人。"
    assert (found["village_code"], found["household_id"]) == ("V1", None)


@pytest.mark.parametrize("present, wrong", [(14, False), (13, True)])
def test_two_thirds_of_the_panel_are_a_meeting(find, present, wrong):
    found = find("P7", votes(f"V1 | 2011-04-20 | D1 | {present} | {present} | 0 | 0 | 符合", panel=21))
    assert [f["expected"] for f in found] == (["不少于14人"] if wrong else [])
