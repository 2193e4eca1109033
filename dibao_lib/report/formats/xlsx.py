"""Table blocks as an Excel workbook ready to print: text is written as text, nothing in the data can become a formula."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from math import ceil
from typing import Any

import xlsxwriter

from dibao_lib.report.blocks import Block, Table, headline
from dibao_lib.report.columns import fitted
from dibao_lib.report.layout import layout
from dibao_lib.report.pieces import Cell, Column

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = dt.datetime(2020, 1, 1)
# What fits on a landscape A4 page at full size, in Excel's unit of width (a digit).
_PAGE_WIDTH = 118
# that unit in characters of a table
_DIGIT = 0.56
_LONGEST = 32767
_HIGHEST_ROW = 409
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_A4 = 9
_LINE = 14.5


def render(blocks: Sequence[Block]) -> bytes:
    """The tables of a report as a workbook, one sheet each."""
    return render_tables([block for block in blocks if isinstance(block, Table)], title=headline(blocks))


def render_tables(tables: Sequence[Table], title: str = "检查报告") -> bytes:
    """Tables as an .xlsx file, one sheet each: A4 landscape, fitted to its width, the head repeated on every page.

    Args:
        tables: in the order of the sheets; a column's kind says whether its cells are text or numbers.
        title: the document's title in its properties.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS)
    workbook.set_properties({"title": title, "created": _CREATED})
    looks = _Looks(workbook)
    names: list[str] = []
    for table in tables:
        names.append(_sheet_name(table.caption, names))
        _write_sheet(workbook.add_worksheet(names[-1]), table, looks)
    if not tables:
        workbook.add_worksheet("无表格")
    workbook.close()
    return buffer.getvalue()


class _Looks:
    """Cell formats of one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        fonts = layout()["fonts"]
        base = {"font_name": fonts["table"]["word"], "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._base = base
        self._head_font = fonts["level1"]["word"]

    def _made_once(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def line(self, **properties: Any) -> Any:
        return self._made_once(**{**self._base, "num_format": "@", **properties})

    def title(self) -> Any:
        return self.line(font_name=self._head_font, font_size=16, align="center")

    def cell(self, cell: Cell, column: Column, in_head: bool, num_format: str) -> Any:
        side = cell.align or column.align
        look = {"border": 1, "align": side, "indent": int(side != "center"), "num_format": num_format}
        if in_head:
            look |= {"font_name": self._head_font, "bg_color": "#F2F2F2"}
        if cell.fill:
            look["bg_color"] = f"#{cell.fill}"
        # a number needs no second line
        return self.line(**look, bold=cell.bold, text_wrap=num_format == "@")


def _write_sheet(sheet: Any, table: Table, looks: _Looks) -> None:
    widths = _widths(table)
    for x, width in enumerate(widths):
        sheet.set_column(x, x, width)
    last = len(widths) - 1
    y = 0
    if table.caption:
        _write_line(sheet, y, last, table.caption, looks.title())
        sheet.set_row(y, 30)
        y += 1
    for in_head, rows in ((True, table.head), (False, table.body)):
        for row in rows:
            _write_row(sheet, y, row, table.columns, in_head, looks)
            sheet.set_row(y, _height(row, widths))
            y += 1
    if table.note:
        _write_line(sheet, y, last, table.note, looks.line(align="left"))
        sheet.set_row(y, min(_HIGHEST_ROW, _LINE * _lines(table.note, sum(widths)) + 4))
        y += 1
    first_body_row = bool(table.caption) + len(table.head)
    _set_up_page(sheet, first_body_row, y - 1, last)
    if len(table.body):
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xlsxwriter.utility.xl_rowcol_to_cell(y - 1, last)}"})


def _write_row(
    sheet: Any, y: int, row: Sequence[Cell | None], columns: Sequence[Column], in_head: bool, looks: _Looks
) -> None:
    for x, cell in enumerate(row):
        if cell is None:
            continue
        number = None if in_head else _number(cell.text, columns[x])
        look = looks.cell(
            cell, columns[x], in_head, _number_format(cell.text, columns[x]) if number is not None else "@"
        )
        if cell.rowspan > 1 or cell.colspan > 1:
            sheet.merge_range(y, x, y + cell.rowspan - 1, x + cell.colspan - 1, "", look)
        if number is not None:
            sheet.write_number(y, x, number, look)
        elif cell.text:
            sheet.write_string(y, x, cell.text[:_LONGEST], look)
        else:
            sheet.write_blank(y, x, None, look)


def _write_line(sheet: Any, y: int, last: int, text: str, look: Any) -> None:
    if last > 0:
        sheet.merge_range(y, 0, y, last, "", look)
    sheet.write_string(y, 0, text[:_LONGEST], look)


def _set_up_page(sheet: Any, first_body_row: int, last_row: int, last_column: int) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页  共 &N 页")
    sheet.print_area(0, 0, last_row, last_column)
    if first_body_row:
        sheet.repeat_rows(0, first_body_row - 1)
        sheet.freeze_panes(first_body_row, 0)


def _number(text: str, column: Column) -> float | int | None:
    """The number a cell of a number column shows, or None when it shows something else."""
    if column.kind == "text":
        return None
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    if not value.is_finite():
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _number_format(text: str, column: Column) -> str:
    if column.kind == "money":
        return "#,##0.00" if "." in text else "#,##0"
    if "," in text:
        return "#,##0"
    return "0" if text.lstrip("-").isdecimal() else "General"


def _widths(table: Table) -> list[float]:
    table = fitted(table, _PAGE_WIDTH * _DIGIT, 3 * _DIGIT)
    total = sum(column.width for column in table.columns)
    return [max(5.0, _PAGE_WIDTH * column.width / total) for column in table.columns]


def _height(row: Sequence[Cell | None], widths: Sequence[float]) -> float:
    """Nothing measures wrapped text in a file until Excel edits it, so the row's height is estimated."""
    lines = [_lines(cell.text, sum(widths[x : x + cell.colspan])) / cell.rowspan for x, cell in enumerate(row) if cell]
    return min(_HIGHEST_ROW, max(20.0, _LINE * max(lines, default=1) + 6))


def _lines(text: str, width: float) -> int:
    """Lines of a text in a cell so many digits wide; its edges and indent take three."""
    room = max(2.0, width - 3)
    return sum(max(1, ceil(sum(2 if char > "\u2e7f" else 1 for char in line) / room)) for line in text.split("\n"))


def _sheet_name(caption: str, taken: Sequence[str]) -> str:
    """A name Excel accepts (at most 31 characters, some signs forbidden), unlike those taken."""
    name = _FORBIDDEN.sub("", caption).strip("' 　")[:26] or f"表{len(taken) + 1}"
    lower = {other.lower() for other in taken} | {"history"}
    while name.lower() in lower:
        name = f"{name[:24]}（{len(taken) + 1}）"
    return name
