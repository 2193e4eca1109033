"""Yes or no, and words of a code list in their canonical form (dirty-data.md, no. 28)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from dibao_lib.evidence.cell import Cell, squeezed
from dibao_lib.evidence.cells.fault import NOTHING, Fault

_YES = (
    "是",
    "√",
    "✓",
    "✔",
    "对",
    "有",
    "1",
    "Y",
    "YES",
    "TRUE",
    "T",
    "真",
    "已",
    "到",
    "到会",
    "已到",
    "已签",
    "签到",
    "齐",
)
_NO = (
    "否",
    "×",
    "X",
    "✗",
    "✘",
    "无",
    "没有",
    "0",
    "N",
    "NO",
    "FALSE",
    "F",
    "假",
    "未",
    "未到",
    "未签",
    "缺席",
    "缺",
    "不",
)
_BAD_BOOL = Fault("bad_bool", "应填“是”或“否”。请改正后重报")


def yes_or_no(choices: Mapping[str, tuple[str, ...]]) -> dict[str, bool]:
    """Upper-case spelling -> truth; a field's own 是/否 lists come first (有无亲属享受: 无 means a nil return)."""
    if not choices:
        return dict.fromkeys(_NO, False) | dict.fromkeys(_YES, True)
    return {word.upper(): truth == "是" for truth, words in choices.items() for word in words}


def read_bool(cell: Cell, meanings: Mapping[str, bool]) -> bool | Fault | None:
    """One yes or no."""
    if isinstance(cell, dt.date | dt.time | dt.timedelta):
        return _BAD_BOOL
    written = squeezed(cell).upper()
    known = meanings.get(written)
    if known is None and written not in NOTHING:
        return _BAD_BOOL
    return known


def spellings(choices: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Every spelling of a code list -> the canonical word; canonical words win."""
    known = {squeezed(word): canonical for canonical, words in choices.items() for word in words}
    return known | {squeezed(canonical): canonical for canonical in choices}


def read_choice(cell: Cell, known: Mapping[str, str], others: bool) -> str | Fault | None:
    """One word of a code list.

    Args:
        cell: the raw cell.
        known: every spelling -> canonical word.
        others: words outside the list are kept as written.
    """
    written = squeezed(cell)
    if written in known:
        return known[written]
    if written in NOTHING:
        return None
    if others:
        return written
    options = "、".join(dict.fromkeys(known.values()))
    return Fault("unknown_choice", f"应为{options}之一。请改正后重报")
