"""Markdown cells as blocks: headings, paragraphs, lists and tables; raw HTML and code stay the text they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import mistune

from dibao_lib.report.blocks import Attachment, Block, Heading, Paragraph, Table, Title
from dibao_lib.report.pieces import Cell, Column, Run

# "## 附件1 低保户名册（横）" opens attachment 1 on landscape pages
_ATTACHMENT = re.compile(r"附件\s*(\d*)[\s:：]*(.+?)(（横）|（横向）)?$")
_COLUMN_ALIGN = {"left": "left", "center": "center", "right": "right"}
Token = dict[str, Any]


@cache
def _parser() -> Callable[[str], Any]:
    parse: Callable[[str], Any] = mistune.create_markdown(renderer=None, plugins=["table"])
    return parse


def read_markdown(source: str) -> Iterator[Block]:
    """The blocks a markdown text stands for; `#` is the title, `##` a heading of level 1."""
    for token in _parser()(source):
        yield from _block(token)


def _block(token: Token) -> Iterator[Block]:
    kind = token["type"]
    if kind == "heading":
        yield _heading(_plain(token["children"]), token["attrs"]["level"])
    elif kind in {"paragraph", "block_text"}:
        yield Paragraph(tuple(_runs(token["children"])))
    elif kind == "list":
        yield from _list(token)
    elif kind == "table":
        yield _table(token)
    elif kind in {"block_html", "block_code"}:
        yield Paragraph((Run(token["raw"].strip("\n")),), align="left")
    else:
        for child in token.get("children", ()):
            yield from _block(child)


def _heading(text: str, level: int) -> Block:
    found = _ATTACHMENT.match(text)
    if level == 1:
        return Title(text)
    if level == 2 and found:
        return Attachment(found[2], int(found[1] or 0), landscape=bool(found[3]))
    return Heading(text, level - 1)


def _list(token: Token) -> Iterator[Block]:
    """Each item a paragraph, as official documents have no bullets; an ordered item keeps its number."""
    start = token["attrs"].get("start") or 1
    for number, item in enumerate(token["children"], start):
        label = (Run(f"{number}."),) if token["attrs"]["ordered"] else ()
        for block in [block for child in item["children"] for block in _block(child)]:
            yield Paragraph(label + block.runs) if label and isinstance(block, Paragraph) else block
            label = ()


def _table(token: Token) -> Table:
    head, *body = token["children"]
    rows = [row["children"] for group in body for row in group["children"]]
    columns = tuple(
        Column(1.0, _COLUMN_ALIGN.get(cell["attrs"].get("align"), "left"))  # type: ignore[arg-type]
        for cell in head["children"]
    )
    names = tuple(Cell(_plain(cell["children"]), align="center") for cell in head["children"])
    return Table(columns, (names,), tuple(tuple(Cell(_plain(cell["children"])) for cell in row) for row in rows))


def _runs(tokens: Sequence[Token], bold: bool = False) -> Iterator[Run]:
    for token in tokens:
        kind = token["type"]
        if kind == "softbreak":
            # between hanzi the end of a source line is no space
            continue
        if kind == "linebreak":
            yield Run("\n", bold)
        elif "children" in token:
            yield from _runs(token["children"], bold or kind == "strong")
        else:
            yield Run(token.get("raw", ""), bold)


def _plain(tokens: Sequence[Token]) -> str:
    return "".join(run.text for run in _runs(tokens))
