"""Dates in every spelling offices use, and workbook serial numbers (dirty-data.md, no. 19)."""

from __future__ import annotations

import datetime as dt
import re

from dibao_lib.evidence.cell import Cell, normal, number_text
from dibao_lib.evidence.cells.fault import NOTHING, Fault

_EPOCH = dt.date(1899, 12, 30)
_OPEN_END = frozenset({"至今", "长期"})
_DAY = re.compile(
    r"(?P<y>\d{4})\s*[年./\-]\s*(?P<m>\d{1,2})\s*[月./\-]\s*(?P<d>\d{1,2})\s*[日号]?\.?"
    r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
_MONTH = re.compile(r"(?P<y>\d{4})(?:\s*[年./\-]\s*(?P<m>\d{1,2})\s*月?份?|(?P<m2>\d{2}))\.?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_UNREADABLE = Fault("bad_date", "日期无法识别，应为2010-04-15、20100415或2010年4月15日。请按此改写后重报")
_NO_DAY = Fault("bad_date", "只有年月，没有日。请补全日期后重报")
_NO_YEAR = Fault("bad_date", "没有年份。请补全日期后重报")


def read_date(cell: Cell, month_is_enough: bool = False) -> dt.date | Fault | None:
    """One date.

    Args:
        cell: the raw cell.
        month_is_enough: the column asks for a month (停发月份), so a month means its first day.
    """
    if isinstance(cell, dt.date):
        return day(cell.year, cell.month, cell.day)
    if isinstance(cell, bool | dt.time | dt.timedelta):
        return _UNREADABLE
    written = normal(cell) if isinstance(cell, str) else number_text(float(cell))
    if written in NOTHING or written in _OPEN_END:
        return None
    return _written_date(written, month_is_enough)


def _written_date(written: str, month_is_enough: bool) -> dt.date | Fault:
    if found := _DAY.fullmatch(written) or _COMPACT.fullmatch(written):
        return day(int(found["y"]), int(found["m"]), int(found["d"]))
    if _SERIAL.fullmatch(written):
        return serial_date(float(written))
    if found := _MONTH.fullmatch(written):
        if not month_is_enough:
            return _NO_DAY
        if found["m"] == "1" and "." in written:
            return Fault("ambiguous_month", "写成小数，1月和10月分不清。请写成2010-01或2010-10")
        return day(int(found["y"]), int(found["m"] or found["m2"]), 1)
    return _NO_YEAR if re.fullmatch(r"\d{1,2}月\d{1,2}日?", written) else _UNREADABLE


def day(year: int, month: int, number: int) -> dt.date | Fault:
    """A calendar day between 1900 and 2100."""
    try:
        found = dt.date(year, month, number)
    except ValueError:
        return Fault("bad_date", "没有这一天。请核对后重报")
    return found if 1900 <= year <= 2100 else Fault("bad_date", "年份超出1900至2100年。请核对后重报")


def serial_date(serial: float) -> dt.date | Fault:
    """The day a workbook's serial number stands for: 40283 is 2010-04-15."""
    return _EPOCH + dt.timedelta(days=int(serial)) if 10_000 <= serial <= 60_000 else _UNREADABLE
