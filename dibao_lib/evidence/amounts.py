"""The unit of an amount column: what header and title state, and whether the figures bear it out (no. 21, 22).

A header may claim 万元 over figures in 元. Nothing is multiplied on such a claim alone: a printed amount a head that
fits one unit only decides; otherwise amounts outside all experience refuse the sheet until a person has looked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.cell import Cell
from dibao_lib.evidence.cells.numbers import read_amount
from dibao_lib.evidence.form import Average, Band, Field, Form, Kind
from dibao_lib.evidence.labels import MoneyUnit, label_of, money_unit, unit_in_label
from dibao_lib.evidence.recognise import Layout
from dibao_lib.units import yuan

_YUAN = MoneyUnit("元", Fraction(1))
_LIKELY = tuple(unit for word in ("元", "万元") if (unit := money_unit(word)))
# a printed average is cut or rounded to whole yuan, and may leave out a head or two that moved within the month
_TOLERANCE = Fraction(2)


@dataclass(frozen=True, slots=True)
class Unit:
    """How the figures of one amount column become fen.

    Args:
        word: the unit as written in the file, 元 when nothing is written.
        used: the unit the figures were taken in.
        scale: factor from a figure to yuan of the field's own period.
        proof: why another unit than the written one was used; blank otherwise.
    """

    word: str
    used: str
    scale: Fraction
    proof: str = ""


def units_of(layout: Layout, columns: Mapping[str, Sequence[Cell]]) -> dict[str, Unit]:
    """The unit of each amount column of a sheet.

    Args:
        layout: the recognised sheet.
        columns: field -> raw cells of the rows and of the total rows.

    Raises:
        InputRefused: an amount is counted by another head than the form asks, which no factor can mend.
    """
    decided = _proved(layout, columns)
    units = {}
    for name, match in layout.mapped.columns.items():
        one = layout.form.field(name)
        if one.kind is Kind.MONEY:
            written = _written(layout, match.column)
            _reject_other_head(layout, one, written)
            units[name] = _unit(one, written, match.label, decided)
    return units


def _written(layout: Layout, column: int) -> MoneyUnit:
    """The unit in a column's labels, the lowest first, else that of the title lines, else yuan."""
    path = layout.mapped.header.paths[column]
    return next((unit for label in reversed(path) if (unit := unit_in_label(label))), layout.around.unit or _YUAN)


def _unit(one: Field, written: MoneyUnit, label: str, decided: tuple[MoneyUnit, str] | None) -> Unit:
    used, proof = (written, "")
    if decided and decided[0].factor != written.factor:
        used, proof = decided
    return Unit(written.word, used.word, used.factor * _period(one, written, label), proof)


def _period(one: Field, written: MoneyUnit, label: str) -> Fraction:
    """Factor from the period the figures cover to the field's own: 元/年 over a monthly field is 1/12."""
    own = 12 if "年" in one.unit else 1 if "月" in one.unit else None
    if own and written.months:
        return Fraction(own, written.months)
    return next((scale for header, scale in one.scales.items() if label_of(header) == label), Fraction(1))


def _reject_other_head(layout: Layout, one: Field, written: MoneyUnit) -> None:
    own = "人" if "/人" in one.unit else "户" if "/户" in one.unit else ""
    if own and written.per and written.per != own:
        raise InputRefused(
            f"“{one.header}”应按每{own}填写，表头写的是每{written.per}（{written.word}），无法换算。请改按每{own}填写后重报。"
        )


def _proved(layout: Layout, columns: Mapping[str, Sequence[Cell]]) -> tuple[MoneyUnit, str] | None:
    """The one unit in which a printed average agrees with amount divided by heads."""
    for average in layout.form.averages:
        if not {average.printed, average.amount, average.heads} <= columns.keys():
            continue
        fitting = [unit for unit in _LIKELY if _agrees(average, columns, unit)]
        if len(fitting) == 1:
            printed = layout.form.field(average.printed).header
            return fitting[0], f"按{fitting[0].word}计算与本表印出的“{printed}”相符"
    return None


def _agrees(average: Average, columns: Mapping[str, Sequence[Cell]], unit: MoneyUnit) -> bool:
    triples = zip(columns[average.printed], columns[average.amount], columns[average.heads], strict=True)
    read = [[read_amount(cell) for cell in triple] for triple in triples]
    rows = [
        (p, a, h) for p, a, h in read if isinstance(p, Fraction) and isinstance(a, Fraction) and isinstance(h, Fraction)
    ]
    usable = [(p, a * unit.factor / h) for p, a, h in rows if h > 0 and p > 0]
    return bool(usable) and all(abs(printed - computed) <= _TOLERANCE for printed, computed in usable)


def reject_implausible(
    form: Form, raw: Mapping[str, Sequence[Cell]], values: Mapping[str, Sequence[Any]], units: Mapping[str, Unit]
) -> None:
    """Refuses a sheet whose amounts are outside all experience in the unit its header states.

    Args:
        form: the form.
        raw: field -> cells.
        values: field -> the same as values.
        units: amount field -> its unit.

    Raises:
        InputRefused: the sentence shows both readings.
    """
    for name, unit in units.items():
        band = form.field(name).plausible
        if band is None:
            continue
        heads = values.get(band.per, ()) if band.per else [1] * len(values[name])
        found = [(abs(a) // h, place) for place, (a, h) in enumerate(zip(values[name], heads, strict=False)) if a and h]
        middle, place = median_low(found) if found else (band.low, 0)
        if not band.low <= middle <= band.high:
            figure = read_amount(raw[name][place])
            exact = abs(figure) / heads[place] if isinstance(figure, Fraction) else Fraction(0)
            raise InputRefused(_implausible(form.field(name), unit, band, exact))


def _implausible(one: Field, unit: Unit, band: Band, figure: Fraction) -> str:
    """The refusal, for the middle figure as it stands in the file."""
    middle = round(figure * unit.scale * 100)
    per = "人均" if band.per else "中间值"
    readings = {other.word: round(figure * other.factor * 100) for other in _LIKELY if other.word != unit.used}
    believable = [(word, fen) for word, fen in readings.items() if band.low <= fen <= band.high]
    hint = f"如以{believable[0][0]}为单位则为{yuan(believable[0][1])}元" if believable else "换别的单位也不在此范围"
    return (
        f"“{one.header}”列的单位按{unit.used}计算，{per}为{yuan(middle)}元，"
        f"不在{yuan(band.low)}至{yuan(band.high)}元之间；{hint}。请核对单位，改正表头后重报。"
    )
