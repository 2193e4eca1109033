"""The relations the rules read (views.sql, recount.sql), made once per run on a connection over the evidence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import cast

import duckdb
import pyarrow as pa

from dibao_lib.checks.drawn import register_draws
from dibao_lib.evidence.arrow import QUARANTINE_SCHEMA
from dibao_lib.evidence.identities import REUSED, people_sql, several_names
from dibao_lib.evidence.surrogates import PROVISIONAL
from dibao_lib.evidence.tables import table_names, table_schema
from dibao_lib.plan import Plan
from dibao_lib.units import month_of
from dibao_lib.workspace import Inspection

# what the area of a standard says when it holds for the whole place
_WHOLE_PLACE = ("", "全市", "全县", "全区", "全市范围", "全县范围")

_SETTING = """
CREATE TABLE setting AS
SELECT $today::DATE AS today, $this_month::VARCHAR AS this_month, $first_month::VARCHAR AS first_month,
       $last_month::VARCHAR AS last_month, $pay_months::INTEGER[] AS pay_months,
       $county_words::VARCHAR[] AS county_words
"""

# names of evidence win over those of the plan; a township nobody lists is still one
_GAZETTEER = """
CREATE TABLE township AS
SELECT code, arg_min(name, rank || name) AS name, list_distinct(flatten(list(names)) || list(code)) AS names
FROM (SELECT twn_id AS code, twn AS name, [twn] AS names, 0 AS rank FROM townships
      UNION ALL SELECT code, name, names, 1 FROM plan_township
      UNION ALL SELECT DISTINCT twn_id, NULL, [], 2 FROM households WHERE twn_id IS NOT NULL)
GROUP BY code;
CREATE TABLE village AS
SELECT code, arg_min(name, rank || name) AS name, arg_min(township_code, rank || township_code) AS township_code
FROM (SELECT DISTINCT vil_id AS code, vil AS name, coalesce(twn_id, vil_id[1:9]) AS township_code, 0 AS rank
      FROM villages
      UNION ALL SELECT code, name, township_code, 1 FROM plan_village
      UNION ALL SELECT DISTINCT vil_id, NULL, twn_id, 2 FROM households WHERE vil_id IS NOT NULL)
GROUP BY code;
"""


def open_views(inspection: Inspection, today: dt.date) -> duckdb.DuckDBPyConnection:
    """A connection over the evidence, an empty table for each that was not imported, and the relations of views.sql."""
    connection = inspection.connect()
    present = inspection.sources()
    for name in table_names():
        if name not in present:
            connection.register(name, table_schema(name).empty_table())
    _complete(connection)
    if "quarantine" not in present:
        connection.register("quarantine", QUARANTINE_SCHEMA.empty_table())
    _identities(connection)
    register_draws(connection, inspection.folder / "draws")
    _settings(connection, inspection.plan, today)
    run_sql(connection, "macros.sql", "views.sql", "recount.sql")
    return connection


def _complete(connection: duckdb.DuckDBPyConnection) -> None:
    """Gives tables imported before a form had all its columns the missing ones, empty."""
    query = "SELECT table_name, list(column_name) FROM duckdb_columns() GROUP BY ALL"
    held = dict(connection.execute(query).fetchall())
    for name in table_names():
        declared = table_schema(name)
        if not set(declared.names) <= set(held[name]):
            connection.register(f"{name}_declared", declared.empty_table())
            connection.execute(f'ALTER VIEW "{name}" RENAME TO "{name}_imported"')
            both = f'FROM "{name}_declared" UNION ALL BY NAME FROM "{name}_imported"'
            connection.execute(f'CREATE VIEW "{name}" AS {both}')


def run_sql(connection: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Runs files of this folder: macros.sql first, recount.sql last."""
    for name in names:
        connection.execute(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def _identities(connection: duckdb.DuckDBPyConnection) -> None:
    """Relations about what ids and numbers stand for (dirty-data.md, nos. 11, 27).

    `called`: every id beside a name; `doubtful_id`: those of several names; `reused_certificate`: numbers of several
    heads; `doubtful_certificate`: these and provisional ones.
    """
    people = people_sql(table_names())
    connection.execute(f"CREATE VIEW called AS {people}")
    doubtful = several_names(connection, people)
    connection.register("doubtful_id", pa.table({"pid": pa.array(doubtful, pa.string())}))
    connection.execute(f"CREATE TABLE reused_certificate AS {REUSED}")
    connection.execute(
        """CREATE TABLE doubtful_certificate AS FROM reused_certificate
           UNION SELECT hh_id FROM households WHERE starts_with(hh_id, $provisional)""",
        {"provisional": PROVISIONAL},
    )


def _settings(connection: duckdb.DuckDBPyConnection, plan: Plan, today: dt.date) -> None:
    first_month, last_month = plan.period(today)
    values = {
        "today": today,
        "this_month": month_of(today),
        "first_month": first_month,
        "last_month": last_month,
        "pay_months": list(cast(tuple[int, ...], plan.value("quarterly_pay_months", today))),
        "county_words": [*_WHOLE_PLACE, plan.place.name],
    }
    connection.execute(_SETTING, values)
    connection.register("plan_township", _townships(plan))
    connection.register("plan_village", _villages(plan))
    connection.execute(_GAZETTEER)


def _townships(plan: Plan) -> pa.Table:
    rows = [{"code": t.code, "name": t.name, "names": [t.name, *t.aliases]} for t in plan.townships]
    return pa.Table.from_pylist(
        rows, pa.schema([("code", pa.string()), ("name", pa.string()), ("names", pa.list_(pa.string()))])
    )


def _villages(plan: Plan) -> pa.Table:
    rows = [{"code": v.code, "name": v.name, "township_code": v.township_code} for v in plan.villages]
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in ("code", "name", "township_code")]))
