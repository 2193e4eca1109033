"""Merged cells must tile their grid exactly: writers rely on it, and a table from a file may lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from dibao_lib.errors import ReportFailed


class Span(Protocol):
    """What a cell covers, counted in rows and columns from its own place."""

    @property
    def rowspan(self) -> int: ...  # noqa: D102
    @property
    def colspan(self) -> int: ...  # noqa: D102


def check_grid(rows: Sequence[Sequence[Span | None]], width: int, caption: str) -> None:
    """Refuse rows of a wrong length, spans that overlap or leave the grid, and holes no span covers.

    Raises:
        ReportFailed: names the table by its caption, and the row.
    """
    covered: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        if len(row) != width:
            raise ReportFailed(f"表格“{caption}”第{y + 1}行有{len(row)}格，应为{width}格，请检查表格的数据。")
        for x, cell in enumerate(row):
            if (cell is None) != ((y, x) in covered):
                raise ReportFailed(f"表格“{caption}”第{y + 1}行第{x + 1}格的合并单元格对不上，请检查表格的数据。")
            if cell is not None and (cell.rowspan, cell.colspan) != (1, 1):
                covered |= _covered(cell, y, x, len(rows), width, caption)


def _covered(cell: Span, y: int, x: int, height: int, width: int, caption: str) -> set[tuple[int, int]]:
    if not (1 <= cell.rowspan <= height - y and 1 <= cell.colspan <= width - x):
        raise ReportFailed(f"表格“{caption}”第{y + 1}行第{x + 1}格合并的范围超出表格，请检查表格的数据。")
    places = {(y + dy, x + dx) for dy in range(cell.rowspan) for dx in range(cell.colspan)}
    return places - {(y, x)}
