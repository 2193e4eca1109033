"""Citizen ids: cleaned, converted from 15 digits, and believed only when the check character agrees (nos. 1-8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np

from dibao_lib.evidence.cell import Cell, squeezed
from dibao_lib.evidence.cells.fault import NOTHING, Converted, Fault, by_value
from dibao_lib.evidence.cells.texts import DIGITS_LOST, FIRST_LOST, SCIENTIFIC
from dibao_lib.evidence.coded import distinct
from dibao_lib.idnumber import fault as id_fault
from dibao_lib.idnumber import from_15

_STILL_THERE = "（文件内部仍存有部分单元格的全部位数，可请报送单位用原软件把该列转为文本后重报）"
_CHECK_CHARACTERS = str.maketrans("x×*ⅹⅩχ", "XXXXXX")
_WEIGHTS = np.array((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), dtype=np.int64)
_CHECK = np.frombuffer(b"10X98765432", dtype=np.uint8)


def read_ids(cells: Sequence[Cell], exact_digits: bool = False) -> Converted:
    """A column of ids.

    Args:
        cells: the raw cells.
        exact_digits: the file holds all digits of some numeric cells; they are still not taken, but it is said.
    """
    good = _clean_and_valid(cells)
    return by_value(cells, lambda cell: cell if cell in good else read_id(cell, exact_digits))


def _clean_and_valid(cells: Sequence[Cell]) -> frozenset[Cell]:
    """Those cells that are 18 plain characters with a matching check character and a date, found all at once."""
    plain = [c for c in set(distinct(cells)) if type(c) is str and len(c) == 18 and c.isascii()]
    right = _right("".join(plain))
    return frozenset(pid for pid, is_right in zip(plain, right, strict=True) if is_right)


def all_valid(joined: str) -> bool:
    """Whether a text of plain characters is nothing but valid ids, one after the other."""
    return bool(_right(joined).all())


def _right(joined: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """For each 18 of many plain characters, whether they are 17 digits with a date and the character that checks them."""
    characters = np.frombuffer(joined.encode("ascii"), dtype=np.uint8).reshape(-1, 18)
    digits = characters[:, :17].astype(np.int64) - ord("0")
    right: np.ndarray[Any, np.dtype[np.bool_]] = _CHECK[digits @ _WEIGHTS % 11] == characters[:, 17]
    right &= ((digits >= 0) & (digits <= 9)).all(axis=1)
    years = digits[:, 6:10] @ np.array((1000, 100, 10, 1))
    months, days = (digits[:, i : i + 2] @ np.array((10, 1)) for i in (10, 12))
    # 29 to 31 are left to the calendar
    right &= (years >= 1) & (months >= 1) & (months <= 12) & (days >= 1) & (days <= 28)
    return right


def read_id(cell: Cell, exact_digits: bool = False) -> str | Fault | None:
    """One id as 18 characters, or why it is none."""
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        return Fault("became_date", "应为身份证号，实为日期或逻辑值。请按证件以文本格式重新录入")
    if isinstance(cell, int | float):
        if abs(cell) >= FIRST_LOST:
            return Fault("digits_lost", DIGITS_LOST + (_STILL_THERE if exact_digits else ""))
        return Fault("numeric_id", "身份证号以数字存放，不可采信。请把该列设为文本格式后重新录入")
    written = squeezed(cell).lstrip("'")
    if written in NOTHING:
        return None
    if SCIENTIFIC.fullmatch(written):
        return Fault("digits_lost", DIGITS_LOST)
    return _checked(written.translate(_CHECK_CHARACTERS))


def _checked(written: str) -> str | Fault:
    if len(written) == 15 and written.isascii() and written.isdigit():
        written = from_15(written)
    elif len(written) == 20 and not id_fault(written[:18]):
        # a disability certificate: the id, then type and level
        written = written[:18]
    problem = id_fault(written)
    return Fault("bad_id", f"身份证号{problem}。请对照证件核对后重报") if problem else written
