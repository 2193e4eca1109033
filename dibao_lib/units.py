"""Money in fen, months as 'YYYY-MM', dates: the exact units every chapter computes in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation


def fen(yuan: str) -> int:
    """Yuan written as a decimal number -> integer fen.

    Raises:
        ValueError: not a number, or finer than one fen.
    """
    try:
        exact = Decimal(yuan) * 100
    except InvalidOperation:
        raise ValueError(yuan) from None
    if not exact.is_finite() or exact != exact.to_integral_value():
        raise ValueError(yuan)
    return int(exact)


def yuan(amount_fen: int) -> str:
    """Integer fen -> yuan as people write it: 33000 -> '330', 123456 -> '1,234.56'."""
    sign = "-" if amount_fen < 0 else ""
    whole, rest = divmod(abs(amount_fen), 100)
    return f"{sign}{whole:,}" + (f".{rest:02d}" if rest else "")


def month_of(day: dt.date) -> str:
    """The month a date lies in, 'YYYY-MM'."""
    return f"{day.year:04d}-{day.month:02d}"


def add_months(month: str, count: int) -> str:
    """'2010-11' + 3 -> '2011-02'."""
    index = int(month[:4]) * 12 + int(month[5:]) - 1 + count
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def months_between(first: str, last: str) -> list[str]:
    """All months from first to last, both included; empty when last lies before first."""
    start, end = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (first, last))
    return [f"{i // 12:04d}-{i % 12 + 1:02d}" for i in range(start, end + 1)]


def chinese_date(day: dt.date) -> str:
    """2011-07-20 -> '2011年7月20日'."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_month(month: str) -> str:
    """'2011-07' -> '2011年7月'."""
    return f"{int(month[:4])}年{int(month[5:])}月"
