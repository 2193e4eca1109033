"""Text tables (csv, tsv, txt): strict decoding, the delimiter that fits, and rows that do not line up marked."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from pyarrow import csv as arrow_csv

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.cell import RawSheet, Row, Turned
from dibao_lib.evidence.coded import Coded
from dibao_lib.evidence.encoding import decoded
from dibao_lib.evidence.limits import Limits

# a text of this many bytes is worth the fast reader, which takes it block by block
_LARGE, _BLOCK = 1 << 16, 1 << 22
# the delimiter shows in so many characters
_HEAD = 20_000
# byte order marks: the fast reader would drop one that belongs to the first cell
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_LINE = re.compile(rb"[^\r\n]*")
_DELIMITERS = ("\t", ",", ";", "|", "，")


def read_delimited(path: Path, limits: Limits) -> list[RawSheet]:
    """The one table of a text file; its sheet has no name.

    Raises:
        InputRefused: not text, an unclosed quotation mark, or larger than the limits.
    """
    content = path.read_bytes()
    _reject_wide(content, limits)
    rows: Sequence[Row] | None = _plain_rows(content)
    if rows is None:
        text = decoded(content)
        content = text.encode()
        _reject_wide(content, limits)
        rows = _plain_rows(content) or _padded(_rows(text))
    width = len(rows[0]) if rows else 0
    if width * len(rows) > limits.cells:
        raise InputRefused(f"表格有{len(rows)}行、最宽{width}列，超出可读取的范围。请检查分隔符是否正确后再报。")
    return [RawSheet(name="", rows=rows, cut_off=_cut_off(content, rows), delimited=True)]


def _reject_wide(content: bytes, limits: Limits) -> None:
    """A first line of very many cells is refused before they are made."""
    end = content.find(b"\n")
    mark = _delimiter(content[: 4 * _HEAD].decode("utf-8", "ignore")).encode()
    width = content.count(mark, 0, end if end >= 0 else len(content)) + 1
    if width > limits.columns:
        raise InputRefused(f"第1行有{width:,}列，超出可读取的范围。请检查分隔符是否正确后再报。")


def _plain_rows(content: bytes) -> Turned | None:
    columns = plain_columns(content, _delimiter(content[: 4 * _HEAD].decode("utf-8", "ignore")))
    return Turned(columns) if columns else None


def plain_columns(content: bytes, delimiter: str) -> list[Coded] | None:
    """The columns of a large UTF-8 table whose lines all have as many cells and no quotation mark; None for any other."""
    odd = b'"' in content or b"\x00" in content or content.startswith(_MARKS)
    if len(content) < _LARGE or odd or not delimiter.isascii():
        return None
    first = _LINE.match(content)
    width = first[0].count(delimiter.encode()) + 1 if first else 1
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(content),
            arrow_csv.ReadOptions(autogenerate_column_names=True, block_size=_BLOCK, use_threads=False),
            arrow_csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(
                column_types={f"f{c}": pa.string() for c in range(width)}, strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    return [_coded(column) for column in table.columns]


def _coded(column: pa.ChunkedArray) -> Coded:
    encoded = column.dictionary_encode().combine_chunks()
    return Coded(encoded.dictionary.to_pylist(), encoded.indices.to_numpy())


def _padded(rows: list[Row]) -> list[Row]:
    """All rows as long as the longest."""
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return rows


def _rows(text: str) -> list[Row]:
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
    head = text[:_HEAD]
    return max(_DELIMITERS, key=head.count) if any(map(head.count, _DELIMITERS)) else ","


def _cut_off(content: bytes, rows: Sequence[Row]) -> int | None:
    """The last row, when the file ends in the middle of it."""
    if content.endswith((b"\n", b"\r")) or len(rows) < 3:
        return None
    before, last = (sum(1 for cell in row if cell) for row in rows[-2:])
    return len(rows) - 1 if last < before else None
