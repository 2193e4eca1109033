"""Sheets into files: .xlsx, .xls and GB18030 .csv, with long numbers as text wherever the format can say so."""

from __future__ import annotations

import csv
import datetime as dt
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter
import xlwt

from dibao_lib.demo.sheets import Sheet
from dibao_lib.demo.spelling import Cell


def write_xlsx(file: Path, sheets: Sequence[Sheet], made: dt.date) -> None:
    """A workbook of the newer kind."""
    with xlsxwriter.Workbook(str(file), {"in_memory": True, "strings_to_numbers": False}) as book:
        book.set_properties({"created": dt.datetime.combine(made, dt.time())})
        date, text = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "@"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.set_column(0, 40, 12)
            for row, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    match cell:
                        case None:
                            pass
                        case str():
                            page.write_string(row, column, cell, text if len(cell) > 11 else None)
                        case dt.date():
                            page.write_datetime(row, column, cell, date)
                        case _:
                            page.write_number(row, column, cell)
            for first, left, last, right in sheet.merges:
                page.merge_range(first, left, last, right, sheet.rows[first][left])


def write_xls(file: Path, sheets: Sequence[Sheet]) -> None:
    """A workbook of the older kind."""
    book = xlwt.Workbook(encoding="utf-8")
    date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        for row, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, dt.date):
                    page.write(row, column, cell, date)
                elif cell is not None:
                    page.write(row, column, cell)
        page.merged_ranges.extend((first, last, left, right) for first, left, last, right in sheet.merges)
    book.save(str(file))


def write_csv(file: Path, sheet: Sheet) -> None:
    """A text file in the office's own encoding."""
    with file.open("w", encoding="gb18030", newline="") as text:
        csv.writer(text).writerows([_plain(cell) for cell in cells] for cells in sheet.rows)


def _plain(cell: Cell) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def save(folder: Path, stem: str, sheets: Sequence[Sheet], suffix: str, made: dt.date) -> list[Path]:
    """The sheets as one workbook, or as one csv each."""
    if suffix == "csv":
        names = [stem if len(sheets) == 1 else f"{stem}-{sheet.name}" for sheet in sheets]
        files = [folder / f"{name}.csv" for name in names]
        for file, sheet in zip(files, sheets, strict=True):
            write_csv(file, sheet)
        return files
    file = folder / f"{stem}.{suffix}"
    if suffix == "xls":
        write_xls(file, sheets)
    else:
        write_xlsx(file, sheets, made)
    return [file]


@contextmanager
def many_cells() -> Iterator[None]:
    """Spares the collector from walking over a million cells again and again: a quarter of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
