"""Rates as exact rationals: "3.5%", Fraction, or a float read as its shortest decimal; never a float product."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from numbers import Rational

from dibao_lib.errors import UsageError

Rate = str | float | Fraction | Decimal


def exact_rate(value: Rate, what: str = "比例") -> Fraction:
    """The rate between 0 and 1 that a person wrote: 0.035 and "3.5%" are 7/200, not a float neighbour.

    Raises:
        UsageError: not a rate, or outside 0..1.
    """
    rate = exact_number(value, what)
    if not 0 <= rate <= 1:
        raise UsageError(f"{what}“{value}”应在0到1之间。请写成 20%、0.2 或 1/5 的样子。")
    return rate


def exact_number(value: Rate, what: str) -> Fraction:
    """A number as written, exact; a percent sign divides by 100.

    Raises:
        UsageError: not a finite number.
    """
    if isinstance(value, Rational) and not isinstance(value, bool):
        return Fraction(value)
    text = str(value).strip().replace("％", "%")
    try:
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise UsageError(f"{what}“{value}”不是数字。请写成 20%、0.2 或 1/5 的样子。") from None


def allowed_risk(confidence: Rate) -> Fraction:
    """1 - confidence, exact.

    Raises:
        UsageError: the confidence is not strictly between 0 and 1.
    """
    level = exact_rate(confidence, "置信水平")
    if level in (0, 1):
        raise UsageError(f"置信水平“{confidence}”应大于0、小于1，常用 0.95 或 0.9。")
    return 1 - level


def ceiling(value: Fraction) -> int:
    """The smallest integer not below."""
    return -(-value.numerator // value.denominator)


def whole(value: object, what: str, least: int = 0) -> int:
    """An integer of at least `least`.

    Raises:
        UsageError: not a whole number, or too small.
    """
    number = int(value) if isinstance(value, int) or hasattr(value, "__index__") else None
    if number is None or isinstance(value, bool) or number < least:
        raise UsageError(f"{what}“{value}”应为不小于{least}的整数，请核对。")
    return number
