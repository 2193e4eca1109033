"""A province's own workbook filled with evidence: `{{名称}}` cells, and one row of `{{.列名}}` cells repeated.

The row's style is copied to every record; what stands below moves down with its merged cells and heights.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from dibao_lib.errors import InputRefused

Value = str | int | float | Decimal | dt.date | None
_FIELD = re.compile(r"\{\{\s*([^{}.][^{}]*?)\s*\}\}")
_COLUMN = re.compile(r"\{\{\s*\.([^{}]+?)\s*\}\}")
# what XML cannot hold
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fields_of(template: Path) -> tuple[set[str], set[str]]:
    """The names of the `{{…}}` and of the `{{.…}}` cells of a template.

    Raises:
        InputRefused: it is no Excel workbook.
    """
    texts = [cell.value for sheet in _opened(template) for row in sheet.iter_rows() for cell in row]
    words = [text for text in texts if isinstance(text, str)]
    return {n for t in words for n in _FIELD.findall(t)}, {n for t in words for n in _COLUMN.findall(t)}


def fill(template: Path, fields: Mapping[str, Value], rows: Sequence[Mapping[str, Value]]) -> bytes:
    """The template with values in place of its marks, as the bytes of an .xlsx file.

    Args:
        template: the workbook.
        fields: name -> value of the `{{name}}` cells.
        rows: the records; column -> value of the `{{.column}}` cells.

    Raises:
        InputRefused: it is no Excel workbook, or a mark has no value.
    """
    book = _opened(template)
    for sheet in book.worksheets:
        # before the records: what stands in those is no mark
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and _FIELD.search(cell.value):
                    _put(cell, _filled(cell.value, _FIELD, fields, template.name))
        if detail := _detail_row(sheet):
            _open_up(sheet, detail, max(1, len(rows)) - 1)
            _fill_rows(sheet, detail, rows)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _opened(template: Path) -> Any:
    try:
        return openpyxl.load_workbook(template)
    except (
        OSError,
        zipfile.BadZipFile,
        ValueError,
        KeyError,
        TypeError,
        openpyxl.utils.exceptions.InvalidFileException,
    ):
        raise InputRefused(f"模板“{template.name}”打不开。请用 Excel 另存为 .xlsx 后再试。") from None


def _detail_row(sheet: Any) -> int:
    """Number of the row with `{{.…}}` cells; 0 when there is none."""
    for row in sheet.iter_rows():
        if any(isinstance(cell.value, str) and _COLUMN.search(cell.value) for cell in row):
            return int(row[0].row)
    return 0


def _open_up(sheet: Any, detail: int, more: int) -> None:
    """Moves everything below the detail row down, and copies its looks into the rows between."""
    if not more:
        return
    moved = [area for area in sheet.merged_cells.ranges if area.min_row > detail]
    across = [area for area in sheet.merged_cells.ranges if area.min_row == area.max_row == detail]
    for area in moved:
        sheet.unmerge_cells(area.coord)
    heights = {row: size.height for row, size in sheet.row_dimensions.items() if row >= detail and size.height}
    last_row, last_column = sheet.max_row, sheet.max_column
    if last_row > detail:
        letter = openpyxl.utils.get_column_letter(last_column)
        sheet.move_range(f"A{detail + 1}:{letter}{last_row}", rows=more)
    for row in [row for row in heights if row > detail]:
        sheet.row_dimensions[row].height = None
    for row, height in heights.items():
        if row > detail:
            sheet.row_dimensions[row + more].height = height
    for area in moved:
        area.shift(row_shift=more)
        sheet.merge_cells(area.coord)
    for row in range(detail + 1, detail + more + 1):
        sheet.row_dimensions[row].height = heights.get(detail)
        for column in range(1, last_column + 1):
            _copy(sheet.cell(detail, column), sheet.cell(row, column))
        for area in across:
            sheet.merge_cells(start_row=row, end_row=row, start_column=area.min_col, end_column=area.max_col)


def _copy(source: Any, target: Any) -> None:
    if hasattr(source, "style_id") and source.has_style:
        target._style = copy(source._style)
    if isinstance(source.value, str):
        target.value = source.value


def _fill_rows(sheet: Any, detail: int, rows: Sequence[Mapping[str, Value]]) -> None:
    for place, values in enumerate(rows or [{}]):
        for cell in sheet[detail + place]:
            if isinstance(cell.value, str) and _COLUMN.search(cell.value):
                _put(cell, _filled(cell.value, _COLUMN, values, "") if rows else None)


def _filled(text: str, mark: re.Pattern[str], values: Mapping[str, Value], template: str) -> Value:
    """A cell's text with its marks replaced; a mark that is the whole cell keeps its value's type."""
    names = mark.findall(text)
    if template and (unknown := [name for name in names if name not in values]):
        raise InputRefused(
            f"模板“{template}”中的{'、'.join('{{' + name + '}}' for name in unknown)}没有对应的内容。可用的有：{'、'.join(values)}。"
        )
    if len(names) == 1 and mark.fullmatch(text.strip()):
        return values.get(names[0])
    return mark.sub(lambda found: _text(values.get(found[1])), text)


def _text(value: Value) -> str:
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "" if value is None else str(value)


def _put(cell: Any, value: Value) -> None:
    """Writes a value; text stays text whatever it looks like."""
    if isinstance(value, str):
        cell.value = _UNPRINTABLE.sub("\ufffd", value)
        cell.data_type = "s"
    else:
        cell.value = value
