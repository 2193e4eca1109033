"""Wide member lists: 姓名1 身份证号1 … 姓名6 身份证号6 of one row become rows of another table (dirty-data.md, no. 18)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dibao_lib.evidence.cell import Cell, text_of
from dibao_lib.evidence.cells.convert import Setting, convert
from dibao_lib.evidence.cells.fault import Converted, Fault
from dibao_lib.evidence.columns import Columns, Reading
from dibao_lib.evidence.form import Form
from dibao_lib.evidence.quarantine import Quarantined

_MISSING = Fault("missing", "必填项为空。请补填后重报")


@dataclass(slots=True)
class Melted:
    """Groups of columns laid out one below the other, by row and then by number of the group.

    Args:
        places: place of the source row among the data rows.
        numbers: number of the group.
        raw: field -> cells.
        converted: field -> values and faults.
    """

    places: list[int]
    numbers: list[int]
    raw: dict[str, Sequence[Cell]] = field(default_factory=dict)
    converted: dict[str, Converted] = field(default_factory=dict)


def melt(reading: Reading, columns: Columns, kept: Sequence[int]) -> Melted:
    """Every group that holds anything, of the rows that were read; carried fields come with it."""
    repeat, groups = reading.layout.form.repeat, reading.layout.mapped.groups
    rows = [reading.sheet.rows[index] for index in reading.parted.data]
    filled = [
        (place, number)
        for place in kept
        for number, group in sorted(groups.items())
        if any(rows[place][column] not in {"", "/", "-"} for column in group.values())
    ]
    melted = Melted([place for place, _ in filled], [number for _, number in filled])
    if repeat:
        target = target_form(reading)
        for name in repeat.headers:
            cells = [rows[place][groups[n][name]] if name in groups[n] else "" for place, n in filled]
            melted.raw[name] = cells
            melted.converted[name] = convert(target.field(name), cells, Setting(reading.gazetteer))
        for name in repeat.carry:
            carried = [*columns.converted[name].values]
            melted.converted[name] = Converted([carried[place] for place in melted.places])
    return melted


def target_form(reading: Reading) -> Form:
    """The form of the table the groups become rows of."""
    repeat = reading.layout.form.repeat
    return next(form for form in reading.vocabulary.forms if repeat and form.table == repeat.table)


def lost(reading: Reading, melted: Melted) -> dict[int, Quarantined]:
    """Position of each melted row without a required value -> its line for the quarantine."""
    found: dict[int, Quarantined] = {}
    for declared in target_form(reading).fields:
        if declared.required:
            values = melted.converted[declared.name].values if declared.name in melted.converted else []
            for position, value in enumerate(values):
                if value is None:
                    fault = melted.converted[declared.name].faults.get(position, _MISSING)
                    found.setdefault(position, _line(reading, melted, position, declared.name, fault, whole_row=True))
    return found


def withheld(reading: Reading, melted: Melted, gone: dict[int, Quarantined]) -> Iterator[Quarantined]:
    """A line for each faulty cell of the melted rows that were read."""
    for name, converted in melted.converted.items():
        for position, fault in converted.faults.items():
            if position not in gone:
                yield _line(reading, melted, position, name, fault, whole_row=False)


def _line(reading: Reading, melted: Melted, position: int, name: str, fault: Fault, *, whole_row: bool) -> Quarantined:
    group = reading.layout.mapped.groups[melted.numbers[position]]
    column = group.get(name)
    header = "".join(reading.layout.mapped.header.paths[column]) if column is not None else name
    return Quarantined(
        row=reading.parted.data[melted.places[position]] + 1,
        table=target_form(reading).table,
        field=name,
        header=header,
        value=text_of(melted.raw[name][position]) if name in melted.raw else "",
        reason=fault.reason,
        message=f"{fault.message}（该成员未计入）" if whole_row else fault.message,
        whole_row=False,
        kept=fault.value is not None,
    )


def member_values(melted: Melted, gone: dict[int, Quarantined]) -> tuple[list[int], dict[str, list[Any]]]:
    """Places and values of the melted rows that are read."""
    good = [position for position in range(len(melted.places)) if position not in gone]
    values = {name: [converted.values[p] for p in good] for name, converted in melted.converted.items()}
    return [melted.places[position] for position in good], values
