"""A DataFrame an analyst showed without table(): its cells, spans and colours."""

import pandas as pd
import pytest

from dibao_lib.report.html_tables import read_html_tables


def texts(rows):
    return [[cell and cell.text for cell in row] for row in rows]


def test_a_data_frame_keeps_its_cells_and_shows_a_missing_one_as_a_dash():
    df = pd.DataFrame({"户主": ["<b>张</b>", None], "人数": [1.0, float("nan")]}, index=["a", "b"])
    (table,) = read_html_tables(df._repr_html_())
    assert texts(table.head) == [["", "户主", "人数"]]
    assert texts(table.body) == [["a", "<b>张</b>", "1.0"], ["b", "—", "—"]]


def test_merged_names_of_a_data_frame_stay_merged():
    df = pd.DataFrame(
        [[1, 2], [3, 4]],
        columns=pd.MultiIndex.from_tuples([("问题", "自查"), ("问题", "核实")]),
        index=pd.MultiIndex.from_tuples([("一查", "甲"), ("一查", "乙")]),
    )
    (table,) = read_html_tables(df._repr_html_())
    assert texts(table.head)[0] == ["", "", "问题", None]
    assert texts(table.body) == [["一查", "甲", "1", "2"], [None, "乙", "3", "4"]]


def test_a_coloured_cell_keeps_its_colour():
    html = (
        "<style>#T_r0_c0, #T_r1_c0 {\n background-color: #fff2cc;\n}</style>"
        '<table><caption>情况</caption><tr><td id="T_r0_c0">1</td><td id="other">2</td></tr></table>'
    )
    (table,) = read_html_tables(html)
    assert [cell.fill for cell in table.body[0]] == ["fff2cc", ""]
    assert table.caption == "情况"


@pytest.mark.parametrize(
    "html",
    [
        "<table>",
        "<table><tr></tr></table>",
        '<table><tr><td colspan="999999999" rowspan="9">x</td></tr><tr><td>y</table>',
        '<table><tr><td rowspan="-1" colspan="x">x</td></tr></table>',
        "</td></tr></table><td>x",
        "<table><tr><td>x<table><tr><td>y</td></tr></table></td></tr></table>",
    ],
)
def test_odd_html_makes_a_table_or_nothing_but_no_accident(html):
    for table in read_html_tables(html):
        assert len(table.columns) <= 200
