"""日期 (dirty-data.md, no. 19)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao_lib.evidence.cells.dates import read_date

DAY = dt.date(2010, 4, 15)


@pytest.mark.parametrize(
    "written",
    [
        "20100415",
        20100415.0,
        "2010.4.15",
        "2010.04.15.",
        "2010/4/15",
        "2010-4-15",
        "2010-04-15",
        "2010年4月15日",
        "2010年4月15号",
        "2010年 4月 15日",
        "２０１０年４月１５日",
        "2010-04-15 00:00:00",
        "2010/4/15 8:30",
        40283.0,
        40283.5,
        "40283",
        dt.date(2010, 4, 15),
        dt.datetime(2010, 4, 15, 8, 30),
    ],
)
def test_every_spelling_of_a_day_is_that_day(written):
    assert read_date(written) == DAY


@pytest.mark.parametrize("written", ["2010-04", "2010年4月", "201004", 201004.0])
def test_a_month_is_no_day_unless_the_column_asks_for_months(written):
    assert "只有年月，没有日" in read_date(written).message
    assert read_date(written, month_is_enough=True) == dt.date(2010, 4, 1)


def test_a_month_as_a_decimal_stays_ambiguous_for_a_day_too():
    assert read_date(2010.1, month_is_enough=True).reason == "ambiguous_month"


@pytest.mark.parametrize("written", ["4月15日", "10月1日"])
def test_a_day_without_a_year_is_not_guessed(written):
    assert "没有年份" in read_date(written).message


@pytest.mark.parametrize("written", ["2011-06-31", "20110229", "2010年13月1日"])
def test_a_day_that_never_was_is_refused(written):
    assert "没有这一天" in read_date(written).message


@pytest.mark.parametrize(
    "written", ["去年", "15.4.2010", 7.0, "3020-01-01", dt.date(4880, 3, 5), True, dt.time(8, 0), "99999999"]
)
def test_what_is_no_date_is_not_read_as_one(written):
    assert read_date(written).reason == "bad_date"


@pytest.mark.parametrize("written", ["", "—", "/", "至今", "长期"])
def test_a_blank_or_open_end_is_missing(written):
    assert read_date(written) is None


SPELLINGS = [
    "{0:%Y%m%d}",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), st.sampled_from(SPELLINGS))
def test_a_day_written_in_any_spelling_is_read_back(day, spelling):
    assert read_date(spelling.format(day)) == day


@given(st.dates(dt.date(1930, 1, 1), dt.date(2060, 1, 1)))
def test_the_serial_number_of_a_day_is_read_back(day):
    assert read_date(float((day - dt.date(1899, 12, 30)).days)) == day
