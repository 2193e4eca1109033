"""Dirt nos. 19-23: dates, months, money, units, places."""

import datetime as dt

import pytest
from sheets_drawn import read, rows_of, set_aside

FILING = "姓名|身份证号|死亡日期\n张三|361181196001011232|{cell}"


def cell_of(gazetteer, header, cell, field):
    reading = read(f"低保证号|乡镇|户主姓名|{header}\nD1|绕二镇|张三|{cell}", gazetteer)
    ((value,),) = rows_of(reading, field) or ((reading.report.refused,),)
    return value, [reason for _, _, reason in set_aside(reading)]


@pytest.mark.parametrize(
    "cell", ["20100415", "2010.4.15", "2010/4/15", "2010年4月15日", "2010-04-15", "#40283", "40283", "@2010-04-15"]
)
def test_19_a_day_in_every_spelling_is_that_day(gazetteer, cell):
    reading = read(FILING.format(cell=cell), gazetteer, "死亡登记.xlsx")
    assert rows_of(reading, "from") == [(dt.date(2010, 4, 15),)]


@pytest.mark.parametrize("cell", ["2010-04", "4月15日", "2010-02-30"])
def test_19_half_a_day_or_none_is_set_aside(gazetteer, cell):
    reading = read(FILING.format(cell=cell), gazetteer, "死亡登记.xlsx")
    assert [reason for _, _, reason in set_aside(reading)] == ["bad_date"]


@pytest.mark.parametrize("cell", ["2010.10", "2010-10", "201010", "2010年10月"])
def test_20_october_written_as_text_is_october(gazetteer, cell):
    assert cell_of(gazetteer, "起始保障年月", cell, "start") == ("2010-10", [])


def test_20_a_month_as_a_number_is_january_or_october_and_is_not_guessed(gazetteer):
    assert cell_of(gazetteer, "起始保障年月", "#2010.1", "start") == (None, ["unanswered"])


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("1,200.00", 120000),
        ("￥330", 33000),
        ("330元", 33000),
        ("0.033万元", 33000),
        ("(100)", -10000),
        ("-100", -10000),
        ("#0", 0),
        ("~", None),
    ],
)
def test_21_money_in_every_spelling_is_fen_and_a_blank_is_not_zero(gazetteer, cell, fen):
    assert cell_of(gazetteer, "家庭分类施保金额", cell, "top_hh") == (fen, [])


def test_21_words_for_money_are_set_aside(gazetteer):
    assert cell_of(gazetteer, "家庭分类施保金额", "约三百", "top_hh") == (None, ["bad_money"])


def test_22_a_quarterly_amount_becomes_monthly_by_its_header(gazetteer):
    assert cell_of(gazetteer, "户月保障金额（元/季）", "#990", "base") == (33000, [])


def test_22_an_amount_a_head_is_not_taken_for_one_a_household(gazetteer):
    assert "应按每户填写，表头写的是每人" in cell_of(gazetteer, "户月保障金额（元/人·月）", "#165", "base")[0]


def test_22_an_amount_outside_all_experience_asks_for_its_unit_and_the_rows_wait(gazetteer):
    reading = read("低保证号|乡镇|户主姓名|户月保障金额（万元）\nD1|绕二镇|张三|#330", gazetteer)
    (question,) = reading.report.questions
    assert "按万元计算，中间值为3,300,000元" in question.text
    assert "如以元为单位则为330元。实际单位是什么" in question.text
    assert (question.choices, rows_of(reading, "base")) == (("元", "万元"), [])


@pytest.mark.parametrize("cell", ["绕二镇", "绕二", "德兴市绕二镇", "绕二镇人民政府", "361181103"])
def test_23_a_township_in_every_spelling_is_its_code(gazetteer, cell):
    reading = read(f"低保证号|乡镇|户主姓名\nD1|{cell}|张三", gazetteer)
    assert rows_of(reading, "twn_id") == [("361181103",)]


def test_23_a_township_nobody_lists_sets_the_row_aside_and_names_the_nearest(gazetteer):
    reading = read("低保证号|乡镇|户主姓名\nD1|绕三镇|张三", gazetteer)
    assert rows_of(reading, "twn_id") == [] and set_aside(reading) == [(2, "twn_id", "unknown_township")]
    assert "最接近的是“绕二镇”" in reading.report.problems[0]
