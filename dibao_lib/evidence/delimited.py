"""Text tables (csv, tsv, txt): strict decoding, the delimiter that fits, and rows that do not line up marked."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.cell import Cell, RawSheet, Row, Turned
from dibao_lib.evidence.encoding import decoded
from dibao_lib.evidence.limits import Limits

# a text of this many characters is worth the fast reader, which takes it block by block
_LARGE, _BLOCK = 1 << 16, 1 << 20
_DELIMITERS = ("\t", ",", ";", "|", "，")


def read_delimited(path: Path, limits: Limits) -> list[RawSheet]:
    """The one table of a text file; its sheet has no name.

    Raises:
        InputRefused: not text, an unclosed quotation mark, or larger than the limits.
    """
    text = decoded(path.read_bytes())
    _reject_wide(text, limits)
    columns = plain_columns(text, _delimiter(text))
    rows = Turned(columns) if columns else _padded(_rows(text, limits))
    width = len(rows[0]) if rows else 0
    if width * len(rows) > limits.cells:
        raise InputRefused(f"表格有{len(rows)}行、最宽{width}列，超出可读取的范围。请检查分隔符是否正确后再报。")
    return [RawSheet(name="", rows=rows, cut_off=_cut_off(text, rows), delimited=True)]


def _reject_wide(text: str, limits: Limits) -> None:
    """A first line of very many cells is refused before they are made."""
    end = text.find("\n")
    width = text.count(_delimiter(text), 0, end if end >= 0 else len(text)) + 1
    if width > limits.columns:
        raise InputRefused(f"第1行有{width:,}列，超出可读取的范围。请检查分隔符是否正确后再报。")


def plain_columns(text: str, delimiter: str) -> list[list[Cell]] | None:
    """The columns of a large table whose lines all have as many cells and no quotation mark; None for any other."""
    if len(text) < _LARGE or '"' in text or text.startswith("\ufeff") or not delimiter.isascii():
        return None
    width = text[: text.index("\n")].count(delimiter) + 1 if "\n" in text else 1
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(text.encode()),
            arrow_csv.ReadOptions(autogenerate_column_names=True, block_size=_BLOCK),
            arrow_csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(
                column_types={f"f{c}": pa.string() for c in range(width)}, strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    return [_shared(column) for column in table.columns]


def _shared(column: pa.ChunkedArray) -> list[Cell]:
    """The cells of a column; equal ones are one object."""
    encoded = pa.concat_arrays(column.chunks).dictionary_encode()
    words = np.array([*encoded.dictionary.to_pylist(), ""], dtype=object)
    cells: list[Cell] = words[encoded.indices.to_numpy()].tolist()
    return cells


def _padded(rows: list[Row]) -> list[Row]:
    """All rows as long as the longest."""
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return rows


def _rows(text: str, limits: Limits) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    try:
        rows.extend([*row] for row in reader)
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise InputRefused(f"第{len(rows) + 1}行起有引号没有成对，其后的内容无法分列。请改正该行后再报。") from None
        raise InputRefused(f"第{reader.line_num}行无法分列（引号用错或单元格过长）。请改正该行后再报。") from None
    return rows


def _delimiter(text: str) -> str:
    """The delimiter most frequent in the first lines."""
    head = text[:20_000]
    return max(_DELIMITERS, key=head.count) if any(map(head.count, _DELIMITERS)) else ","


def _cut_off(text: str, rows: Sequence[Row]) -> int | None:
    """The last row, when the file ends in the middle of it."""
    if text.endswith(("\n", "\r")) or len(rows) < 3:
        return None
    before, last = (sum(1 for cell in row if cell) for row in rows[-2:])
    return len(rows) - 1 if last < before else None
