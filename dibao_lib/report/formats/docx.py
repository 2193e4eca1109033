"""The report as an editable Word file: a document written into the office's own template (styles, fonts, footers)."""

from __future__ import annotations

from collections.abc import Sequence

from dibao_lib.report.blocks import Block, Colophon, Figure, headline
from dibao_lib.report.formats.docx_body import body_xml
from dibao_lib.report.formats.docx_colophon import last_side
from dibao_lib.report.formats.docx_template import WordTemplate, word_template
from dibao_lib.report.formats.ooxml import HEAD, NAMESPACES, PACKAGE, R, core_properties, packed
from dibao_lib.report.formats.raster import with_png
from dibao_lib.report.layout import measure_mm, sections

# The paragraph that ends a section carries its page set-up; one twentieth of a line keeps it out of sight.
_END = '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{}</w:pPr></w:p>'


def render(blocks: Sequence[Block]) -> bytes:
    """The blocks as a .docx file.

    Raises:
        ReportFailed: templates/report/report.docx cannot be read or lost a style.
    """
    template = word_template()
    images: list[bytes] = []
    body = _body([with_png(block) if isinstance(block, Figure) else block for block in blocks], template, images)
    picture = "".join(
        f'<Relationship Id="reportImage{number}" Type="{R}/image" Target="media/report{number}.png"/>'
        for number in range(1, len(images) + 1)
    )
    links = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{template.links}{picture}</Relationships>'
    return packed(
        {
            **template.parts,
            "docProps/core.xml": core_properties(headline(blocks)),
            "word/document.xml": f"{HEAD}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": links,
            **{f"word/media/report{number}.png": image for number, image in enumerate(images, 1)},
        }
    )


def _body(blocks: Sequence[Block], template: WordTemplate, images: list[bytes]) -> str:
    parts = []
    runs = sections(blocks, colophon_apart=True)
    for place, section in enumerate(runs, 1):
        width = measure_mm(section.landscape)
        parts.append(body_xml(section.blocks, width, template, images))
        setup = template.landscape if section.landscape else template.upright
        if place > 1 and isinstance(section.blocks[0], Colophon):
            setup = last_side(setup)
        parts.append(setup if place == len(runs) else _END.format(setup))
    return "".join(parts)
