"""R65, C4: the rate of silence with exact limits, and when rule D4 is to be considered."""

import drawn
import pytest


def township(visited, hidden, more=""):
    homes = drawn.lines(
        "households",
        "hh_id | kind | twn_id | vil_id | start",
        [f"D{k} | 农村 | T1 | V1 | 2009-01" for k in range(visited)],
    )
    visits = drawn.lines(
        "visits",
        "hh_id | on | found | view",
        [f"D{k} | 2011-06-01 | 户在人在 | {'退出' if k < hidden else '保留'}" for k in range(visited)],
    )
    return homes + visits + more


@pytest.mark.parametrize(
    ("hidden", "signal"),
    # 6 of 40: exact lower limit 5.7 %, above the plan's 5 %; 5 of 40: 4.2 %
    [(6, True), (5, False), (0, False)],
)
def test_the_exact_lower_limit_above_5_percent_alarms(verified, hidden, signal):
    (judged,) = verified(township(40, hidden)).judged
    assert (judged.reverified, judged.concealed, judged.signal) == (40, hidden, signal)
    assert judged.rate.rate == pytest.approx(hidden / 40)
    if signal:
        assert judged.reasons == ("复核40户，自查未报6户，比率下限5.7%高于5.0%",)


def test_visits_before_the_self_inspection_ended_verify_nothing(verified):
    (judged,) = verified(township(40, 8).replace("2011-06-01", "2011-05-15")).judged
    assert (judged.reverified, judged.rate) == (0, None)


def test_reported_households_are_not_silence(verified):
    exits = drawn.lines(
        "exits", "hh_id | exit_on | reason | route", [f"D{k} | 2011-05-10 | 收入超标 | 自查清退" for k in range(8)]
    )
    (judged,) = verified(township(40, 8, exits)).judged
    assert (judged.concealed, judged.silent, judged.known, judged.signal) == (0, 0, 8, False)


def test_relatives_nobody_declared_are_concealment_whatever_the_rate(verified):
    (judged,) = verified(township(40, 0), [("D7", "O6", "A", "")]).judged
    assert judged.signal
    assert judged.reasons == ("干部亲属享受而未备案1户",)


def test_reported_and_not_corrected_in_time_is_named(verified):
    exits = "exits | hh_id | exit_on | reason | route\n | D3 | 2011-05-20 | 收入超标 | 自查清退\n"
    (judged,) = verified(township(40, 0, exits)).judged
    assert (judged.unfixed, judged.signal, judged.reasons) == (1, False, ("自查已报而未按期纠正1户",))
