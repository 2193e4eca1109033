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


def pending(dates, start="", others=""):
    register = (
        f"households | hh_id | kind | twn_id | vil_id | start\n | D1 | 农村 | T1 | V1 | {start}\n" if start else ""
    )
    return register + f"case_events | hh_id | apply | review | twn_review | approve\n | D1 | {dates}\n{others}"


UNDER_WAY = ["2011-05-03 | | | ", "2011-05-03 | 2011-05-20 | | ", "2011-05-03 | 2011-05-20 | 2011-06-10 | "]


@pytest.mark.parametrize("dates", UNDER_WAY)
def test_steps_still_to_come_are_not_missing(find, dates):
    assert not find("P1", pending(dates))


def test_a_step_left_out_on_the_way(find):
    (found,) = find("P1", pending("2011-05-03 | | 2011-06-10 | "))
    assert found["observed"] == "缺村（居）评议"


def test_an_order_reversed_on_the_way(find):
    (found,) = find("P1", pending("2011-05-03 | 2011-05-01 | | "))
    assert found["observed"] == "顺序颠倒"


@pytest.mark.parametrize("start, wrong", [("2011-06", True), ("2011-07", False)])
def test_the_month_of_the_day_is_the_boundary_of_being_covered(find, start, wrong):
    found = find("P1", pending(UNDER_WAY[2], start))
    assert [row["observed"] for row in found] == ["缺县级审批"] * wrong


def test_who_is_paid_already_is_not_under_way(find):
    paid = "payments | hh_id | kind | period | amt\n | D1 | 农村 | 2011-06 | 100\n"
    (found,) = find("P1", pending(UNDER_WAY[1], others=paid))
    assert found["observed"] == "缺乡镇评审、县级审批"


def test_applying_again_leaves_the_last_approval_to_be_judged(find):
    again = " | D1 | 2011-06-03 | | | \n"
    assert not find("P1", pending("2010-03-01 | 2010-03-05 | 2010-03-20 | 2010-04-01", "2010-05", again))
    (found,) = find("P1", pending("2010-03-01 | | 2010-03-20 | 2010-04-01", "2010-05", again))
    assert found["sources"][0] == "case_events.xlsx#表#2"
