"""The Word file is valid, holds every text as text, and follows the office's template."""

import io
import re
import zipfile
from xml.etree import ElementTree

import pandas as pd
import pytest
from hostile import HOSTILE, hostile_report
from report_sample import sample

from dibao_lib.errors import ReportFailed
from dibao_lib.report.blocks import Colophon, Figure, Paragraph, Title, blocks
from dibao_lib.report.formats.docx import render
from dibao_lib.report.formats.docx_template import read_template
from dibao_lib.report.formats.docx_template_parts import template_parts
from dibao_lib.report.formats.ooxml import packed
from dibao_lib.report.pieces import Run
from dibao_lib.report.tables import table
from dibao_lib.report.templates import report_templates
from dibao_lib.report.text import clean

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def document(row):
    return ElementTree.fromstring(parts(render(tuple(row)))["word/document.xml"])


def text(root):
    return "".join("\n" if e.tag == f"{W}br" else e.text or "" for e in root.iter() if e.tag in (f"{W}t", f"{W}br"))


def findings(data, path):
    audit = pytest.importorskip("openxml_audit")
    path.write_bytes(data)
    return [str(error) for error in audit.OpenXmlValidator().validate(str(path)).errors]


def test_word_finds_nothing_to_repair(tmp_path):
    assert findings(render(tuple(sample())), tmp_path / "a.docx") == []
    assert findings(render(tuple(hostile_report(HOSTILE))), tmp_path / "b.docx") == []
    assert findings((report_templates() / "report.docx").read_bytes(), tmp_path / "c.docx") == []


def test_hostile_texts_are_text():
    made = parts(render(tuple(hostile_report(HOSTILE))))
    root = ElementTree.fromstring(made["word/document.xml"])
    tags = {e.tag.removeprefix(W) for e in root.iter()}
    assert tags.isdisjoint({"instrText", "fldChar", "fldSimple", "hyperlink", "object", "drawing"})
    assert not [name for name in made if "media" in name or "embeddings" in name]
    assert b"TargetMode" not in made["word/_rels/document.xml.rels"]
    for hostile in HOSTILE:
        assert clean(hostile) in text(root)


def test_a_report_uses_the_styles_by_the_names_word_shows():
    used = {e.get(f"{W}val") for e in document(sample()).iter(f"{W}pStyle")}
    assert {"Title", "Heading1", "Heading4", "BodyText", "Caption", "ReportCell", "ReportDate"} <= used


def test_only_the_document_its_links_and_pictures_are_new():
    template, made = parts((report_templates() / "report.docx").read_bytes()), parts(render(tuple(sample())))
    same = template.keys() - {"word/document.xml", "word/_rels/document.xml.rels", "docProps/core.xml"}
    assert all(made[name] == template[name] for name in same)
    assert made.keys() - template.keys() == {"word/media/report1.png"}


def test_the_shipped_template_is_what_the_layout_says():
    shipped = parts((report_templates() / "report.docx").read_bytes())
    assert {name: data.decode() for name, data in shipped.items()} == template_parts()


def test_twenty_two_lines_of_twenty_eight_characters_are_asked_for():
    styles = parts(render(tuple(sample())))["word/styles.xml"].decode()
    body = re.search(r'<w:style [^>]*w:styleId="BodyText">.*?</w:style>', styles)[0]
    assert 'w:line="579" w:lineRule="exact"' in body
    assert '<w:spacing w:val="-5"/>' in body and 'w:firstLineChars="200"' in body
    assert 'w:eastAsia="仿宋_GB2312"' in styles
    document = parts(render(tuple(sample())))["word/document.xml"].decode()
    assert '<w:docGrid w:type="lines" w:linePitch="579"' in document
    assert 'w:hint="eastAsia"' in document


def test_page_numbers_stand_outside_on_odd_and_even_pages():
    made = parts(render(tuple(sample())))
    assert b"evenAndOddHeaders" in made["word/settings.xml"]
    assert b'w:jc w:val="right"' in made["word/footer1.xml"] and b'w:jc w:val="left"' in made["word/footer2.xml"]


def test_an_attachment_turns_the_page_by_a_quarter():
    sizes = [
        (e.find(f"{W}pgSz").get(f"{W}w"), e.find(f"{W}pgSz").get(f"{W}h"), e.find(f"{W}pgMar").get(f"{W}top"))
        for e in document(sample()).iter(f"{W}sectPr")
    ]
    upright, landscape = ("11906", "16838", "2098"), ("16838", "11906", "1587")
    # the last one is the colophon's
    assert sizes == [upright, landscape, upright, upright, upright]


def test_merged_cells_and_repeated_heads_are_said_in_words_terms():
    root = document(sample())
    assert [e.get(f"{W}val") for e in root.iter(f"{W}gridSpan")][:2] == ["2", "2"]
    assert len(list(root.iter(f"{W}tblHeader"))) == 4
    assert "restart" in [e.get(f"{W}val") for e in root.iter(f"{W}vMerge")]


def test_a_figure_without_png_is_drawn_for_word():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10"/></svg>'
    made = parts(render((Figure(svg, caption="图"),)))
    assert made["word/media/report1.png"].startswith(b"\x89PNG")
    with pytest.raises(ReportFailed, match="插图“图”的 SVG 无法读取"):
        render((Figure("不是图", caption="图"),))


def test_a_line_end_is_a_line_break():
    assert text(document(blocks(Title("甲\n乙"), Paragraph((Run("丙\n丁"),))))) == "甲\n乙丙\n丁"


def word_saved(**changed):
    """The template as Chinese Word saves it: ids of its own, more parts, another footer."""
    made = {name: data for name, data in template_parts().items()}
    made["word/styles.xml"] = made["word/styles.xml"].replace('"Heading1"', '"1"').replace('"Title"', '"a3"', 1)
    made["word/styles.xml"] = made["word/styles.xml"].replace('<w:name w:val="Title"', '<w:name w:val="Title"')
    return packed({**made, **changed})


def test_style_ids_that_word_renamed_are_found_by_name():
    template = read_template(word_saved())
    assert template.style("heading 1") == "1"
    assert template.style("报告表格") == "ReportCell"


def test_a_style_somebody_deleted_is_named():
    styles = template_parts()["word/styles.xml"].replace('w:val="报告表格"', 'w:val="别的"')
    with pytest.raises(ReportFailed, match=r"report\.docx 里没有“报告表格”样式"):
        read_template(word_saved(**{"word/styles.xml": styles})).style("报告表格")


def test_a_template_without_png_type_gets_it():
    types = template_parts()["[Content_Types].xml"].replace('<Default Extension="png" ContentType="image/png"/>', "")
    template = read_template(word_saved(**{"[Content_Types].xml": types}))
    assert template.parts["[Content_Types].xml"].count(b'Extension="png"') == 1


def test_the_colophon_floats_at_the_foot_of_an_even_page_of_its_own():
    root = document([Title("通报"), Colophon("市纪委", "局办公室", "2011年6月30日")])
    place = root.find(f".//{W}tblpPr")
    assert (place.get(f"{W}vertAnchor"), place.get(f"{W}tblpYSpec")) == ("margin", "bottom")
    rules = {e.tag.removeprefix(W): e.get(f"{W}sz") for e in root.find(f".//{W}tblBorders")}
    assert rules == {"top": "8", "insideH": "6", "bottom": "8", "left": None, "right": None, "insideV": None}
    *_, last = root.iter(f"{W}sectPr")
    assert [e.tag.removeprefix(W) for e in last][2:] == ["type", "pgSz", "pgMar", "titlePg", "docGrid"]
    assert last.find(f"{W}type").get(f"{W}val") == "evenPage"
    assert text(root).endswith("抄送：市纪委。局办公室2011年6月30日印发")


def test_a_colophon_alone_is_a_document():
    assert text(document([Colophon("市纪委", "局办公室", "2011年6月30日")])).startswith("抄送：")


@pytest.mark.parametrize(("note", "kept"), [("", [0, 10]), ("注", [0, 10, 11])])
def test_the_first_row_of_a_long_table_stays_with_the_second_and_the_last_with_the_one_before_and_the_note(note, kept):
    made = table(pd.DataFrame({"户主": range(12)}), note=note)
    *_, rows = document([made]).iter(f"{W}tbl")
    body = [row for row in rows.iter(f"{W}tr") if row.find(f".//{W}tblHeader") is None]
    assert len(body) == 12 + bool(note) and text(body[-1]) == (note or "11")
    assert [place for place, row in enumerate(body) if row.find(f".//{W}keepNext") is not None] == kept
