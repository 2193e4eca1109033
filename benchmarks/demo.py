"""`dibao demo` stage by stage: wall and CPU seconds, peak memory, and the intake against a bare read of the same files.

Run by hand: `python benchmarks/demo.py [--only-import]`. CPU of worker processes is counted where they have ended.
"""

import datetime as dt
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import python_calamine
import xlrd

from dibao_lib.batch.reports import plan_batch, run_batch
from dibao_lib.checks import run_checks
from dibao_lib.demo import build_county, demo_day, write_workbooks
from dibao_lib.demo.draws import draw_townships
from dibao_lib.evidence.intake import import_files
from dibao_lib.workspace import Inspection


def cpu() -> float:
    """CPU seconds of this process and its ended children."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Prints a line of the table when the stage ends."""
    wall, used = time.perf_counter(), cpu()
    yield
    print(f"| {name} | {time.perf_counter() - wall:.2f} | {cpu() - used:.2f} |", flush=True)


def read_bare(folder: Path) -> int:
    """Rows of all files as the readers alone give them: no header, no types, no check."""
    rows = 0
    for path in folder.iterdir():
        if path.suffix == ".csv":
            rows += len(path.read_bytes().decode("gb18030").splitlines())
        elif path.suffix == ".xls":
            book = xlrd.open_workbook(path)
            rows += sum(len([sheet.row_values(row) for row in range(sheet.nrows)]) for sheet in book.sheets())
        elif path.suffix == ".xlsx":
            book = python_calamine.CalamineWorkbook.from_path(str(path))
            rows += sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
    return rows


def main() -> None:
    """One demo."""
    print("| stage | wall s | CPU s |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        inspection = Inspection.create(Path(folder) / "demo")
        day = demo_day(inspection.plan)
        with stage("build the county"):
            county = build_county(inspection.plan, seed=1)
        with stage("write its workbooks"):
            write_workbooks(county, inspection.inbox)
        start, used = time.perf_counter(), cpu()
        with stage("bare read of the workbooks (calamine, xlrd, decode)"):
            bare_rows = read_bare(inspection.inbox)
        bare, bare_cpu = time.perf_counter() - start, cpu() - used
        start, used = time.perf_counter(), cpu()
        with stage("import"):
            arrived = import_files(inspection, [inspection.inbox], dt.datetime.now())
        taken, taken_cpu = time.perf_counter() - start, cpu() - used
        with stage("open it: manifest read, checksum of each table compared"):
            Inspection.open(inspection.folder).tables()
        if "--only-import" not in sys.argv:
            draw_townships(inspection, day)
            with stage("checks"):
                run_checks(inspection, day)
            with stage("17 reports and 16 notices in 4 formats"):
                batch = plan_batch(inspection, (), day, ("html", "docx", "pdf", "xlsx"))
                run_batch(batch, os.cpu_count() or 1, lambda name: None)
    rows = arrived.totals["read"]
    peak = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(f"\nimport {rows / taken:,.0f} rows/s, bare {bare_rows / bare:,.0f} rows/s, ratio {taken / bare:.1f}")
    print(f"import {taken_cpu:.1f} CPU s, bare {bare_cpu:.1f} CPU s, ratio {taken_cpu / bare_cpu:.1f}")
    print(f"peak memory: this process {peak[0]:.0f} MiB, largest child {peak[1]:.0f} MiB")


if __name__ == "__main__":
    main()
