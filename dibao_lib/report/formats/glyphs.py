"""Characters no font can show, and the place in the report they stand in, for the person who has to replace them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from dibao_lib.report.blocks import Attachment, Block, Figure, Heading, Table, to_json

# 自造字: every computer shows another character here, or none
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_REFUSED = re.compile(r'the text `?"(.+?)"`? could not be displayed', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_NAMES = {"title": "标题", "heading": "小标题", "paragraph": "一段文字", "signatures": "签名栏", "masthead": "红头"}


def private_use(blocks: Iterable[Block]) -> str:
    """The first self-made character (自造字) in the blocks, or ""."""
    found = (_PRIVATE_USE.search(words(block)) for block in blocks)
    return next((match[0] for match in found if match), "")


def missing_glyph(message: str) -> str:
    """The character a typst message says it cannot display, or ""."""
    refused = _REFUSED.search(message)
    return _ESCAPE.sub(lambda code: chr(int(code[1], 16)), refused[1]) if refused else ""


def unshowable(blocks: Sequence[Block], text: str) -> str:
    """One sentence: which character, where, what to do."""
    codes = "、".join(f"U+{ord(char):04X}" for char in text)
    kind = "是自造字，在别的电脑上无法显示" if _PRIVATE_USE.search(text) else "在字体中没有字形"
    return f"{place(blocks, text)}里的字“{text}”（{codes}）{kind}，没有生成 PDF。请把它换成标准汉字，或安装含有该字的字体后重试。"


def place(blocks: Sequence[Block], text: str) -> str:
    """Where a text stands, by headings and captions only: “一、基本情况”一节的表格“表1　情况”."""
    heading = ""
    for block in blocks:
        if isinstance(block, Heading | Attachment):
            heading = block.title if isinstance(block, Attachment) else block.text
        if text in words(block):
            return (f"“{heading}”一节的" if heading and not isinstance(block, Heading) else "报告的") + _name(block)
    return "报告"


def words(block: Block) -> str:
    """Every text of a block, in its JSON form."""
    return json.dumps(to_json(block), ensure_ascii=False)


def _name(block: Block) -> str:
    if isinstance(block, Table | Figure):
        return f"{'表格' if isinstance(block, Table) else '插图'}“{block.caption}”"
    return _NAMES.get(block.kind, "附件标题" if block.kind == "attachment" else "版记")
