"""Numbers, dates and codes get the room of one line; the other columns share the rest as they were told to."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao_lib.report.columns import fitted, word_em
from dibao_lib.report.layout import sections, table_pt
from dibao_lib.report.tables import table

EDGES = 0.8


def widths(room, told, **columns):
    made = fitted(table(pd.DataFrame(columns), widths=told), room, EDGES)
    return [round(column.width, 2) for column in made.columns]


def test_a_column_too_narrow_for_its_number_takes_room_from_the_others():
    assert widths(40, [10, 10, 20], 身份证号=["362326190001010018"], 户主=["某"], 情况=["甲" * 60]) == [
        pytest.approx(18 * 0.56 + EDGES, abs=0.01), 9.71, 19.41,
    ]  # fmt: skip


def test_columns_wide_enough_stay_as_they_were():
    assert widths(40, [3, 1], 身份证号=["362326190001010018"], 户主=["某"]) == [3, 1]


def test_the_mark_behind_a_code_stays_with_it():
    assert widths(20, [1, 9], 条款=["R10、R22"], 情况=["甲"])[0] == pytest.approx(
        (word_em("R10、") + EDGES) / 2, abs=0.01
    )


def test_a_file_name_may_break_and_a_digest_may_not():
    name, digest = "绕二镇_20110510_abcdefghijkl.xlsx#Sheet1#431", "0" * 60 + "cafe"
    assert widths(60, [1, 1], 来源=[name], 情况=["甲"]) == [1, 1]
    assert widths(60, [1, 1], 校验码=[digest], 情况=["甲"])[0] > 1.15


def test_where_room_fails_shorter_words_are_still_kept_whole():
    ids = {f"号{n}": ["362326190001010018"] for n in range(4)}
    assert widths(40, [1, 3, 3, 3, 3], 日期=["2011-07-15"], **ids)[0] * 40 / 13 > word_em("2011-07-15")


def test_a_name_stays_on_one_line_where_there_is_room_for_it():
    told = {"户主": ["张三某", "欧阳某某"], "情况": ["甲" * 60] * 2}
    assert widths(40, [2, 38], **told)[0] == 4 + EDGES
    assert widths(40, [2, 38], 户主=["张三某欧阳"], 情况=["甲"])[0] == 2 + EDGES


def test_where_room_fails_a_name_breaks_before_a_number():
    ids = {f"号{n}": ["36232619000"] for n in range(3)}
    made = widths(23.4, [2, 7.1, 7.1, 7.2], 户主=["张某某"], **ids)
    assert made[0] < 3 + EDGES and min(made[1:]) >= round(11 * 0.56 + EDGES, 2)


@given(
    st.lists(st.tuples(st.floats(0.5, 30), st.text("0123456789R、甲-（元） ", max_size=24)), min_size=1, max_size=14),
    st.floats(10, 90),
)
def test_the_widths_keep_their_sum_and_no_column_vanishes(columns, room):
    frame = pd.DataFrame([[text for _, text in columns]], columns=[f"列{n}" for n in range(len(columns))])
    told = [width for width, _ in columns]
    made = [column.width for column in fitted(table(frame, widths=told), room, EDGES).columns]
    assert sum(made) == pytest.approx(sum(told))
    assert all(new >= 0.59 * old for new, old in zip(made, told, strict=True))


def test_every_table_of_a_report_is_fitted_and_a_ledger_is_set_smaller():
    rows = pd.DataFrame({f"列{n}": ["1"] for n in range(12)} | {"身份证号": ["362326190001010018"]})
    ((made,),) = [section.blocks for section in sections([table(rows, widths=[1] * 13)])]
    assert made.columns[-1].width > 1 and table_pt(made) == 9
    assert table_pt(table(rows.iloc[:, :10])) == 10.5
