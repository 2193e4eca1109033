"""月份 (dirty-data.md, nos. 19, 20)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao_lib.evidence.cells.months import read_months


def month(cell):
    return read_months([cell]).values[0]


@pytest.mark.parametrize(
    "written",
    [
        "2010-04",
        "2010.4",
        2010.4,
        "2010/4",
        "2010年4月",
        "2010年04月份",
        "201004",
        201004.0,
        "2010-04-15",
        "20100415",
        "2010年4月15日",
        40283.0,
        dt.date(2010, 4, 1),
        dt.datetime(2010, 4, 30),
    ],
)
def test_every_spelling_of_a_month_is_that_month(written):
    assert month(written) == "2010-04"


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("2010年1季度", "2010-01"),
        ("2010年第二季度", "2010-04"),
        ("2010年三季度", "2010-07"),
        ("2010Q4", "2010-10"),
        ("2010年1-3月", "2010-01"),
        ("2010年7月至9月", "2010-07"),
    ],
)
def test_a_quarter_means_its_first_month(written, first):
    assert month(written) == first


@pytest.mark.parametrize("written", ["一季度", "2010", 2010.0, "2010年13月", "上月", True, "2010.13"])
def test_what_is_no_month_is_not_read_as_one(written):
    assert read_months([written]).faults[0].reason == "bad_month"


def test_january_and_october_cannot_be_told_apart_in_a_decimal():
    column = read_months([2010.1])
    assert column.values == [None]
    assert "1月和10月分不清" in column.faults[0].message


def test_the_sequence_of_a_column_tells_october_from_january():
    spring, autumn = [2009.12, 2010.1, 2010.2], [2010.9, 2010.1, 2010.11]
    assert read_months(spring).values == ["2009-12", "2010-01", "2010-02"]
    assert read_months(autumn).values == ["2010-09", "2010-10", "2010-11"]


def test_repeated_doubtful_months_in_a_sequence_are_settled_together():
    assert read_months([2010.9, 2010.1, 2010.1, 2010.11]).values == ["2010-09", "2010-10", "2010-10", "2010-11"]


def test_neighbours_that_are_in_no_order_settle_nothing():
    cells = [2005.3, 2010.9, 2010.1, 2010.11, 1999.7, 2008.2, 2004.6, 2001.2]
    column = read_months(cells)
    assert column.faults.keys() == {2}
    assert column.values[2] is None


def test_a_column_that_keeps_its_zeros_writes_january_as_01():
    assert read_months(["2010.10", "2010.1", "2003.7"]).values[1] == "2010-01"
    assert read_months([2010.02, 2010.03, 2010.1]).values[2] == "2010-10"


def test_the_title_settles_a_column_that_says_nothing_else():
    assert read_months([2010.1, 2010.1], named=["2010-10"]).values == ["2010-10", "2010-10"]
    assert read_months([2010.1], named=["2010-01", "2010-10"]).values == [None]


def test_it_is_said_how_many_months_were_settled():
    assert read_months([2009.12, 2010.1, 2010.2]).notes == [
        "有1处写成小数的月份，按本列写法、上下行顺序或标题判定为1月或10月"
    ]


SPELLINGS = ["{y}-{m:02d}", "{y}年{m}月", "{y}{m:02d}", "{y}/{m}", "{y}年{m:02d}月份"]


@given(st.integers(1950, 2099), st.integers(1, 12), st.sampled_from(SPELLINGS))
def test_a_month_written_in_any_spelling_is_read_back(year, number, spelling):
    assert month(spelling.format(y=year, m=number)) == f"{year}-{number:02d}"


@given(st.lists(st.tuples(st.integers(1990, 2020), st.integers(1, 12)), min_size=1, max_size=12))
def test_a_month_typed_as_a_decimal_is_read_rightly_or_not_at_all(typed):
    column = read_months([float(f"{year}.{number}") for year, number in typed])
    for (year, number), value in zip(typed, column.values, strict=True):
        if number not in {1, 10}:
            assert value == f"{year}-{number:02d}"
