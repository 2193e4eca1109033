"""Markdown cells are prose: headings, paragraphs, tables; HTML and code in them are literal."""

import pytest

from dibao_lib.report.blocks import Attachment, Heading, Paragraph, Title
from dibao_lib.report.markdown import read_markdown
from dibao_lib.report.pieces import Run


def paragraphs(source):
    return ["".join(run.text for run in block.runs) for block in read_markdown(source) if isinstance(block, Paragraph)]


def test_headings_title_and_attachments_are_told_apart():
    source = "# 报告\n\n## 基本情况\n\n### 范围\n\n## 附件1 名册（横）\n\n## 附件 签到册\n"
    assert list(read_markdown(source)) == [
        Title("报告"),
        Heading("基本情况", 1),
        Heading("范围", 2),
        Attachment("名册", 1, landscape=True),
        Attachment("签到册"),
    ]


def test_emphasis_survives_and_a_source_line_end_is_no_space():
    assert list(read_markdown("共**三**\n户")) == [Paragraph((Run("共"), Run("三", bold=True), Run("户")))]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a <b>x</b> y", "`<i>`x", "&lt;", "{{7*7}}", "$x^{"])
def test_html_and_code_are_the_text_they_are(text):
    assert paragraphs(text) == [text.replace("`", "")]


def test_a_code_block_keeps_its_lines():
    assert paragraphs("```\nselect 1\nfrom x\n```") == ["select 1\nfrom x"]


def test_list_items_are_paragraphs_and_ordered_ones_keep_their_number():
    assert paragraphs("3. 甲\n4. 乙\n\n- 丙\n\n> 丁\n") == ["3.甲", "4.乙", "丙", "丁"]


def test_a_link_is_its_text_and_a_picture_its_description():
    assert paragraphs("[链](javascript:alert(1))和![图](/etc/passwd)") == ["链和图"]


def test_a_table_keeps_its_alignment():
    (table,) = read_markdown("| 甲 | 乙 |\n|:--|--:|\n| 1 | 2 |\n")
    assert [column.align for column in table.columns] == ["left", "right"]
    assert [[cell.text for cell in row] for row in (*table.head, *table.body)] == [["甲", "乙"], ["1", "2"]]
