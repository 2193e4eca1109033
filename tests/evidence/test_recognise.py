"""Which form a sheet is, and what title lines and names add (dirty-data.md, nos. 15, 23, 26)."""

import pytest
from sheets_drawn import P1, read, rows_of

RAOER = "361181103"


def test_title_and_unit_lines_stand_above_the_header(gazetteer):
    reading = read(
        f"""
        绕二镇农村低保对象台账 | <      | <        | <            | <
        填报单位：绕二镇       | ~      | ~        | ~            | 单位：元
        低保证号               | 乡镇   | 户主姓名 | 户主身份证号 | 户月保障金额
        D1                     | 绕二镇 | 张三     | {P1}         | #330
        """,
        gazetteer,
    )
    assert reading.report.form == "低保对象台账(家庭)"
    assert reading.report.header_rows == (3, 3)
    assert rows_of(reading, "hh_id", "twn_id", "head", "base", "kind") == [("D1", RAOER, "张三", 33000, "农村")]
    assert reading.report.ignored == {"title": 2, "header": 1}


HEADS = {
    "households": "低保证号|乡镇|户主姓名|户主身份证号|家庭人口|户月保障金额",
    "members": "低保证号|姓名|身份证号|与户主关系|性别|是否保障",
    "payments": "低保证号|户主姓名|身份证号|发放月份|发放金额",
    "exits": "乡镇|村(居)|低保证号|户主姓名|身份证号|退保日期|退保原因",
    "case_events": "低保证号|申请日期|村(居)评议日期|乡镇评审日期|县级审批日期",
    "assessments": "低保证号|核定日期|工资性收入|核定总收入|月人均",
    "cadres": "姓名|身份证号|乡镇|村(居)|职务|级别",
    "filings": "干部姓名|干部身份证号|职务|有无亲属享受|享受低保亲属姓名",
    "panels": "村(居)|姓名|身份证号|身份|是否到会",
    "reviews": "村(居)|低保证号|户主姓名|到会人数|同意人数|不同意人数",
    "standards": "类别|执行日期|保障标准|文号",
    "townships": "行政区划代码|乡镇(街道)|类型",
    "villages": "村居代码|乡镇代码|村(居)委会|总户数",
}


@pytest.mark.parametrize("table", HEADS)
def test_every_form_is_told_apart_by_its_header_alone(gazetteer, table):
    head = HEADS[table]
    # the file name gives the township, so a list of exits could pass for a register of households
    reading = read(f"{head}\n{'|'.join(['x'] * (head.count('|') + 1))}", gazetteer, "绕二镇.xlsx")
    assert reading.report.table == table, reading.report


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ("姓名|身份证号|死亡日期|注销日期|数据截止日", "死亡"),
        ("单位|姓名|身份证号|职务|应发工资|数据截止日", "财政供养"),
        ("号牌号码|车辆类型|所有人|证件号码|初次登记日期", "机动车"),
    ],
)
def test_a_register_names_its_source(gazetteer, head, source):
    cells = [P1 if "证" in label else "@2011-01-01" if "日" in label else "x" for label in head.split("|")]
    reading = read(f"{head}\n{'|'.join(cells)}", gazetteer)
    assert rows_of(reading, "reg") == [(source,)]


def test_a_register_of_another_bureau_is_known_by_its_title(gazetteer):
    reading = read(
        f"住房公积金缴存人员\n来源|姓名|身份证号\n公积金|张三|{P1}".replace("来源|", "").replace("公积金|", ""),
        gazetteer,
    )
    assert rows_of(reading, "reg", "pid") == [("公积金", P1)]


@pytest.mark.parametrize(
    ("source_file", "sheet", "title"),
    [
        ("台账.xlsx", "绕二镇", "台账"),
        ("绕二镇.xlsx", "Sheet1", "台账"),
        ("绕二镇2011年6月台账.xlsx", "Sheet1", "台账"),
        ("绕二镇/台账.xlsx", "Sheet1", "台账"),
        ("台账.xlsx", "Sheet1", "填报单位：绕二镇"),
        ("台账.xlsx", "Sheet1", "单位:绕二镇人民政府   2011年6月30日"),
    ],
)
def test_title_line_sheet_file_or_folder_name_gives_the_township(gazetteer, source_file, sheet, title):
    reading = read(f"{title}\n低保证号|户主姓名|家庭人口\nD1|张三|#2", gazetteer, source_file, name=sheet)
    assert rows_of(reading, "hh_id", "twn_id") == [("D1", RAOER)]


def test_the_closest_name_counts(gazetteer):
    reading = read("低保证号|户主姓名|家庭人口\nD1|张三|#2", gazetteer, "海口镇.xlsx", name="绕二镇")
    assert rows_of(reading, "twn_id") == [(RAOER,)]
    assert reading.report.constants["twn_id"] == "工作表名"


def test_title_pairs_give_fields_that_have_no_column(gazetteer):
    reading = read(
        """
        低保对象评议结果汇总表       | <            | <        | <
        村（居）委会：双河社区       | ~            | 评议日期： | @2011-05-03
        低保证号                     | 同意人数     | 不同意人数 | 到会人数
        D1                           | #15          | #2         | #17
        """,
        gazetteer,
        "绕二镇.xlsx",
    )
    assert [str(v) for v in rows_of(reading, "vil_id", "met_on")[0]] == ["361181103002", "2011-05-03"]


def test_several_pairs_in_one_cell_are_several(gazetteer):
    reading = read(
        """
        评议会地点：双河社区　　评议日期：2011年5月3日　　单位：人
        村(居) | 低保证号 | 同意人数 | 不同意人数
        双河社区 | D1 | #15 | #2
        """,
        gazetteer,
    )
    assert str(rows_of(reading, "met_on")[0][0]) == "2011-05-03"


def test_the_cut_off_date_may_stand_below_the_table(gazetteer):
    reading = read(f"姓名|身份证号|死亡日期\n张三|{P1}|2011-01-05\n数据截止日：2011-05-31", gazetteer)
    assert str(rows_of(reading, "asof")[0][0]) == "2011-05-31"


def test_a_name_in_a_title_line_is_not_every_rows_name(gazetteer):
    reading = read("经办人：李四\n低保证号|申请日期|县级审批日期\nD1|2010-01-01|2010-02-01", gazetteer)
    assert rows_of(reading, "agent") == [(None,)]


@pytest.mark.parametrize(
    ("source_file", "sheet", "title"),
    [
        ("发放表.xlsx", "Sheet1", "绕二镇2010年11月低保金发放表"),
        ("发放表.xlsx", "2010年11月", "发放表"),
        ("绕二镇2010-11.xlsx", "Sheet1", "发放表"),
    ],
)
def test_one_file_or_sheet_a_month_has_the_month_in_its_name(gazetteer, source_file, sheet, title):
    reading = read(f"{title}\n低保证号|户主姓名|发放金额\nD1|张三|#330", gazetteer, source_file, name=sheet)
    assert rows_of(reading, "period") == [("2010-11",)]


def test_two_months_in_a_title_give_none(gazetteer):
    reading = read("2010年11月、2010年12月低保金发放表\n低保证号|户主姓名|发放金额\nD1|张三|#330", gazetteer)
    assert "缺少“发放月份”列" in reading.report.refused


def test_a_missing_column_is_named_with_the_form(gazetteer):
    reading = read("低保证号|户主姓名|身份证号|发放金额|发放方式\nD1|张三|x|#330|银行", gazetteer, "发放.csv", name="")
    assert (
        reading.report.refused == "发放.csv：像是“低保金发放明细”，但缺少“发放月份”列。请补上该列（或改正表头）后重报。"
    )
    assert not reading.batches


def test_two_columns_with_equal_claims_are_asked_about(gazetteer):
    reading = read("低保证号|发放月份|发放金额|发放金额\nD1|2010-01|#1|#2", gazetteer)
    (question,) = reading.report.questions
    assert "有几列都像“发放金额”（C、D列）" in question.text
    assert (question.choices, question.line(), question.rows) == (("C", "D"), 'C = "发放金额"', 1)


def test_a_sheet_that_could_be_two_forms_is_asked_about(gazetteer):
    from dibao_lib.evidence.form import Field, Form
    from dibao_lib.evidence.mapping import Vocabulary

    twins = Vocabulary([Form(t, f"{t}表", (Field("a", "名称"), Field("b", "数量")), marks=("a",)) for t in "甲乙"])
    report = read("名称|数量\nx|y", gazetteer, vocabulary=twins).report
    assert "既像“甲表”，又像“乙表”" in report.problems[0]
    assert (report.read, report.quarantined) == (0, {"unanswered": 1})


def test_a_cover_page_is_left_out_and_said_so(gazetteer):
    reading = read("填报说明\n一、请用文本格式\n二、不要合并", gazetteer)
    assert not reading.report.table and not reading.report.refused
    assert reading.report.notes == ("没有成行成列的内容，未导入。请核对是否为方案规定的表册，表头应在前25行内。",)


def test_the_report_says_how_every_column_was_understood(gazetteer):
    reading = read("低保证号|乡镇|户主|户月保障金额（元）|备用\nD1|绕二镇|张三|#330|x", gazetteer)
    columns = {column.column: (column.field, column.how, column.unit) for column in reading.report.columns}
    assert columns == {
        "A": ("hh_id", "表头", ""),
        "B": ("twn_id", "表头", ""),
        "C": ("head", "同义词", ""),
        "D": ("base", "表头", "元"),
    }
    assert reading.report.unmapped == ("备用",)


def test_a_line_to_fill_in_over_the_table_is_no_header(gazetteer):
    text = """
        统计表     | <        | <    | <      | <
        填报单位： | <        | 绕二镇 | <    | ~
        干部人数   | 已填报人数 | 清退 | <      | 涉及月金额
        ^          | ^        | 户数 | 人数   | ^
        20         | 19       | 1    | 2      | 300
    """
    reading = read(text, gazetteer)
    assert rows_of(reading, "n_cad", "n_out.households", "n_out.persons") == [(20, 1, 2)]
    (place,) = rows_of(reading, "twn_id")
    assert gazetteer.names[place[0]] == "绕二镇"
