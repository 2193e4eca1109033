"""Headings numbered 一、（一）1.（1） and captions 表1, 图1, wherever the author wrote no number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from dibao_lib.report.blocks import Attachment, Block, Figure, Heading, Table

_NUMBERED = re.compile(
    r"\s*([一二三四五六七八九十百]+、|[（(][一二三四五六七八九十百]+[）)]|\d+[.．、](?!\d)|[（(]\d+[）)]|第[一二三四五六七八九十百\d]+[章节条部])"
)
_CAPTIONED = re.compile(r"\s*附?[表图]\s*[\d一二三四五六七八九十]")
_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 to 99 as 一 to 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def number_blocks(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with numbers added; an attachment starts its headings afresh, captions run through.

    Numbering what is numbered changes nothing.
    """
    counts = [0, 0, 0, 0]
    captions = {"表": 0, "图": 0}
    numbered: list[Block] = []
    for block in blocks:
        if isinstance(block, Attachment):
            counts = [0, 0, 0, 0]
        elif isinstance(block, Heading):
            block = _number_heading(block, counts)
        elif isinstance(block, Table | Figure) and block.caption:
            block = _number_caption(block, captions)
        numbered.append(block)
    return numbered


def _number_heading(heading: Heading, counts: list[int]) -> Heading:
    counts[heading.level - 1] += 1
    counts[heading.level :] = [0] * (4 - heading.level)
    if _NUMBERED.match(heading.text):
        return heading
    count = counts[heading.level - 1]
    chinese = chinese_number(count)
    # 1. 2011年… would read as a decimal without the space
    dot = ". " if heading.text[:1].isdigit() else "."
    label = (f"{chinese}、", f"（{chinese}）", f"{count}{dot}", f"（{count}）")[heading.level - 1]
    return replace(heading, text=label + heading.text)


def _number_caption(block: Table | Figure, captions: dict[str, int]) -> Block:
    word = "表" if isinstance(block, Table) else "图"
    captions[word] += 1
    if _CAPTIONED.match(block.caption):
        return block
    return replace(block, caption=f"{word}{captions[word]}　{block.caption}")
