"""P1 四步程序 (R16)."""

import pytest

HOUSEHOLD = "households | hh_id | kind | twn_id | vil_id\n | D1 | 农村 | T1 | V1\n"


def steps(dates):
    return HOUSEHOLD + f"case_events | hh_id | apply | review | twn_review | approve\n | D1 | {dates}\n"


def test_a_missing_step(find):
    (found,) = find("P1", steps("2010-03-01 | | 2010-03-20 | 2010-04-01"))
    assert found["explanation"] == "审批流程4个日期中缺少村（居）评议日期。"
    assert (found["severity"], found["township_code"], found["village_code"]) == ("A", "T1", "V1")
    assert found["sources"] == ["case_events.xlsx#表#2", "households.xlsx#表#2"]


def test_an_approval_before_the_township_review(find):
    (found,) = find("P1", steps("2010-03-01 | 2010-03-05 | 2010-04-02 | 2010-04-01"))
    assert found["explanation"] == "县级审批（2010年4月1日）早于前一步（2010年4月2日）。"


def test_a_review_before_the_application(find):
    (found,) = find("P1", steps("2010-03-06 | 2010-03-05 | 2010-04-02 | 2010-04-03"))
    assert found["observed"] == "顺序颠倒"


def test_a_missing_and_an_inverted_step_are_one_finding(find):
    (found,) = find("P1", steps("2010-03-01 | | 2010-04-02 | 2010-04-01"))
    assert (
        found["explanation"]
        == "审批流程4个日期中缺少村（居）评议日期；县级审批（2010年4月1日）早于前一步（2010年4月2日）。"
    )


def test_four_steps_on_one_day_are_in_order(find):
    assert not find("P1", steps("2010-03-01 | 2010-03-01 | 2010-03-01 | 2010-03-01"))


def test_four_steps_in_order(find):
    assert not find("P1", steps("2010-03-01 | 2010-03-05 | 2010-03-20 | 2010-04-01"))


@pytest.mark.parametrize("at", range(4))
def test_every_step_is_needed(find, at):
    dates = ["2010-03-01", "2010-03-05", "2010-03-20", "2010-04-01"]
    dates[at] = ""
    assert len(find("P1", steps(" | ".join(dates)))) == 1


def test_the_latest_approval_of_a_household_counts(find):
    again = " | D1 | 2011-03-01 | 2011-03-05 | 2011-03-20 | 2011-04-01\n"
    assert not find("P1", steps("2010-03-01 | | 2010-03-20 | 2010-04-01") + again)
