"""The colophon (版记) in WordprocessingML: on the last side of the last sheet, at the foot of its text block (GB/T 9704)."""

from __future__ import annotations

import re

from dibao_lib.report.blocks import Colophon
from dibao_lib.report.formats.docx_template import WordTemplate
from dibao_lib.report.formats.ooxml import escaped, paragraph, run, twips
from dibao_lib.report.layout import layout

# A floating table stays at the foot of the margins whatever stands above it. LibreOffice lets one as wide as the text
# float only when its place is measured from the edge of the page.
_AT_FOOT = '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="{}" w:tblpYSpec="bottom"/>'
# The paragraph before it carries the page break, the one behind it the table: LibreOffice would lose the break otherwise.
_THIN_LINE = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
_BEFORE_GRID = re.compile("(?=<w:docGrid|</w:sectPr>)")
# rules of 0.35 mm and 0.25 mm, in eighths of a point; they are as wide as the text block
_THICK, _THIN = 8, 6
# the next lines of 抄送 start under the first name
_UNDER_FIRST = '<w:ind w:leftChars="400" w:left="{}" w:hangingChars="300" w:hanging="{}"/>'


def last_side(setup: str) -> str:
    """The set-up of a page (w:sectPr) for the colophon alone: an even page, and as one of its kind without a number."""
    even = setup.replace("<w:pgSz", '<w:type w:val="evenPage"/><w:pgSz', 1)
    return _BEFORE_GRID.sub("<w:titlePg/>", even, count=1)


def colophon(block: Colophon, width: int, template: WordTemplate) -> str:
    """A table over `width` twips with the copies above printer and date, and the paragraph it hangs on."""
    style, em = template.style("报告版记"), round(layout()["points"]["colophon"] * 20)
    date = f"{block.date}印发"
    aside = em * (len(date) + 1)
    hanging = _UNDER_FIRST.format(4 * em, 3 * em)
    rows = (
        _cell(paragraph(style, run(f"抄送：{block.copies}。"), properties=hanging), width, '<w:gridSpan w:val="2"/>'),
        _cell(paragraph(style, run(block.printer)), width - aside)
        + _cell(paragraph(style, run(date), properties='<w:jc w:val="right"/>'), aside),
    )
    grid = f'<w:tblGrid><w:gridCol w:w="{width - aside}"/><w:gridCol w:w="{aside}"/></w:tblGrid>'
    made = "".join(map(_row, rows))
    thin = paragraph(style, properties=_THIN_LINE)
    return f"{thin}<w:tbl>{_properties(width, template)}{grid}{made}</w:tbl>{thin}"


def _properties(width: int, template: WordTemplate) -> str:
    edges = (("top", _THICK), ("left", 0), ("bottom", _THICK), ("right", 0), ("insideH", _THIN), ("insideV", 0))
    rules = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>' if size else f'<w:{edge} w:val="nil"/>'
        for edge, size in edges
    )
    left = twips(layout()["page"]["left"])
    none = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tblPr><w:tblStyle w:val="{escaped(template.style("table grid"))}"/>{_AT_FOOT.format(left)}<w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{none}</w:tblCellMar></w:tblPr>'
    )


def _cell(content: str, width: int, span: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="bottom"/></w:tcPr>{content}</w:tc>'


def _row(cells: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
