"""F3 未足额发放 (R22)."""

import pytest
from drawn import lines
from hypothesis import given, settings
from hypothesis import strategies as st

STANDARDS = """
standards | kind | area | effective  | std
          | 城市 |      | 2009-07-01 | 260
          | 城市 |      | 2010-07-01 | 300
          | 城市 |      | 2011-01-01 | 330
          | 农村 |      | 2009-07-01 | 110
          | 农村 |      | 2010-08-01 | 130
"""


def drawn(payments, household="D1 | 城市 | T1 | 2 | 120 | 补差 | 420 | 450", more=""):
    return (
        STANDARDS
        + lines("households", "hh_id | kind | twn_id | covered | pci | method | base | total", [household])
        + lines("payments", "hh_id | period | amt | ptype", payments)
        + more
    )


# 420 of 2011 is 330 - 120 for two persons; 360 is what the standard of 300 gives; no top-ups in the register
FULL = "D1 | 城市 | T1 | 2 | 120 | 补差 | 420 | 420"


def test_less_than_approved(find):
    (found,) = find("F3", drawn(["D1 | 2011-02 | 420 | ", "D1 | 2011-03 | 400 | ", "D1 | 2011-04 | 400 | "], FULL))
    assert found["explanation"] == "2011年3月、2011年4月实发800元，应发840元，少发40元。"
    assert (found["observed"], found["expected"], found["amount_fen"]) == ("实发800元", "应发840元", 4000)
    assert (found["severity"], found["period"]) == ("A", "2011-03")
    assert found["sources"] == ["households.xlsx#表#2", "payments.xlsx#表#3", "payments.xlsx#表#4"]


def test_more_than_approved(find):
    (found,) = find("F3", drawn(["D1 | 2011-03 | 500 | "], FULL))
    assert found["explanation"] == "2011年3月实发500元，应发420元，多发80元。"


def test_the_standard_then_in_force_gave_less(find):
    assert not find("F3", drawn(["D1 | 2010-06 | 280 | ", "D1 | 2010-07 | 360 | ", "D1 | 2011-01 | 420 | "], FULL))
    (found,) = find("F3", drawn(["D1 | 2010-06 | 280 | ", "D1 | 2010-07 | 320 | "], FULL))
    assert found["expected"] == "应发360元"


def test_the_income_then_in_force_counts(find):
    assessed = "assessments | hh_id | date | pci\n | D1 | 2010-01-05 | 100\n | D1 | 2011-02-10 | 120\n"
    assert not find(
        "F3", drawn(["D1 | 2010-12 | 400 | ", "D1 | 2011-01 | 460 | ", "D1 | 2011-02 | 420 | "], FULL, assessed)
    )


@pytest.mark.parametrize("paid, wrong", [("421", False), ("421.01", True), ("419", False), ("418.99", True)])
def test_one_yuan_is_tolerated_and_one_fen_more_is_not(find, paid, wrong):
    assert bool(find("F3", drawn([f"D1 | 2011-03 | {paid} | "], FULL))) is wrong


def test_back_pay_adds_and_deductions_subtract(find):
    assert not find("F3", drawn(["D1 | 2011-03 | 300 | ", "D1 | 2011-03 | 120 | 补发"], FULL))
    assert not find("F3", drawn(["D1 | 2011-03 | 500 | ", "D1 | 2011-03 | 80 | 扣回"], FULL))
    assert not find("F3", drawn(["D1 | 2011-03 | 500 | ", "D1 | 2011-03 | -80 | "], FULL))


def test_a_shortfall_settled_by_later_back_pay_is_not_reported(find):
    short = ["D1 | 2011-02 | 400 | ", "D1 | 2011-03 | 420 | "]
    assert find("F3", drawn(short, FULL))
    assert not find("F3", drawn([*short, "D1 | 2011-03 | 20 | 补发"], FULL))
    (found,) = find("F3", drawn([*short, "D1 | 2011-03 | 10 | 补发"], FULL))
    assert found["amount_fen"] == 1000


def test_another_method_follows_the_total_and_its_shift(find):
    tiers = "D1 | 城市 | T1 | 2 | 120 | 分档 | 200 | 200"
    assert not find("F3", drawn(["D1 | 2010-07 | 140 | ", "D1 | 2011-01 | 200 | "], tiers))
    assert find("F3", drawn(["D1 | 2011-01 | 140 | "], tiers))


def test_a_quarter_is_the_sum_of_its_months(find):
    rural = "D1 | 农村 | T1 | 1 | 30 | 补差 | 100 | 100"
    # July at the old standard gives 80, August and September 100
    good = ["D1 | 2010-01 | 240 | ", "D1 | 2010-04 | 240 | ", "D1 | 2010-07 | 280 | ", "D1 | 2010-10 | 300 | "]
    assert not find("F3", drawn(good, rural))
    (found,) = find("F3", drawn([*good[:3], "D1 | 2010-10 | 250 | "], rural))
    assert (found["period"], found["expected"], found["amount_fen"]) == ("2010-10", "应发300元", 5000)


def test_part_quarters_are_not_judged(find):
    rural = "D1 | 农村 | T1 | 1 | 30 | 补差 | 100 | 100"
    rows = ["D1 | 2010-01 | 240 | ", "D1 | 2010-04 | 240 | ", "D1 | 2010-07 | 90 | "]
    exits = "exits | hh_id | exit_on\n | D1 | {}\n"
    assert not find("F3", drawn(rows, rural, exits.format("2010-09-02")))
    assert find("F3", drawn(rows, rural, exits.format("2010-10-02")))


def test_a_returned_payment_is_no_payment(find):
    returned = "payments | hh_id | period | amt | ret\n | D1 | 2011-03 | 300 | 退回\n | D1 | 2011-02 | 420 | 成功\n"
    assert not find("F3", drawn([], FULL) + returned)


def test_a_member_who_left_was_paid_for_before(find):
    members = "members | hh_id | pid | name | rel\n | D1 | p1 | 甲 | 本人\n | D1 | p2 | 乙 | 子\n"
    exits = "exits | hh_id | pid | exit_on\n | D1 | p2 | 2011-03-05\n"
    rows = ["D1 | 2011-02 | 630 | ", "D1 | 2011-03 | 420 | "]
    assert find("F3", drawn(rows, FULL, members))
    assert not find("F3", drawn(rows, FULL, members + exits))


@settings(max_examples=8, deadline=None)
@given(
    cases=st.lists(st.tuples(st.integers(1, 6), st.integers(0, 40000), st.integers(-300, 300)), min_size=1, max_size=25)
)
def test_the_formula_never_goes_below_nothing_and_is_met_within_a_yuan(find, cases):
    """Monthly urban payers without register totals: only the formula of the month's standard remains."""
    households, payments, wrong = [], [], {}
    for number, (covered, pci, shift) in enumerate(cases):
        due = (max(0, 30000 - pci) * covered + 50) // 100 * 100
        paid = due + shift
        households.append(f"D{number:02d} | 城市 | T1 | {covered} | {pci / 100:.2f} | 补差")
        payments.append(f"D{number:02d} | 2010-09 | {paid / 100:.2f}")
        if abs(shift) > 100 and paid >= 0:
            wrong[f"D{number:02d}"] = abs(shift)
    text = STANDARDS + lines("households", "hh_id | kind | twn_id | covered | pci | method", households)
    found = find("F3", text + lines("payments", "hh_id | period | amt", payments))
    assert {f["household_id"]: f["amount_fen"] for f in found} == wrong
