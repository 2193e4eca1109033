"""The columns of a recognised sheet: raw cells gathered, merged blocks filled, units settled, values converted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.amounts import Unit, unit_told, units_of
from dibao_lib.evidence.answered import fields_of
from dibao_lib.evidence.answers import MONTHS, NO_GUIDANCE, Guidance
from dibao_lib.evidence.blocks import fill_blocks
from dibao_lib.evidence.cell import Cell, RawSheet
from dibao_lib.evidence.cells.convert import Setting, convert
from dibao_lib.evidence.cells.fault import Converted, Fault
from dibao_lib.evidence.coded import counted, picked
from dibao_lib.evidence.form import Field, Kind
from dibao_lib.evidence.gazetteer import Gazetteer
from dibao_lib.evidence.mapping import Vocabulary
from dibao_lib.evidence.plausible import Doubt, doubts
from dibao_lib.evidence.questions import Asked, Question
from dibao_lib.evidence.recognise import Constant, Layout
from dibao_lib.evidence.rows import FIGURES, SortedRows
from dibao_lib.evidence.titles import pairs_in


@dataclass(slots=True)
class Columns:
    """A sheet column by column; places count the data rows from 0.

    Args:
        raw: field -> cells as they came, merged blocks filled.
        converted: field -> values and faults.
        constants: field -> (value for all rows, where it was found).
        units: amount field -> its unit.
        notes: sentences about columns.
    """

    raw: dict[str, Sequence[Cell]]
    units: dict[str, Unit]
    converted: dict[str, Converted] = field(default_factory=dict)
    constants: dict[str, tuple[Any, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one sheet is read with."""

    sheet: RawSheet
    source_file: str
    layout: Layout
    parted: SortedRows
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    guidance: Guidance = NO_GUIDANCE

    def header(self, name: str) -> str:
        """The label of a field's column in this sheet, else the form's own."""
        match = self.layout.mapped.columns.get(name)
        return "".join(self.layout.mapped.header.paths[match.column]) if match else self.declared(name).header

    def declared(self, name: str) -> Field:
        """The declaration of a field of the form."""
        return self.layout.form.field(name)

    def setting(self, name: str, unit: Unit | None = None, townships: Sequence[str | None] = ()) -> Setting:
        """How the cells of a field are converted."""
        match = self.layout.mapped.columns.get(name)
        return Setting(
            self.gazetteer,
            label=match.label if match else self.declared(name).header,
            scale=unit.scale if unit else Fraction(1),
            months_named=self.layout.around.months()[1],
            january_or_october=self._month_told(name),
            townships=townships,
            exact_ids=self.sheet.exact_ids,
        )

    def _month_told(self, name: str) -> str:
        """What a person said 2010.1 means in a column: '01', '10', or blank."""
        return MONTHS.get(dict(fields_of(self.layout.form, self.layout.said.own.months)).get(name, ""), "")


def read_columns(reading: Reading) -> Columns:
    """All columns of a sheet as values.

    Raises:
        InputRefused: a unit is wrong, or a value for the whole sheet cannot be read.
        Asked: a unit is doubtful.
    """
    raw = _raw(reading)
    filled = fill_blocks(reading.layout.form, raw, reading.parted.data)
    columns = Columns(raw, units_of(reading.layout, _with_totals(reading, raw)))
    if filled and (block := reading.layout.form.block):
        columns.notes.append(f"“{reading.header(block.key)}”列{filled}")
    _read_constants(reading, columns)
    # villages last: the township says where a village's name is looked up
    for name in sorted(raw, key=lambda name: reading.declared(name).kind is Kind.VILLAGE):
        _convert(reading, columns, name)
        columns.notes += [f"“{reading.header(name)}”列{note}" for note in columns.converted[name].notes]
    columns.notes += [*_unit_notes(reading, columns.units), *_absent_notes(reading, columns)]
    _settle_units(reading, columns)
    for name, unit in columns.units.items():
        if unit.heads:
            _multiply(columns, name, unit.heads)
    return columns


def _convert(reading: Reading, columns: Columns, name: str) -> None:
    setting = reading.setting(name, columns.units.get(name), _townships(reading, columns))
    columns.converted[name] = convert(reading.declared(name), columns.raw[name], setting)
    _mark_errors(reading, name, columns.converted[name])


def _settle_units(reading: Reading, columns: Columns) -> None:
    """Takes a doubtful amount in the unit its figures prove, or in the one a person stated for such headers before."""
    recalled = dict(fields_of(reading.layout.form, reading.layout.said.recalled.units))
    for doubt in _doubts(reading, columns):
        if doubt.field in recalled:
            words, proof = recalled[doubt.field], "以前对同样表头的答复"
        elif doubt.clear:
            words, proof = doubt.clear, "只有这样才与保障标准相称"
        else:
            continue
        columns.units[doubt.field] = unit_told(reading.layout, doubt.field, words, proof)
        _convert(reading, columns, doubt.field)
        columns.notes.append(f"{doubt.text.partition('。')[0]}；按{words}读取（{proof}），请核对")
    if left := _doubts(reading, columns):
        rows = len(reading.parted.data)
        asked = [Question(f"units.{reading.declared(d.field).header}", d.text, d.choices, rows) for d in left]
        raise Asked(asked, reading.layout)


def _doubts(reading: Reading, columns: Columns) -> list[Doubt]:
    values = {name: converted.values for name, converted in columns.converted.items()}
    return [*doubts(reading.layout.form, columns.raw, values, columns.units, reading.guidance.standard)]


def _multiply(columns: Columns, name: str, heads: str) -> None:
    """Turns amounts a head into the household's; without the heads the amount is set aside."""
    amounts, counts = columns.converted[name], columns.converted[heads].values
    multiplied: list[int | None] = []
    for place, (amount, count) in enumerate(zip(amounts.values, counts, strict=True)):
        if amount is not None and count is None:
            amounts.faults[place] = Fault("missing", "按每人填写的金额，须有人数才能算出全户金额。请补填人数后重报")
        multiplied.append(amount * count if amount is not None and count is not None else None)
    amounts.values = multiplied


def _raw(reading: Reading) -> dict[str, Sequence[Cell]]:
    """The cells of each mapped column; a merged block means its value for every row, unless it is a figure."""
    data, columns = reading.parted.data, reading.sheet.columns
    fills = _fills(reading)
    raw: dict[str, Sequence[Cell]] = {}
    for name, match in reading.layout.mapped.columns.items():
        raw[name] = picked(columns[match.column], data)
        if match.column in fills and reading.declared(name).kind not in {*FIGURES, Kind.NUMBER}:
            raw[name] = _filled(raw[name], fills[match.column])
    return raw


def _filled(cells: Sequence[Cell], fills: Sequence[tuple[int, Cell]]) -> list[Cell]:
    filled = [*cells]
    for place, cell in fills:
        filled[place] = cell
    return filled


def _fills(reading: Reading) -> dict[int, list[tuple[int, Cell]]]:
    """Column -> (place, value) of the cells a block merged downwards covers."""
    place_of = {index: place for place, index in enumerate(reading.parted.data)} if reading.sheet.merged else {}
    fills: dict[int, list[tuple[int, Cell]]] = {}
    last = reading.parted.data[-1] if reading.parted.data else -1
    for top, left, bottom, right in reading.sheet.merged:
        if top in place_of and bottom > top and left == right:
            covered = (place_of[row] for row in range(top + 1, min(bottom, last) + 1) if row in place_of)
            fills.setdefault(left, []).extend((place, reading.sheet.rows[top][left]) for place in covered)
    return fills


def _with_totals(reading: Reading, raw: Mapping[str, Sequence[Cell]]) -> dict[str, list[Cell]]:
    """The columns that printed averages are checked with, total rows included."""
    wanted = {name for one in reading.layout.form.averages for name in (one.printed, one.amount, one.heads)}
    return {name: [*raw[name], *total_cells(reading, name)] for name in raw if name in wanted}


def total_cells(reading: Reading, name: str) -> list[Cell]:
    """The cells of a field's column in the rows of sums."""
    column = reading.layout.mapped.columns[name].column
    return [reading.sheet.rows[index][column] for index in reading.parted.totals]


def _read_constants(reading: Reading, columns: Columns) -> None:
    """Values that hold for all rows: from title lines and names, and dates from the lines below the table."""
    found = dict(reading.layout.constants)
    for label, cell in pairs_in(reading.parted.footers).items():
        name = reading.vocabulary.field_of(reading.layout.form, label)
        if name and name not in columns.raw and reading.declared(name).kind is Kind.DATE:
            found.setdefault(name, Constant(cell, f"落款“{label}”"))
    for name, constant in found.items():
        _read_constant(reading, columns, name, constant)


def _read_constant(reading: Reading, columns: Columns, name: str, constant: Constant) -> None:
    declared = next((one for one in reading.layout.form.fields if one.name == name), None)
    if declared is None:
        columns.constants[name] = (constant.cell, constant.origin)
        return
    setting = reading.setting(name, townships=[reading.layout.township])
    converted = convert(declared, [constant.cell], setting)
    if not converted.faults:
        columns.constants[name] = (converted.values[0], constant.origin)
        return
    problem = f"{constant.origin}给出的“{declared.header}”{converted.faults[0].message}"
    if declared.required:
        raise InputRefused(f"{problem}。")
    columns.notes.append(f"{problem}；已按空白处理")


def _townships(reading: Reading, columns: Columns) -> Sequence[str | None]:
    """The township of each row: its own column's, else the sheet's."""
    for name, converted in columns.converted.items():
        if reading.declared(name).kind is Kind.TOWNSHIP:
            return converted.values
    return [reading.layout.township] * len(reading.parted.data)


def _mark_errors(reading: Reading, name: str, converted: Converted) -> None:
    """Cells that hold an error or a formula never computed read as blank: they are faults, not blanks."""
    column = reading.layout.mapped.columns[name].column
    if not any(place[1] == column for place in reading.sheet.errors):
        return
    values = [*converted.values]
    for place, row in enumerate(reading.parted.data):
        if problem := reading.sheet.errors.get((row, column)):
            values[place] = None
            converted.faults[place] = Fault(
                "error_cell", f"单元格是“{problem}”，没有可用的值。请在 Excel 或 WPS 中改正、重新计算并保存后再报"
            )
    converted.values = values


def _unit_notes(reading: Reading, units: Mapping[str, Unit]) -> Iterator[str]:
    for name, unit in units.items():
        if unit.proof:
            yield f"“{reading.header(name)}”列标注{unit.word}，{unit.proof}，已按{unit.used}读取，请核对"


def _absent_notes(reading: Reading, columns: Columns) -> Iterator[str]:
    """What follows from a column that is missing, or blank in some rows."""
    for one in reading.layout.form.fields:
        if not one.absent or one.name in columns.constants:
            continue
        if one.name not in columns.converted:
            yield one.absent
        elif blank := counted(columns.converted[one.name].values)[None]:
            yield f"有{blank:,}行没有“{one.header}”：{one.absent}"
