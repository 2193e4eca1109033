"""The PDF is PDF/A, works without any installed font, and refuses what it cannot show."""

import re
import shutil
import subprocess

import pandas as pd
import pytest
from hostile import HOSTILE, hostile_report
from report_sample import sample

from dibao_lib.errors import ReportFailed
from dibao_lib.report.blocks import Attachment, Colophon, Figure, Heading, Paragraph, Title, blocks
from dibao_lib.report.draw_tables import basis_table
from dibao_lib.report.figures import chart, figure
from dibao_lib.report.formats.pdf import render
from dibao_lib.report.formats.raster import with_png
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.pieces import Run
from dibao_lib.report.tables import table
from dibao_lib.report.text import clean
from dibao_lib.sampling import Design, Frame, draw

needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")


def pages(row, tmp_path):
    (tmp_path / "r.pdf").write_bytes(render(tuple(row), system_fonts=False))
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "r.pdf", "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


def squashed(text):
    return "".join(text.split())


def test_it_says_it_is_pdf_a_2b_and_works_with_the_fonts_of_the_package_alone():
    pdf = render(tuple(sample()), system_fonts=False)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf and b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf


@needs_pdftotext
def test_twenty_two_lines_of_twenty_eight_characters_fill_a_page(tmp_path):
    page = pages([Paragraph((Run("国" * 28 * 30),), indent=False)], tmp_path)[0]
    lines = [line.strip() for line in page.splitlines() if "国" in line]
    assert len(lines) == 22 and {len(line) for line in lines} == {28}


@needs_pdftotext
def test_hostile_texts_are_text(tmp_path):
    text = squashed("".join(pages(hostile_report(HOSTILE), tmp_path)))
    # other text stands beside the lines of a long one
    short = [hostile for hostile in HOSTILE if len(hostile) < 60]
    assert [hostile for hostile in short if squashed(clean(hostile)) not in text] == []
    assert "root:x" not in text


@needs_pdftotext
def test_the_head_of_a_long_table_stands_on_every_page(tmp_path):
    rows = pd.DataFrame({"序号": range(90), "户主": ["某"] * 90})
    made = pages([table(rows)], tmp_path)
    assert len(made) >= 3 and all("户主" in page for page in made)


@needs_pdftotext
def test_chinese_text_of_a_figure_is_text_in_the_pdf(tmp_path):
    canvas, axes = chart()
    axes.set_title("各乡镇问题数<b>")
    assert "各乡镇问题数<b>" in squashed(pages([figure(canvas)], tmp_path)[0])


@needs_pdftotext
@pytest.mark.parametrize("system_fonts", [True, False])
def test_numbers_of_a_ledger_are_copied_whole_and_long_words_without_any_mark(tmp_path, system_fonts):
    numbers = {"问题编号": "2011-014", "身份证号": "36232619000101001X", "账号": "6217000010012345678"}
    others = {f"列{place}": "甲" * 20 for place in range(8)}
    rows = pd.DataFrame([{**numbers, **others, "来源": "绕二镇_" + "x" * 40}])
    row = (Attachment("台账", 0, landscape=True), table(rows, widths=[1] * 12))
    (tmp_path / "r.pdf").write_bytes(render(row, system_fonts=system_fonts))
    done = subprocess.run(["pdftotext", tmp_path / "r.pdf", "-"], capture_output=True, text=True, check=True)
    assert {*numbers.values()} <= {*done.stdout.split()}
    assert squashed(done.stdout).count("x") == 40 and "\u200b" not in done.stdout


@needs_pdftotext
def test_a_word_wider_than_its_column_stays_inside_and_is_copied_as_it_is(tmp_path):
    rows = pd.DataFrame({"编号": ["x" * 80], "说明": ["甲" * 80]})
    (tmp_path / "r.pdf").write_bytes(render((table(rows, widths=[1, 3]),), system_fonts=False))
    done = subprocess.run(["pdftotext", "-bbox", tmp_path / "r.pdf", "-"], capture_output=True, text=True, check=True)
    lines = re.findall(r'xMax="([0-9.]+)"[^>]*>(x+)<', done.stdout)
    # a column of a quarter of 156 mm, 28 mm from the edge
    assert (
        "".join(text for _, text in lines) == "x" * 80 and max(float(edge) for edge, _ in lines) < (28 + 39) * 72 / 25.4
    )


@needs_pdftotext
@pytest.mark.parametrize("system_fonts", [True, False])
def test_a_digest_copied_from_the_page_is_the_digest(plan, tmp_path, system_fonts):
    units = pd.DataFrame({"unit": [township.code for township in plan.townships]})
    made = draw(Frame.from_dataframe(units, "unit"), Design("督查", rate="20%"), "31415926")
    (tmp_path / "r.pdf").write_bytes(render((basis_table(made),), system_fonts=system_fonts))
    done = subprocess.run(["pdftotext", tmp_path / "r.pdf", "-"], capture_output=True, text=True, check=True)
    assert {made.frame.hash, made.design.hash} <= {*done.stdout.replace("：", " ").split()}


def test_a_character_without_glyph_is_named_with_its_place():
    row = blocks(Title("报告"), Heading("一、基本情况"), paragraph("户主😀"))
    with pytest.raises(ReportFailed) as refused:
        render(tuple(row), system_fonts=False)
    assert str(refused.value).startswith("“一、基本情况”一节的一段文字里的字“😀”（U+1F600）在字体中没有字形")


def test_a_character_without_glyph_in_a_table_or_figure_names_the_caption():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="9">😀</text></svg>'
    for block, said in [
        (table(pd.DataFrame({"户主": ["😀"]}), caption="表1　名册"), "表格“表1　名册”里的字“😀”"),
        (Figure(svg, caption="图1　示意"), "插图“图1　示意”里的字“😀”"),
    ]:
        with pytest.raises(ReportFailed, match=said):
            render((block,), system_fonts=False)


def test_a_self_made_character_is_refused_as_such():
    with pytest.raises(ReportFailed, match=r"（U\+E123）是自造字.*换成标准汉字"):
        render((paragraph("户主\ue123"),))


def test_a_picture_that_is_none_is_refused():
    for svg in ("不是图", '<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>'):
        with pytest.raises(ReportFailed, match="有一幅插图无法读取"):
            render((Figure(svg),), system_fonts=False)


def test_rare_names_are_shown():
    assert render((paragraph("䶮堃喆玥镕昇垚犇𬭎𫖯𬱖"),), system_fonts=False)


@needs_pdftotext
def test_a_png_is_printed_when_there_is_no_svg():
    canvas, _ = chart(60, 40)
    made = figure(canvas)
    assert len(render((Figure(png=with_png(made).png),))) > 5000


@needs_pdftotext
@pytest.mark.parametrize(
    ("lines", "landscape", "made", "numbered"),
    [(3, False, 2, 2), (30, False, 2, 2), (42, False, 4, 2), (50, False, 4, 4), (3, True, 4, 2)],
    ids=["behind_one_side", "below_the_text", "no_room_left", "behind_three_sides", "behind_a_landscape_side"],
)
def test_the_colophon_stands_on_an_even_page_and_a_blank_side_before_it_has_no_number(
    tmp_path, lines, landscape, made, numbered
):
    row = [Title("通报"), *[paragraph("正文一行。")] * lines]
    row += [Attachment("横表", 0, landscape=True), paragraph("表")] * landscape
    found = pages([*row, Colophon("市纪委", "局办公室", "2011年6月30日")], tmp_path)
    assert len(found) == made and "抄送：市纪委。" in squashed(found[-1])
    assert [f"—{number}—" in squashed(page) for number, page in enumerate(found, 1)] == [
        number <= numbered for number in range(1, made + 1)
    ]


def rows_by_page(tmp_path, lines, rows, note="注一"):
    numbered = pd.DataFrame({"村": [f"行{place}" for place in range(rows)]})
    row = (*[paragraph("正文。")] * lines, table(numbered, caption="名册", note=note), paragraph("后文。"))
    return [(page.count("行"), "名册" in page, note in page) for page in pages(row, tmp_path)]


@needs_pdftotext
@pytest.mark.parametrize("note", ["注一", ""])
def test_no_row_of_a_table_stands_alone_on_a_page(tmp_path, note):
    for lines in range(8, 20):
        for rows, captioned, noted in rows_by_page(tmp_path, lines, 14, note):
            assert rows != 1 and (noted and note == "" or rows >= 2 or not (captioned or noted))


@needs_pdftotext
def test_the_head_of_a_table_whose_first_rows_are_held_together_still_repeats(tmp_path):
    found = pages([table(pd.DataFrame({"户主": range(90)}))], tmp_path)
    assert len(found) >= 3 and all(page.count("户主") == 1 for page in found)


@needs_pdftotext
def test_a_cell_longer_than_a_page_runs_on_and_rows_that_span_are_set(tmp_path):
    long = pd.DataFrame({"情况": ["甲" * 3000, "乙", "丙"], "户主": ["某"] * 3})
    assert "".join(pages([table(long, widths=[1, 1])], tmp_path)).count("甲") == 3000
    spanned = pd.DataFrame(
        {"数": range(14)}, index=pd.MultiIndex.from_product([["一", "二"], range(7)], names=["查", "项"])
    )
    assert "二" in "".join(pages([table(spanned)], tmp_path))
