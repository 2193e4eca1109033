"""The few words of Office Open XML the Word writer needs; every text and attribute value passes `escaped`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


def escaped(text: str) -> str:
    """Text as it may stand between tags and in quoted attributes."""
    return escape(text, {'"': "&quot;"})


def twips(millimetres: float) -> int:
    """Millimetres in Word's unit, the twentieth of a point."""
    return round(millimetres * 1440 / 25.4)


def run(text: str, bold: bool = False, points: float = 0) -> str:
    """A run of text; the hint gives quotes and dashes the Chinese font, a line end is a line break.

    Args:
        text: any text.
        bold: emphasis.
        points: its size; 0 for that of the style.
    """
    size = f'<w:sz w:val="{round(points * 2)}"/>' if points else ""
    look = f'<w:rPr><w:rFonts w:hint="eastAsia"/>{"<w:b/>" if bold else ""}{size}</w:rPr>'
    pieces = (f'<w:t xml:space="preserve">{escaped(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{look}{'<w:br/>'.join(pieces)}</w:r>"


def paragraph(style_id: str, *runs: str, properties: str = "") -> str:
    """A paragraph of a named style, with direct formatting only where a style cannot know it."""
    return f'<w:p><w:pPr><w:pStyle w:val="{escaped(style_id)}"/>{properties}</w:pPr>{"".join(runs)}</w:p>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as one file, with a fixed date, so that the same parts give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def relationships(rows: Iterable[tuple[str, str, str]]) -> str:
    """A .rels part of (id, type, target)."""
    links = (
        f'<Relationship Id="{escaped(name)}" Type="{escaped(kind)}" Target="{escaped(target)}"/>'
        for name, kind, target in rows
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(links)}</Relationships>'


def core_properties(title: str) -> str:
    """docProps/core.xml: the title and nothing about who or when."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escaped(title)}</dc:title></cp:coreProperties>'
    )
