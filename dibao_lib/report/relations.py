"""What reports read: the relations of the checks and the evidence, of the whole place or cut to a slice a township."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dibao_lib.checks.views import open_views, run_sql
from dibao_lib.evidence.tables import table_names
from dibao_lib.report.recorded import complete
from dibao_lib.verification import problem_households, self_inspection_items
from dibao_lib.workspace import Inspection

_BY_VILLAGE = "t.vil_id[1:9]"
_BY_HOUSEHOLD = "(SELECT any_value(h.township_code) FROM household h WHERE h.hh_id = t.hh_id)"
_BY_CADRE = "(SELECT min(c.twn_id) FROM cadres c WHERE c.cad_pid = t.cad_pid)"
_EVERYBODYS = "NULL"
# evidence table -> township of a row `t`; a table that is not here goes by its household
_OWNERS = {
    "townships": "t.twn_id",
    "villages": f"coalesce(t.twn_id, {_BY_VILLAGE})",
    "households": "t.twn_id",
    "cadres": "t.twn_id",
    "stat_form": "t.twn_id",
    "stat_filings": "t.twn_id",
    "funds": "t.twn_id",
    "rectifications": "t.twn_id",
    "panels": _BY_VILLAGE,
    "reviews": _BY_VILLAGE,
    "postings": _BY_VILLAGE,
    "hearings": _BY_VILLAGE,
    "filings": _BY_CADRE,
    "standards": _EVERYBODYS,
    "registers": _EVERYBODYS,
}
# what a slice holds: relations of the checks and of the log, then evidence that sections quote
_DERIVED = {
    "setting": _EVERYBODYS,
    "township": _EVERYBODYS,
    "checkpoint": _EVERYBODYS,
    "village": "t.township_code",
    "household": "t.township_code",
    "payment": "t.township_code",
    "due_month": "t.township_code",
    "standard": "t.township_code",
    "findings": "t.township_code",
    "form_item": "t.township_code",
    "problem_household": "t.township_code",
    "arrival": "t.township_code",
    "set_aside": "t.township_code",
    "member": _BY_HOUSEHOLD,
    "departure": _BY_HOUSEHOLD,
    "panelist": "t.village_code[1:9]",
    "judgements": "t.twn_id",
    "township_items": "t.twn_id",
    "milestones": "t.twn_id",
}
_QUOTED = (
    "assessments",
    "cadres",
    "case_events",
    "complaints",
    "exits",
    "filings",
    "funds",
    "hearings",
    "panels",
    "postings",
    "rectifications",
    "reviews",
    "stat_filings",
    "stat_form",
    "visits",
)
# registers are the whole place's; a slice has the lines about its own people
_OF_MEMBERS = """
SELECT DISTINCT h.township_code AS "cut by", t.* FROM registers t JOIN member m ON m.pid = t.pid
JOIN household h ON h.hh_id = m.hh_id ORDER BY ALL
"""
# rows without a township are everybody's here; elsewhere they are nobody's
_SHARED = ("setting", "township", "checkpoint", "arrival", "set_aside")
_COMMON = "common"
# no table has a column of this name
_CUT = "cut by"
_CUTTING = """SELECT coalesce({owner}, '') AS "cut by", t.* FROM "{table}" t ORDER BY ALL"""
_SET_ASIDE = """
CREATE TABLE set_aside AS
SELECT DISTINCT a.township_code, q.* FROM quarantine q JOIN arrival a ON a.file = q.source_file
WHERE a."table" <> 'registers'
"""
# households due by place and month, how many of them were paid, how many only after the last allowed day (as F1, F2)
_DUE = """
CREATE TABLE due_month AS
WITH paid AS (
    SELECT hh_id, month,
           bool_or(type = '正常' AND paid_on > (month || '-01')::DATE + ($last_day - 1)::INTEGER) AS late
    FROM payment WHERE type IN ('正常', '补发') AND amt > 0 GROUP BY ALL
)
SELECT e.township_code, h.village_code, e.month, count(*) AS due, count(p.hh_id) AS paid,
       count(*) FILTER (p.late) AS late
FROM expected e JOIN household h ON h.hh_id = e.hh_id LEFT JOIN paid p ON p.hh_id = e.hh_id AND p.month = e.month
GROUP BY ALL
"""


def open_relations(inspection: Inspection, today: dt.date) -> duckdb.DuckDBPyConnection:
    """The relations of the whole place: views.sql, evidence, findings, field records, and five made here.

    `arrival` counts rows by table, township and file (township NULL: the table concerns all); `set_aside` is the
    quarantine, each row once for every township its file has rows of; `due_month` counts who was due and who was paid;
    `form_item` and `problem_household` (once the checks have run) are the verification's answers, with the `line` of a
    row among its township's.
    """
    connection = open_views(inspection, today)
    complete(connection)
    counted = " UNION ALL ".join(
        f"SELECT '{name}' AS \"table\", {owner_of(name)} AS township_code, source_file AS file, count(*) AS rows"
        f' FROM "{name}" t GROUP BY ALL'
        for name in table_names()
    )
    connection.execute(f"CREATE TABLE arrival AS {counted}")
    connection.execute(_SET_ASIDE)
    plan = inspection.plan
    connection.execute(_DUE, {"last_day": plan.number("last_pay_day", today)})
    _keep(connection, "form_item", self_inspection_items(connection, plan))
    if "findings" in inspection.tables():
        _keep(connection, "problem_household", problem_households(connection, plan, today))
    return connection


def _keep(connection: duckdb.DuckDBPyConnection, name: str, rows: pd.DataFrame) -> None:
    connection.register(name, rows.assign(line=rows.groupby("township_code").cumcount()))


def owner_of(table: str) -> str:
    """SQL expression for the township code of a row `t` of an evidence table."""
    return _OWNERS.get(table, _BY_HOUSEHOLD)


def write_slices(connection: duckdb.DuckDBPyConnection, folder: Path, codes: Sequence[str]) -> None:
    """Cuts the relations into `<folder>/<township code>/<relation>.parquet`, each in one pass.

    Args:
        connection: from `open_relations`, with findings.
        folder: an empty folder; relations a township has no row of are read from its `common`.
        codes: the townships to cut out.
    """
    for name in (_COMMON, *codes):
        (folder / name).mkdir(parents=True)
    cuts = {name: _CUTTING.format(owner=owner, table=name) for name, owner in _DERIVED.items()}
    cuts |= {name: _CUTTING.format(owner=owner_of(name), table=name) for name in _QUOTED}
    wanted = set(codes)
    for name, query in (cuts | {"registers": _OF_MEMBERS}).items():
        rows = connection.sql(query).to_arrow_reader()
        shared = rows.schema.empty_table().drop_columns(_CUT)
        # the rows of nobody come first
        for owner, piece in _runs(rows):
            if owner in wanted:
                _write(folder / owner / f"{name}.parquet", pa.concat_tables([piece, shared]).combine_chunks())
            elif not owner and name in _SHARED:
                shared = piece
        _write(folder / _COMMON / f"{name}.parquet", shared)


def _runs(rows: Iterable[pa.RecordBatch]) -> Iterator[tuple[str, pa.Table]]:
    """Each owner ('' for none) with its rows, which come in the order of owners; only one owner's are held at a time."""
    for owner, run in groupby(_pieces(rows), key=lambda piece: piece[0]):
        yield owner, pa.Table.from_batches([piece for _, piece in run]).drop_columns(_CUT).combine_chunks()


def _pieces(rows: Iterable[pa.RecordBatch]) -> Iterator[tuple[str, pa.RecordBatch]]:
    for batch in rows:
        runs = pc.run_end_encode(batch[_CUT])
        start = 0
        for owner, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
            yield owner, batch.slice(start, end - start)
            start = end


def _write(file: Path, rows: pa.Table) -> None:
    pq.write_table(rows, file, compression="zstd")


def slice_files(folder: Path) -> list[Path]:
    """The files a slice is read from, in the order of their names."""
    return [
        own if (own := folder / shared.name).is_file() else shared
        for shared in sorted((folder.parent / _COMMON).glob("*.parquet"))
    ]


def open_slice(folder: Path) -> duckdb.DuckDBPyConnection:
    """The relations of one township, from its folder among those of `write_slices`, read once for all its questions."""
    connection = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": "1"}
    )
    for file in slice_files(folder):
        quoted = str(file).replace("'", "''")
        connection.execute(f"CREATE TABLE \"{file.stem}\" AS SELECT * FROM read_parquet('{quoted}')")
    run_sql(connection, "macros.sql")
    return connection
