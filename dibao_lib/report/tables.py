"""A DataFrame as a table block: MultiIndexes become merged cells, values what a reader expects to see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dibao_lib.errors import ReportFailed
from dibao_lib.report.blocks import Table
from dibao_lib.report.pieces import Align, Cell, Column
from dibao_lib.report.text import MISSING, is_missing, shown

Row = tuple[Cell | None, ...]
Key = tuple[str, ...]
# in characters: a column is as wide as its longest text, within limits, and the cell's edges
_NARROWEST, _WIDEST, _EDGES = 2.0, 18.0, 1.0
# whole numbers that count nothing: 序号, 年份, 代码
_NOT_COUNTED = ("号", "年", "年份", "月", "序", "次", "码")


def table(
    df: pd.DataFrame,
    *,
    caption: str = "",
    note: str = "",
    widths: Mapping[str, float] | Sequence[float] | None = None,
    align: Mapping[str, Align] | None = None,
    fill: Callable[[str, Any], str | None] | None = None,
    money: Collection[str] = (),
    missing: str = MISSING,
    empty: str = "无",
) -> Table:
    """The rows of `df` under its column names; a named index or a MultiIndex comes first.

    Args:
        df: one row a table row; the columns are named as they shall read. Equal neighbours of the upper levels of a
            MultiIndex are merged, and so is a column with the lower names "" below it.
        caption: title above the table, numbered later; "" for none.
        note: line below the table.
        widths: relative widths, for all columns (index first) or by name; otherwise what the contents need.
        align: "left", "center" or "right" by name; otherwise numbers right, dates centred, text left.
        fill: `fill(column, value)` gives a cell's colour as six hexadecimal digits, or None.
        money: names of columns that hold integer fen; shown in yuan, and numbers in Excel.
        missing: what None, NaN and NaT show.
        empty: the one row of a table without rows.

    Raises:
        ReportFailed: the DataFrame has no columns.
    """
    shows_index = df.index.nlevels > 1 or df.index.name is not None
    index_keys = [("" if name is None else str(name),) for name in df.index.names] if shows_index else []
    keys = index_keys + [_key(column) for column in df.columns]
    if not keys:
        raise ReportFailed(f"表格“{caption}”没有列，请检查交给 table(…) 的数据。")
    names = [next((part for part in reversed(key) if part), "") for key in keys]
    series: list[Any] = [df.index.get_level_values(level) for level in range(len(index_keys))]
    series += [df.iloc[:, place] for place in range(df.shape[1])]
    texts = [_texts(values, name, name in money, missing) for values, name in zip(series, names, strict=True)]
    columns = tuple(
        Column(width, (align or {}).get(name, _align(values, name in money)), _kind(values, name in money))
        for name, values, width in zip(names, series, _widths(names, texts, widths), strict=True)
    )
    body = _body(names, series, texts, len(index_keys), fill)
    return Table(columns, head_rows(keys), body or (_whole_row(empty, len(keys)),), caption, note)


def head_rows(keys: Sequence[Key]) -> tuple[Row, ...]:
    """Column names as head rows: equal neighbours merged across, a name over nothing merged down."""
    depth = max((len(key) for key in keys), default=1)
    padded = [key + ("",) * (depth - len(key)) for key in keys]
    rows: list[list[Cell | None]] = [[None] * len(keys) for _ in range(depth)]
    x = 0
    while x < len(keys):
        x += _place_names(padded, rows, x, 0, len(keys))
    return tuple(tuple(row) for row in rows)


def _place_names(keys: Sequence[Key], rows: list[list[Cell | None]], x: int, y: int, end: int) -> int:
    """Put the name of column `x` at level `y`, what lies under it too; the number of columns it spans."""
    same = x + 1
    while same < end and keys[same][y] == keys[x][y] and y + 1 < len(rows):
        same += 1
    down = 1
    if same == x + 1:
        while y + down < len(rows) and not keys[x][y + down]:
            down += 1
    rows[y][x] = Cell(keys[x][y], rowspan=down, colspan=same - x, align="center")
    below = x
    while below < same and y + down < len(rows):
        below += _place_names(keys, rows, below, y + down, same)
    return same - x


def _body(
    names: Sequence[str],
    series: Sequence[Any],
    texts: Sequence[Sequence[str]],
    levels: int,
    fill: Callable[[str, Any], str | None] | None,
) -> tuple[Row, ...]:
    columns = [_merged_down(texts[: level + 1]) for level in range(levels)] if levels > 1 else []
    columns += [[Cell(text) for text in column] for column in texts[len(columns) :]]
    if fill:
        columns = [
            [_filled(cell, fill(name, value)) for cell, value in zip(column, values, strict=True)]
            for name, column, values in zip(names, columns, series, strict=True)
        ]
    return tuple(zip(*columns, strict=True))


def _filled(cell: Cell | None, colour: str | None) -> Cell | None:
    return replace(cell, fill=colour) if cell is not None and colour else cell


def _merged_down(levels: Sequence[Sequence[str]]) -> list[Cell | None]:
    """The last of these index levels; a run of rows equal in all of them is one cell."""
    keys = list(zip(*levels, strict=True))
    cells: list[Cell | None] = [None] * len(keys)
    start = 0
    for place in range(1, len(keys) + 1):
        if place == len(keys) or keys[place] != keys[start]:
            cells[start] = Cell(keys[start][-1], rowspan=place - start)
            start = place
    return cells


def _key(column: Hashable) -> Key:
    return tuple(shown(part, "") for part in column) if isinstance(column, tuple) else (shown(column, ""),)


def _whole_row(text: str, width: int) -> Row:
    return (Cell(text, colspan=width, align="center"), *[None] * (width - 1))


def _texts(values: Any, name: str, is_money: bool, missing: str) -> list[str]:
    if not is_money:
        if pd.api.types.is_integer_dtype(values.dtype) and not name.endswith(_NOT_COUNTED):
            # as the text of the report writes 6,420户
            return [missing if is_missing(value) else f"{value:,}" for value in values]
        return [shown(value, missing) for value in values]
    amounts = [None if is_missing(value) else int(value) for value in values]
    digits = 2 if any(amount % 100 for amount in amounts if amount is not None) else 0
    return [missing if amount is None else _yuan(amount, digits) for amount in amounts]


def _yuan(amount_fen: int, digits: int) -> str:
    whole, rest = divmod(abs(amount_fen), 100)
    return ("-" if amount_fen < 0 else "") + f"{whole:,}" + (f".{rest:02d}" if digits else "")


def _kind(values: Any, is_money: bool) -> Any:
    numeric = pd.api.types.is_numeric_dtype(values.dtype) and not pd.api.types.is_bool_dtype(values.dtype)
    return "money" if is_money else "number" if numeric else "text"


def _align(values: Any, is_money: bool) -> Align:
    if _kind(values, is_money) != "text":
        return "right"
    return "center" if pd.api.types.is_datetime64_any_dtype(values.dtype) else "left"


def _widths(
    names: Sequence[str], texts: Sequence[Sequence[str]], given: Mapping[str, float] | Sequence[float] | None
) -> list[float]:
    if given is not None and not isinstance(given, Mapping):
        return list(given)
    needed = [needed_width([name, *column]) for name, column in zip(names, texts, strict=True)]
    return [(given or {}).get(name, width) for name, width in zip(names, needed, strict=True)]


def needed_width(texts: Sequence[str]) -> float:
    """Width in characters that a column of these texts needs."""
    return min(max([_NARROWEST, *map(em, texts)]), _WIDEST) + _EDGES


def em(text: str) -> float:
    """Width of a text in characters: a hanzi is one, a Latin letter or digit about half."""
    return sum(1.0 if char > "\u2e7f" else 0.55 for char in text)
