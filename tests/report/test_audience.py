"""What of a person a document may show, by who reads it."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao_lib.report.audience import LEAST_GROUP, Audience, group_sizes, person_id, told, told_rows

PID = "110101199003072316"


def test_an_id_number_is_whole_inside_masked_in_a_circular_and_absent_in_public():
    assert [person_id(PID, audience) for audience in Audience] == [PID, "110101********2316", ""]


@pytest.mark.parametrize(
    ("written", "circulated", "public"),
    [
        (f"其身份证号{PID}，已故", "其身份证号110101********2316，已故", "其身份证号，已故"),
        ("户主11010119900307231x；", "户主110101********231x；", "户主；"),
        ("110101 19900307 2316", "110101********2316", ""),
        ("１１０１０１１９９００３０７２３１６", "１１０１０１********２３１６", ""),
        ("第一代110101900307231", f"第一代{'*' * 15}", "第一代"),
        (f"{PID}、{PID}", "110101********2316、110101********2316", "、"),
        # certificate, part of a longer number or digest, sum, date
        *((text, text, text) for text in ("低保证号36118100110075", f"a{PID}", f"{PID}0", "12,345元", "2011-06-30")),
    ],
)
def test_an_id_number_written_into_a_text_follows_the_same_rule(written, circulated, public):
    assert [told(written, audience) for audience in Audience] == [written, circulated, public]


def test_rows_are_told_column_by_column_and_cell_by_cell():
    rows = pd.DataFrame(
        {
            "人": pd.Series([PID, None, "张三"], dtype="str"),
            "混": pd.Series([f"证{PID}", 5, None], dtype=object),
            "出处": [np.array([f"{PID}.xlsx#表#2", "乙"], dtype=object), None, np.array([], dtype=object)],
            "户数": [1, 2, 3],
            "日": [dt.date(2011, 6, 30)] * 3,
        }
    )
    before = rows.copy(deep=True)
    assert told_rows(rows, Audience.INTERNAL) is rows
    shown = told_rows(rows, Audience.CIRCULATED)
    assert shown["人"].isna().tolist() == [False, True, False]
    assert shown["人"].dropna().tolist() == ["110101********2316", "张三"]
    assert shown["混"].tolist() == ["证110101********2316", 5, None]
    assert [None if cell is None else list(cell) for cell in shown["出处"]] == [
        ["110101********2316.xlsx#表#2", "乙"],
        None,
        [],
    ]
    assert shown.dtypes.tolist() == before.dtypes.tolist()
    pd.testing.assert_frame_equal(shown[["户数", "日"]], before[["户数", "日"]])
    pd.testing.assert_frame_equal(rows, before)


def test_small_groups_are_told_inside_and_not_in_public():
    assert group_sizes([3, 40, 0, 12], Audience.INTERNAL) == ["3", "40", "0", "12"]
    # 12 goes too, or 3 would follow from the total
    assert group_sizes([3, 40, 0, 12], Audience.PUBLIC) == ["未列", "40", "0", "未列"]
    assert group_sizes([3, 5, 40], Audience.PUBLIC) == ["未列", "未列", "40"]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_no_small_group_follows_from_the_total(counts):
    told = group_sizes(counts, Audience.PUBLIC)
    left_out = [count for count, shown in zip(counts, told, strict=True) if shown == "未列"]
    assert all(count == 0 or count >= LEAST_GROUP for count, shown in zip(counts, told, strict=True) if shown != "未列")
    if len(left_out) == 1:
        # nothing else could be left out with it
        assert sum(count > 0 for count in counts) == 1
