"""The office's Word template: its parts as they are, its styles by the names Word shows, its page set-up."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

from dibao_lib.errors import ReportFailed
from dibao_lib.report.formats.ooxml import R, W
from dibao_lib.report.templates import report_templates

_DOCUMENT = "word/document.xml"
_LINKS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_PNG_TYPE = '<Default Extension="png" ContentType="image/png"/>'


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """What a report takes over from report.docx.

    Attributes:
        parts: every part but the document itself and its links.
        styles: id of each style by its name in lower case: Word renames ids when it saves.
        links: the inner XML of the document's relationships (styles, fonts, footers, theme).
        upright: section properties of an upright page.
        landscape: the same page turned by a quarter.
    """

    parts: Mapping[str, bytes]
    styles: Mapping[str, str]
    links: str
    upright: str
    landscape: str

    def style(self, name: str) -> str:
        """The id of the style Word shows under this name.

        Raises:
            ReportFailed: somebody deleted the style.
        """
        if found := self.styles.get(name.lower()):
            return found
        raise ReportFailed(f"Word 模板 templates/report/report.docx 里没有“{name}”样式，请恢复这个样式后重新生成报告。")


@cache
def word_template() -> WordTemplate:
    """templates/report/report.docx, read once.

    Raises:
        ReportFailed: the file is no Word document.
    """
    try:
        return read_template((report_templates() / "report.docx").read_bytes())
    except (OSError, KeyError, zipfile.BadZipFile, ElementTree.ParseError):
        raise ReportFailed(
            "Word 模板 templates/report/report.docx 打不开，请用 Word 重新保存或恢复原来的文件。"
        ) from None


def read_template(content: bytes) -> WordTemplate:
    """A .docx file as template; it may come from Word, WPS or this package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    section = _section(parts.pop(_DOCUMENT))
    links = "".join(re.findall(r"<Relationship\b[^>]*>", parts.pop(_LINKS).decode("utf-8")))
    types = parts[_TYPES].decode("utf-8")
    if 'Extension="png"' not in types:
        parts[_TYPES] = re.sub(r"(<Types\b[^>]*>)", rf"\1{_PNG_TYPE}", types).encode()
    return WordTemplate(parts, _styles(parts["word/styles.xml"]), links, _xml(section), _xml(_turned(section)))


def _styles(content: bytes) -> dict[str, str]:
    rows = ElementTree.fromstring(content).iter(f"{{{W}}}style")
    named = ((row.find(f"{{{W}}}name"), row.get(f"{{{W}}}styleId", "")) for row in rows)
    return {name.get(f"{{{W}}}val", "").lower(): style_id for name, style_id in named if name is not None}


def _section(document: bytes) -> ElementTree.Element:
    """The page set-up at the end of the template's body."""
    section = ElementTree.fromstring(document).find(f"{{{W}}}body/{{{W}}}sectPr")
    if section is None:
        raise KeyError("sectPr")
    for name in ("headerReference", "titlePg", "pgNumType"):
        for element in section.findall(f"{{{W}}}{name}"):
            section.remove(element)
    return section


def _turned(section: ElementTree.Element) -> ElementTree.Element:
    """Landscape: width and height change places, and the left margin becomes the top one."""
    turned = ElementTree.fromstring(ElementTree.tostring(section))
    size, margins = (turned.find(f"{{{W}}}{name}") for name in ("pgSz", "pgMar"))
    if size is None or margins is None:
        raise KeyError("pgSz")
    _exchange(size, {"w": "h", "h": "w"})
    above_edge = int(margins.get(f"{{{W}}}bottom", "0")) - int(margins.get(f"{{{W}}}footer", "0"))
    _exchange(margins, {"top": "left", "right": "top", "bottom": "right", "left": "bottom"})
    # the page number keeps its distance from the text
    margins.set(f"{{{W}}}footer", str(max(0, int(margins.get(f"{{{W}}}bottom", "0")) - above_edge)))
    size.set(f"{{{W}}}orient", "landscape")
    return turned


def _exchange(element: ElementTree.Element, sources: Mapping[str, str]) -> None:
    values = {target: element.get(f"{{{W}}}{source}", "0") for target, source in sources.items()}
    for target, value in values.items():
        element.set(f"{{{W}}}{target}", value)


def _xml(section: ElementTree.Element) -> str:
    ElementTree.register_namespace("w", W)
    ElementTree.register_namespace("r", R)
    return ElementTree.tostring(section, encoding="unicode")
