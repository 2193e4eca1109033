"""Makes templates/report/report.docx from layout.json: `python -m dibao_lib.report.formats.docx_template_parts` writes it anew.

An office that wants another look opens that file in Word and changes its styles instead; nothing else is needed.
"""

from __future__ import annotations

from dibao_lib.report.formats.docx_styles import font_table_xml, line_twips, styles, styles_xml
from dibao_lib.report.formats.ooxml import (
    HEAD,
    NAMESPACES,
    PACKAGE,
    R,
    core_properties,
    packed,
    paragraph,
    relationships,
    run,
    twips,
)
from dibao_lib.report.layout import layout
from dibao_lib.report.templates import report_templates

_DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _footer(side: str, indent: str) -> str:
    def field(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    page = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    number = field("begin") + page + field("separate") + "<w:r><w:t>1</w:t></w:r>" + field("end")
    line = paragraph("Footer", run("— "), number, run(" —"), properties=f'<w:ind {indent}/><w:jc w:val="{side}"/>')
    return f"{HEAD}<w:ftr {NAMESPACES}>{line}</w:ftr>"


def _settings() -> str:
    return (
        f'{HEAD}<w:settings {NAMESPACES}><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/'
        'office/word" w:val="15"/></w:compat></w:settings>'
    )


def _theme() -> str:
    """Word asks for a theme; this one is black, white and greys with the report's fonts."""
    fonts = layout()["fonts"]
    colours = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "404040", "lt2": "F2F2F2"}
    accents = ("0072B2", "D55E00", "009E73", "CC79A7", "E69F00", "7F7F7F")
    colours |= {f"accent{n}": colour for n, colour in enumerate(accents, 1)} | {"hlink": "0563C1", "folHlink": "954F72"}
    scheme = "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in colours.items())
    face = (
        f'<a:latin typeface="{fonts["latin"]["word"]}"/><a:ea typeface="{fonts["body"]["word"]}"/><a:cs typeface=""/>'
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="report"><a:themeElements>'
        f'<a:clrScheme name="report">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="report"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="report"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


def _sample() -> str:
    """The document an office sees in Word: each style under its own name, and the page set up."""
    page = layout()["page"]
    size = f'<w:pgSz w:w="{twips(page["width"])}" w:h="{twips(page["height"])}"/>'
    margins = "".join(f' w:{side}="{twips(page[side])}"' for side in ("top", "right", "bottom", "left"))
    # the foot of the text block is 7 mm above the page number
    footer = twips(page["bottom"] - 12)
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rOdd"/><w:footerReference w:type="even" r:id="rEven"/>'
        f'{size}<w:pgMar{margins} w:header="851" w:footer="{footer}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{line_twips()}"/></w:sectPr>'
    )
    lines = "".join(paragraph(style.id, run(f"样式：{style.name}")) for style in styles() if style.id != "Footer")
    return f"{HEAD}<w:document {NAMESPACES}><w:body>{lines}{section}</w:body></w:document>"


_PARTS = (
    ("rStyles", "styles", "styles.xml", "styles"),
    ("rSettings", "settings", "settings.xml", "settings"),
    ("rFonts", "fontTable", "fontTable.xml", "fontTable"),
    ("rOdd", "footer", "footer1.xml", "footer"),
    ("rEven", "footer", "footer2.xml", "footer"),
)


def _content_types() -> str:
    overrides = [("document.xml", "document.main"), *((target, kind) for _, _, target, kind in _PARTS)]
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        + "".join(
            f'<Override PartName="/word/{target}" ContentType="{_DOCUMENT_TYPE}.{kind}+xml"/>'
            for target, kind in overrides
        )
        + '<Override PartName="/word/theme/theme1.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        "</Types>"
    )


def template_parts() -> dict[str, str]:
    """Every part of report.docx, by name."""
    document = [(name, f"{R}/{kind}", target) for name, kind, target, _ in _PARTS]
    package = [
        ("rDocument", f"{R}/officeDocument", "word/document.xml"),
        ("rCore", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    ]
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": relationships(package),
        "docProps/core.xml": core_properties("报告样式"),
        "word/document.xml": _sample(),
        "word/_rels/document.xml.rels": relationships([*document, ("rTheme", f"{R}/theme", "theme/theme1.xml")]),
        "word/styles.xml": styles_xml(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": font_table_xml(),
        "word/footer1.xml": _footer("right", 'w:rightChars="100" w:right="280"'),
        "word/footer2.xml": _footer("left", 'w:leftChars="100" w:left="280"'),
        "word/theme/theme1.xml": _theme(),
    }


if __name__ == "__main__":
    (report_templates() / "report.docx").write_bytes(packed(template_parts()))
