"""The report as PDF/A, set by typst from templates/report/report.typ; a character no font has refuses the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dibao_lib.errors import ReportFailed
from dibao_lib.report.blocks import Attachment, Block, Figure, Masthead, Table, Title, headline, to_json
from dibao_lib.report.formats.glyphs import missing_glyph, private_use, unshowable
from dibao_lib.report.formats.pdf_table import table_data
from dibao_lib.report.formats.typesetter import compiled, fonts
from dibao_lib.report.layout import (
    Section,
    layout,
    masthead_pt,
    measure_mm,
    pitch_pt,
    sections,
    signed_paragraphs,
    title_lines,
    tracking_pt,
)

_STANDARD = "a-2b"
# The last font of the titles' list: it has one thin weight, and comes with the package, so it is always there.
_THIN_TITLE = "Noto Serif SC"


def render(blocks: Sequence[Block], *, system_fonts: bool = True) -> bytes:
    """The blocks as a PDF/A-2b file.

    Args:
        blocks: the report.
        system_fonts: let fonts of this computer win over those of the package.

    Raises:
        ReportFailed: a character has no glyph in any font, or a figure cannot be read; names the place.
    """
    if found := private_use(blocks):
        raise ReportFailed(unshowable(blocks, found))
    try:
        # tags would double the file and take a fifth of the time; the HTML is what a screen reader reads
        return compiled(
            "report.typ",
            _data(blocks, system_fonts),
            system_fonts=system_fonts,
            pdf_standards=_STANDARD,
            pdf_tags=False,
        )
    except RuntimeError as problem:
        raise ReportFailed(_explained(blocks, problem)) from None


def _explained(blocks: Sequence[Block], problem: RuntimeError) -> str:
    message = str(getattr(problem, "message", problem))
    if found := missing_glyph(message):
        return unshowable(blocks, found)
    if "SVG" in message or "image" in message:
        return "报告里有一幅插图无法读取，请重新运行画图的单元格后再生成 PDF。"
    return f"PDF 排版没有完成（{message}）。如果改动过 templates/report/report.typ，请恢复原样后重试。"


def _data(blocks: Sequence[Block], system_fonts: bool) -> dict[str, Any]:
    installed = set(fonts(system_fonts).families())
    title_font = next(name for name in layout()["fonts"]["title"]["families"] if name in installed)
    return {
        "name": headline(blocks),
        "layout": layout(),
        "pitch": pitch_pt(),
        "tracking": tracking_pt(),
        "thin_title": title_font == _THIN_TITLE,
        "sections": [_section(section) for section in sections(blocks, colophon_apart=True)],
    }


def _section(section: Section) -> dict[str, Any]:
    width = measure_mm(section.landscape)
    rows = [_block(block, width) for block in section.blocks]
    return {"landscape": section.landscape, "blocks": rows, "signed": sorted(signed_paragraphs(section.blocks))}


def _block(block: Block, width_mm: float) -> dict[str, Any]:
    if isinstance(block, Title):
        return to_json(Title("\n".join(title_lines(block.text))))
    if isinstance(block, Attachment):
        return to_json(replace(block, title="\n".join(title_lines(block.title))))
    if isinstance(block, Table):
        return table_data(block, width_mm)
    if isinstance(block, Masthead):
        return {**to_json(block), "size": masthead_pt(block.org)}
    if isinstance(block, Figure):
        return _figure(replace(block, width=min(block.width, width_mm)))
    return to_json(block)


def _figure(figure: Figure) -> dict[str, Any]:
    """A figure with one picture, SVG if it has one; PNG as numbers, as typst cannot read base64."""
    fields = to_json(replace(figure, png=b"") if figure.svg else figure)
    return fields if figure.svg else {**fields, "png": list(figure.png)}
