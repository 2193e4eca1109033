"""What is read, what is ignored and counted, what is set aside (dirty-data.md, nos. 15-17, 24)."""

from hypothesis import given
from hypothesis import strategies as st
from sheets_drawn import P1, P2, VOCABULARY, read, rows_of, set_aside

from dibao_lib.evidence.cell import RawSheet
from dibao_lib.evidence.sheet import read_sheet

HEAD = "低保证号|乡镇|户主姓名|户主身份证号|户月保障金额"


def conserved(report):
    return report.rows == report.accounted


def test_what_people_put_around_the_rows_is_counted_by_reason(gazetteer):
    reading = read(
        f"""
        绕二镇低保对象台账 | < | < | < | <
        单位：元
        {HEAD}
        甲 | 1 | 2 | 3 | 4
        D1 | 绕二镇 | 张三 | {P1} | #330
        小计 | ~ | ~ | ~ | #330
        ~ | ~ | ~ | ~ | ~
        绕二镇低保对象台账 | < | < | < | <
        {HEAD}
        D2 | 绕二镇 | 李四 | {P2} | #200
        合　计 | ~ | ~ | ~ | #530
        填表人：王五 | ~ | 审核人：赵六 | ~ | 2011-06-30
        备注：本表一式三份
        """,
        gazetteer,
    )
    assert [row[0] for row in rows_of(reading, "hh_id")] == ["D1", "D2"]
    assert reading.report.ignored == {
        "title": 3,
        "header": 2,
        "numbering": 1,
        "total": 2,
        "blank": 1,
        "signature": 1,
        "note": 1,
    }
    assert conserved(reading.report)
    assert reading.batches[0].rows == [5, 10]


def test_a_row_with_nothing_but_its_number_holds_no_data(gazetteer):
    reading = read(f"序号|{HEAD}\n#1|D1|绕二镇|张三|{P1}|#330\n#2|~|~|~|~|~", gazetteer)
    assert reading.report.ignored["unfilled"] == 1


def test_signatures_may_stand_in_cells_of_their_own(gazetteer):
    reading = read(f"{HEAD}\nD1|绕二镇|张三|{P1}|#330\n审核人|~|赵六|~|~\n单位负责人（签字）：|~|~|~|~", gazetteer)
    assert reading.report.ignored["signature"] == 2


def test_a_remark_across_columns_is_no_data(gazetteer):
    reading = read(f"{HEAD}\n以下为2010年新增对象|<|<|<|<\nD1|绕二镇|张三|{P1}|#330", gazetteer)
    assert reading.report.ignored["note"] == 1


def test_a_row_without_its_number_is_set_aside_and_not_guessed(gazetteer):
    reading = read(f"{HEAD}\nD1|绕二镇|张三|{P1}|#330\n~|绕二镇|李四|~|#200", gazetteer)
    assert set_aside(reading) == [(3, "hh_id", "missing")]
    assert reading.report.problems == (
        "台账.xlsx“Sheet1”第3行“低保证号”列：必填项为空。请补填后重报（如为合并单元格，请取消合并并逐行填写）。（整行未导入）",
    )
    assert conserved(reading.report)


def test_a_fault_in_a_column_that_is_not_required_leaves_that_cell_blank(gazetteer):
    reading = read(f"{HEAD}\nD1|绕二镇|张三|#361181196001011232|#330", gazetteer)
    assert rows_of(reading, "hh_id", "head_pid", "base") == [("D1", None, 33000)]
    assert set_aside(reading) == [(2, "head_pid", "digits_lost")]
    assert reading.quarantined[0].value == "361181196001011???"
    assert reading.report.withheld == {"digits_lost": 1}
    assert reading.report.problems[0].endswith("（该格留空，其余已导入）")


def test_an_unknown_township_sets_the_row_aside_by_name_of_file_sheet_row_and_column(gazetteer):
    reading = read(f"{HEAD}\nD1|绕三镇|张三|{P1}|#330\nD2|绕二镇|李四|{P2}|#330", gazetteer)
    assert [row[0] for row in rows_of(reading, "hh_id")] == ["D2"]
    assert reading.report.problems[0].startswith("台账.xlsx“Sheet1”第2行“乡镇”列：名称或代码不在乡镇名单中")


def test_no_value_of_a_person_is_in_any_sentence(gazetteer):
    reading = read(f"{HEAD}\nD1|绕二镇|欧阳某|36118119600101123|约三百\n~|欧阳某|欧阳某|欧阳某|欧阳某", gazetteer)
    said = " ".join(reading.report.problems + reading.report.notes)
    assert "欧阳某" not in said and "36118119600101123" not in said and "约三百" not in said
    assert {line.value for line in reading.quarantined} >= {"欧阳某", "36118119600101123", "约三百"}


def test_many_cells_with_the_same_fault_are_one_sentence(gazetteer):
    rows = "\n".join(f"D{n}|绕二镇|张三|#361181196001011232|#330" for n in range(20))
    problems = read(f"{HEAD}\n{rows}", gazetteer).report.problems
    assert len(problems) == 1
    assert problems[0].startswith("台账.xlsx“Sheet1”第2、3、4、5、6等20行“户主身份证号”列：以数字存放")


def test_a_merged_name_holds_for_every_row_and_a_merged_amount_for_the_first(gazetteer):
    reading = read(
        f"""
        低保证号 | 姓名 | 身份证号 | 与户主关系 | 年收入
        D1       | 张三 | {P1}     | 户主       | #1200
        ^        | 李四 | {P2}     | 妻         | ^
        """,
        gazetteer,
    )
    assert rows_of(reading, "hh_id", "name", "rel", "inc") == [
        ("D1", "张三", "本人", 120000),
        ("D1", "李四", "配偶", None),
    ]


def test_a_total_word_that_is_a_choice_is_data(gazetteer):
    reading = read(
        "填报单位|类别|现有低保户数|现有低保人数\n绕二镇|城市|#3|#5\n绕二镇|农村|#7|#9\n绕二镇|合计|#10|#14",
        gazetteer,
        "统计表.xlsx",
    )
    assert [row[1] for row in rows_of(reading, "twn_id", "kind")] == ["城市", "农村", "合计"]


def test_the_countys_own_row_is_a_total(gazetteer):
    reading = read("填报单位|类别|现有低保户数|现有低保人数\n绕二镇|合计|#10|#14\n德兴市|合计|#10|#14", gazetteer)
    assert reading.report.read == 1 and reading.report.ignored["total"] == 1


def test_an_error_cell_is_a_fault_and_not_a_blank(gazetteer):
    reading = read(f"{HEAD}\nD1|绕二镇|张三|{P1}|~", gazetteer, errors={(1, 4): "#N/A"})
    assert set_aside(reading) == [(2, "base", "error_cell")]
    assert "单元格是“#N/A”" in reading.report.problems[0]


def test_a_row_of_a_text_table_with_one_comma_too_many_is_set_aside(gazetteer):
    reading = read(
        f"{HEAD}\nD1|绕二镇|张三|{P1}|#330|x\nD2|绕二镇|李四|{P2}|#200", gazetteer, "a.csv", name="", delimited=True
    )
    assert set_aside(reading) == [(2, "", "ragged")]
    assert reading.report.problems[0].startswith("a.csv第2行：单元格个数与表头对不上")


def test_a_hidden_sheet_is_read_and_named(gazetteer):
    reading = read(f"{HEAD}\nD1|绕二镇|张三|{P1}|#330", gazetteer, hidden=True)
    assert reading.report.read == 1
    assert "工作表是隐藏的，也已读取" in reading.report.notes


def test_a_note_after_a_name_goes_to_the_quarantine_and_the_name_is_taken(gazetteer):
    reading = read(f"{HEAD}\nD1|绕二镇|张三（已故）|{P1}|#330", gazetteer)
    assert rows_of(reading, "head") == [("张三",)]
    assert set_aside(reading) == [(2, "head", "name_note")]
    assert reading.report.problems == ()


def test_hostile_values_stay_text(gazetteer):
    hostile = ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "$x^{2}", '#read("x")', "../../etc"]
    sheet = RawSheet(
        "Sheet1",
        [HEAD.split("|") + ["家庭住址"], *([f"D{n}", "绕二镇", "张三", P1, 330.0, h] for n, h in enumerate(hostile))],
    )
    reading = read_sheet(sheet, "台账.xlsx", VOCABULARY, gazetteer)
    assert [row[0] for row in rows_of(reading, "addr")] == hostile


CELLS = st.one_of(
    st.sampled_from(
        ["", "D1", "绕二镇", "绕三镇", "合计", "小计", "填表人：", "张三", P1, "备注：", "低保证号", "乡镇"]
    ),
    st.floats(-1e18, 1e18),
    st.text(max_size=6),
    st.booleans(),
    st.dates(),
)


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=12))
def test_whatever_lies_below_a_header_every_row_is_accounted_for(rows):
    from dibao_lib.evidence.gazetteer import Gazetteer

    places = Gazetteer.of("德兴市", [("361181103", "绕二镇", ())])
    report = read_sheet(RawSheet("Sheet1", [HEAD.split("|"), *rows]), "台账.xlsx", VOCABULARY, places).report
    filled = max((number for number, row in enumerate(rows, 2) if any(cell != "" for cell in row)), default=1)
    assert report.rows == report.accounted == filled
