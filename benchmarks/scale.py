"""All checks from a county to a nation: wall and CPU seconds, peak memory, the growth curve, and pandas beside it.

Run by hand: `python benchmarks/scale.py [HOUSEHOLDS ...]` (8000 500000 by default; the nation is 20000000, two members a
household), `python benchmarks/scale.py --months 17 8000` for a county's whole period, `python benchmarks/scale.py
--joins 500000` for three joins at 1e6 members. Evidence is written by scale.sql, not through workbooks; every measured piece
of work is a process of its own. Twenty million households need about 30 GB of disk and an hour.
"""

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pandas as pd

from dibao_lib import Inspection
from dibao_lib.checks import run_checks
from dibao_lib.evidence.tables import table_schema
from dibao_lib.units import add_months

MEMORY = "8GB"
TODAY = dt.date(2011, 6, 20)
LAST_MONTH = "2011-05"
JOINS = {
    "one id in two households": "SELECT pid FROM members GROUP BY pid HAVING count(DISTINCT hh_id) > 1",
    "members in the register of deaths": "SELECT m.hh_id, m.pid FROM members m JOIN registers r ON r.pid = m.pid"
    " WHERE r.reg = '死亡'",
    "one account for two households": "SELECT acct FROM payments GROUP BY acct HAVING count(DISTINCT hh_id) > 1",
}


def write_evidence(folder: str, size: str) -> str:
    """The tables of scale.sql as snapshots, with all columns the forms declare."""
    households, months = map(int, size.split("x"))
    inspection = workspace(Path(folder), months)
    spill = inspection.folder / "spill"
    connection = duckdb.connect(config={"threads": "2", "memory_limit": MEMORY, "temp_directory": str(spill)})
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    given = {"households": households, "months": [add_months(LAST_MONTH, -n) for n in range(months)]}
    connection.execute("SET preserve_insertion_order = false")
    for statement in connection.extract_statements(script):
        connection.execute(statement, {name: given[name] for name in statement.named_parameters})
    for (table,) in connection.sql("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'base'").fetchall():
        _write(connection, table, inspection.evidence / f"{table}.parquet")
    connection.close()
    return f"{households:,} households, {months} months"


def _write(connection: duckdb.DuckDBPyConnection, table: str, target: Path) -> None:
    connection.register("declared", table_schema(table).empty_table())
    whole = f"SELECT * FROM declared UNION ALL BY NAME SELECT * FROM {table}"
    connection.execute(f"COPY ({whole}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    connection.execute(f"DROP TABLE {table}")
    connection.unregister("declared")


def check_all(folder: str, _size: str) -> str:
    """All checks under the memory limit."""
    inspection = Inspection.open(folder, memory=MEMORY, spill=Path(folder) / "spill")
    run = run_checks(inspection, TODAY)
    members = int(inspection.sql("SELECT count(*) AS n FROM members")["n"].iloc[0])
    return f"{members:,} members, {sum(not s.missing for s in run.statuses)} checks, {run.table.num_rows:,} leads"


def join_duckdb(folder: str, _size: str) -> str:
    """The three joins as SQL over the snapshots."""
    inspection = Inspection.open(folder)
    return ", ".join(f"{len(inspection.sql(query)):,}" for query in JOINS.values())


def join_pandas(folder: str, _size: str) -> str:
    """The same three joins in pandas, which reads the columns it needs."""
    read = pd.read_parquet
    evidence = Path(folder) / "evidence"
    members = read(evidence / "members.parquet", columns=["hh_id", "pid"])
    households = members.groupby("pid")["hh_id"].nunique()
    registers = read(evidence / "registers.parquet", columns=["pid", "reg"])
    dead = members.merge(registers[registers["reg"] == "死亡"], on="pid")
    accounts = read(evidence / "payments.parquet", columns=["hh_id", "acct"]).groupby("acct")["hh_id"].nunique()
    return f"{int((households > 1).sum()):,}, {len(dead):,}, {int((accounts > 1).sum()):,}"


def measured(work: str, folder: Path, size: str) -> None:
    """Does one piece of work in a process of its own and prints its line; a child starts with its parent's peak."""
    started = time.perf_counter()
    command = [sys.executable, __file__, "--work", work, str(folder), size]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    told = process.stdout.read().strip() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    wall, cpu, peak = time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    state = "" if status == 0 else f" (ended with {os.waitstatus_to_exitcode(status)})"
    print(f"| {work}: {told}{state} | {wall:.1f} | {cpu:.1f} | {peak:,.0f} |", flush=True)


WORK = {work.__name__: work for work in (write_evidence, check_all, join_duckdb, join_pandas)}


def main() -> None:
    """Every size asked for, smallest first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("households", nargs="*", type=int, default=[8_000, 500_000])
    parser.add_argument("--months", type=int, default=3, help="months of payments, 17 for the whole period")
    parser.add_argument(
        "--joins", action="store_true", help="the three joins, DuckDB and pandas, instead of the checks"
    )
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        print(WORK[given.work[0]](*given.work[1:]))
        return
    print("| work | wall s | CPU s | peak MiB |\n|---|---|---|---|")
    for households in sorted(given.households):
        with tempfile.TemporaryDirectory() as folder:
            for work in ("write_evidence", *(("join_duckdb", "join_pandas") if given.joins else ("check_all",))):
                measured(work, Path(folder) / "w", f"{households}x{given.months}")


def workspace(folder: Path, months: int) -> Inspection:
    """A workspace whose plan inspects just these months."""
    inspection = Inspection.create(folder)
    plan = folder / "plan.toml"
    first = add_months(LAST_MONTH, 1 - months)
    period = f'[plan.period]\nstart = "{first}"\nend = "{LAST_MONTH}"\n'
    plan.write_text(plan.read_text(encoding="utf-8") + period, encoding="utf-8")
    return inspection


if __name__ == "__main__":
    main()
