"""金额、数量 (dirty-data.md, nos. 21, 22)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao_lib.evidence.cells.numbers import read_amounts, read_counts


def fen(cell, scale=1):
    return read_amounts([cell], Fraction(scale)).values[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (330.0, 33000),
        (330.5, 33050),
        (0.1 + 0.2, 30),
        ("330", 33000),
        ("1,200.00", 120000),
        ("１，２００", 120000),
        ("￥1,200.50", 120050),
        ("¥330元", 33000),
        ("1.2万元", 1200000),
        ("(100)", -10000),
        ("（100）", -10000),
        ("-100", -10000),
        ("−100.5", -10050),
        (-100.0, -10000),
        ("0", 0),
        (0.0, 0),
        (" 330 ", 33000),
        ("'330", 33000),
        ("330元整", 33000),
    ],
)
def test_every_spelling_of_an_amount_is_that_amount(written, expected):
    assert fen(written) == expected


@pytest.mark.parametrize("blank", ["", "—", "/", "无", "  "])
def test_a_blank_amount_is_missing_and_not_zero(blank):
    assert read_amounts([blank], Fraction(1)).values == [None]
    assert not read_amounts([blank], Fraction(1)).faults


@pytest.mark.parametrize(
    "written", ["约三千", "100+20", "1,20", "12.3.4", "=cmd|' /C calc'!A0", "一百", True, float("inf"), "1e400"]
)
def test_what_is_no_amount_is_not_read_as_one(written):
    assert read_amounts([written], Fraction(1)).faults[0].reason == "bad_money"


def test_figures_in_ten_thousands_become_exact_fen():
    assert fen(12.3456, 10_000) == 12345600
    assert fen("0.0330", 10_000) == 33000


def test_a_yearly_figure_becomes_a_monthly_one_rounded_once():
    column = read_amounts([1000.0, 1200.0], Fraction(1, 12))
    assert column.values == [8333, 10000]
    assert column.notes == ["有1个金额不足整分，已四舍五入到分"]


def test_halves_of_a_fen_are_rounded_away_from_zero():
    assert [fen("0.005"), fen("-0.005"), fen(0.125)] == [1, -1, 13]


@given(st.integers(-(10**11), 10**11))
def test_whole_fen_survive_a_workbook(amount):
    assert fen(amount / 100) == amount


@given(st.integers(0, 10**11))
def test_whole_fen_survive_being_printed_with_separators(amount):
    assert fen(f"￥{amount // 100:,}.{amount % 100:02d}") == amount


@pytest.mark.parametrize(
    ("written", "count"), [(3.0, 3), ("3", 3), ("3人", 3), ("1,234", 1234), ("３", 3), ("2 户", 2)]
)
def test_a_count_may_carry_its_measure_word(written, count):
    assert read_counts([written]).values == [count]


@pytest.mark.parametrize("written", [2.5, "两", "3-4", True, "三人"])
def test_half_a_person_is_no_count(written):
    assert read_counts([written]).faults[0].reason == "bad_count"


def test_of_expected_and_present_the_second_is_meant():
    assert read_counts(["15/13"], "应到/实到").values == [13]
    assert read_counts(["15/13"], "人数").faults[0].reason == "bad_count"
