"""Text tables (csv, tsv, txt): strict decoding, the delimiter that fits, and rows that do not line up marked."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.cell import RawSheet, Row
from dibao_lib.evidence.encoding import decoded
from dibao_lib.evidence.limits import Limits

_DELIMITERS = ("\t", ",", ";", "|", "，")


def read_delimited(path: Path, limits: Limits) -> list[RawSheet]:
    """The one table of a text file; its sheet has no name.

    Raises:
        InputRefused: not text, an unclosed quotation mark, or larger than the limits.
    """
    text = decoded(path.read_bytes())
    rows = _rows(text, limits)
    width = max(map(len, rows), default=0)
    if width * len(rows) > limits.cells:
        raise InputRefused(f"表格有{len(rows)}行、最宽{width}列，超出可读取的范围。请检查分隔符是否正确后再报。")
    for row in rows:
        row.extend([""] * (width - len(row)))
    return [RawSheet(name="", rows=rows, cut_off=_cut_off(text, rows), delimited=True)]


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


def _cut_off(text: str, rows: list[Row]) -> int | None:
    """The last row, when the file ends in the middle of it."""
    if text.endswith(("\n", "\r")) or len(rows) < 3:
        return None
    before, last = (sum(1 for cell in row if cell) for row in rows[-2:])
    return len(rows) - 1 if last < before else None
