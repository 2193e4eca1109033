"""Dirt nos. 24-30: hidden, broken and several sheets, numbers, codes, double persons, registers."""

import datetime as dt

import books
import openpyxl
import pytest
import xlsxwriter
from books import HEAD, P1, P2, ROWS, sheet_xml, text_cell, zipped
from sheets_drawn import read, rows_of, set_aside

from dibao_lib.evidence.identities import doubts, reused_certificates
from dibao_lib.evidence.intake import import_files

NOW = dt.datetime(2011, 6, 1)
PLAIN = tuple(header for header in HEAD if header != "乡镇")


def imported(workspace, tmp_path):
    return import_files(workspace, sorted(path for path in tmp_path.iterdir() if path.is_file()), NOW)


def notes(report):
    return [note for file in report.files for sheet in file.sheets for note in sheet.notes]


def test_24_hidden_sheets_and_rows_are_read_and_said(workspace, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "台账.xlsx") as book:
        sheet = book.add_worksheet("表")
        for number, row in enumerate((HEAD, *ROWS)):
            sheet.write_row(number, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})
    books.xlsx(tmp_path / "另.xlsx", {"甲": [HEAD], "乙": [HEAD, ("D9", "绕二镇", "王五", "", 1, 100)]}, hidden=("乙",))
    said = notes(imported(workspace, tmp_path))
    assert sorted(workspace.table("households")["hh_id"]) == ["D1", "D2", "D9"]
    assert "有1行被隐藏或筛选掉，也已读取" in said and "工作表是隐藏的，也已读取" in said


def test_24_strike_through_is_lost_and_that_is_said(workspace, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "台账.xlsx") as book:
        sheet = book.add_worksheet("表")
        for number, row in enumerate((HEAD, *ROWS)):
            sheet.write_row(number, 0, row, book.add_format({"font_strikeout": True}) if number == 2 else None)
    assert any("删除线" in note and "不会读入" in note for note in notes(imported(workspace, tmp_path)))


def coloured(path, rows, marked, **look):
    with xlsxwriter.Workbook(path) as book:
        sheet, head = book.add_worksheet("表"), book.add_format({"bg_color": "#D9E1F2", "font_color": "#1F4E78"})
        for number in range(rows):
            row = ("D" + str(number), *ROWS[0][1:]) if number else HEAD
            sheet.write_row(number, 0, row, head if not number else book.add_format(look) if number in marked else None)


@pytest.mark.parametrize("look", [{"bg_color": "red"}, {"font_color": "#FF0000"}])
def test_24_colours_that_mark_some_rows_are_lost_and_that_is_said(workspace, tmp_path, look):
    coloured(tmp_path / "台账.xlsx", 30, {12, 20}, **look)
    assert "有2行用颜色标记，颜色读不出来；如表示退保、死亡、作废等，请另设一列写明" in notes(
        imported(workspace, tmp_path)
    )


@pytest.mark.parametrize(
    ("marked", "look"),
    [
        ((), {"bold": True}),
        (range(1, 30), {"bg_color": "yellow"}),
        (range(1, 30, 2), {"bg_color": "#EEEEEE"}),
        ({12, 20}, {"bg_color": "white", "font_color": "black"}),
    ],
)
def test_24_colours_for_looks_are_no_marks(workspace, tmp_path, marked, look):
    coloured(tmp_path / "台账.xlsx", 30, set(marked), **look)
    assert not any("颜色" in note for note in notes(imported(workspace, tmp_path)))


def test_25_a_cached_error_is_set_aside_and_not_read_as_blank(workspace, tmp_path):
    head = "".join(
        text_cell(f"{letter}1", label)
        for letter, label in zip("ABCD", ("低保证号", "乡镇", "户主姓名", "户月保障金额"))
    )
    row = "".join(text_cell(f"{letter}2", text) for letter, text in zip("ABC", ("D1", "绕二镇", "张三")))
    zipped(
        tmp_path / "台账.xlsx",
        sheet_xml(f'<row r="1">{head}</row><row r="2">{row}<c r="D2" t="e"><f>NA()</f><v>#N/A</v></c></row>'),
    )
    imported(workspace, tmp_path)
    assert workspace.table("households")["base"].isna().all()
    assert workspace.table("quarantine")["reason"].tolist() == ["error_cell"]


def test_26_sheets_named_by_township_give_their_rows_that_township(workspace, tmp_path):
    rows = [PLAIN, ("D1", "张三", P1, 2, 330)]
    books.xlsx(tmp_path / "全市台账.xlsx", {"绕二镇": rows, "海口镇": [PLAIN, ("H1", "李四", P2, 1, 200)]})
    imported(workspace, tmp_path)
    codes = {one.name: one.code for one in workspace.plan.townships}
    found = dict(workspace.table("households")[["hh_id", "twn_id"]].values.tolist())
    assert found == {"D1": codes["绕二镇"], "H1": codes["海口镇"]}


@pytest.mark.parametrize("name", ["发放表2010-03.xlsx", "201003发放表.xlsx", "2010年3月低保金发放.xlsx"])
def test_26_a_file_for_each_month_gives_its_rows_that_month(workspace, tmp_path, name):
    books.xlsx(tmp_path / name, {"表": [("低保证号", "户主姓名", "发放金额"), ("D1", "张三", 330)]})
    imported(workspace, tmp_path)
    assert workspace.table("payments")["period"].tolist() == ["2010-03"]


def test_26_a_file_without_a_month_anywhere_is_asked_about(workspace, tmp_path):
    books.xlsx(tmp_path / "发放表.xlsx", {"表": [("低保证号", "户主姓名", "发放金额"), ("D1", "张三", 330)]})
    assert "缺少“发放月份”列" in " ".join(p for file in imported(workspace, tmp_path).files for p in file.problems)


NUMBERLESS = f"""
序号|低保证号|乡镇|村(居)|户主姓名|户主身份证号
#1|D1|绕二镇|绕二村|王五|~
#1|~|绕二镇|绕二村|张三|{P1}
#2|~|绕二镇|绕二村|李四|{P2}
#3|~|绕二镇|绕二村|无证|~
#4|#361181196001011232|绕二镇|绕二村|赵六|362302194803030010
"""


def test_27_a_household_without_a_number_is_known_by_its_head_and_village_in_every_file(gazetteer):
    reading, again = read(NUMBERLESS, gazetteer), read(NUMBERLESS, gazetteer, "别的文件.xlsx")
    numbers = [number for (number,) in rows_of(reading, "hh_id")]
    assert numbers[0] == "D1" and len(set(numbers)) == 3 and all(n.startswith("暂") for n in numbers[1:])
    assert rows_of(again, "hh_id") == rows_of(reading, "hh_id")
    assert sorted(set_aside(reading)) == [
        (3, "hh_id", "no_number"),
        (4, "hh_id", "no_number"),
        (5, "hh_id", "missing"),
        (6, "hh_id", "digits_lost"),
    ]
    assert any(
        "“低保证号”列有2行空白，已按户主身份证号和村（居）编成临时号导入" in note for note in reading.report.notes
    )


def test_27_a_blank_number_goes_back_to_the_township_although_the_row_was_read(workspace, tmp_path):
    books.xlsx(tmp_path / "绕二镇.xlsx", {"表": [HEAD, ("", *ROWS[0][1:])]})
    report = imported(workspace, tmp_path)
    assert report.totals["read"] == 1 and not report.refused
    sheet = openpyxl.load_workbook(workspace.folder / "退回更正" / "绕二镇.xlsx").active
    assert sheet["F5"].value == "没有低保证号，已按户主身份证号和村（居）编成临时号，凭临时号的比对只作线索（值已采用）"
    assert sheet["G5"].value == "请补填低保证号后重报。"


def test_27_a_provisional_number_proves_nothing(find):
    twice = "payments | hh_id | period | amt\n | {0} | 2011-02 | 200\n | {0} | 2011-02 | 200\n"
    head = "households | hh_id | kind | twn_id | head\n | {0} | 农村 | T1 | 甲\n"
    severities = [find("F8", (head + twice).format(number))[0]["severity"] for number in ("D1", "暂0a1b2c3d4e5f")]
    assert severities == ["A", "B"]


def test_27_a_number_with_its_year_in_front_stays_as_written(gazetteer):
    assert rows_of(read("低保证号|乡镇|户主姓名\n2010-0012|绕二镇|张三", gazetteer), "hh_id") == [("2010-0012",)]


def test_27_a_number_that_two_heads_hold_is_listed_with_its_rows(workspace, tmp_path):
    books.xlsx(tmp_path / "台账.xlsx", {"表": [HEAD, ROWS[0], (ROWS[0][0], *ROWS[1][1:])]})
    imported(workspace, tmp_path)
    assert reused_certificates(workspace)[["低保证号", "户数"]].values.tolist() == [["D1", 2]]
    ((problem, places, _),) = doubts(workspace).values.tolist()
    assert (problem, places) == ("同一低保证号由2名户主共用", "台账.xlsx“表”第2行、台账.xlsx“表”第3行")


@pytest.mark.parametrize(("cell", "sex"), [("男", "男"), ("#1", "男"), ("2", "女"), ("不详", None)])
def test_28_codes_and_words_of_a_list_are_one_and_others_are_set_aside(gazetteer, cell, sex):
    reading = read(f"低保证号|姓名|身份证号|性别\nD1|张三|{P1}|{cell}", gazetteer, "家庭成员.xlsx")
    assert rows_of(reading, "sex") == [(sex,)]
    assert [reason for _, _, reason in set_aside(reading)] == ([] if sex else ["unknown_choice"])


@pytest.mark.parametrize(("cell", "covered"), [("√", True), ("是", True), ("Y", True), ("#1", True), ("否", False)])
def test_28_a_tick_a_word_and_a_code_all_mean_yes(gazetteer, cell, covered):
    reading = read(f"低保证号|姓名|身份证号|是否保障\nD1|张三|{P1}|{cell}", gazetteer, "家庭成员.xlsx")
    assert rows_of(reading, "is_cov") == [(covered,)]


def test_29_the_head_in_the_household_row_and_among_its_members_is_kept_in_both_tables(gazetteer):
    reading = read(f"低保证号|乡镇|户主|户主身份证号|姓名1|身份证号1\nD1|绕二镇|张三|{P1}|张三|{P1}", gazetteer)
    assert rows_of(reading, "head_pid") == [(P1,)] and rows_of(reading, "pid", table="members") == [(P1,)]
    assert reading.report.read == 1 and reading.report.others == {"members": 1}


DEATHS = "姓名|身份证号|死亡日期\n张三|361181196001011232|2010-04-15"


def test_30_the_cut_off_date_of_a_register_is_taken_from_the_line_above_or_below(gazetteer):
    above = read(f"死亡登记  数据截止日：2011-05-31\n{DEATHS}", gazetteer, "死亡登记.xlsx")
    below = read(f"{DEATHS}\n数据截止日期：2011年5月31日", gazetteer, "死亡登记.xlsx")
    assert rows_of(above, "asof") == rows_of(below, "asof") == [(dt.date(2011, 5, 31),)]


def test_30_a_register_without_a_cut_off_date_has_none_and_is_never_given_one(gazetteer):
    assert rows_of(read(DEATHS, gazetteer, "死亡登记.xlsx"), "asof") == [(None,)]
