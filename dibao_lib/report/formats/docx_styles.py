"""The named styles of the Word report as layout.json has them (GB/T 9704-2012)."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from dibao_lib.report.formats.ooxml import HEAD, NAMESPACES, escaped, twips
from dibao_lib.report.layout import layout, pitch_pt, tracking_pt

_NEXT_BODY = "BodyText"
_LOOSE = '<w:snapToGrid w:val="0"/>'
_CENTRED = '<w:jc w:val="center"/>'


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: id, name as Word knows it, paragraph properties, font role, size and more run properties."""

    id: str
    name: str
    paragraph: str = ""
    font: str = ""
    size: float = 0
    character: str = ""
    follow: str = _NEXT_BODY


def line_twips() -> int:
    """Exact line in twips, rounded down: with 580 only 21 lines fit on a page."""
    return floor(pitch_pt() * 20)


def styles() -> tuple[Style, ...]:
    """Every paragraph style of the report, in the order Word lists them."""
    return (*_text_styles(), *_table_styles(), *_closing_styles(), *_letter_styles())


def _exact() -> str:
    return f'<w:spacing w:before="0" w:after="0" w:line="{line_twips()}" w:lineRule="exact"/>'


def _text_styles() -> tuple[Style, ...]:
    """Title, headings and body: 22 exact lines of 28 characters, two characters indented."""
    points = layout()["points"]
    body = f'{_exact()}<w:ind w:firstLineChars="200" w:firstLine="{points["body"] * 40}"/>'
    tight = f'<w:spacing w:val="{floor(tracking_pt() * 20)}"/>'
    title = f'<w:spacing w:before="0" w:after="{line_twips()}" w:line="640" w:lineRule="exact"/>'
    headings = (
        Style(
            f"Heading{level}",
            f"heading {level}",
            f'<w:keepNext/>{body}<w:outlineLvl w:val="{level - 1}"/>',
            role,
            points["body"],
            tight,
        )
        for level, role in enumerate(("level1", "level2", "body", "body"), 1)
    )
    return (
        Style("BodyText", "Body Text", body, character=tight),
        Style("Title", "Title", f"<w:keepNext/>{_LOOSE}{title}{_CENTRED}", "title", points["title"]),
        *headings,
    )


def _table_styles() -> tuple[Style, ...]:
    """Tables and figures, which keep to no line grid."""
    points = layout()["points"]
    cell = f'{_LOOSE}<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
    left = f'{cell}<w:jc w:val="left"/>'
    caption = f'{_LOOSE}<w:spacing w:before="120" w:after="60"/>{_CENTRED}'
    picture = f'<w:keepNext/>{_LOOSE}<w:spacing w:before="120"/>{_CENTRED}'
    return (
        Style("ReportCell", "报告表格", left, "table", points["table"], follow="ReportCell"),
        Style(
            "ReportHead", "报告表头", f"<w:keepNext/>{cell}{_CENTRED}", "table", points["table"], follow="ReportCell"
        ),
        Style("ReportNote", "报告表注", left, "table", points["table"]),
        Style("ReportBox", "报告签名栏", left, "table", points["caption"]),
        Style("Caption", "caption", caption, "level1", points["caption"]),
        Style("ReportFigure", "报告插图", picture, follow="Caption"),
    )


def _closing_styles() -> tuple[Style, ...]:
    """The closing lines (落款), attachment numbers and page numbers."""
    points, line = layout()["points"], line_twips()
    apart = f'<w:keepNext/><w:spacing w:before="{2 * line}" w:after="0" w:line="{line}" w:lineRule="exact"/>'
    org = f'{apart}<w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>'
    date = f'{_exact()}<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>'
    return (
        Style("ReportOrg", "报告落款", org, follow="ReportDate"),
        Style("ReportDate", "报告落款日期", date),
        Style("ReportNumber", "报告附件号", f"<w:keepNext/>{_exact()}", "level1", points["body"], follow="Title"),
        Style("Footer", "footer", _LOOSE, "table", points["folio"], follow="Footer"),
    )


def _letter_styles() -> tuple[Style, ...]:
    """The red head (红头) and the colophon (版记) of an official letter."""
    points, line = layout()["points"], line_twips()
    head = f'{_LOOSE}<w:spacing w:before="{twips(25)}" w:after="{2 * line}"/>{_CENTRED}'
    rule = '<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="8" w:color="E60000"/></w:pBdr>'
    number = f'{rule}{_LOOSE}<w:spacing w:after="{2 * line}"/>{_CENTRED}'
    colophon = f'{_LOOSE}<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/>'
    red = '<w:color w:val="E60000"/>'
    return (
        Style("ReportMasthead", "报告红头", head, "title", points["masthead"], red, "ReportLetterNumber"),
        Style("ReportLetterNumber", "报告文号", number, follow="Title"),
        Style("ReportColophon", "报告版记", colophon, "body", points["colophon"], follow="ReportColophon"),
    )


def _font(role: str, size: float, character: str) -> str:
    fonts = layout()["fonts"]
    latin = escaped(fonts["latin"]["word"])
    family = (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{escaped(fonts[role]["word"])}" w:cs="{latin}"/>'
        if role
        else ""
    )
    half = round(size * 2)
    return family + character + (f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if size else "")


def _style_xml(style: Style) -> str:
    look = _font(style.font, style.size, style.character)
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="{style.follow}"/><w:qFormat/><w:pPr>{style.paragraph}</w:pPr>'
        + (f"<w:rPr>{look}</w:rPr>" if look else "")
        + "</w:style>"
    )


def styles_xml() -> str:
    """word/styles.xml: the defaults, the named paragraph styles and one table style."""
    normal = _font("body", layout()["points"]["body"], "")
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in edges)
    return (
        f"{HEAD}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{normal}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr><w:rPr>{normal}</w:rPr></w:style>'
        + "".join(map(_style_xml, styles()))
        + '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )


def font_table_xml() -> str:
    """word/fontTable.xml: for each font the name of its stand-in where it is not installed."""
    fonts = "".join(
        f'<w:font w:name="{escaped(font["word"])}"><w:altName w:val="{escaped(font["alt"])}"/>'
        f'<w:charset w:val="{"00" if role == "latin" else "86"}"/></w:font>'
        for role, font in layout()["fonts"].items()
    )
    return f"{HEAD}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"
