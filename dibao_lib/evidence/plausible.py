"""Amounts outside all experience refuse their sheet: its unit is wrong, and nobody guesses which is right (no. 21, 22)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from statistics import median_low
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.amounts import LIKELY, Unit
from dibao_lib.evidence.cell import Cell
from dibao_lib.evidence.cells.numbers import read_amount
from dibao_lib.evidence.form import Band, Field, Form
from dibao_lib.evidence.labels import money_unit
from dibao_lib.units import yuan

Values = Mapping[str, Sequence[Any]]


def reject_implausible(
    form: Form, raw: Mapping[str, Sequence[Cell]], values: Values, units: Mapping[str, Unit]
) -> None:
    """Looks at the middle amount of each column that declares a band.

    Args:
        form: the form.
        raw: field -> cells.
        values: field -> the same as values.
        units: amount field -> its unit.

    Raises:
        InputRefused: the sentence shows the amount in the unit stated and in the one it may have been meant in.
    """
    for name, unit in units.items():
        band = form.field(name).plausible
        amounts = [*_amounts(values, name, band)] if band else []
        if band and amounts and not band.low <= median_low(amounts) <= band.high:
            raise InputRefused(_sentence(form.field(name), unit, band, _figure(raw, values, name, band)))


def _amounts(values: Values, name: str, band: Band) -> Iterator[int]:
    """Amounts in fen, a head where the band asks for it; blanks and zeros do not count."""
    if not band.per:
        return (abs(amount) for amount in values[name] if amount)
    pairs = zip(values[name], values.get(band.per, ()), strict=False)
    return (abs(amount) // head for amount, head in pairs if amount and head)


def _figure(raw: Mapping[str, Sequence[Cell]], values: Values, name: str, band: Band) -> Fraction:
    """The middle figure as it stands in the file, a head where the band asks for it."""
    heads = values[band.per] if band.per else [1] * len(values[name])
    places = [place for place, amount in enumerate(values[name]) if amount and heads[place]]
    middle = sorted(places, key=lambda place: abs(values[name][place]) // heads[place])[(len(places) - 1) // 2]
    figure = read_amount(raw[name][middle])
    return abs(figure) / heads[middle] if isinstance(figure, Fraction) else Fraction(0)


def _sentence(one: Field, unit: Unit, band: Band, figure: Fraction) -> str:
    used = money_unit(unit.used)
    per_factor = figure * unit.scale * 100 / (used.factor if used else 1)
    readings = {other.word: round(per_factor * other.factor) for other in LIKELY if other.word != unit.used}
    believable = [
        f"如以{word}为单位则为{yuan(fen)}元" for word, fen in readings.items() if band.low <= fen <= band.high
    ]
    return (
        f"“{one.header}”列的单位按{unit.used}计算，{'各行人均的中间值' if band.per else '中间值'}为"
        f"{yuan(round(figure * unit.scale * 100))}元，不在{yuan(band.low)}至{yuan(band.high)}元之间；"
        f"{believable[0] if believable else '换别的单位也不在此范围'}。请核对单位，改正表头后重报。"
    )
