"""Headings and captions get the numbers their author left out, once."""

from hypothesis import given
from hypothesis import strategies as st

from dibao_lib.report.blocks import Attachment, Figure, Heading, Paragraph, Table, Title
from dibao_lib.report.numbering import chinese_number, number_blocks
from dibao_lib.report.pieces import Cell, Column


def table(caption):
    return Table((Column(),), ((Cell("甲"),),), (), caption)


def headings(*levels):
    return [block.text for block in number_blocks(Heading("x", level) for level in levels)]


def test_four_levels_are_numbered_as_official_documents_do():
    assert headings(1, 2, 3, 4, 4, 3, 2, 1) == [
        "一、x",
        "（一）x",
        "1.x",
        "（1）x",
        "（2）x",
        "2.x",
        "（二）x",
        "二、x",
    ]


def test_a_number_the_author_wrote_stays():
    written = ["三、存在问题", "（二）对象", "1.标准", "(1)其他", "第一部分 概况"]
    assert [block.text for block in number_blocks(map(Heading, written))] == written


def test_a_decimal_at_the_start_of_a_heading_is_not_its_number():
    assert number_blocks([Heading("1.5万户的核对")])[0].text == "一、1.5万户的核对"


def test_a_heading_that_starts_with_a_year_does_not_read_as_a_decimal():
    assert number_blocks([Heading("2011年新增", 3)])[0].text == "1. 2011年新增"


def test_an_attachment_starts_its_headings_afresh():
    numbered = number_blocks([Heading("甲"), Attachment("名册"), Heading("乙")])
    assert numbered[2].text == "一、乙"


def test_captions_run_through_and_tables_and_figures_count_apart():
    row = [
        table("甲"),
        Figure("<svg/>", caption="乙"),
        table(""),
        table("表9 丙"),
        table("丁"),
        Attachment("附"),
        table("戊"),
    ]
    captions = [getattr(block, "caption", None) for block in number_blocks(row)]
    assert captions == ["表1　甲", "图1　乙", "", "表9 丙", "表3　丁", None, "表4　戊"]


def test_numbers_to_ninety_nine_are_written_in_chinese():
    assert [chinese_number(n) for n in (1, 10, 11, 20, 35, 99)] == ["一", "十", "十一", "二十", "三十五", "九十九"]


@given(st.lists(st.one_of(st.builds(Heading, st.text(max_size=3), st.integers(1, 4)), st.builds(Title, st.text()))))
def test_numbering_twice_is_numbering_once(row):
    once = number_blocks([*row, Paragraph(())])
    assert number_blocks(once) == once
