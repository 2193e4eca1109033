"""Import of large files beside the bare readers, in the same run: time and memory as ratios.

`python benchmarks/intake.py [--rounds 3] [--rows 100000] [--payments 1000000]`, by hand, never in tests. Each reader runs
in a process of its own, turn about, so that load and caches fall on all alike; the median of the rounds counts.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import made

from dibao_lib.plan import Plan
from dibao_lib.workspace import Inspection

_CALAMINE = """
import python_calamine
with open(path, "rb") as file, python_calamine.CalamineWorkbook.from_filelike(file) as book:
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
"""
_DUCKDB_COUNT = """
import duckdb
duckdb.connect(config={"threads": "2"}).execute("SELECT count(*) FROM read_csv($1, all_varchar=true)", [path]).fetchall()
"""
_DUCKDB_ARROW = """
import duckdb
rows = duckdb.connect(config={"threads": "2"}).execute("SELECT * FROM read_csv($1, all_varchar=true)", [path]).to_arrow_table()
"""
_DUCKDB_PARQUET = """
import duckdb
duckdb.connect(config={"threads": "2"}).execute(
    "COPY (SELECT * FROM read_csv($1)) TO '" + folder + "/duck.parquet' (COMPRESSION zstd)", [path])
"""
_DIBAO = """
import datetime as dt
from pathlib import Path
from dibao_lib.evidence.intake import import_files
from dibao_lib.workspace import Inspection
ins = Inspection.open(folder)
report = import_files(ins, [Path(path)], dt.datetime(2011, 6, 1))
assert report.totals["read"] == expected and not report.refused, report.to_text()
"""


def main() -> None:
    """Prints one table a file."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--payments", type=int, default=1_000_000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        plan = Inspection.create(folder / "plan").plan
        if given.rows:
            book = made.households_xlsx(folder / "households.xlsx", given.rows, _villages(plan), seed=1)
            readers = {"calamine, bare": _CALAMINE, "dibao import": _DIBAO}
            _compare(book, readers, given.rows, given.rounds)
        if given.payments:
            text = made.payments_csv(folder / "payments.csv", given.payments, seed=1)
            readers = {
                "duckdb to parquet, guessed types": _DUCKDB_PARQUET,
                "duckdb to arrow, text": _DUCKDB_ARROW,
                "duckdb count, text": _DUCKDB_COUNT,
                "dibao import": _DIBAO,
            }
            _compare(text, readers, given.payments, given.rounds)


def _villages(plan: Plan) -> list[tuple[str, str]]:
    townships = {one.code: one.name for one in plan.townships}
    return [(townships[one.code[:9]], one.name) for one in plan.villages]


def _compare(path: Path, readers: dict[str, str], rows: int, rounds: int) -> None:
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name, code in readers.items():
            taken[name].append(_run(path, code, rows))
    base = next(iter(readers))
    medians = {
        name: {key: statistics.median(one[key] for one in runs) for key in runs[0]} for name, runs in taken.items()
    }
    print(f"\n{path.name}: {rows:,} rows, {path.stat().st_size / 1e6:.0f} MB")
    print("| | wall s | ratio | CPU s | ratio | peak MiB | ratio |\n|---|---|---|---|---|---|---|")
    for name, one in medians.items():
        cells = (f"{one[key]:.2f} | {one[key] / medians[base][key]:.2f}" for key in ("wall", "cpu"))
        print(f"| {name} | {' | '.join(cells)} | {one['peak']:.0f} | {one['peak'] / medians[base]['peak']:.2f} |")


def _run(path: Path, code: str, rows: int) -> dict[str, float]:
    """One reader in a new process: the work alone is timed, not the start of Python; peak of it and of its children."""
    folder = path.parent / "workspace"
    shutil.rmtree(folder, ignore_errors=True)
    Inspection.create(folder)
    setup = f"path, folder, expected = {str(path)!r}, {str(folder)!r}, {rows}"
    timed = f"{setup}\nimport json, sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\nfrom intake import timed\nprint(json.dumps(timed({code!r}, globals())))"
    done = subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True)
    return {key: float(value) for key, value in json.loads(done.stdout.splitlines()[-1]).items()}


def timed(code: str, names: dict[str, object]) -> dict[str, float]:
    """Runs the code twice over: its imports first, then all of it under the clock."""
    imports = "\n".join(line for line in code.splitlines() if line.startswith(("import ", "from ")))
    exec(imports, names)
    before, start = _cpu(), time.perf_counter()
    exec(code, names)
    wall = time.perf_counter() - start
    return {"wall": wall, "cpu": _cpu() - before, "peak": _peak()}


def _cpu() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _peak() -> float:
    """MiB: the larger of this process and of its largest child."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


if __name__ == "__main__":
    main()
