"""P2 公示不足 (R17, R54)."""

import pytest

HOUSEHOLDS = "households | hh_id | kind | twn_id\n | D1 | 农村 | T1\n | D2 | 农村 | T1\n | D3 | 农村 | T2\n"
GOOD = " | D2 | 2010-03-01 | 2010-03-08 | 2010-03-20\n"


def posted(dates, hh="D1"):
    return HOUSEHOLDS + f"case_events | hh_id | post1 | post1_end | approve\n{GOOD} | {hh} | {dates}\n"


def test_no_posting_at_all(find):
    (found,) = find("P2", posted(" | | 2010-03-20"))
    assert found["explanation"] == "2010年3月20日审批，没有公示记录，应在审批前公示7天。"
    assert (found["severity"], found["household_id"], found["township_code"]) == ("B", "D1", "T1")


def test_approved_while_the_list_still_hung(find):
    (found,) = find("P2", posted("2010-03-10 | 2010-03-21 | 2010-03-20"))
    assert found["observed"] == "公示未满即审批"


def test_approved_before_it_was_posted(find):
    (found,) = find("P2", posted("2010-03-22 | 2010-03-30 | 2010-03-20"))
    assert found["observed"] == "审批早于公示"


@pytest.mark.parametrize("last, wrong", [("2010-03-07", False), ("2010-03-06", True)])
def test_seven_days_with_both_ends_are_the_boundary(find, last, wrong):
    assert bool(find("P2", posted(f"2010-03-01 | {last} | 2010-03-20"))) is wrong


def test_approval_on_the_last_day_of_posting_is_allowed(find):
    assert not find("P2", posted("2010-03-01 | 2010-03-20 | 2010-03-20"))


def test_a_township_that_tells_of_no_posting_is_not_judged(find):
    assert not find("P2", posted(" | | 2010-03-20", hh="D3"))


def test_without_an_approval_there_is_nothing_to_compare(find):
    assert not find("P2", posted(" | | "))
