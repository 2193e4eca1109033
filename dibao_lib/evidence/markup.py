"""Web pages saved as .xls, as some systems export their lists: every <table> is a sheet."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.cell import RawSheet, Row
from dibao_lib.evidence.encoding import decoded
from dibao_lib.evidence.limits import Limits

_XML_WORKBOOK = "这是 XML 格式的电子表格，不能直接读取。请用 Excel 或 WPS 打开后另存为 xlsx 再报。"
_NO_TABLE = "是网页文件，其中没有表格。请从原系统重新导出后再报。"


def read_markup(path: Path, limits: Limits) -> list[RawSheet]:
    """The tables of a web page, named 表1, 表2 … when there is more than one.

    Raises:
        InputRefused: no table in it, or an XML workbook.
    """
    text = decoded(path.read_bytes())
    if re.match(r"\s*<\?xml", text) and "urn:schemas-microsoft-com:office:spreadsheet" in text[:4000]:
        raise InputRefused(_XML_WORKBOOK)
    parser = _Tables()
    parser.feed(text)
    parser.close()
    tables = [table for table in parser.tables if table]
    if not tables:
        raise InputRefused(_NO_TABLE)
    return [_sheet(table, f"表{n}" if len(tables) > 1 else "", limits) for n, table in enumerate(tables, 1)]


def _sheet(table: list[list[tuple[str, int, int]]], name: str, limits: Limits) -> RawSheet:
    """Lays out one table's cells, (text, columns, rows) each, on a grid."""
    grid: dict[tuple[int, int], str] = {}
    merged: list[tuple[int, int, int, int]] = []
    taken: set[tuple[int, int]] = set()
    for top, row in enumerate(table):
        left = 0
        for text, columns, rows in row:
            while (top, left) in taken:
                left += 1
            bottom, right = min(top + rows, len(table)) - 1, left + columns - 1
            if (len(taken) + rows * columns) > limits.cells:
                raise InputRefused("网页表格的合并单元格范围异常，不予读取。请从原系统重新导出后再报。")
            if columns > 1 or rows > 1:
                merged.append((top, left, bottom, right))
            taken.update((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
            grid[top, left] = text
            left = right + 1
    width = max((c for _, c in taken), default=-1) + 1
    filled: list[Row] = [[grid.get((r, c), "") for c in range(width)] for r in range(len(table))]
    return RawSheet(name=name, rows=filled, merged=tuple(merged))


class _Tables(HTMLParser):
    """Collects the cells of all tables; a table inside a cell is flattened into that cell's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self._close_cell()
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.tables and self.tables[-1]:
            self._close_cell()
            given = dict(attrs)
            self._cell, self._span = [], (_span(given.get("colspan")), _span(given.get("rowspan")))
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._close_cell()

    def _close_cell(self) -> None:
        if self._cell is not None and self.tables and self.tables[-1]:
            self.tables[-1][-1].append(("".join(self._cell).strip(), *self._span))
        self._cell = None


def _span(given: str | None) -> int:
    return min(int(given), 1000) if given and given.isascii() and given.isdigit() and int(given) else 1
