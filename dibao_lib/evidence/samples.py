"""A few cells of a column for people to judge its mapping by; of person data only the shape, never the value."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from dibao_lib.evidence.cell import Cell, text_of

_SHOWN = 3
_LONGEST = 24
# labels of columns nobody declared that may hold person data all the same
_PERSONAL = re.compile(
    "人|名|者|证|户|号|账|帐|卡|电话|手机|住址|地址|亲属|关系|病|残|签|经办|审|负责|主任|书记|干部|联系"
)
# words of two to four characters that begin so may be names
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤占詹祝舒游俞齐项洪柳倪施洛"
)


def samples(cells: Sequence[Cell], *, private: bool) -> tuple[str, ...]:
    """Up to three different cells, or their shapes."""
    shown: dict[str, None] = {}
    for cell in cells:
        if cell != "" and (text := _shape(cell) if private else text_of(cell)[:_LONGEST]):
            shown[text] = None
        if len(shown) == _SHOWN:
            break
    return tuple(shown)


def undeclared_samples(label: str, cells: Sequence[Cell]) -> tuple[str, ...]:
    """Samples of a column no form declares: shown as they are only when no person can be told from them."""
    return samples(cells, private=bool(_PERSONAL.search(label)) or not _harmless(cells))


def _harmless(cells: Sequence[Cell]) -> bool:
    """Short figures and dates, or words that keep repeating: a name seldom stands in every third row."""
    filled = [cell for cell in cells if cell != ""]
    words = Counter(cell for cell in filled if isinstance(cell, str))
    short = all(len(word) < 7 and word.isascii() and not word.isalpha() for word in words)
    repeating = len(words) * 3 <= sum(words.values())
    if any((len(word) <= 4 and word[0] in _SURNAMES) or sum(map(str.isdigit, word)) > 6 for word in words):
        return False
    figures = [cell for cell in filled if not isinstance(cell, str | dt.date | dt.time | dt.timedelta)]
    return (short or repeating) and all(abs(float(figure)) < 10**7 for figure in figures)


def _shape(cell: Cell) -> str:
    if isinstance(cell, str):
        return _text_shape("".join(text_of(cell).split()))
    if isinstance(cell, bool):
        return "是否"
    if isinstance(cell, dt.date | dt.datetime):
        return "日期"
    if isinstance(cell, int | float):
        return f"数值{len(text_of(cell).partition('.')[0].lstrip('-'))}位"
    return _text_shape("".join(text_of(cell).split()))


def _text_shape(text: str) -> str:
    if text.isascii() and text.isdigit():
        return f"{len(text)}位数字"
    if text.isascii() and text.isalnum() and any(char.isdigit() for char in text):
        return f"{len(text)}位数字字母"
    return f"文本{len(text)}字" if text else ""
