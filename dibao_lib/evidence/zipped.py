"""Zipped workbooks (xlsx, xlsm, xlsb, ods): the XML is looked at first, then python-calamine reads the cells."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import python_calamine as calamine

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.ahead import begun
from dibao_lib.evidence.cell import RawSheet, Row
from dibao_lib.evidence.limits import Limits
from dibao_lib.evidence.marks import mark_notes, marks_of
from dibao_lib.evidence.xlsx_scan import SheetScan, scan_sheet, sheet_parts
from dibao_lib.evidence.zip_check import opened_zip, unpacked_bytes, verify_parts

PASSWORD = "文件有密码，无法读取。请取消密码后重新保存再报。"
DAMAGED = "文件内部结构损坏，无法读取。请用 Excel 或 WPS 打开后另存为新文件再报。"
_FOREIGN = "不是 Excel 工作簿（可能是压缩包或其他文档），无法读取。请另存为 xlsx 后再报。"


@dataclass(frozen=True, slots=True)
class _Cells:
    """One worksheet as the reader gives it."""

    name: str
    rows: list[Row]
    merged: tuple[tuple[int, int, int, int], ...]
    hidden: bool


def read_zipped(path: Path, limits: Limits) -> list[RawSheet]:
    """All worksheets of a zipped workbook.

    Raises:
        InputRefused: harmful, damaged, encrypted, or no workbook.
    """
    with opened_zip(path, limits) as archive:
        overlaps = limits.overlap_from_bytes is not None and unpacked_bytes(archive) >= limits.overlap_from_bytes
        cells = begun(partial(_cells, path)) if overlaps else partial(_cells, path)
        scans, notes = _scanned(archive, limits)
    return [_sheet(one, scans.get(one.name, SheetScan()), notes) for one in _readable(cells)]


def _readable(cells: Callable[[], list[_Cells]]) -> list[_Cells]:
    """What the reader gives, its complaints as refusals."""
    try:
        return cells()
    except calamine.PasswordError:
        raise InputRefused(PASSWORD) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise InputRefused(DAMAGED) from None
    except BaseException as error:
        # the reader's own panics derive from BaseException
        if type(error).__name__ != "PanicException":
            raise
        raise InputRefused(DAMAGED) from None


def _scanned(archive: zipfile.ZipFile, limits: Limits) -> tuple[dict[str, SheetScan], tuple[str, ...]]:
    names = archive.namelist()
    lowered = [name.lower() for name in names]
    parts = sheet_parts(archive)
    if not parts and "content.xml" not in lowered and not any(name.endswith("workbook.bin") for name in lowered):
        raise InputRefused(_FOREIGN)
    if "content.xml" in lowered and b"encryption-data" in _manifest(archive):
        raise InputRefused(PASSWORD)
    scannable = {sheet: part for sheet, part in parts.items() if part.lower().endswith(".xml")}
    scans = {sheet: scan_sheet(archive, part, sheet, limits) for sheet, part in scannable.items()}
    verify_parts(archive, frozenset(scannable.values()))
    notes = []
    if any("externallinks/" in name for name in lowered):
        notes.append("含有指向其他文件的链接，读到的是保存时的数值")
    if any(name.endswith("workbook.bin") for name in lowered):
        notes.append("xlsb 文件中的错误值（如#N/A）会读成空白，如有公式请另存为 xlsx 再报")
    marks = marks_of(archive)
    for sheet, part in scannable.items():
        scans[sheet].marks = tuple(mark_notes(archive, part, marks))
    return scans, tuple(notes)


def _manifest(archive: zipfile.ZipFile) -> bytes:
    return archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.namelist() else b""


def _cells(path: Path) -> list[_Cells]:
    # from_path would believe the name of the file
    with path.open("rb") as file, calamine.CalamineWorkbook.from_filelike(file) as workbook:
        return [
            _sheet_cells(workbook, metadata)
            for metadata in workbook.sheets_metadata
            if metadata.typ == calamine.SheetTypeEnum.WorkSheet
        ]


def _sheet_cells(workbook: Any, metadata: Any) -> _Cells:
    sheet = workbook.get_sheet_by_name(metadata.name)
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    hidden = metadata.visible != calamine.SheetVisibleEnum.Visible
    return _Cells(metadata.name, sheet.to_python(skip_empty_area=False), merged, hidden)


def _sheet(cells: _Cells, scan: SheetScan, notes: tuple[str, ...]) -> RawSheet:
    return RawSheet(
        name=cells.name,
        rows=cells.rows,
        merged=cells.merged,
        errors=scan.errors,
        exact_ids=scan.long_numbers > 0,
        hidden=cells.hidden,
        notes=(*_scan_notes(scan), *scan.marks, *notes),
    )


def _scan_notes(scan: SheetScan) -> Sequence[str]:
    notes = []
    if scan.hidden_rows:
        notes.append(f"有{scan.hidden_rows}行被隐藏或筛选掉，也已读取")
    if scan.formulas:
        notes.append(f"有{scan.formulas}处公式，读到的是保存时的计算结果")
    return notes
