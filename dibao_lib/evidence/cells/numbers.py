"""Amounts in integer fen and counts (dirty-data.md, nos. 21, 22)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from dibao_lib.evidence.cell import Cell, normal, number_text
from dibao_lib.evidence.cells.fault import NOTHING, Converted, Fault, by_value
from dibao_lib.evidence.cells.texts import FIRST_LOST

_AMOUNT = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)?(\.\d*)?")
_SIGN = str.maketrans({"−": "-", "–": "-", "﹣": "-"})
_SUFFIX = {"万元": 10_000, "万": 10_000, "元": 1, "元整": 1, "圆": 1, "块": 1}
_COUNT = re.compile(r"(-?\d+)(?:\.0*)?\s*(?:人|户|个|套|票|名|口|辆|次|间|处)?")
_LARGEST_FEN = 10**16
# up to here a hundredfold float is off by less than a millionth
_PLAIN = 1e9
_BAD_MONEY = Fault("bad_money", "金额无法识别，应为数字。请只填数字后重报")
_BAD_NUMBER = Fault("bad_count", "应为数字。请只填数字后重报")
_BAD_COUNT = Fault("bad_count", "应为整数。请只填数字后重报")


def read_amounts(cells: Sequence[Cell], scale: Fraction) -> Converted:
    """A column of amounts in fen.

    Args:
        cells: the raw cells.
        scale: what a figure of this column is multiplied with to become yuan of the field's unit.
    """
    inexact: set[Cell] = set()

    def one(cell: Cell) -> int | Fault | None:
        if scale == 1 and type(cell) is float and (fen := _plain_fen(cell)) is not None:
            return fen
        exact = read_amount(cell)
        if exact is None or isinstance(exact, Fault):
            return exact
        scaled = exact * scale * 100
        if scaled.denominator != 1:
            inexact.add(cell)
        return _rounded(scaled) if abs(scaled) < _LARGEST_FEN else _BAD_MONEY

    column = by_value(cells, one)
    if inexact:
        column.notes.append(f"有{sum(cell in inexact for cell in cells)}个金额不足整分，已四舍五入到分")
    return column


def _plain_fen(number: float) -> int | None:
    """A number of yuan with at most two decimals in fen, None for any other."""
    hundredfold = number * 100
    if not abs(hundredfold) < _PLAIN:
        return None
    fen = round(hundredfold)
    return fen if abs(hundredfold - fen) < 1e-6 else None


def _rounded(fen: Fraction) -> int:
    """The nearest whole fen, halves away from zero."""
    whole = (2 * abs(fen.numerator) + fen.denominator) // (2 * fen.denominator)
    return whole if fen >= 0 else -whole


def read_amount(cell: Cell) -> Fraction | Fault | None:
    """One amount as written, exact: '￥1,200.50', '(100)' and '-100' for deductions, '1.2万元'."""
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        return _BAD_MONEY
    if not isinstance(cell, str):
        text = number_text(float(cell))
        return _BAD_MONEY if text in {"nan", "inf", "-inf"} else Fraction(Decimal(text))
    written = "".join(normal(cell).translate(_SIGN).split()).strip("¥￥'").removeprefix("人民币").removeprefix("RMB")
    return None if written in NOTHING else _written_amount(written)


def _written_amount(written: str) -> Fraction | Fault:
    negative = written.startswith("-") or (written.startswith("(") and written.endswith(")"))
    bare = written.strip("()").removeprefix("-").lstrip("¥")
    suffix = next((suffix for suffix in _SUFFIX if bare.endswith(suffix)), "")
    bare = bare.removesuffix(suffix)
    found = _AMOUNT.fullmatch(bare)
    if not found or not bare.strip(".") or not bare.isascii():
        return _BAD_MONEY
    amount = Fraction(Decimal(bare.replace(",", ""))) * _SUFFIX.get(suffix, 1)
    return -amount if negative else amount


_QUANTITY = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)(\.\d{1,12})?(?:平方米|平米|㎡|m2|亩|头|台|套|辆)?")
_FOUR_PLACES = Decimal("0.0001")
_LARGEST_NUMBER = Decimal(10**13)


def read_number(cell: Cell) -> Decimal | Fault | None:
    """A quantity such as 98.5平方米, to four decimals."""
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        return _BAD_NUMBER
    written = "".join((normal(cell) if isinstance(cell, str) else number_text(float(cell))).split())
    if written in NOTHING:
        return None
    found = _QUANTITY.fullmatch(written)
    if not found:
        return _BAD_NUMBER
    number = Decimal(found[1].replace(",", "") + (found[2] or ""))
    return number.quantize(_FOUR_PLACES) if number < _LARGEST_NUMBER else _BAD_NUMBER


def read_counts(cells: Sequence[Cell], label: str = "") -> Converted:
    """A column of whole numbers; under 应到/实到 the second of two is meant."""
    second = label.endswith("/实到")

    def one(cell: Cell) -> int | Fault | None:
        if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
            return _BAD_COUNT
        if type(cell) is float and cell.is_integer() and abs(cell) < FIRST_LOST:
            return int(cell)
        written = normal(cell).replace(",", "") if isinstance(cell, str) else number_text(float(cell))
        if written in NOTHING:
            return None
        found = _COUNT.fullmatch(written.rpartition("/")[2] if second else written)
        return int(found[1]) if found and len(found[1]) < 16 else _BAD_COUNT

    return by_value(cells, one)
