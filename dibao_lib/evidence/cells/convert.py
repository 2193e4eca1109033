"""One column of raw cells -> values, by the kind of its field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from dibao_lib.evidence.cell import Cell
from dibao_lib.evidence.cells import clean, dates, ids, months, numbers, places, texts, words
from dibao_lib.evidence.cells.fault import Converted, by_value
from dibao_lib.evidence.coded import distinct
from dibao_lib.evidence.form import Field, Kind
from dibao_lib.evidence.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Setting:
    """What a column's cells must be read with.

    Args:
        gazetteer: where townships and villages are looked up.
        label: the column's label.
        scale: factor from a figure of the column to yuan of the field's unit.
        months_named: months that title, sheet or file name mention.
        january_or_october: what a person said 2010.1 means: '01', '10', or blank.
        townships: code of the township of each row, where it is known.
        exact_ids: the file holds all digits of some numeric cells.
    """

    gazetteer: Gazetteer
    label: str = ""
    scale: Fraction = Fraction(1)
    months_named: tuple[str, ...] = ()
    january_or_october: str = ""
    townships: Sequence[str | None] = ()
    exact_ids: bool = False


def convert(field: Field, cells: Sequence[Cell], setting: Setting) -> Converted:
    """The column as values of the field's Parquet type, with what had to be set aside."""
    clean = _CLEAN.get(field.kind)
    return (clean(cells) if clean else None) or _READERS[field.kind](field, cells, setting)


def _dates(field: Field, cells: Sequence[Cell], setting: Setting) -> Converted:
    asks_for_month = any(word in setting.label for word in ("月份", "年月"))
    return by_value(cells, lambda cell: dates.read_date(cell, asks_for_month))


def _bools(field: Field, cells: Sequence[Cell], setting: Setting) -> Converted:
    meanings = words.yes_or_no(field.choices)
    return by_value(cells, lambda cell: words.read_bool(cell, meanings))


def _choices(field: Field, cells: Sequence[Cell], setting: Setting) -> Converted:
    known = words.spellings(field.choices)
    return by_value(cells, lambda cell: words.read_choice(cell, known, field.open))


def _codes(field: Field, cells: Sequence[Cell], setting: Setting) -> Converted:
    column = by_value(cells, texts.read_code)
    numeric = 0
    if float in set(map(type, distinct(cells))):
        numeric = sum(1 for cell, value in zip(cells, column.values, strict=True) if type(cell) is float and value)
    if numeric:
        column.notes.append(f"有{numeric}个编号以数字存放，前面的0如有已丢失，请核对")
    return column


def _villages(field: Field, cells: Sequence[Cell], setting: Setting) -> Converted:
    return places.read_villages(cells, setting.townships or [None] * len(cells), setting.gazetteer)


_READERS: dict[Kind, Callable[[Field, Sequence[Cell], Setting], Converted]] = {
    Kind.TEXT: lambda field, cells, setting: by_value(cells, texts.read_text),
    Kind.NAME: lambda field, cells, setting: by_value(cells, texts.read_name),
    Kind.LIST: lambda field, cells, setting: by_value(cells, texts.read_names),
    Kind.CODE: _codes,
    Kind.AREA: lambda field, cells, setting: by_value(cells, texts.read_area),
    Kind.PID: lambda field, cells, setting: ids.read_ids(cells, setting.exact_ids),
    Kind.MONEY: lambda field, cells, setting: numbers.read_amounts(cells, setting.scale),
    Kind.NUMBER: lambda field, cells, setting: by_value(cells, numbers.read_number),
    Kind.INT: lambda field, cells, setting: numbers.read_counts(cells, setting.label),
    Kind.MONTH: lambda field, cells, setting: months.read_months(
        cells, setting.months_named, setting.january_or_october
    ),
    Kind.DATE: _dates,
    Kind.BOOL: _bools,
    Kind.CHOICE: _choices,
    Kind.TOWNSHIP: lambda field, cells, setting: places.read_townships(cells, setting.gazetteer),
    Kind.VILLAGE: _villages,
}

# a whole column at once, where every cell is plain; the same values, or none
_CLEAN: dict[Kind, Callable[[Sequence[Cell]], Converted | None]] = {
    Kind.TEXT: clean.clean_texts,
    Kind.NAME: clean.clean_names,
    Kind.CODE: clean.clean_codes,
    Kind.PID: clean.clean_ids,
}
