"""What sections read of the field records: the log's own tables, empty where nothing was recorded."""

from __future__ import annotations

import duckdb

from dibao_lib.records.own_tables import OWN


def complete(connection: duckdb.DuckDBPyConnection) -> None:
    """Adds an empty relation for each of the log's own tables that was not published."""
    present = {name for (name,) in connection.execute("SELECT view_name FROM duckdb_views()").fetchall()}
    for name, schema in OWN.items():
        if name not in present:
            connection.register(name, schema.empty_table())
