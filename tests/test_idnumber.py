"""Citizen id numbers (GB 11643): what is valid, what is wrong with the rest, what people get to see."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao_lib.idnumber import birth_date, check_character, fault, from_15, masked

FIRST17 = st.builds(
    lambda area, born, serial: f"{area}{born:%Y%m%d}{serial:03d}",
    st.sampled_from(["361181", "362302", "362333"]),
    st.dates(dt.date(1910, 1, 1), dt.date(2011, 12, 31)),
    st.integers(1, 999),
)


@given(FIRST17)
def test_an_id_with_its_check_character_is_valid(first17):
    assert fault(first17 + check_character(first17)) == ""


@given(FIRST17, st.integers(0, 16), st.sampled_from("0123456789"))
def test_no_single_wrong_digit_leaves_a_valid_id(first17, place, digit):
    pid = first17 + check_character(first17)
    slip = pid[:place] + digit + pid[place + 1 :]
    assert (fault(slip) == "") is (slip == pid)


def test_the_published_example_of_the_standard_is_valid():
    # GB 11643-1999, example 1
    assert check_character("11010519491231002") == "X"


def test_a_15_digit_id_becomes_the_18_digit_one():
    assert from_15("110105491231002") == "11010519491231002X"


@pytest.mark.parametrize(
    ("pid", "reason"),
    [
        ("36118119600101", "应为18位，实为14位"),
        ("36118119600101A011", "含有数字和末位X以外的字符"),
        ("３61181196001010011"[:18], "含有数字和末位X以外的字符"),
        ("361181196013010011", "第7至14位不是日期"),
        ("110105194912310020", "末位校验码不符，录入有误"),
    ],
)
def test_a_wrong_id_says_what_is_wrong(pid, reason):
    assert fault(pid) == reason


def test_people_see_six_and_four_characters():
    assert masked("11010519491231002X") == "110105********002X"
    assert masked("123") == "***"


def test_a_birth_date_that_does_not_exist_is_none():
    assert birth_date("361181201002300011") is None
    assert birth_date("361181201002280011") == dt.date(2010, 2, 28)
