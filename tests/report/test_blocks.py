"""Blocks are frozen data that live in a notebook as JSON and come back unchanged."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dibao_lib.errors import ReportFailed
from dibao_lib.report.blocks import (
    MIME,
    Attachment,
    Blocks,
    Colophon,
    Figure,
    Heading,
    Masthead,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
    Title,
    blocks,
    from_json,
    to_json,
)
from dibao_lib.report.pieces import Cell, Column, Run

TEXT = st.text(st.characters(), max_size=12)
PIXEL = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01"
COLUMNS = st.builds(
    Column,
    st.floats(0.1, 100),
    st.sampled_from(["left", "center", "right"]),
    st.sampled_from(["text", "number", "money"]),
)
CELLS = st.builds(Cell, TEXT, bold=st.booleans(), fill=st.sampled_from(["", "FFF2CC"]))


@st.composite
def tables(draw):
    columns = tuple(draw(st.lists(COLUMNS, min_size=2, max_size=4)))
    row = st.tuples(*[CELLS] * len(columns))
    merged = st.tuples(
        st.builds(Cell, TEXT, colspan=st.just(2), align=st.sampled_from(["left", None])),
        st.none(),
        *[CELLS] * (len(columns) - 2),
    )
    rows = st.lists(row | merged, max_size=3).map(tuple)
    return Table(columns, draw(rows), draw(rows), draw(TEXT), draw(TEXT))


BLOCKS = st.one_of(
    st.builds(Title, TEXT),
    st.builds(Heading, TEXT, st.integers(1, 4)),
    st.builds(Paragraph, st.lists(st.builds(Run, TEXT, st.booleans())).map(tuple), indent=st.booleans()),
    tables(),
    st.builds(Figure, st.just("<svg/>"), st.sampled_from([b"", PIXEL]), TEXT, TEXT, st.floats(10, 200)),
    st.builds(Signatures, st.lists(TEXT).map(tuple), TEXT, TEXT),
    st.builds(PageBreak),
    st.builds(Attachment, TEXT, st.integers(0, 9), st.booleans()),
    st.builds(Masthead, TEXT, TEXT),
    st.builds(Colophon, TEXT, TEXT, TEXT),
)


@given(BLOCKS)
def test_a_block_written_as_json_comes_back_the_same(block):
    assert from_json(json.loads(json.dumps(to_json(block)))) == block


@given(BLOCKS)
def test_a_notebook_keeps_a_block_as_json_html_and_text(block):
    bundle = block._repr_mimebundle_()
    assert bundle[MIME] == [to_json(block)]
    assert isinstance(bundle["text/html"], str) and isinstance(bundle["text/plain"], str)


def test_a_section_shows_all_its_blocks_at_once():
    section = blocks(Title("报告"), [Heading("基本情况"), PageBreak()])
    bundle = section._repr_mimebundle_()
    assert [data["kind"] for data in bundle[MIME]] == ["title", "heading", "page_break"]
    assert bundle["text/html"] == "<h1>报告</h1>\n<h2>基本情况</h2>\n<hr>"
    assert bundle["text/plain"] == "报告\n基本情况\n［分页］"


def test_sections_are_joined_with_plus_in_their_order():
    joined = blocks(Title("报告")) + Heading("一") + [Heading("二")]
    assert isinstance(joined, Blocks)
    assert [block.text for block in joined] == ["报告", "一", "二"] and len(joined) == 3


@pytest.mark.parametrize(
    "data",
    [
        None,
        "title",
        {},
        {"kind": "unknown"},
        {"kind": ["title"]},
        {"kind": "title"},
        {"kind": "title", "text": 1},
        {"kind": "title", "text": "a", "onload": "x"},
        {"kind": "heading", "text": "a", "level": True},
        {"kind": "paragraph", "runs": "text"},
        {"kind": "paragraph", "runs": ["a"], "align": "justify"},
        {"kind": "figure", "png": "不是base64"},
    ],
)
def test_data_that_is_no_block_is_refused_in_one_sentence(data):
    with pytest.raises(ReportFailed, match=r"无法识别的报告内容块.*重新运行"):
        from_json(data)


def test_a_figure_must_hold_a_picture():
    for picture in ({}, {"png": b"GIF89a"}, {"svg": "<svg/>", "width": float("nan")}):
        with pytest.raises(ReportFailed, match="插图“图1”不是可用的 SVG 或 PNG 图"):
            Figure(caption="图1", **picture)


def test_a_cell_colour_is_six_hexadecimal_digits_and_nothing_else():
    with pytest.raises(ReportFailed, match="六位十六进制数"):
        Cell("a", fill="red;background:url(x)")


def test_merged_cells_that_do_not_tile_the_table_are_refused():
    two = (Column(), Column())
    for body, said in [
        (((Cell("a"),),), "第1行有1格，应为2格"),
        (((Cell("a"), None),), "第1行第2格的合并单元格对不上"),
        (((Cell("a", colspan=2), Cell("b")),), "第1行第2格的合并单元格对不上"),
        (((Cell("a", rowspan=2), Cell("b")),), "第1行第1格合并的范围超出表格"),
        (((Cell("a", rowspan=0), Cell("b")),), "第1行第1格合并的范围超出表格"),
    ]:
        with pytest.raises(ReportFailed, match=said):
            Table(two, (), body, "情况")
