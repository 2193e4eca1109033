"""Amounts outside all experience: another unit is used when the figures leave one only, else a person is asked (nos. 21, 22).

Two tests of an amount column. Its middle value must lie in the band its field declares. An amount a household and month
whose header names neither period nor head must, divided by heads, stay near the plan's standard a person, and grow with
the heads; a quarter's or a year's amount shows by that, an amount a head by its not growing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low
from typing import Any

from dibao_lib.evidence.amounts import LIKELY, Unit
from dibao_lib.evidence.cell import Cell
from dibao_lib.evidence.cells.numbers import read_amount
from dibao_lib.evidence.form import Band, Field, Form
from dibao_lib.evidence.labels import money_unit
from dibao_lib.units import yuan

Values = Mapping[str, Sequence[Any]]
_HOUSEHOLD = {"元/户·月": 1, "元/户·季": 3, "元/户·年": 12}
# what a household gets a head and month, over the highest standard: more than that is not a month's amount
_MOST = Fraction(3, 2)
# where a middle amount of a county lies for sure, over the highest standard
_USUAL = (Fraction(1, 4), Fraction(6, 5))
# households of one size needed before sizes are compared, and how little more than one person's is no growth
_ENOUGH, _FLAT = 10, Fraction(11, 10)


@dataclass(frozen=True, slots=True)
class Doubt:
    """An amount column whose unit is not believed.

    Args:
        field: the field.
        text: what is seen.
        choices: units it may be in.
        clear: the only unit that fits; blank when a person must say.
    """

    field: str
    text: str
    choices: tuple[str, ...]
    clear: str = ""


def doubts(
    form: Form, raw: Mapping[str, Sequence[Cell]], values: Values, units: Mapping[str, Unit], standard: int = 0
) -> Iterator[Doubt]:
    """The amount columns whose figures do not fit their unit; what a person stated is not doubted.

    Args:
        form: the form.
        raw: field -> cells.
        values: field -> the same as values.
        units: amount field -> its unit.
        standard: the plan's highest standard a person a month, in fen; 0 leaves out the second test.
    """
    for name, unit in units.items():
        if unit.told:
            continue
        one = form.field(name)
        amounts = [*_amounts(values, name, one.plausible)] if one.plausible else []
        if one.plausible and amounts and not one.plausible.low <= median_low(amounts) <= one.plausible.high:
            yield _outside(one, unit, one.plausible, _figure(raw, values, name, one.plausible))
        elif standard and unit.silent and one.heads in values and (doubt := _by_standard(one, values, standard)):
            yield doubt


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


def _outside(one: Field, unit: Unit, band: Band, figure: Fraction) -> Doubt:
    used = money_unit(unit.used)
    per_factor = figure * unit.scale * 100 / (used.factor if used else 1)
    readings = {other.word: round(per_factor * other.factor) for other in LIKELY if other.word != unit.used}
    believable = [
        f"如以{word}为单位则为{yuan(fen)}元" for word, fen in readings.items() if band.low <= fen <= band.high
    ]
    text = (
        f"“{one.header}”列的单位按{unit.used}计算，{'各行人均的中间值' if band.per else '中间值'}为"
        f"{yuan(round(figure * unit.scale * 100))}元，不在{yuan(band.low)}至{yuan(band.high)}元之间；"
        f"{believable[0] if believable else '换别的单位也不在此范围'}。实际单位是什么"
    )
    return Doubt(one.name, text, tuple(other.word for other in LIKELY))


def _by_standard(one: Field, values: Values, standard: int) -> Doubt | None:
    pairs = [(a, h) for a, h in zip(values[one.name], values[one.heads], strict=True) if a and h and a > 0 and h > 0]
    if not pairs:
        return None
    share = Fraction(median_low([amount // heads for amount, heads in pairs]), standard)
    if share > _MOST:
        return _longer_period(one, share, standard)
    single, several = ([a for a, h in pairs if (h == 1) == alone] for alone in (True, False))
    if min(len(single), len(several)) >= _ENOUGH and median_low(several) <= _FLAT * median_low(single):
        text = f"“{one.header}”列多人户与一人户的金额相同，可能是每人的金额。该列按什么计算"
        return Doubt(one.name, text, ("元/户·月", "元/人·月"))
    return None


def _longer_period(one: Field, share: Fraction, standard: int) -> Doubt:
    fitting = [word for word, months in _HOUSEHOLD.items() if _USUAL[0] <= share / months <= _USUAL[1]]
    text = (
        f"“{one.header}”列如为每月金额，人均中间值为{yuan(round(share * standard))}元，"
        f"是最高保障标准{yuan(standard)}元的{float(share):.1f}倍"
    )
    if len(fitting) == 1:
        return Doubt(one.name, text, tuple(_HOUSEHOLD), fitting[0])
    return Doubt(one.name, f"{text}，可能是一季或一年的金额。该列按什么计算", tuple(_HOUSEHOLD))
