"""Money, months and dates: exact, and written as people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao_lib.units import add_months, chinese_date, chinese_month, fen, month_of, months_between, yuan

MONTHS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)).map(month_of)


@given(st.integers(-(10**12), 10**12))
def test_money_written_for_people_reads_back_to_the_same_fen(amount_fen):
    assert fen(yuan(amount_fen).replace(",", "")) == amount_fen


@pytest.mark.parametrize(("written", "amount_fen"), [("0.1", 10), ("330", 33000), ("1234.56", 123456), ("-5", -500)])
def test_yuan_become_exact_fen(written, amount_fen):
    assert fen(written) == amount_fen


@pytest.mark.parametrize("written", ["", "三百", "0.001", "NaN", "Infinity"])
def test_what_is_no_amount_or_finer_than_a_fen_is_refused(written):
    with pytest.raises(ValueError, match=r".*"):
        fen(written)


@given(MONTHS, st.integers(-500, 500))
def test_adding_months_and_taking_them_away_returns(month, count):
    assert add_months(add_months(month, count), -count) == month


def test_months_run_over_the_end_of_the_year():
    assert months_between("2010-11", "2011-02") == ["2010-11", "2010-12", "2011-01", "2011-02"]
    assert months_between("2011-02", "2011-01") == []


def test_dates_are_written_in_chinese():
    assert chinese_date(dt.date(2011, 7, 5)) == "2011年7月5日"
    assert chinese_month("2011-07") == "2011年7月"
