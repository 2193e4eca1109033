"""G1 三方名单不符 (R20)."""

import drawn
import pytest

TODAY_MONTH = "2011-05"


def lists(register="在保", system="在保 | 180", paid="180", *, start="2009-01", kind="城市"):
    """D1 in the register, the system's export of 20 May and the payment list of May; D2 stands in all of them."""
    text = drawn.lines(
        "households",
        "hh_id | kind | twn_id | vil_id | total | start | status",
        [
            f"D1 | {kind} | T1 | V1 | 180 | {start} | {register}" if register else "",
            f"D2 | {kind} | T1 | V1 | 100 | 2009-01 | 在保",
        ],
    )
    text = text.replace(" | \n", "")
    exported = [f"D1 | T1 | {kind} | {system} | 2011-05-20"] if system else []
    text += drawn.lines(
        "system_export", "hh_id | twn_id | kind | status | total | exported_on",
        [*exported, f"D2 | T1 | {kind} | 在保 | 100 | 2011-05-20"],
    )  # fmt: skip
    payments = [f"D1 | {kind} | 2011-05 | {paid}"] if paid else []
    return text + drawn.lines("payments", "hh_id | kind | period | amt", [*payments, f"D2 | {kind} | 2011-05 | 100"])


def test_three_equal_lists(find):
    assert not find("G1", lists())


def test_a_household_was_never_entered(find):
    (found,) = find("G1", lists(system=""))
    assert found["explanation"] == "2011年5月：台账月保障180元，信息系统没有，发放折合每月180元。"
    assert (found["severity"], found["observed"]) == ("A", "台账有、系统没有、发放表有")
    assert len(found["sources"]) == 2


def test_the_system_still_holds_who_is_gone(find):
    (found,) = find("G1", lists(register="注销", paid=""))
    assert found["observed"] == "台账没有、系统有、发放表没有"


def test_nobody_paid_whom_both_lists_hold(find):
    (found,) = find("G1", lists(paid=""))
    assert found["observed"] == "台账有、系统有、发放表没有"


def test_a_household_only_the_system_knows(find):
    (found,) = find("G1", lists(register="", paid=""))
    assert (found["household_id"], found["township_code"]) == (None, "T1")


@pytest.mark.parametrize("total, wrong", [("179", False), ("178.99", True)])
def test_a_yuan_is_the_boundary_of_amounts(find, total, wrong):
    assert bool(find("G1", lists(system=f"在保 | {total}"))) is wrong


def test_the_payment_may_be_what_differs(find):
    (found,) = find("G1", lists(paid="150"))
    assert (found["observed"], found["amount_fen"]) == ("三方金额不同", 3000)


@pytest.mark.parametrize("start, wrong", [("2011-04", False), ("2011-03", True)])
def test_who_came_in_the_months_beside_it_may_lag(find, start, wrong):
    assert bool(find("G1", lists(system="", start=start))) is wrong


def test_who_left_in_that_month_may_lag(find):
    assert not find("G1", lists(paid="") + "exits | hh_id | exit_on\n | D1 | 2011-05-16\n")


def test_a_township_that_exported_nothing_is_not_judged(find):
    text = lists() + drawn.lines("households", "hh_id | kind | twn_id | vil_id | total", ["D9 | 城市 | T2 | V9 | 100"])
    assert not find("G1", text)


def test_months_nobody_sent_payments_for_are_not_judged_on_them(find):
    text = lists(paid="").replace("D2 | 城市 | 2011-05 | 100", "D2 | 城市 | 2011-04 | 100")
    assert not find("G1", text)


def test_a_quarterly_payer_paid_in_april(find):
    text = (
        lists(kind="农村", paid="540")
        .replace("2011-05 | 540", "2011-04 | 540")
        .replace("2011-05 | 100", "2011-04 | 300")
    )
    assert not find("G1", text)
    (found,) = find("G1", text.replace("| 540", "| 480"))
    assert found["amount_fen"] == 2000


def test_amounts_of_before_a_new_standard_are_not_compared(find):
    standards = "standards | kind | effective | std\n | 城市 | 2009-01-01 | 330\n | 城市 | {} | 360\n"
    text = lists(system="在保 | 150", paid="150")
    assert not find("G1", text + standards.format("2011-06-01"))
    assert find("G1", text + standards.format("2011-05-01"))
