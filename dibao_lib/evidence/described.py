"""How a sheet was understood, column by column: label, field, how sure that is, a few cells; for people to correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dibao_lib.evidence.amounts import Unit
from dibao_lib.evidence.answered import CONFIRMED, RECALLED
from dibao_lib.evidence.answers import SheetAnswer, shape_of
from dibao_lib.evidence.cell import Cell, RawSheet, column_letter
from dibao_lib.evidence.coded import picked
from dibao_lib.evidence.header import Header, candidates, header_at
from dibao_lib.evidence.labels import spellings
from dibao_lib.evidence.mapping import Match
from dibao_lib.evidence.recognise import Layout
from dibao_lib.evidence.report import ColumnReport, SheetReport, SpareColumn
from dibao_lib.evidence.rows import filled_rows
from dibao_lib.evidence.samples import samples, undeclared_samples

# rows looked at for samples
_ROWS = 200


def column_reports(
    sheet: RawSheet, layout: Layout, rows: Sequence[int], units: Mapping[str, Unit]
) -> tuple[ColumnReport, ...]:
    """The columns a form reads, from left to right.

    Args:
        sheet: the sheet.
        layout: how it was recognised.
        rows: indices of its data rows.
        units: amount field -> its unit.
    """
    reports = []
    for name, match in sorted(layout.mapped.columns.items(), key=lambda item: item[1].column):
        header = "".join(layout.mapped.header.paths[match.column])
        shown = samples(_cells(sheet, match.column, rows), private=layout.form.field(name).private)
        unit = units[name].used if name in units else ""
        how = _how(match, layout.mapped.header.paths[match.column])
        reports.append(ColumnReport(column_letter(match.column), header, name, how, unit, shown))
    return tuple(reports)


def _how(match: Match, path: Sequence[str]) -> str:
    if match.rank in {CONFIRMED, RECALLED}:
        return "人工确认" if match.rank == CONFIRMED else "沿用答复"
    if match.label not in {spelling for label in path for spelling in spellings(label)}:
        return "组合表头"
    return "表头" if match.rank == 0 else "同义词"


def spare_columns(sheet: RawSheet, labels: Sequence[tuple[int, str]], rows: Sequence[int]) -> tuple[SpareColumn, ...]:
    """The labelled columns no field was found for."""
    return tuple(
        SpareColumn(column_letter(column), label, undeclared_samples(label, _cells(sheet, column, rows)))
        for column, label in labels
    )


def likely_sheet(sheet: RawSheet, layout: Layout) -> SheetReport:
    """What is known of a sheet that resembles a form but was refused."""
    header = layout.mapped.header
    rows = range(header.end, len(sheet.rows))
    return replace(
        unread_sheet(sheet, layout.said.own),
        likely=layout.form.title,
        header_rows=(header.top + 1, header.end),
        columns=column_reports(sheet, layout, rows, {}),
        unmapped=tuple(label for _, label in layout.mapped.unmapped()),
        spare=spare_columns(sheet, layout.mapped.unmapped(), rows),
        shape=shape_of(header),
    )


def strange_sheet(sheet: RawSheet, said: SheetAnswer) -> SheetReport:
    """What can be seen of a sheet no form fits: the header a person named, else the row with most labels."""
    named = [header_at(sheet, *said.header_rows)] if said.header_rows else candidates(sheet)
    header = max(named, key=_labelled, default=None)
    if header is None:
        return unread_sheet(sheet, said)
    labels = [(column, "".join(path)) for column, path in enumerate(header.paths) if path]
    rows = range(header.end, len(sheet.rows))
    return replace(
        unread_sheet(sheet, said),
        header_rows=(header.top + 1, header.end),
        unmapped=tuple(label for _, label in labels),
        spare=spare_columns(sheet, labels, rows),
        shape=shape_of(header),
    )


def unread_sheet(sheet: RawSheet, said: SheetAnswer) -> SheetReport:
    """The bare report of a sheet nothing was read of: how many rows it has, and what a person said about it."""
    return SheetReport(sheet.name, rows=filled_rows(sheet), answer=said)


def _labelled(header: Header) -> tuple[int, int]:
    return sum(1 for path in header.paths if path), -header.depth


def _cells(sheet: RawSheet, column: int, rows: Sequence[int]) -> list[Cell]:
    return [*picked(sheet.columns[column], rows[:_ROWS])]
