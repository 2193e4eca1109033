"""Units: what header and title state, and whether the figures bear it out (dirty-data.md, nos. 21, 22)."""

import pytest
from sheets_drawn import read, rows_of, set_aside

BASE = "低保证号|乡镇|户主姓名|户月保障金额{unit}\nD1|绕二镇|张三|#{figure}"
INCOME = "低保证号|乡镇|户主姓名|{header}\nD1|绕二镇|张三|#{figure}"


def base_of(gazetteer, unit, figure, title=""):
    return rows_of(read(title + BASE.format(unit=unit, figure=figure), gazetteer), "base")


@pytest.mark.parametrize(
    ("unit", "figure"),
    [
        ("", "330"),
        ("（元）", "330"),
        ("(万元)", "0.033"),
        ("（元/月）", "330"),
        ("(元/户·月)", "330"),
        ("(元/年)", "3960"),
        ("（元/季）", "990"),
    ],
)
def test_the_unit_beside_the_label_decides(gazetteer, unit, figure):
    assert base_of(gazetteer, unit, figure) == [(33000,)]


def test_the_unit_line_holds_for_columns_that_say_nothing(gazetteer):
    assert base_of(gazetteer, "", "0.033", "低保台账\n单位：万元\n") == [(33000,)]
    assert base_of(gazetteer, "（元）", "330", "低保台账\n单位：户、人、万元\n") == [(33000,)]


@pytest.mark.parametrize(
    ("header", "figure"),
    [("月人均收入", "100"), ("家庭年均收入", "1200"), ("年人均收入（元）", "1200"), ("人均收入(元/年)", "1200")],
)
def test_a_yearly_income_becomes_monthly(gazetteer, header, figure):
    assert rows_of(read(INCOME.format(header=header, figure=figure), gazetteer), "pci") == [(10000,)]


def test_an_amount_by_another_head_cannot_be_converted(gazetteer):
    reading = read(BASE.format(unit="（元/人·月）", figure="165"), gazetteer)
    assert "应按每户填写，表头写的是每人（元/人·月），无法换算" in reading.report.refused


def test_ten_thousands_claimed_over_figures_in_yuan_are_asked_about_with_both_readings(gazetteer):
    reading = read(BASE.format(unit="（万元）", figure="330"), gazetteer, "绕二镇.xlsx")
    (problem,) = reading.report.problems
    assert problem == (
        "绕二镇.xlsx“Sheet1”：“户月保障金额”列的单位按万元计算，中间值为3,300,000元，不在1至20,000元之间；"
        "如以元为单位则为330元。实际单位是什么。可答：元、万元。请在“表册”笔记本里选定并保存，或在“绕二镇.xlsx.toml”的 "
        '[sheet."Sheet1".units] 下写 "户月保障金额" = "元" 这样的一行，再重新导入。（答复前1行暂不导入）'
    )
    assert not reading.batches
    assert set_aside(reading) == [(2, "", "unanswered")]
    assert (reading.report.rows, reading.report.ignored, reading.report.quarantined) == (
        2,
        {"header": 1},
        {"unanswered": 1},
    )


def test_figures_in_ten_thousands_without_saying_so_are_asked_about_too(gazetteer):
    (question,) = read(BASE.format(unit="", figure="0.033"), gazetteer).report.questions
    assert "如以万元为单位则为330元" in question.text


def test_a_sheet_of_zeros_proves_nothing_and_is_read(gazetteer):
    assert base_of(gazetteer, "（万元）", "0") == [(0,)]
