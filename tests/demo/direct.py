"""Tables of a made-up county as evidence, without workbooks and intake in between: the county alone under the checks."""

import pyarrow as pa
import pyarrow.parquet as pq

from dibao_lib.demo.dirt import Raw
from dibao_lib.evidence.tables import table_names, table_schema


def snapshot(county, inspection):
    """Writes every table of the county as evidence/<table>.parquet; spoiled cells are blank."""
    for table in table_names():
        schema = table_schema(table)
        groups = county.tables.get(table, {})
        flat = [
            _record(row, number, f"{office}{table}")
            for office, rows in groups.items()
            for number, row in enumerate(rows, 1)
        ]
        columns = {field.name: pa.array([_value(row, field) for row in flat], field.type) for field in schema}
        pq.write_table(pa.table(columns, schema), inspection.evidence / f"{table}.parquet")


def _record(row, number, file):
    plain = {key: None if isinstance(value, Raw) else value for key, value in row.items()}
    return plain | {"source_file": f"{file}.xlsx", "source_sheet": "Sheet1", "source_row": number}


def _value(row, field):
    if pa.types.is_struct(field.type):
        return {part.name: row.get(f"{field.name}.{part.name}") for part in field.type}
    return row.get(field.name)
