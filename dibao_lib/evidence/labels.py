"""Column labels in one spelling, and the money unit written beside them (dirty-data.md, nos. 15, 21, 22)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from dibao_lib.evidence.cell import Cell, squeezed

_FACTORS = {
    "亿元": Fraction(100_000_000),
    "万元": Fraction(10_000),
    "千元": Fraction(1000),
    "百元": Fraction(100),
    "元": Fraction(1),
    "角": Fraction(1, 10),
    "分": Fraction(1, 100),
}
_MONTHS = {"年": 12, "季": 3, "季度": 3, "月": 1}
_MONEY_UNIT = re.compile(r"(?:人民币)?(亿元|万元|千元|百元|元|角|分)(?:[/每](.+))?")
# what may stand in brackets after a label without belonging to its name
_COUNT_UNIT = re.compile(r"(?:单位:)?(?:%|人|户|人次|户次|个|套|票|名|岁|平方米|㎡|m2|亩|户、人|人、户)")
_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """A unit of money as a header states it: the factor to yuan, the months it covers and the head it counts by."""

    word: str
    factor: Fraction
    months: int | None = None
    per: str = ""


def label_of(cell: Cell) -> str:
    """A header cell in one spelling: no white space, half-width, 帐 written 账, no colon or asterisk around it."""
    return squeezed(cell).replace("帐", "账").strip(":*").removesuffix(":") if cell != "" else ""


@lru_cache(maxsize=4096)
def spellings(label: str) -> tuple[str, ...]:
    """A label as it stands, without units in brackets, and without any brackets; the most exact first."""
    without_units = _BRACKETS.sub(lambda found: "" if _is_unit(found[1]) else found[0], label)
    without_tail = re.sub(r"[,:/](?:亿元|万元|千元|百元|元|人|户)$", "", without_units)
    return tuple(dict.fromkeys(s for s in (label, without_units, without_tail, _BRACKETS.sub("", label)) if s))


def _is_unit(words: str) -> bool:
    return money_unit(words) is not None or _COUNT_UNIT.fullmatch(words) is not None


@lru_cache(maxsize=4096)
def money_unit(words: str) -> MoneyUnit | None:
    """The money unit written as '万元', '元/人·月', '单位:元'; None when it is none."""
    for part in re.split(r"[、,;]", words.removeprefix("金额").removeprefix("单位:").removeprefix("单位")):
        if found := _MONEY_UNIT.fullmatch(part):
            counted = re.split(r"[·./、每]", found[2] or "")
            months = next((_MONTHS[word] for word in counted if word in _MONTHS), None)
            return MoneyUnit(part, _FACTORS[found[1]], months, next((w for w in counted if w in {"人", "户"}), ""))
    return None


@lru_cache(maxsize=4096)
def unit_in_label(label: str) -> MoneyUnit | None:
    """The money unit in a label's brackets, or after its last comma, colon or slash."""
    tail = re.search(r"[,:/]((?:亿|万|千|百)?元)$", label)
    candidates = [*reversed(_BRACKETS.findall(label)), *([tail[1]] if tail else [])]
    return next((unit for words in candidates if (unit := money_unit(words))), None)
