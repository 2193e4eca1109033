"""Sheets as offices lay them out: title, unit line, one or two header lines, subtotals, signatures, repeated headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dibao_lib.demo.model import Row
from dibao_lib.demo.spelling import Cell, Typist, Writer
from dibao_lib.evidence.form import Field, Form, Kind

Merge = tuple[int, int, int, int]
_SUMMED = {Kind.MONEY, Kind.INT}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Args:
        field: name of the row's field.
        header: what the office prints above it.
        write: how its cells are written.
        summed: subtotals add it up.
    """

    field: str
    header: str
    write: Writer
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet ready to be written: its cells from A1 on and its merged blocks (first row, first column, last row, last column)."""

    name: str
    rows: list[list[Cell]]
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """What an office puts around its rows.

    Args:
        title: a line above the header; '' for none.
        unit: a line such as 单位：元; '' for none.
        numbered: a column 序号 in front.
        bands: header of a first line -> fields it spans in the second.
        subtotal: field whose change calls for a 小计 line; '' for none.
        total: close with 合计.
        block: field whose equal cells below each other are merged; '' for none.
        page: rows after which the header is printed again; 0 for never.
        signature: last line; '' for none.
    """

    title: str = ""
    unit: str = ""
    numbered: bool = True
    bands: tuple[tuple[str, tuple[str, ...]], ...] = ()
    subtotal: str = ""
    total: bool = False
    block: str = ""
    page: int = 0
    signature: str = ""


def columns(form: Form, typist: Typist, chosen: Sequence[tuple[str, str]]) -> list[Column]:
    """The chosen fields of a form with the headers an office prints above them."""
    return [_column(form.field(name), header, typist) for name, header in chosen]


def _column(field: Field, header: str, typist: Typist) -> Column:
    """A header that means another period (年均 for 月人均) holds the figure of that period."""
    write, scale = typist.writer(field), field.scales.get(header)
    if scale is None:
        return Column(field.name, header, write, field.kind in _SUMMED)
    return Column(field.name, header, lambda value: write(int(str(value)) // scale), field.kind in _SUMMED)


def lay_out(name: str, columns: Sequence[Column], rows: Sequence[Row], layout: Layout) -> Sheet:
    """A sheet of rows in an office's layout."""
    width = len(columns) + layout.numbered
    grid: list[list[Cell]] = [[line] for line in (layout.title, layout.unit) if line]
    merges: list[Merge] = [(place, 0, place, width - 1) for place in range(len(grid))]
    header, header_merges = _header(columns, layout)
    body = [([number] if layout.numbered else []) + cells for number, cells in _body(columns, rows, layout)]
    for page in _pages(body, layout.page):
        merges += [(len(grid) + a, left, len(grid) + b, right) for a, left, b, right in header_merges]
        grid += [list(line) for line in header] + page
    merges += _blocks(grid, columns, layout)
    if layout.signature:
        grid.append([layout.signature])
    return Sheet(name, grid, tuple(merges))


def _pages(body: list[list[Cell]], length: int) -> Iterator[list[list[Cell]]]:
    """The lines page by page; all on one page when the length is 0."""
    for start in range(0, len(body) or 1, length or len(body) or 1):
        yield body[start : start + (length or len(body))]


def _blocks(grid: list[list[Cell]], columns: Sequence[Column], layout: Layout) -> Iterator[Merge]:
    """Merges the cells of one household's lines below each other, as lists of members are printed."""
    for column, each in enumerate(columns, layout.numbered):
        if each.field == layout.block:
            tops = [row for row, cells in enumerate(grid) if _begins(grid, row, column) and len(cells) > column]
            for top, following in pairwise([*tops, len(grid)]):
                for row in range(top + 1, following):
                    grid[row][column] = None
                if following - top > 1:
                    yield top, column, following - 1, column


def _begins(grid: list[list[Cell]], row: int, column: int) -> bool:
    """Whether a line's cell differs from the one above."""
    return row == 0 or grid[row - 1][column : column + 1] != grid[row][column : column + 1]


def _header(columns: Sequence[Column], layout: Layout) -> tuple[list[list[Cell]], list[Merge]]:
    low: list[Cell] = [*(["序号"] if layout.numbered else []), *(column.header for column in columns)]
    if not layout.bands:
        return [low], []
    band_of = {field: band for band, fields in layout.bands for field in fields}
    high: list[Cell] = []
    merges: list[Merge] = []
    bands = [*([""] if layout.numbered else []), *(band_of.get(column.field, "") for column in columns)]
    for place, band in enumerate(bands):
        if not band:
            # a plain header fills both lines
            high.append(low[place])
            low[place] = None
            merges.append((0, place, 1, place))
        elif place and bands[place - 1] == band:
            high.append(None)
            merges[-1] = (0, merges[-1][1], 0, place)
        else:
            high.append(band)
            merges.append((0, place, 0, place))
    return [high, low], [m for m in merges if (m[0], m[1]) != (m[2], m[3])]


def _body(columns: Sequence[Column], rows: Sequence[Row], layout: Layout) -> Iterator[tuple[Cell, list[Cell]]]:
    """Numbered rows with 小计 after each group and 合计 at the end; a sum line says so in its first cell."""
    group: list[Row] = []
    for number, row in enumerate(rows, 1):
        if layout.subtotal and group and row[layout.subtotal] != group[0][layout.subtotal]:
            yield _sums("小计", columns, group, layout)
            group = []
        group.append(row)
        yield number, [column.write(row.get(column.field)) for column in columns]
    if layout.subtotal and group:
        yield _sums("小计", columns, group, layout)
    if layout.total:
        yield _sums("合计", columns, rows, layout)


def _sums(word: str, columns: Sequence[Column], rows: Sequence[Row], layout: Layout) -> tuple[Cell, list[Cell]]:
    cells = [_sum(column, rows) for column in columns]
    if layout.numbered:
        return word, cells
    return None, [word, *cells[1:]]


def _sum(column: Column, rows: Sequence[Row]) -> Cell:
    if not column.summed:
        return None
    values = [value for row in rows if isinstance(value := row.get(column.field), int)]
    return column.write(sum(values)) if values else None


def by(rows: Sequence[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    """Rows by key, in order of appearance."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups
