"""The evidence tables as the forms define them: field types in Parquet, and where each row came from (contract 4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa

from dibao_lib.evidence.form import Field, Form, Kind
from dibao_lib.evidence.forms import FORMS

SOURCE_FIELDS = ("source_file", "source_sheet", "source_row")

_ARROW = {
    Kind.MONEY: pa.int64(),
    Kind.INT: pa.int64(),
    Kind.NUMBER: pa.decimal128(18, 4),
    Kind.BOOL: pa.bool_(),
    Kind.DATE: pa.date32(),
    # Parquet calls the items of a list element; so they keep their name when read back
    Kind.LIST: pa.list_(pa.field("element", pa.string())),
}
_SOURCE = [("source_file", pa.string()), ("source_sheet", pa.string()), ("source_row", pa.int64())]


def table_names() -> tuple[str, ...]:
    """Every evidence table, in the order of the forms."""
    return tuple(dict.fromkeys(form.table for form in FORMS))


def table_title(table: str) -> str:
    """The Chinese name of a table."""
    return next(form.title for form in reversed(FORMS) if form.table == table)


def table_fields(table: str, forms: Sequence[Form] = FORMS) -> dict[str, Field]:
    """Field name -> declaration, over all forms that feed the table."""
    fields: dict[str, Field] = {}
    for form in forms:
        if form.table == table:
            for field in form.fields:
                fields.setdefault(field.name, field)
    return fields


def table_schema(table: str, forms: Sequence[Form] = FORMS) -> pa.Schema:
    """Arrow schema of evidence/<table>.parquet: the declared fields, then source_file, source_sheet, source_row."""
    return pa.schema([*_columns(table_fields(table, forms)), *_SOURCE])


def _columns(fields: dict[str, Field]) -> Iterator[tuple[str, pa.DataType]]:
    """Fields named a.b become members of one struct column a, at the place of its first member."""
    done: set[str] = set()
    for name, field in fields.items():
        stem, _, member = name.partition(".")
        if not member:
            yield name, arrow_type(field)
        elif stem not in done:
            done.add(stem)
            parts = [(n.partition(".")[2], arrow_type(f)) for n, f in fields.items() if n.startswith(f"{stem}.")]
            yield stem, pa.struct(parts)


def arrow_type(field: Field) -> pa.DataType:
    """int64 for fen and counts, decimal for quantities, bool, date32, list of strings, otherwise string (months are 'YYYY-MM')."""
    return _ARROW.get(field.kind, pa.string())
