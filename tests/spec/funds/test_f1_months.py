"""F1 发放频次 (R23)."""

from drawn import TODAY, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from dibao_lib.units import months_between

MONTHS = months_between("2010-01", "2010-12")
QUARTERS = ["2010-01", "2010-04", "2010-07", "2010-10"]


def household(kind="城市", start="2009-01", hh="D1", total=200):
    return f"{hh} | {kind} | T1 | {total} | {start}"


def drawn(households, payments, more=""):
    return (
        lines("households", "hh_id | kind | twn_id | total | start", households)
        + lines("payments", "hh_id | period | kind | amt | ptype", payments)
        + more
    )


def monthly(hh="D1", kind="城市", skip=(), amt=200):
    return [f"{hh} | {month} | {kind} | {amt} | " for month in MONTHS if month not in skip]


def quarterly(hh="D1", skip=(), amt=600):
    return [f"{hh} | {month} | 农村 | {amt} | " for month in QUARTERS if month not in skip]


# a second, faultless household shows which months the payment lists speak of
OTHER = household(hh="D2")


def test_a_month_without_payment(find):
    (found,) = find("F1", drawn([household(), OTHER], monthly(skip=("2010-03", "2010-05")) + monthly("D2")))
    assert found["explanation"] == "按月应发而没有发放：2010年3月、2010年5月，涉及400元。"
    assert (found["observed"], found["expected"]) == ("缺发2010-03、2010-05", "每月发放")
    assert (found["severity"], found["household_id"], found["period"]) == ("A", "D1", "2010-03")
    assert found["amount_fen"] == 40000


def test_paid_every_month(find):
    assert not find("F1", drawn([household()], monthly()))


def test_a_quarterly_payment_in_february_is_late(find):
    rural = [household("农村"), household("农村", hh="D2")]
    payments = quarterly(skip=("2010-01",)) + ["D1 | 2010-02 | 农村 | 600 | "] + quarterly("D2")
    (found,) = find("F1", drawn(rural, payments))
    assert found["observed"] == "缺发2010-01；错月发放2010-02"
    assert found["explanation"] == (
        "按季应发而没有发放：2010年1月，涉及600元；按季发放的低保金发在了季度首月以外：2010年2月。"
    )
    assert (found["period"], found["amount_fen"]) == ("2010-01", 60000)
    assert found["sources"] == ["households.xlsx#表#2", "payments.xlsx#表#5"]


def test_a_further_payment_between_the_quarters(find):
    rural = [household("农村"), household("农村", hh="D2")]
    (found,) = find("F1", drawn(rural, [*quarterly(), "D1 | 2010-05 | 农村 | 600 | "] + quarterly("D2")))
    assert (found["observed"], found["amount_fen"], found["period"]) == ("错月发放2010-05", None, "2010-05")


def test_quarterly_payers_are_not_late_in_february(find):
    assert not find("F1", drawn([household("农村"), household("农村", hh="D2")], quarterly() + quarterly("D2")))


def test_a_rural_township_may_pay_monthly(find):
    rural = [household("农村"), household("农村", hh="D2")]
    (found,) = find("F1", drawn(rural, monthly(kind="农村", skip=("2010-02",)) + monthly("D2", kind="农村")))
    assert found["expected"] == "每月发放"


def test_without_totals_the_pay_months_show_the_cycle(find):
    rural = [household("农村", total=""), household("农村", hh="D2", total="")]
    (found,) = find("F1", drawn(rural, quarterly(skip=("2010-07",)) + quarterly("D2")))
    assert (found["expected"], found["amount_fen"]) == ("每季度第一个月发放", None)


def test_nothing_is_expected_before_the_first_month_of_cover(find):
    late = monthly(skip=MONTHS[:4])
    assert not find("F1", drawn([household(start="2010-05"), OTHER], late + monthly("D2")))
    assert find("F1", drawn([household(start="2010-04"), OTHER], late + monthly("D2")))


def test_the_month_of_exit_may_be_paid_or_not(find):
    exits = "exits | hh_id | exit_on\n | D1 | 2010-06-15\n"
    for paid in (MONTHS[:5], MONTHS[:6]):
        rows = monthly(skip=[m for m in MONTHS if m not in paid])
        assert not find("F1", drawn([household(), OTHER], rows + monthly("D2"), exits))
    rows = monthly(skip=MONTHS[4:])
    assert find("F1", drawn([household(), OTHER], rows + monthly("D2"), exits))


def test_part_quarters_at_the_beginning_and_the_end_are_not_judged(find):
    rural = [household("农村", start="2010-02"), household("农村", hh="D2")]
    exits = "exits | hh_id | exit_on\n | D1 | 2010-09-15\n"
    payments = ["D1 | 2010-02 | 农村 | 400 | ", "D1 | 2010-04 | 农村 | 600 | "] + quarterly("D2")
    assert not find("F1", drawn(rural, payments, exits))
    whole = exits.replace("2010-09-15", "2010-10-01")
    assert [f["period"] for f in find("F1", drawn(rural, payments, whole))] == ["2010-07"]


def test_back_pay_in_the_month_is_a_payment_and_a_returned_one_is_not(find):
    back = monthly(skip=("2010-03",)) + ["D1 | 2010-03 | 城市 | 200 | 补发"]
    assert not find("F1", drawn([household(), OTHER], back + monthly("D2")))
    returned = "payments | hh_id | period | kind | amt | ret\n | D1 | 2010-03 | 城市 | 200 | 退回\n"
    text = lines("households", "hh_id | kind | twn_id | total | start", [household(), OTHER]) + returned
    text += lines("payments", "hh_id | period | kind | amt | ptype", monthly(skip=("2010-03",)) + monthly("D2"))
    assert find("F1", text)


def test_a_month_in_which_nobody_was_paid_is_the_townships(find):
    rows = [household(hh=f"D{i:02d}") for i in range(10)]
    payments = [p for i in range(10) for p in monthly(f"D{i:02d}", skip=("2010-08",))]
    (found,) = find("F1", drawn(rows, payments))
    assert found["explanation"] == "城市低保2010年8月应发10户，全部没有发放记录。"
    assert (found["household_id"], found["township_code"], found["period"]) == (None, "T1", "2010-08")
    assert found["amount_fen"] == 10 * 20000 and len(found["sources"]) == 10


def test_nine_unpaid_households_are_nine_findings(find):
    rows = [household(hh=f"D{i:02d}") for i in range(9)]
    payments = [p for i in range(9) for p in monthly(f"D{i:02d}", skip=("2010-08",))]
    assert len(find("F1", drawn(rows, payments))) == 9


def test_a_household_that_ended_without_a_date_is_not_expected(find):
    ended = lines("households", "hh_id | kind | twn_id | total | status", ["D1 | 城市 | T1 | 200 | 注销"])
    text = drawn([OTHER], monthly("D2") + monthly(skip=MONTHS[6:]))
    assert not find("F1", ended + text)


SPELLS = st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS), st.sets(st.sampled_from(MONTHS), max_size=3))


@settings(max_examples=8, deadline=None)
@given(spells=st.lists(SPELLS, min_size=1, max_size=9), rural=st.booleans())
def test_the_payment_calendar_expects_exactly_the_covered_months(find, spells, rural):
    """Cover from start to the month before exit; monthly every month, quarterly the whole quarters' first months."""
    kind = "农村" if rural else "城市"
    households, payments, exits, wrong = [household(kind, hh="S0")], [], [], {}
    payments += quarterly("S0") if rural else monthly("S0")
    for number, (start, leave, skipped) in enumerate(spells):
        hh = f"D{number}"
        households.append(household(kind, start=start, hh=hh))
        exits.append(f"{hh} | {leave}-20")
        covered = [m for m in MONTHS if start <= m and (m < leave or leave < start)]
        # an exit before the beginning belongs to an earlier spell
        due = [m for m in covered if not rural or m in QUARTERS and set(MONTHS[MONTHS.index(m) :][:3]) <= set(covered)]
        paid = [m for m in due if m not in skipped]
        payments += [f"{hh} | {m} | {kind} | {600 if rural else 200} | " for m in paid]
        if missing := [m for m in due if m in skipped]:
            wrong[hh] = "缺发" + "、".join(missing)
    text = drawn(households, payments, lines("exits", "hh_id | exit_on", exits))
    assert {f["household_id"]: f["observed"] for f in find("F1", text, today=TODAY)} == wrong
