"""Rows of sheets as Arrow tables of the declared types, each row with file, sheet and row it came from (contract 4.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from dibao_lib.evidence.coded import Coded
from dibao_lib.evidence.quarantine import Quarantined
from dibao_lib.evidence.sheet import Batch

QUARANTINE = "quarantine"
QUARANTINE_SCHEMA = pa.schema(
    [
        ("source_file", pa.string()),
        ("source_sheet", pa.string()),
        ("source_row", pa.int64()),
        ("table", pa.string()),
        ("field", pa.string()),
        ("value", pa.string()),
        ("reason", pa.string()),
        ("message", pa.string()),
        # what the value may have been (proposals.py); never applied
        ("proposed", pa.string()),
    ]
)


def batch_table(batch: Batch, schema: pa.Schema, source_file: str, sheet: str) -> pa.Table:
    """One sheet's rows as a table of the schema; fields without a column are null."""
    count = len(batch.rows)
    source = {
        "source_file": pa.repeat(pa.scalar(source_file, pa.string()), count),
        "source_sheet": pa.repeat(pa.scalar(sheet, pa.string()), count),
        "source_row": pa.array(batch.rows, pa.int64()),
    }
    arrays = [_array(declared, batch.values, source, count) for declared in schema]
    return pa.table(arrays, schema=schema)


def _array(
    declared: pa.Field, values: Mapping[str, Sequence[Any]], source: Mapping[str, pa.Array], count: int
) -> pa.Array:
    if declared.name in source:
        return source[declared.name]
    if pa.types.is_struct(declared.type):
        members = [
            _array(member.with_name(f"{declared.name}.{member.name}"), values, {}, count) for member in declared.type
        ]
        return pa.StructArray.from_arrays(members, fields=list(declared.type))
    if declared.name not in values:
        return pa.nulls(count, declared.type)
    column = values[declared.name]
    if isinstance(column, Coded):
        return pa.array(column.words, declared.type).take(pa.array(column.codes))
    return pa.array(column, declared.type)


def quarantine_table(lines: Sequence[Quarantined], source_file: str, sheet: str) -> pa.Table:
    """Lines of the quarantine of one sheet."""
    rows = [
        {
            "source_file": source_file,
            "source_sheet": sheet,
            "source_row": line.row,
            "table": line.table,
            "field": line.field,
            "value": line.value,
            "reason": line.reason,
            "message": _sentence(line),
        }
        for line in lines
    ]
    return pa.Table.from_pylist(rows, QUARANTINE_SCHEMA)


def _sentence(line: Quarantined) -> str:
    column = f"“{line.header}”列：" if line.header else ""
    outcome = "值已采用" if line.kept else "整行未导入" if line.whole_row else "该格留空"
    return f"{column}{line.message}（{outcome}）"
