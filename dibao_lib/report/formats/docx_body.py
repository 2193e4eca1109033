"""Blocks in WordprocessingML: named styles of the template, and direct formatting only where no style can know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from dibao_lib.report.blocks import (
    Attachment,
    Block,
    Colophon,
    Figure,
    Heading,
    Masthead,
    PageBreak,
    Paragraph,
    Signatures,
    Table,
    Title,
)
from dibao_lib.report.formats.docx_colophon import colophon
from dibao_lib.report.formats.docx_table import opened, table
from dibao_lib.report.formats.docx_template import WordTemplate
from dibao_lib.report.formats.ooxml import escaped, paragraph, run, twips
from dibao_lib.report.layout import masthead_pt, signed_paragraphs, title_lines
from dibao_lib.report.pieces import png_size

_EMU_PER_MM = 36000
_BOXES_PER_ROW = 4
# boxes and closing lines stay on one page, so that a date never stands alone
_STAY = "<w:keepNext/>"
_OPEN = "<w:tcBorders>" + "".join(f'<w:{edge} w:val="nil"/>' for edge in ("left", "bottom", "right")) + "</w:tcBorders>"
_FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


def body_xml(blocks: Sequence[Block], width_mm: float, template: WordTemplate, images: list[bytes]) -> str:
    """The blocks of a section; pictures go to `images`, the place there is the number in the package."""
    signed = signed_paragraphs(blocks)
    return "".join(
        _paragraph(block, template, stays=place in signed)
        if isinstance(block, Paragraph)
        else _block(block, width_mm, template, images)
        for place, block in enumerate(blocks)
    )


def _block(block: Block, width_mm: float, template: WordTemplate, images: list[bytes]) -> str:
    match block:
        case Title():
            return paragraph(template.style("Title"), _lines(block.text))
        case Heading():
            return paragraph(template.style(f"heading {block.level}"), run(block.text))
        case Paragraph():
            return _paragraph(block, template)
        case Table():
            return table(block, twips(width_mm), template)
        case Figure():
            return _figure(block, width_mm, template, images)
        case Signatures():
            return _signatures(block, twips(width_mm), template)
        case Attachment():
            number = paragraph(template.style("报告附件号"), run(f"附件{block.number or ''}"))
            return number + paragraph(template.style("Title"), _lines(block.title))
        case Masthead():
            number = paragraph(template.style("报告文号"), run(block.number))
            return paragraph(template.style("报告红头"), run(block.org, points=masthead_pt(block.org))) + number
        case Colophon():
            return colophon(block, twips(width_mm), template)
        case PageBreak():
            return ""
    assert_never(block)


def _lines(title: str) -> str:
    return run("\n".join(title_lines(title)))


def _paragraph(block: Paragraph, template: WordTemplate, stays: bool = False) -> str:
    flush = _FLUSH if block.align in {"center", "right"} or not block.indent else ""
    runs = [run(piece.text, piece.bold) for piece in block.runs]
    # a list of annexes is kept whole; text that fills its lines may leave some of them behind
    kept = _STAY + ("<w:keepLines/>" if block.align == "left" else "") if stays else ""
    properties = f'{kept}{flush}<w:jc w:val="{block.align}"/>'
    return paragraph(template.style("Body Text"), *runs, properties=properties)


def _figure(block: Figure, width_mm: float, template: WordTemplate, images: list[bytes]) -> str:
    """The PNG and its caption; Word cannot be trusted with SVG text in a font the reader may lack."""
    images.append(block.png)
    number, alt = len(images), escaped(block.alt)
    pixels = png_size(block.png) or (1, 1)
    width = round(min(block.width, width_mm) * _EMU_PER_MM)
    height = round(width * pixels[1] / pixels[0])
    picture = (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="image{number}.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="reportImage{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    drawing = (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="Figure {number}" descr="{alt}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"{picture}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    caption = paragraph(template.style("caption"), run(block.caption)) if block.caption else ""
    return paragraph(template.style("报告插图"), drawing) + caption


def _signatures(block: Signatures, width: int, template: WordTemplate) -> str:
    """Boxes with the closing lines as the last row of their table: LibreOffice keeps nothing else together with it."""
    closing = _closing(block, template)
    if not block.boxes:
        return closing
    count = min(len(block.boxes), _BOXES_PER_ROW)
    padded = [*block.boxes, *[""] * (-len(block.boxes) % count)]
    style, side = template.style("报告签名栏"), width // count
    cells = [
        f'<w:tc><w:tcPr><w:tcW w:w="{side}" w:type="dxa"/></w:tcPr>{paragraph(style, run(label), properties=_STAY)}</w:tc>'
        for label in padded
    ]
    height = f'<w:trPr><w:cantSplit/><w:trHeight w:val="{twips(22)}" w:hRule="atLeast"/></w:trPr>'
    rows = ["".join(cells[place : place + count]) for place in range(0, len(cells), count)]
    rows = [f"<w:tr>{height}{row}</w:tr>" for row in rows]
    if closing:
        across = f'<w:tcW w:w="{side * count}" w:type="dxa"/><w:gridSpan w:val="{count}"/>{_OPEN}'
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr>{across}</w:tcPr>{closing}</w:tc></w:tr>")
    space = paragraph(style, properties=_STAY)
    return f"{space}{opened(template, [side] * count)}{''.join(rows)}</w:tbl>{paragraph(style)}"


def _closing(block: Signatures, template: WordTemplate) -> str:
    if not (block.org or block.date):
        return ""
    org = paragraph(template.style("报告落款"), run(block.org))
    return org + paragraph(template.style("报告落款日期"), run(block.date))
