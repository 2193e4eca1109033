"""Layouts and spellings of single cells and sheets."""

import datetime as dt
import random

import pytest

from dibao_lib.demo.dirt import Raw
from dibao_lib.demo.sheets import Column, Layout, lay_out
from dibao_lib.demo.spelling import Typist
from dibao_lib.demo.styles import STYLES, Style
from dibao_lib.evidence.form import Field, Kind


def typist(dates="dashed", words=False):
    return Typist(Style("printed", dates, words=words), random.Random(1), {"361181103": "绕二镇"})


def written(kind, value, **style):
    choices = {"农村": ("农村低保",)} if kind is Kind.CHOICE else {}
    return typist(**style).writer(Field("x", "项目", kind=kind, choices=choices))(value)


@pytest.mark.parametrize(
    ("dates", "day", "month"),
    [
        ("compact", 20100415, "201004"),
        ("dotted", "2010.4.15", "2010.04"),
        ("chinese", "2010年4月15日", "2010年4月"),
        ("dashed", "2010-04-15", "2010-04"),
        ("real", dt.date(2010, 4, 15), dt.date(2010, 4, 1)),
    ],
)
def test_dates_are_written_in_the_offices_way(dates, day, month):
    assert written(Kind.DATE, dt.date(2010, 4, 15), dates=dates) == day
    assert written(Kind.MONTH, "2010-04", dates=dates) == month


def test_an_id_stays_the_same_number_in_every_spelling():
    pids = {str(typist().pid("36233319600101701X")) for _ in range(50)}
    clerk = typist()
    pids |= {str(clerk.pid("36233319600101701X")) for _ in range(400)}
    assert "36233319600101701x" in pids
    assert "362333600101701" in pids
    assert "362333 19600101 701X" in pids


def test_short_names_are_sometimes_set_apart_and_dots_vary():
    clerk = typist()
    assert {str(clerk.name("余金")) for _ in range(200)} == {"余金", "余\u3000金"}
    assert {str(clerk.name("艾力·卡德尔")) for _ in range(50)} == {"艾力·卡德尔", "艾力•卡德尔", "艾力．卡德尔"}


def test_a_spoiled_cell_is_written_exactly_so():
    assert written(Kind.MONEY, Raw("约三千")) == "约三千"


def test_a_blank_stays_blank():
    assert written(Kind.DATE, None) is None


def test_offices_use_their_own_words():
    assert written(Kind.CHOICE, "农村", words=True) == "农村低保"
    assert written(Kind.CHOICE, "农村") == "农村"
    assert written(Kind.TOWNSHIP, "361181103") == "绕二镇"


def columns():
    return [
        Column("village", "村", str),
        Column("persons", "人口", lambda value: value, summed=True),
        Column("amount", "金额", lambda value: value, summed=True),
    ]


ROWS = [
    {"village": "甲村", "persons": 1, "amount": 10},
    {"village": "甲村", "persons": 2, "amount": 20},
    {"village": "乙村", "persons": 3, "amount": 30},
]


def test_titles_sums_and_signatures_stand_around_the_rows():
    layout = Layout("名册", "单位：元", subtotal="village", total=True, signature="填表人：")
    assert lay_out("表", columns(), ROWS, layout).rows == [
        ["名册"],
        ["单位：元"],
        ["序号", "村", "人口", "金额"],
        [1, "甲村", 1, 10],
        [2, "甲村", 2, 20],
        ["小计", None, 3, 30],
        [3, "乙村", 3, 30],
        ["小计", None, 3, 30],
        ["合计", None, 6, 60],
        ["填表人："],
    ]


def test_the_header_is_printed_on_every_page():
    rows = lay_out("表", columns(), ROWS, Layout(numbered=False, page=2)).rows
    assert [row[0] for row in rows] == ["村", "甲村", "甲村", "村", "乙村"]


def test_a_band_spans_its_columns_in_a_first_header_line():
    sheet = lay_out("表", columns(), ROWS[:1], Layout(numbered=False, bands=(("合计数", ("persons", "amount")),)))
    assert sheet.rows[:2] == [["村", "合计数", None], [None, "人口", "金额"]]
    assert set(sheet.merges) == {(0, 0, 1, 0), (0, 1, 0, 2)}


def test_equal_cells_below_each_other_are_merged():
    sheet = lay_out("表", columns(), ROWS, Layout(numbered=False, block="village"))
    assert [row[0] for row in sheet.rows] == ["村", "甲村", None, "乙村"]
    assert sheet.merges == ((1, 0, 2, 0),)


def test_an_empty_list_still_has_its_header():
    assert lay_out("表", columns(), [], Layout(numbered=False)).rows == [["村", "人口", "金额"]]


def test_the_sixteen_offices_cover_every_kind_of_book_and_date():
    assert {style.book for style in STYLES} == {"ministry", "wide", "printed", "csv", "xls"}
    assert {style.dates for style in STYLES} == {"compact", "dotted", "chinese", "dashed", "real"}
    assert {style.spread for style in STYLES} == {"one", "months", "halves"}
