"""Colour and strike-through that mark single rows (红=退保): no reader carries them over, so people are told (no. 24)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from dibao_lib.evidence.zip_check import chunks

STRUCK = "用删除线标记的内容不会读入标记本身，如表示退保、作废，请另设一列写明；单元格颜色也同样读不出"
_COLOURED = "有{rows}行用颜色标记，颜色读不出来；如表示退保、死亡、作废等，请另设一列写明"
_STYLES = "xl/styles.xml"
_FONT = re.compile(rb"<font(?:\s[^>]*)?(?:/>|>.*?</font>)", re.DOTALL)
_FILL = re.compile(rb"<fill(?:\s[^>]*)?(?:/>|>.*?</fill>)", re.DOTALL)
_FORMAT = re.compile(rb"<xf\s[^>]*>")
_STRIKE = re.compile(rb'<strike\s*(?:val="(?:1|true)")?\s*/>')
# black, white and whatever the system takes for them mark nothing
_COLOUR = re.compile(
    rb'(?:<color|<fgColor)\s[^>]*(?:rgb="(?!(?:..)?(?:000000|FFFFFF)")[0-9A-Fa-f]{6,8}"'
    rb'|theme="(?:[4-9]|\d\d)"|indexed="(?!(?:0|1|8|9|64|65)")\d+")'
)
_CELL = rb'<(?:\w+:)?c r="[A-Z]+(\d+)" s="(?:%s)"'
# a heading is coloured for its looks; so is every other row, or every row
_HEADING, _FEW = 8, 0.4


@dataclass(frozen=True, slots=True)
class Marks:
    """Which cell formats of a workbook mark: numbers of the coloured ones, and whether any strikes its text through."""

    coloured: tuple[bytes, ...] = ()
    struck: bool = False


def marks_of(archive: zipfile.ZipFile) -> Marks:
    """The marking formats of an xlsx."""
    styles = archive.read(_STYLES) if _STYLES in archive.namelist() else b""
    fonts, fills = _FONT.findall(_part(styles, b"fonts")), _FILL.findall(_part(styles, b"fills"))
    formats = _FORMAT.findall(_part(styles, b"cellXfs"))
    coloured = [
        b"%d" % number
        for number, one in enumerate(formats)
        if _COLOUR.search(_of(fonts, b"fontId", one)) or _is_filled(_of(fills, b"fillId", one))
    ]
    return Marks(tuple(coloured), any(_STRIKE.search(_of(fonts, b"fontId", one)) for one in formats))


def mark_notes(archive: zipfile.ZipFile, part: str, marks: Marks) -> Iterator[str]:
    """Sentences about the marks in one sheet's XML."""
    if marks.struck:
        yield STRUCK
    if marks.coloured and (rows := _coloured_rows(archive, part, marks.coloured)):
        yield _COLOURED.format(rows=rows)


def _coloured_rows(archive: zipfile.ZipFile, part: str, coloured: tuple[bytes, ...]) -> int:
    """Rows below the heading with a coloured cell; 0 when so many are that the colour marks none of them."""
    cell, row = re.compile(_CELL % b"|".join(coloured)), re.compile(rb"</(?:\w+:)?row>")
    found, rows, tail = set[bytes](), 0, b""
    for chunk in chunks(archive, part):
        buffer = tail + chunk
        cut = buffer.rfind(b"<")
        found.update(cell.findall(buffer, 0, cut))
        rows += len(row.findall(buffer, 0, cut))
        tail = buffer[cut:]
    below = {number for number in found if int(number[:9]) > _HEADING}
    return len(below) if len(below) <= _FEW * max(rows - _HEADING, 1) else 0


def _is_filled(fill: bytes) -> bool:
    return b'patternType="none"' not in fill and _COLOUR.search(fill) is not None


def _part(styles: bytes, name: bytes) -> bytes:
    return styles.partition(b"<" + name)[2].partition(b"</" + name + b">")[0]


def _of(kinds: list[bytes], attribute: bytes, one: bytes) -> bytes:
    found = re.search(rb"\b" + attribute + rb'="(\d{1,6})"', one)
    return kinds[int(found[1])] if found and int(found[1]) < len(kinds) else b""
