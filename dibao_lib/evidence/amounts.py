"""The unit of an amount column: what header and title state, unless a printed average proves another (nos. 21, 22).

A header may claim 万元 over figures in 元. Where the sheet prints an amount a head that fits one unit only, that
decides; otherwise `plausible` refuses amounts outside all experience until a person has looked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.answered import fields_of
from dibao_lib.evidence.cell import Cell
from dibao_lib.evidence.cells.numbers import read_amount
from dibao_lib.evidence.form import Average, Field, Kind
from dibao_lib.evidence.labels import MoneyUnit, label_of, money_unit, unit_in_label
from dibao_lib.evidence.recognise import Layout

_YUAN = MoneyUnit("元", Fraction(1))
# the units offices confuse
LIKELY = tuple(unit for word in ("元", "万元") if (unit := money_unit(word)))
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
        heads: field with the heads to multiply each figure by; blank when it is not one a head.
        told: a person stated it.
        silent: the file states no period and no head.
    """

    word: str
    used: str
    scale: Fraction
    proof: str = ""
    heads: str = ""
    told: bool = False
    silent: bool = False


def units_of(layout: Layout, columns: Mapping[str, Sequence[Cell]]) -> dict[str, Unit]:
    """The unit of each amount column of a sheet.

    Args:
        layout: the recognised sheet.
        columns: field -> raw cells of the rows and of the total rows.

    Raises:
        InputRefused: an amount is counted by another head than the form asks, which no factor can mend.
    """
    proved = _proved(layout, columns)
    told = dict(fields_of(layout.form, layout.said.own.units))
    units = {}
    for name, match in layout.mapped.columns.items():
        one = layout.form.field(name)
        if one.kind is not Kind.MONEY:
            continue
        if name in told:
            units[name] = unit_told(layout, name, told[name])
            continue
        written = _written(layout, match.column)
        heads = _heads(layout, one, written)
        unit = _unit(one, written, match.label, proved)
        units[name] = replace(unit, heads=heads, silent=not (written.months or written.per or unit.proof))
    return units


def unit_told(layout: Layout, name: str, words: str, proof: str = "") -> Unit:
    """The unit a person stated for an amount column, or that its figures prove."""
    one, stated = layout.form.field(name), money_unit(words) or _YUAN
    written = _written(layout, layout.mapped.columns[name].column)
    scale = stated.factor * _period(one, stated, layout.mapped.columns[name].label)
    return Unit(written.word, stated.word, scale, proof, _heads(layout, one, stated), told=not proof)


def _written(layout: Layout, column: int) -> MoneyUnit:
    """The unit in a column's labels, the lowest first, else that of the title lines, else yuan."""
    path = layout.mapped.header.paths[column]
    return next((unit for label in reversed(path) if (unit := unit_in_label(label))), layout.around.unit or _YUAN)


def _unit(one: Field, written: MoneyUnit, label: str, proved: _Proof | None) -> Unit:
    used, proof = (written, "")
    if proved and proved.written.factor == written.factor != proved.used.factor:
        used, proof = proved.used, proved.sentence
    return Unit(written.word, used.word, used.factor * _period(one, written, label), proof)


def _period(one: Field, written: MoneyUnit, label: str) -> Fraction:
    """Factor from the period the figures cover to the field's own: 元/年 over a monthly field is 1/12."""
    own = 12 if "年" in one.unit else 1 if "月" in one.unit else None
    if own and written.months:
        return Fraction(own, written.months)
    return next((scale for header, scale in one.scales.items() if label_of(header) == label), Fraction(1))


def _heads(layout: Layout, one: Field, stated: MoneyUnit) -> str:
    """The column of heads an amount a head is multiplied by; blank when the form counts by the same head."""
    own = "人" if "/人" in one.unit else "户" if "/户" in one.unit else ""
    if not own or stated.per in {"", own}:
        return ""
    if own == "户" and one.heads in layout.mapped.columns:
        return one.heads
    raise InputRefused(
        f"“{one.header}”应按每{own}填写，表头写的是每{stated.per}（{stated.word}），无法换算。请改按每{own}填写后重报。"
    )


@dataclass(frozen=True, slots=True)
class _Proof:
    """What a printed average shows: amounts written in one unit were meant in another."""

    written: MoneyUnit
    used: MoneyUnit
    sentence: str


def _proved(layout: Layout, columns: Mapping[str, Sequence[Cell]]) -> _Proof | None:
    """The one unit in which a printed average agrees with amount divided by heads."""
    for average in layout.form.averages:
        if not {average.printed, average.amount, average.heads} <= columns.keys():
            continue
        fitting = [unit for unit in LIKELY if _agrees(average, columns, unit)]
        if len(fitting) == 1:
            printed = layout.form.field(average.printed).header
            written = _written(layout, layout.mapped.columns[average.amount].column)
            return _Proof(written, fitting[0], f"按{fitting[0].word}计算与本表印出的“{printed}”相符")
    return None


def _agrees(average: Average, columns: Mapping[str, Sequence[Cell]], unit: MoneyUnit) -> bool:
    triples = zip(columns[average.printed], columns[average.amount], columns[average.heads], strict=True)
    read = [[read_amount(cell) for cell in triple] for triple in triples]
    rows = [
        (p, a, h) for p, a, h in read if isinstance(p, Fraction) and isinstance(a, Fraction) and isinstance(h, Fraction)
    ]
    usable = [(p, a * unit.factor / h) for p, a, h in rows if h > 0 and p > 0]
    return bool(usable) and all(abs(printed - computed) <= _TOLERANCE for printed, computed in usable)
