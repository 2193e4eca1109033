"""One file -> Arrow tables and a report; everything it takes is in the arguments, so any process can do it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.answers import ANY_SHEET, NO_GUIDANCE, Guidance
from dibao_lib.evidence.arrow import QUARANTINE, batch_table, quarantine_table
from dibao_lib.evidence.gazetteer import Gazetteer
from dibao_lib.evidence.limits import Limits
from dibao_lib.evidence.mapping import Vocabulary
from dibao_lib.evidence.report import FileReport, SheetReport
from dibao_lib.evidence.rows import filled_rows
from dibao_lib.evidence.sheet import SheetReading, read_sheet
from dibao_lib.evidence.tables import table_schema
from dibao_lib.evidence.workbook import Workbook, read_workbook


@dataclass(frozen=True, slots=True)
class FileReading:
    """What one file gave; `tables` holds evidence tables by name, and `quarantine`."""

    report: FileReport
    tables: dict[str, pa.Table] = field(default_factory=dict)


def read_file(
    path: Path,
    source_file: str,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    limits: Limits | None = None,
    guidance: Guidance = NO_GUIDANCE,
) -> FileReading:
    """Reads one file; a refusal is in its report, never raised.

    Args:
        path: the file.
        source_file: the name its rows will bear.
        vocabulary: labels of all forms.
        gazetteer: the county's places.
        limits: bounds on the file.
        guidance: what people and the plan say about it.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    try:
        workbook = read_workbook(path, limits or Limits())
        _reject_unknown_sheets(workbook, guidance)
    except InputRefused as error:
        return FileReading(FileReport(source_file, digest, size, refused=f"{source_file}：{error}"))
    readings = [read_sheet(sheet, source_file, vocabulary, gazetteer, guidance) for sheet in workbook.sheets]
    reports = _reports(workbook, readings, source_file)
    report = FileReport(source_file, digest, size, sheets=tuple(reports), notes=workbook.notes)
    return FileReading(_refused_if_unread(report), _tables(readings, source_file, vocabulary))


def _reject_unknown_sheets(workbook: Workbook, guidance: Guidance) -> None:
    names = [sheet.name for sheet in workbook.sheets]
    if unknown := [name for name in guidance.sheets if name not in {*names, ANY_SHEET}]:
        there = "、".join(f"“{name}”" for name in names if name) or f"一张没有名称的表，请写作“{ANY_SHEET}”"
        raise InputRefused(f"对应关系中的工作表“{'”“'.join(unknown)}”不在文件里。文件里有{there}。请改正后重新导入。")


def _reports(workbook: Workbook, readings: list[SheetReading], source_file: str) -> list[SheetReport]:
    """The reports of all sheets but blank ones, once every row of every sheet is accounted for."""
    reports = []
    for sheet, reading in zip(workbook.sheets, readings, strict=True):
        rows = filled_rows(sheet)
        if reading.report.accounted != rows or reading.report.rows != rows:
            raise AssertionError(f"{reading.report.accounted} rows accounted for, {rows} in the sheet")
        if rows or sheet.errors:
            reports.append(reading.report)
    return reports


def _refused_if_unread(report: FileReport) -> FileReport:
    """A file of which no sheet was read or refused for a reason of its own is refused as a whole."""
    if any(sheet.table or sheet.refused for sheet in report.sheets):
        return report
    reasons = [sheet.notes[-1] for sheet in report.sheets if sheet.notes]
    sentence = f"{report.source_file}：{reasons[0] if reasons else '工作簿里没有内容，未导入。请核对是否发错文件。'}"
    return replace(report, notes=(), refused=sentence)


def _tables(readings: list[SheetReading], source_file: str, vocabulary: Vocabulary) -> dict[str, pa.Table]:
    parts: dict[str, list[pa.Table]] = defaultdict(list)
    for reading in readings:
        sheet = reading.report.sheet
        for batch in reading.batches:
            schema = table_schema(batch.table, vocabulary.forms)
            parts[batch.table].append(batch_table(batch, schema, source_file, sheet))
        if reading.quarantined:
            parts[QUARANTINE].append(quarantine_table(reading.quarantined, source_file, sheet))
    return {name: pa.concat_tables(tables) for name, tables in parts.items()}
