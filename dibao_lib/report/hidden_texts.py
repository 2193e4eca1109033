"""Every text a file holds, seen or not, with its place: comments, properties, hidden parts, metadata, data in data."""

from __future__ import annotations

import base64
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote_to_bytes

from dibao_lib.report.pdf_texts import pdf_texts

Texts = Iterator[tuple[str, str]]

# how a member of a Word or Excel file begins -> what people call it
_MEMBERS = {
    "word/document": "正文",
    "word/header": "页眉",
    "word/footer": "页脚",
    "word/footnotes": "脚注",
    "word/endnotes": "尾注",
    "word/comments": "批注",
    "docProps/": "文档信息",
    "xl/workbook": "工作表名或定义的名称",
    "xl/sharedStrings": "单元格",
    "xl/worksheets/": "单元格",
    "xl/comments": "批注",
    "xl/threadedComments": "批注",
}
_TAG = re.compile(r"<!--.*?-->|<[!?/A-Za-z][^>]*>", re.DOTALL)
# tags of Word, Excel and HTML that cut a text into runs; any other begins or ends a paragraph or a cell
_WITHIN = re.compile(
    r"</?(?:\w+:)?(?:r|t|rPr|rFonts|sz|szCs|color|lang|vanish|noProof|proofErr|bCs|iCs|kern|spacing|highlight"
    r"|a|b|i|s|u|em|big|sub|sup|font|mark|span|small|strong|wbr)(?:[\s/][^>]*)?>"
)
# comments, declarations, and values of attributes that are long enough for a number
_UNSEEN = re.compile(r"""<!--.*?-->|<[!?][^>]*>|=\s*(?:"[^"]{11,}"|'[^']{11,}'|[^\s"'<>]{11,})""", re.DOTALL)
_APART = re.compile(r"<(script|style)\b[^>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_DATA = re.compile(r"""data:(?:[\w.+-]+/([\w.+-]+))?[^,"']*?(;base64)?,([^"')\s]+)""")
_CELL = {"source": "代码或说明", "outputs": "输出", "metadata": "元数据", "attachments": "附件"}
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def hidden_texts(name: str, data: bytes) -> Texts:
    """(place, text) of everything in a file of that name; the place of what one sees at once is blank.

    Raises:
        ValueError: the file is encrypted or damaged: nobody can say what it holds.
    """
    reader = _READERS.get(PurePath(name).suffix.lower(), _unknown)
    try:
        yield from reader(data)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise ValueError(type(error).__name__) from None


def _unknown(data: bytes) -> Texts:
    for encoding in ("utf-16" if data[:2] in _WIDE else "utf-8", "gb18030"):
        try:
            yield "", data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return
    # old Office files hold both
    yield "", data.decode("latin-1")
    yield "", data.decode("utf-16-le", "ignore")


def _markup(data: bytes) -> Texts:
    """HTML or XML: its text by paragraphs, so that one cut by tags is whole, what stands in tags, and data in it."""
    source = data.decode("utf-16" if data[:2] in _WIDE else "utf-8", "replace")
    yield from ((f"{name} 代码", content) for name, content in _APART.findall(source))
    rest = _APART.sub("\n", source)
    yield "", html.unescape(_TAG.sub("\n", _WITHIN.sub("", rest)))
    yield "看不见的属性或注释", html.unescape("\n".join(_UNSEEN.findall(rest)))
    for kind, packed, content in _DATA.findall(source):
        raw = unquote_to_bytes(content)
        inner = base64.b64decode(raw + b"==") if packed else raw
        yield from (("内嵌的数据", text) for _, text in hidden_texts(f"x.{kind.partition('+')[0]}", inner))


def _office(data: bytes) -> Texts:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            called = next((title for start, title in _MEMBERS.items() if name.startswith(start)), name)
            for place, text in hidden_texts(name, parts.read(name)):
                yield f"{called}，{place}" if place else called, text


def _notebook(data: bytes) -> Texts:
    content = json.loads(data)
    for number, cell in enumerate(content.pop("cells", ()), start=1):
        for part, node in cell.items():
            yield from ((f"第{number}个单元格的{_CELL.get(part, part)}", text) for text in _strings(node))
    yield from (("元数据", text) for text in _strings(content))


def _strings(node: Any, key: str = "") -> Iterator[str]:
    """All texts below a node of JSON data, names too; a page is read as one, a picture as its bytes."""
    if isinstance(node, list) and all(isinstance(each, str) for each in node):
        node = "".join(node)
    if isinstance(node, str) and key == "text/html":
        yield from (text for _, text in _markup(node.encode("utf-8", "replace")))
    elif isinstance(node, str):
        yield base64.b64decode(node).decode("latin-1") if key.startswith("image/") and "svg" not in key else node
    elif isinstance(node, list):
        yield from (text for each in node for text in _strings(each))
    elif isinstance(node, dict):
        yield from node
        yield from (text for name, each in node.items() for text in _strings(each, name))
    elif node is not None:
        yield str(node)


_READERS: dict[str, Callable[[bytes], Texts]] = {
    **dict.fromkeys((".html", ".htm", ".xml", ".rels", ".svg", ".vml"), _markup),
    **dict.fromkeys((".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".zip"), _office),
    ".ipynb": _notebook,
    ".pdf": pdf_texts,
}
