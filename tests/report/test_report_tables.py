"""A DataFrame becomes a table people can read: merged names, yuan, no 'nan'."""

import pandas as pd
import pytest

from dibao_lib.errors import ReportFailed
from dibao_lib.report.pieces import Cell
from dibao_lib.report.tables import table


def texts(rows):
    return [[cell and cell.text for cell in row] for row in rows]


def spans(rows):
    return {cell.text: (cell.rowspan, cell.colspan) for row in rows for cell in row if cell}


def test_a_missing_value_is_a_dash_and_never_nan():
    df = pd.DataFrame({"户主": ["张某", None], "人数": [1, float("nan")], "日期": [pd.NaT, pd.Timestamp("2011-07-20")]})
    assert texts(table(df).body) == [["张某", "1", "—"], ["—", "—", "2011-07-20"]]
    assert texts(table(df, missing="").body)[1] == ["", "", "2011-07-20"]


def test_upper_column_names_are_merged_and_a_name_over_nothing_runs_down():
    names = pd.MultiIndex.from_tuples([("乡镇", ""), ("问题", "自查"), ("问题", "核实"), ("金额", "元")])
    made = table(pd.DataFrame([["甲", 1, 2, 3]], columns=names))
    assert texts(made.head) == [["乡镇", "问题", None, "金额"], [None, "自查", "核实", "元"]]
    assert spans(made.head) == {
        "乡镇": (2, 1),
        "问题": (1, 2),
        "自查": (1, 1),
        "核实": (1, 1),
        "金额": (1, 1),
        "元": (1, 1),
    }


def test_equal_rows_of_an_index_are_merged_within_their_group():
    index = pd.MultiIndex.from_tuples([("一查", "甲"), ("一查", "甲"), ("二查", "甲")], names=["内容", "乡镇"])
    made = table(pd.DataFrame({"数": [1, 2, 3]}, index=index))
    assert texts(made.head) == [["内容", "乡镇", "数"]]
    assert texts(made.body) == [["一查", "甲", "1"], [None, None, "2"], ["二查", "甲", "3"]]
    assert made.body[0][0].rowspan == 2 and made.body[2][1].rowspan == 1


def test_fen_are_shown_in_yuan_with_one_number_of_decimals_a_column():
    df = pd.DataFrame({"足额": [33000, None, -5], "整元": [33000, 123400, 0]})
    made = table(df, money={"足额", "整元"})
    assert texts(made.body) == [["330.00", "330"], ["—", "1,234"], ["-0.05", "0"]]
    assert [column.kind for column in made.columns] == ["money", "money"]


def test_numbers_stand_right_dates_centred_and_text_left_unless_told():
    df = pd.DataFrame({"甲": ["a"], "乙": [1], "丙": [pd.Timestamp("2011-07-20")], "丁": [True]})
    assert [column.align for column in table(df).columns] == ["left", "right", "center", "left"]
    assert table(df, align={"甲": "center"}).columns[0].align == "center"


def test_a_cell_is_coloured_by_its_value():
    made = table(
        pd.DataFrame({"甲": [1, 2]}), fill=lambda name, value: "FFF2CC" if (name, value) == ("甲", 2) else None
    )
    assert [row[0].fill for row in made.body] == ["", "FFF2CC"]


def test_a_table_without_rows_says_so():
    assert table(pd.DataFrame({"甲": [], "乙": []})).body == ((Cell("无", colspan=2, align="center"), None),)


def test_a_table_without_columns_is_refused():
    with pytest.raises(ReportFailed, match="表格“情况”没有列"):
        table(pd.DataFrame(), caption="情况")


def test_columns_are_as_wide_as_told_or_as_their_texts_need():
    df = pd.DataFrame({"序号": [1], "处理意见": ["责令改正并追回多领的补助"]})
    assert [column.width for column in table(df, widths=[1, 4]).columns] == [1, 4]
    assert [column.width for column in table(df, widths={"序号": 9}).columns] == [9, 13]


def test_counts_are_grouped_as_in_the_text_and_numbers_that_count_nothing_are_not():
    rows = pd.DataFrame({"年份": [2011], "序号": [1234], "户数": [6420], "人均": [1234.5]})
    assert [cell.text for cell in table(rows).body[0]] == ["2011", "1234", "6,420", "1234.5"]
