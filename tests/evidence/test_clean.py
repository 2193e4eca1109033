"""The fast ways through large tables give what the careful ones give."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets_drawn import P1, P2

from dibao_lib.evidence import delimited
from dibao_lib.evidence.cell import Turned
from dibao_lib.evidence.cells import clean, texts
from dibao_lib.evidence.cells.convert import _READERS, Setting
from dibao_lib.evidence.form import Field, Kind

KINDS = {
    Kind.TEXT: clean.clean_texts,
    Kind.NAME: clean.clean_names,
    Kind.CODE: clean.clean_codes,
    Kind.PID: clean.clean_ids,
}
CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "无",
            "张三",
            "张　三",
            P1,
            P2,
            "0012",
            "３６",
            "a b",
            "-",
            "１",
            "①",
            "ﬁ",
            "361181196001311232",
            1.0,
            True,
        ]
    ),
    st.text(max_size=4),
    st.text("0123456789X", min_size=18, max_size=18),
)


@pytest.mark.parametrize("kind", KINDS)
@given(odd=st.lists(CELLS, max_size=3), plain=st.sampled_from([P1, "张三", "0012"]))
def test_a_column_taken_at_once_is_what_the_careful_reader_makes_of_it(gazetteer, kind, odd, plain):
    cells = [plain] * 250 + odd
    fast = KINDS[kind](cells)
    careful = _READERS[kind](Field("x", "甲", kind=kind), cells, Setting(gazetteer))
    assert fast is None or (fast.values, fast.faults, fast.notes) == (careful.values, careful.faults, careful.notes)


@pytest.mark.parametrize(
    ("kind", "plain"), [(Kind.TEXT, "缺劳力，患病"), (Kind.NAME, "张三"), (Kind.CODE, "0012"), (Kind.PID, P1)]
)
def test_a_plain_column_is_taken_at_once(kind, plain):
    assert KINDS[kind]([plain] * 250).values == [plain] * 250


LINES = st.lists(
    st.lists(st.sampled_from(["", "张三", "0012", " a", "b ", "\t", "①"]), min_size=1, max_size=4), max_size=6
)


@settings(deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_a_large_text_is_parted_into_the_same_cells(rows, ending, ended):
    width = max(map(len, rows), default=1)
    body = [",".join(["x" * 40] * width)] * 2500 + [",".join(row) for row in rows]
    text = ending.join(body) + (ending if ended else "")
    columns = delimited.plain_columns(text.encode(), ",")
    if columns:
        assert list(Turned(columns)) == delimited._padded(delimited._rows(text))


def test_no_column_is_taken_for_figures_whatever_ends_its_lines():
    for ending in ("\n", "\r\n", "\r"):
        columns = delimited.plain_columns(f"0012,1.50{ending}".encode() * 10_000, ",")
        assert columns and [set(column) for column in columns] == [{"0012"}, {"1.50"}]


def test_lines_of_different_length_and_quotation_marks_take_the_careful_way():
    plain = "a,b\n" * 20_000
    columns = delimited.plain_columns(plain.encode(), ",")
    assert columns and [list(column) for column in columns] == [["a"] * 20_000, ["b"] * 20_000]
    for odd in ("a\n", "a,b,c\n", '"a",b\n'):
        assert delimited.plain_columns((plain + odd).encode(), ",") is None
    assert texts.read_code("0012") == "0012"
