"""GB/T 9704-2012: 22 lines of 28 characters, pages in runs, titles in even lines."""

import pytest

from dibao_lib.report.blocks import Attachment, Heading, PageBreak, Signatures, Title
from dibao_lib.report.layout import measure_mm, pitch_pt, sections, signed_paragraphs, title_lines, tracking_pt
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.templates import report_templates


def test_the_numbers_of_the_standard_follow_from_the_layout_file():
    assert (measure_mm(), measure_mm(landscape=True)) == (156, 225)
    assert round(pitch_pt(), 2) == 28.99
    assert round(tracking_pt(), 2) == -0.21


def test_an_attachment_and_a_page_break_start_new_pages():
    row = [Title("甲"), Attachment("乙", 1, landscape=True), Heading("丙"), PageBreak(), Heading("丁"), PageBreak()]
    assert [(run.landscape, len(run.blocks)) for run in sections(row)] == [(False, 1), (True, 2), (False, 1)]
    assert len(sections([])) == 1


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("检查报告", ["检查报告"]),
        ("甲\n乙", ["甲", "乙"]),
        ("关于泗洲镇最低生活保障专项治理检查情况的报告", ["关于泗洲镇最低生活保障", "专项治理检查情况的报告"]),
        ("关于开展2011年度（第三季度）低保专项检查的通知", ["关于开展2011年度", "（第三季度）低保专项检查的通知"]),
    ],
)
def test_a_long_title_is_broken_evenly_and_not_inside_a_number(title, lines):
    assert title_lines(title) == lines


def test_every_line_of_a_title_fits():
    for length in range(1, 120):
        lines = title_lines("字" * length)
        assert "".join(lines) == "字" * length and max(map(len, lines)) <= 18
        assert len(lines) == -(-length // 18)


def test_the_templates_lie_where_the_package_finds_them():
    assert {"layout.json", "report.docx", "report.html.j2", "report.typ"} <= {
        f.name for f in report_templates().iterdir()
    }


def test_the_list_of_annexes_and_the_paragraph_before_it_stay_with_the_signatures():
    text, listed = paragraph("正文。"), paragraph("附件：台账", align="left")
    assert signed_paragraphs([text, text, listed, Signatures(date="2011年6月30日"), text]) == {1, 2}
    assert signed_paragraphs([Title("甲"), text, Signatures()]) == {1}
    assert signed_paragraphs([Signatures()]) == set() == signed_paragraphs([text, listed])
