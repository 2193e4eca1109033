"""A form of the plan as an Excel sheet, blank or filled in: what is printed is locked, and it imports as it is."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import xlsxwriter

from dibao_lib.evidence.blank.catalogue import BlankForm
from dibao_lib.evidence.blank.looks import Looks, height_of, lines_of, rule_of, widths_of
from dibao_lib.evidence.blank.template import Value
from dibao_lib.evidence.form import Field, Kind
from dibao_lib.plan import Plan

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = dt.datetime(2020, 1, 1)
_A4, _NUMBER_WIDTH = 9, 5.0
# width of an A4 page at full size, in Excel's unit
_PAGE_WIDTH = 118.0
_GAP = 5
# what Excel allows, in points
_HIGHEST_ROW = 409
# rows above the table's head: title, lines to fill in, gap
HEAD_ROWS = 3
_ALLOWED = {"insert_rows": True, "format_rows": True, "format_columns": True, "sort": True}


def write_paper(blank: BlankForm, plan: Plan, sheets: Sequence[Filling]) -> bytes:
    """A form as the bytes of an .xlsx file: a sheet for each filling, blank or filled in."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS)
    workbook.set_properties({"title": blank.title, "created": _CREATED})
    for filling in sheets:
        _Sheet(workbook, blank, plan, filling).write()
    workbook.close()
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Filling:
    """What is written into one sheet of a form.

    Args:
        name: of the sheet; the form's title when empty.
        above: field -> value beside its words above the table.
        rows: field -> value, one mapping a row, as people read them (yuan, 是 and 否, names); None leaves blank rows.
    """

    name: str = ""
    above: Mapping[str, Value] = field(default_factory=dict)
    rows: Sequence[Mapping[str, Value]] | None = None


class _Sheet:
    """One sheet of a form while it is written, from the top down."""

    def __init__(self, workbook: Any, blank: BlankForm, plan: Plan, filling: Filling) -> None:
        self.blank, self.plan, self.filling = blank, plan, filling
        self.townships = tuple(one.name for one in plan.townships)
        self.looks = Looks(workbook)
        self.sheet = workbook.add_worksheet((filling.name or blank.title)[:31])
        self.paths = [("序号",), *(blank.labels(one) for one in blank.fields)]
        columns = [(one, blank.labels(one)[-1]) for one in blank.fields]
        self.widths = [_NUMBER_WIDTH, *widths_of(columns, _PAGE_WIDTH - _NUMBER_WIDTH)]
        # a wide form is shrunk to the page: taller rows keep the page filled
        self.stretch = sum(self.widths) / _PAGE_WIDTH
        self.last = len(self.widths) - 1

    def write(self) -> None:
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self._line(0, self.plan.place.name + self.blank.title, self.looks.title(), 36)
        self._above(1)
        depth = max(map(len, self.paths))
        # the lines to write on stand clear of the table
        self.sheet.set_row(2, _GAP)
        first = HEAD_ROWS + depth
        self._head(HEAD_ROWS, depth)
        self._page(first, self._below(self._rows(first)))

    def _line(self, row: int, text: str, look: Any, height: float) -> None:
        self.sheet.merge_range(row, 0, row, self.last, "", look)
        self.sheet.write_string(row, 0, text, look)
        self.sheet.set_row(row, height)

    def _above(self, row: int) -> None:
        """填报单位：____ 填报日期：____, spread over the width."""
        self.sheet.set_row(row, 26)
        parts = list(self.blank.above.items())
        share = (self.last + 1) // len(parts)
        for number, (name, words) in enumerate(parts):
            left = number * share
            right = self.last if number == len(parts) - 1 else left + share - 1
            right = min(right, self._reach(left, 60))
            middle = self._reach(left, 2 * len(words) + 4)
            other = Field(name, words, kind=Kind.TEXT if name else Kind.TOWNSHIP)
            one = next((one for one in self.blank.form.fields if one.name == name), other)
            self._merge(row, left, row, middle, f"{words}：", self.looks.label())
            place_to_write = self.looks.blank_line(one.kind)
            self._merge(row, middle + 1, row, max(middle + 1, right), "", place_to_write)
            self._put(row, middle + 1, self.filling.above.get(name), place_to_write)
            if rule := rule_of(one, self.townships):
                self.sheet.data_validation(row, middle + 1, row, middle + 1, rule)

    def _reach(self, left: int, width: float) -> int:
        """The column at which so much width is reached."""
        total = 0.0
        for column in range(left, self.last):
            total += self.widths[column]
            if total >= width:
                return column
        return self.last - 1

    def _head(self, top: int, depth: int) -> None:
        """Header labels; equal neighbours of one level are one cell, and a short path reaches down."""
        lines = [1] * depth
        for level in range(depth):
            for left, right, label in _runs(self.paths, level):
                ends = len(self.paths[left]) == level + 1
                bottom = top + depth - 1 if ends else top + level
                self._merge(top + level, left, bottom, right, label, self.looks.head())
                taken = lines_of(label, sum(self.widths[left : right + 1]))
                lines[level] = max(lines[level], -(-taken // (bottom - top - level + 1)))
        for level, count in enumerate(lines):
            self.sheet.set_row(top + level, height_of(count))

    def _rows(self, top: int) -> int:
        blank, filled = self.blank, self.filling.rows
        count = blank.rows if filled is None else len(filled)
        for place in range(count):
            row = {name: texts[place] for name, texts in blank.prefilled.items()} if filled is None else filled[place]
            self.sheet.set_row(top + place, self._height(row))
            self.sheet.write_number(top + place, 0, place + 1, self.looks.printed())
            for column, one in enumerate(blank.fields, 1):
                printed = filled is None and one.name in row
                look = self.looks.printed() if printed else self.looks.blank(one.kind)
                self._put(top + place, column, row.get(one.name), look)
        end = top + count
        for column, one in enumerate(blank.fields, 1):
            if one.name not in blank.prefilled and count and (rule := rule_of(one, self.townships)):
                self.sheet.data_validation(top, column, end - 1, column, rule)
        if filled is not None and len(filled) > blank.rows:
            self.sheet.set_h_pagebreaks(range(top + blank.rows, end, blank.rows))
        return self._total(top, end) if filled and blank.totals else end

    def _height(self, row: Mapping[str, Value]) -> float:
        """As high as the form is ruled, or as its longest text needs: nothing measures wrapped text in a file."""
        texts = ((row.get(one.name), width) for one, width in zip(self.blank.fields, self.widths[1:], strict=True))
        lines = max((lines_of(text, width) for text, width in texts if isinstance(text, str)), default=1)
        return min(_HIGHEST_ROW, max(self.blank.height * self.stretch, height_of(lines)))

    def _total(self, top: int, end: int) -> int:
        """The line of sums: formulas, with their values for programs that do not calculate."""
        self.sheet.set_row(end, self.blank.height * self.stretch)
        self.sheet.write_string(end, 0, "合计", self.looks.printed())
        for column, one in enumerate(self.blank.fields, 1):
            look = self.looks.total(one.kind)
            if one.name not in self.blank.totals:
                self.sheet.write_blank(end, column, None, look)
                continue
            first, last = (xlsxwriter.utility.xl_rowcol_to_cell(row, column) for row in (top, end - 1))
            values = [row.get(one.name) for row in self.filling.rows or ()]
            total = sum(Decimal(value) for value in values if isinstance(value, int | Decimal))
            self.sheet.write_formula(end, column, f"=SUM({first}:{last})", look, float(total))
        return end + 1

    def _put(self, row: int, column: int, value: Value, look: Any) -> None:
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, look)
        elif isinstance(value, dt.date):
            self.sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), look)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value, look)
        else:
            self.sheet.write_number(row, column, float(value), look)

    def _below(self, row: int) -> int:
        """Who signs, and how to fill the form in."""
        self._line(row, "".join(f"{who}：{' ' * 24}" for who in self.blank.signatures), self.looks.remark(), 30)
        notes = "填表说明：" + "".join(f"{number}. {text}。" for number, text in enumerate(self.blank.notes, 1))
        self._line(row + 1, notes, self.looks.remark(), height_of(lines_of(notes, sum(self.widths))))
        return row + 1

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str, look: Any) -> None:
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", look)
        if text:
            self.sheet.write_string(top, left, text, look)
        else:
            self.sheet.write_blank(top, left, None, look)

    def _page(self, first_row: int, last_row: int) -> None:
        sheet = self.sheet
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_footer("&C第 &P 页  共 &N 页")
        sheet.print_area(0, 0, last_row, self.last)
        sheet.repeat_rows(0, first_row - 1)
        sheet.freeze_panes(first_row, 0)
        sheet.ignore_errors(
            {"number_stored_as_text": f"A1:{xlsxwriter.utility.xl_rowcol_to_cell(last_row, self.last)}"}
        )
        sheet.protect("", _ALLOWED)


def _runs(paths: Sequence[tuple[str, ...]], level: int) -> Iterator[tuple[int, int, str]]:
    """(first column, last column, label) of each header cell of a level."""
    left = 0
    while left < len(paths):
        right = left
        if len(paths[left]) > level + 1:
            while (
                right + 1 < len(paths)
                and len(paths[right + 1]) > level + 1
                and (paths[right + 1][: level + 1] == paths[left][: level + 1])
            ):
                right += 1
        if len(paths[left]) > level:
            yield left, right, paths[left][level]
        left = right + 1
