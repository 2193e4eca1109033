"""A column whose equal cells are held once reads as the same column cell by cell."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets_drawn import P1

from dibao_lib.evidence.cells.convert import Setting, convert
from dibao_lib.evidence.coded import Coded, counted, distinct, picked
from dibao_lib.evidence.form import Field, Kind

WORDS = st.sampled_from(
    [
        "",
        "无",
        "张三",
        "张　三(已故)",
        P1,
        "361181196001311232",
        "0012",
        "12.5",
        "1.005",
        "2010.1",
        "2010-09",
        "是",
        "1",
    ]
)
COLUMNS = st.lists(WORDS, min_size=1, max_size=30)


def coded(cells: list[str]) -> Coded:
    """The column with a word in front that no row has, as the label of its header is one."""
    words = ["表头", *dict.fromkeys(cells)]
    return Coded(words, np.array([words.index(cell) for cell in cells], np.int32))


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in {Kind.TOWNSHIP, Kind.VILLAGE}])
@settings(deadline=None, max_examples=50)
@given(cells=COLUMNS, repeated=st.sampled_from([1, 20]))
def test_it_is_converted_as_its_cells_are(gazetteer, kind, cells, repeated):
    one = Field("x", "甲", kind=kind, choices={"是": (), "否": ("1",)} if kind in {Kind.BOOL, Kind.CHOICE} else {})
    plain = convert(one, cells * repeated, Setting(gazetteer))
    once = convert(one, coded(cells * repeated), Setting(gazetteer))
    assert ([*once.values], once.faults, once.notes) == ([*plain.values], plain.faults, plain.notes)


@settings(deadline=None, max_examples=50)
@given(COLUMNS, st.data())
def test_its_parts_are_those_of_its_cells(cells, data):
    column = coded(cells)
    rows = sorted(data.draw(st.sets(st.integers(0, len(cells) - 1))))
    assert [*column] == cells and column[0] == cells[0] and [*column[1:]] == cells[1:]
    assert [*picked(column, rows)] == [cells[row] for row in rows] == picked(cells, rows)
    assert set(distinct(picked(column, rows))) == {cells[row] for row in rows}
    assert counted(column) == Counter(cells)


@settings(deadline=None, max_examples=50)
@given(COLUMNS)
def test_only_words_of_its_rows_are_in_it(cells):
    column = coded(cells)
    assert "表头" not in column and all(cell in column for cell in cells)
    assert "表头" not in column.compact().words
