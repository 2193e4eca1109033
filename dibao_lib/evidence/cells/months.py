"""Months as 'YYYY-MM'; quarters mean their first month; 2010.1 is January or October (dirty-data.md, nos. 19, 20)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dibao_lib.evidence.cell import Cell, normal, number_text
from dibao_lib.evidence.cells.dates import serial_date
from dibao_lib.evidence.cells.fault import NOTHING, Converted, Fault, by_value
from dibao_lib.evidence.coded import distinct
from dibao_lib.units import month_of

_MONTH = re.compile(r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*月?份?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(?:\d{2})?")
_DAY = re.compile(r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*\d{1,2}\s*日?(?:[ T].*)?")
_QUARTER = re.compile(r"(\d{4})\s*年?\s*[-./]?\s*(?:第\s*)?(?:([1-4一二三四])\s*季度?|[Qq]([1-4]))")
_SPAN = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月?\s*[-—~至到]\s*(\d{1,2})\s*月(?:份)?")
_DECIMAL = re.compile(r"(\d{4})\.(\d{1,2})")
_QUARTERS = {"1": 1, "2": 4, "3": 7, "4": 10, "一": 1, "二": 4, "三": 7, "四": 10}
_UNREADABLE = Fault("bad_month", "月份无法识别，应为2010-04、201004或2010年4月。请按此改写后重报")
_AMBIGUOUS = Fault(
    "ambiguous_month", "写成小数后1月和10月分不清，上下行也不能判定。请把该列设为文本格式，写成2010-01或2010-10"
)
# share of neighbouring rows that stay in a month or go on to the next before a column counts as a sequence
_IN_SEQUENCE = 0.9


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """January or October of a year, as '2010.1' leaves it open."""

    year: int

    @property
    def months(self) -> tuple[str, str]:
        return f"{self.year:04d}-01", f"{self.year:04d}-10"


def read_months(cells: Sequence[Cell], named: Sequence[str] = (), told: str = "") -> Converted:
    """A column of months; a doubtful one is settled by how the column writes, by its sequence, or by the title.

    Args:
        cells: the raw cells.
        named: months that title, sheet or file name mention.
        told: what a person said '.1' means: '01', '10', or blank.
    """
    column = by_value(cells, read_month)
    if any(isinstance(value, _Doubtful) for value in distinct(column.values)):
        doubtful = [row for row, value in enumerate(column.values) if isinstance(value, _Doubtful)]
        _settle(column, doubtful, int(told or _habit({_decimal(cell) for cell in set(distinct(cells))})), named)
        if told:
            column.notes = [f"有{len(doubtful)}处写成小数的月份，按人工答复读作{int(told)}月"]
    return column


def read_month(cell: Cell) -> str | _Doubtful | Fault | None:
    """One month by itself."""
    if isinstance(cell, dt.date):
        return _month(f"{cell.year:04d}", cell.month)
    if isinstance(cell, bool | dt.time | dt.timedelta):
        return _UNREADABLE
    written = normal(cell) if isinstance(cell, str) else number_text(float(cell))
    if written in NOTHING:
        return None
    if found := _DECIMAL.fullmatch(written):
        return _Doubtful(int(found[1])) if found[2] == "1" else _month(found[1], int(found[2]))
    return _written_month(written)


def _written_month(written: str) -> str | Fault:
    for pattern in (_MONTH, _DAY, _COMPACT, _SPAN):
        if found := pattern.fullmatch(written):
            return _month(found[1], int(found[2]))
    if found := _QUARTER.fullmatch(written):
        return _month(found[1], _QUARTERS[found[2] or found[3]])
    if re.fullmatch(r"\d{5}(?:\.0)?", written):
        day = serial_date(float(written))
        return _UNREADABLE if isinstance(day, Fault) else month_of(day)
    return _UNREADABLE


def _month(year: str, month: int) -> str | Fault:
    return f"{year}-{month:02d}" if 1 <= month <= 12 and "1900" <= year <= "2100" else _UNREADABLE


def _decimal(cell: Cell) -> str:
    """The decimals of a month written as a decimal number, else ''."""
    found = (
        _DECIMAL.fullmatch(normal(cell) if isinstance(cell, str) else number_text(cell))
        if isinstance(cell, str | float)
        else None
    )
    return found[2] if found else ""


def _habit(decimals: set[str]) -> int:
    """The month '.1' can only mean by how the rest of the column is written; 0 when it may be either."""
    if "10" in decimals:
        return 1
    padded = any(len(d) == 2 and d.startswith("0") for d in decimals)
    return 10 if padded and not any(len(d) == 1 and d != "1" for d in decimals) else 0


def _settle(column: Converted, doubtful: list[int], habit: int, named: Sequence[str]) -> None:
    values = [*column.values]
    known = [None if isinstance(value, _Doubtful) else _index(value) for value in values]
    in_sequence = _runs(known)
    before, after = _nearest(known), _nearest(known[::-1])[::-1]
    for row in doubtful:
        january, october = values[row].months
        fitting = [month for month in (january, october) if month in named]
        if habit:
            fitting = [january if habit == 1 else october]
        elif in_sequence:
            fitting = [
                m for m in (january, october) if _follows(before[row], _index(m)) and _follows(_index(m), after[row])
            ]
        if len(fitting) == 1:
            values[row] = fitting[0]
        else:
            values[row], column.faults[row] = None, _AMBIGUOUS
    column.values = values
    settled = sum(1 for row in doubtful if values[row])
    if settled:
        column.notes.append(f"有{settled}处写成小数的月份，按本列写法、上下行顺序或标题判定为1月或10月")


def _index(month: str | None) -> int | None:
    return int(month[:4]) * 12 + int(month[5:]) if month else None


def _follows(first: int | None, second: int | None) -> bool:
    return first is None or second is None or 0 <= second - first <= 1


def _nearest(known: list[int | None]) -> list[int | None]:
    """For each row the closest certain month above it."""
    last: int | None = None
    nearest: list[int | None] = []
    for month in known:
        nearest.append(last)
        last = last if month is None else month
    return nearest


def _runs(known: list[int | None]) -> bool:
    """Whether the certain months of a column go on row by row, or over one doubtful month."""
    certain = [(row, month) for row, month in enumerate(known) if month is not None]
    steps = [
        0 <= later - earlier <= (1 if row == place + 1 else 2) for (place, earlier), (row, later) in pairwise(certain)
    ]
    return bool(steps) and sum(steps) >= _IN_SEQUENCE * len(steps)
