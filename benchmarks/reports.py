"""Reports side by side with their peers: per report in a batch, a plain function, and the papermill and nbconvert commands.

    python benchmarks/reports.py peers WORKSPACE          a township report, three ways in turn, five rounds
    python benchmarks/reports.py documents WORKSPACE      a report of 7 pages as HTML, DOCX and PDF in a warm process
    python benchmarks/reports.py grow WORKSPACE [COPIES]  cost a report at 16 townships and at 16 x COPIES (2,000)
    python benchmarks/reports.py cluster WORKSPACE        local processes against a local Dask cluster of two workers

WORKSPACE is what `dibao demo` made, reports included. CPU seconds are those of a command and all that it started, also
of processes that outlived their starter (the benchmark is their subreaper), so they include the start of Python and of
the template.
"""

import argparse
import ctypes
import datetime as dt
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dibao_lib.shipped import shipped
from dibao_lib.workspace import Inspection

TODAY = "2011-06-30"
PR_SET_CHILD_SUBREAPER = 36
# columns by which `multiply` tells the copies of the county apart: codes and ids, and names of townships
_CODE = 'CASE WHEN "{name}"[1:6] = \'361181\' THEN (100000 + copy)::VARCHAR || "{name}"[7:] ELSE "{name}" END'
_CODES = ("twn_id", "vil_id", "hh_id", "township_code", "village_code", "household_id", "pid", "head_pid", "cad_pid")
RENAMED = dict.fromkeys(_CODES, _CODE) | dict.fromkeys(("twn", "township"), '"{name}" || copy')


def measured(*command: object, cwd: Path | None = None) -> tuple[float, float, str]:
    """CPU and wall seconds of a command and of everything it started, and what it printed."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before, started = _children(), time.perf_counter()
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([str(word) for word in command], cwd=cwd, env=environment, capture_output=True, check=False)
    wall = time.perf_counter() - started
    if done.returncode:
        sys.exit(done.stderr.decode()[-2000:])
    with suppress(ChildProcessError):
        while True:
            os.wait()
    return _children() - before, wall, done.stdout.decode()


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def batch(workspace: Path, count: int, how: str) -> tuple[float, float, str]:
    """`count` township reports by this script's own child: `batch`, `plain` or `cluster`; it prints what planning took."""
    return measured(sys.executable, __file__, "child", workspace, count, how)


def child(workspace: Path, count: int, how: str) -> None:
    """The measured work itself: HTML, DOCX and PDF of some townships."""
    from dataclasses import replace

    from dibao_lib.batch.reports import plan_batch, run_batch

    begun = time.process_time(), time.perf_counter()
    planned = plan_batch(
        Inspection.open(workspace), (), dt.date.fromisoformat(TODAY), ("html", "docx", "pdf"), force=True
    )
    spent = f"{time.process_time() - begun[0]:.1f} {time.perf_counter() - begun[1]:.1f}"
    peak, planned_at = _peak(), _resident()
    jobs = [job for job in planned.jobs if job.notebook.stem == "township_report"][:count]
    few = replace(planned, jobs=tuple(jobs), current=())
    if how == "plain":
        plain_batch(few)
    elif how == "cluster":
        import dask
        from distributed import LocalCluster

        from dibao_lib.batch.cluster import CALM

        with dask.config.set(CALM), LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
            outcomes = run_batch(few, 2, lambda name: None, cluster.scheduler_address)
            assert all(outcome.done for outcome in outcomes), outcomes
    else:
        outcomes = run_batch(few, 2, lambda name: None)
        assert all(outcome.done for outcome in outcomes), [outcome.message for outcome in outcomes if not outcome.done]
    shutil.rmtree(planned.slices, ignore_errors=True)
    print(spent, f"{peak:,} / {planned_at} / {_resident()}")


def _resident() -> int:
    """MiB of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() >> 20


def _peak() -> int:
    """The most MiB this process had; what getrusage tells may be that of the process that started it."""
    told = Path("/proc/self/status").read_text()
    return int(told.partition("VmHWM:")[2].split()[0]) >> 10


def plain_batch(planned) -> None:  # noqa: ANN001
    """The same documents by a plain function in a process forked from the same warm template: no notebook, no engine."""
    from dibao_lib.batch.child import ChildDied, start

    live = []
    for job in planned.jobs:
        live.append(start("reports:plain", (str(job.start_in), dict(job.parameters), dict(job.environ))))
        if len(live) == 2:
            _await(live.pop(0), ChildDied)
    for each in live:
        _await(each, ChildDied)


def _await(each, died) -> None:  # noqa: ANN001
    while each.receive() != "done":
        pass
    each.stop()


def plain(send, folder: str, parameters: dict, environ: dict) -> None:  # noqa: ANN001
    """One report: the cells of the notebook run as one function, then the three documents."""
    os.chdir(folder)
    os.environ.update(environ)
    import nbformat

    from dibao_lib.report.blocks import Blocks
    from dibao_lib.report.formats import FORMATS
    from dibao_lib.report.numbering import number_blocks

    notebook = nbformat.read(shipped("notebooks") / "township_report.ipynb", as_version=4)
    names: dict = dict(parameters)
    shown: list = []
    for cell in notebook.cells:
        if cell.cell_type != "code" or "parameters" in cell.metadata.get("tags", ()):
            continue
        *statements, last = cell.source.splitlines()
        if "(" in last and "=" not in last.split("(")[0]:
            exec("\n".join(statements), names)
            value = eval(last, names)
            shown.extend(value if isinstance(value, Blocks) else [value])
        else:
            exec(cell.source, names)
    with tempfile.TemporaryDirectory() as out:
        for form in FORMATS:
            if form.name != "xlsx":
                (Path(out) / f"report{form.suffix}").write_bytes(form.render(number_blocks(shown)))
    send("done")


def peers(workspace: Path, rounds: int = 5) -> None:
    """CPU and wall a report, three ways in turn, round after round: a machine's speed may change by a third within one.

    Two batch sizes each, so that starting up cancels out; the peers' report is the longest but two.
    """
    import statistics

    print(
        "| round | batch, CPU / wall s | plain | papermill, nbconvert three times | batch by plain | peers by batch |"
    )
    print("|---|---|---|---|---|---|")
    ratios = []
    for number in range(1, rounds + 1):
        ours, plainly, theirs = _a_report(workspace, "batch"), _a_report(workspace, "plain"), _by_commands(workspace)
        by_plain, by_ours = [[x / y for x, y in zip(*pair)] for pair in ((ours, plainly), (theirs, ours))]
        ratios.append((*by_plain, *by_ours))
        told = " | ".join(
            " / ".join(f"{value:.2f}" for value in row) for row in (ours, plainly, theirs, by_plain, by_ours)
        )
        print(f"| {number} | {told} |", flush=True)
    middle = [statistics.median(column) for column in zip(*ratios)]
    print("| median | | | | {:.2f} / {:.2f} | {:.1f} / {:.1f} |".format(*middle))


def _a_report(workspace: Path, how: str) -> tuple[float, float]:
    (cpu2, wall2, _), (cpu16, wall16, _) = batch(workspace, 2, how), batch(workspace, 16, how)
    return (cpu16 - cpu2) / 14, (wall16 - wall2) / 14


def _by_commands(workspace: Path) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as out:
        notebook, place = shipped("notebooks") / "township_report.ipynb", Path(out) / "report.ipynb"
        bin_folder = Path(sys.executable).parent
        given = ("-p", "workspace", workspace, "-p", "today", TODAY, "--no-progress-bar")
        spent = [measured(bin_folder / "papermill", notebook, place, *given)]
        for form in ("dibao_html", "dibao_docx", "dibao_pdf"):
            spent.append(measured(bin_folder / "jupyter-nbconvert", "--to", form, place))
    return sum(cpu for cpu, _, _ in spent), sum(wall for _, wall, _ in spent)


def documents(workspace: Path) -> None:
    """Some 7 pages of every township's report in one process; the first one warms it and says how much 7 pages hold."""
    import statistics

    import nbformat

    from dibao_lib.report.formats import docx, html, pdf
    from dibao_lib.report.notebook import read_blocks

    os.environ["RAYON_NUM_THREADS"] = "1"
    reports = [
        read_blocks(nbformat.read(file, as_version=4))
        for file in sorted(workspace.glob("inspection_reports/3*/report.ipynb"))
    ]
    length = next(n for n in range(10, len(reports[0])) if _pages(pdf.render(reports[0][:n])) > 7) - 1
    full = _height(reports[0][:length])
    reports = [report[: next(n for n in range(len(report)) if _height(report[:n]) >= full)] for report in reports]
    print("| format | CPU ms, median | least | most |\n|---|---|---|---|")
    pages = set()
    for name, render in (("html", html.render), ("docx", docx.render), ("pdf", pdf.render)):
        render(reports[0])
        taken = []
        for report in reports[1:]:
            begun = time.process_time()
            document = render(report)
            taken.append(1000 * (time.process_time() - begun))
            pages |= {_pages(document)} if name == "pdf" else set()
        print(f"| {name} | {statistics.median(taken):.0f} | {min(taken):.0f} | {max(taken):.0f} |", flush=True)
    print(f"pages: {min(pages)} to {max(pages)}")


def _height(blocks) -> float:  # noqa: ANN001
    """Lines of 28 characters, as a guess: a row of a table is one and a half, a picture eight."""
    rows = {
        "table": lambda b: 1.5 * len(b.body) + 2,
        "figure": lambda b: 8,
        "paragraph": lambda b: 1 + len(str(b)) / 60,
    }
    return sum(rows.get(block.kind, lambda b: 1.5)(block) for block in blocks)


def _pages(document: bytes) -> int:
    done = subprocess.run(["pdfinfo", "-"], input=document, capture_output=True, check=True)
    return int(next(line.split()[1] for line in done.stdout.splitlines() if line.startswith(b"Pages:")))


def grow(workspace: Path, copies: int = 125) -> None:
    """The county's evidence repeated, 2,000 townships at 125 copies; 200 reports of them are made.

    A run's CPU seconds are those of starting, of planning (told by the child) and of its reports; starting is measured
    at 16 townships, by two batch sizes, and taken off everywhere.
    """
    print("| townships | CPU s a report | wall s a report | planning CPU s | peak MiB, planned / MiB after / done |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        small = multiply(workspace, Path(folder) / "1", 1)
        few, many = (Run.of(small, count) for count in (2, 16))
        cost, wall = (many.cpu - few.cpu) / 14, (many.wall - few.wall) / 14
        starting, waiting = few.cpu - 2 * cost, few.wall - 2 * wall
        _row(16, cost, wall, many)
        large = Run.of(multiply(workspace, Path(folder) / str(copies), copies), 200)
        _row(16 * copies, (large.cpu - starting) / 200, (large.wall - waiting) / 200, large)


@dataclass(frozen=True)
class Run:
    """What a child of `batch` took beside its planning, and what it says of that and of its memory."""

    cpu: float
    wall: float
    planning: float
    memory: str

    @classmethod
    def of(cls, workspace: Path, count: int) -> "Run":
        """A run of `count` township reports."""
        cpu, wall, told = batch(workspace, count, "batch")
        planning, planning_wall, memory = told.strip().split(maxsplit=2)
        return cls(cpu - float(planning), wall - float(planning_wall), float(planning), memory)


def _row(townships: int, cost: float, wall: float, run: Run) -> None:
    print(f"| {townships:,} | {cost:.3f} | {wall:.3f} | {run.planning:.1f} | {run.memory} |", flush=True)


def multiply(workspace: Path, place: Path, copies: int) -> Path:
    """A workspace at `place` whose every row stands once a copy, under codes of its own (361181... becomes 100001..., 100002...)."""
    (place / "evidence").mkdir(parents=True)
    (place / "inspection_reports").mkdir()
    shutil.copyfile(workspace / "plan.toml", place / "plan.toml")
    manifest = json.loads((workspace / "evidence" / "manifest.json").read_bytes())
    connection = duckdb.connect()
    (place / "records").mkdir()
    for file in [
        *workspace.glob("evidence/*.parquet"),
        *workspace.glob("records/*.parquet"),
        workspace / "findings.parquet",
    ]:
        target = place / file.relative_to(workspace)
        if copies == 1:
            shutil.copyfile(file, target)
        else:
            columns = connection.execute(f"DESCRIBE SELECT * FROM '{file}'").fetchall()
            changes = {name: RENAMED[name].format(name=name) for name, *_ in columns if name in RENAMED}
            changed = ", ".join(f'{change} AS "{name}"' for name, change in changes.items())
            replaced = f"* EXCLUDE (copy) REPLACE ({changed})" if changed else "* EXCLUDE (copy)"
            connection.execute(
                f"COPY (SELECT {replaced} FROM '{file}', range({copies}) r(copy)) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
            )
        if file.parent.name == "evidence" and file.stem in manifest["tables"]:
            manifest["tables"][file.stem]["sha256"] = hashlib.sha256(target.read_bytes()).hexdigest()
    if copies > 1:
        _keep_metadata(workspace / "findings.parquet", place / "findings.parquet")
    (place / "evidence" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return place


def _keep_metadata(source: Path, target: Path) -> None:
    import pyarrow.parquet as pq

    table = pq.read_table(target).cast(pq.read_schema(source).remove_metadata())
    pq.write_table(table.replace_schema_metadata(pq.read_schema(source).metadata), target, compression="zstd")


def cluster(workspace: Path) -> None:
    """Wall seconds a report, two workers each way."""
    print("| where | CPU s a report | wall s a report |\n|---|---|---|")
    for how in ("batch", "cluster"):
        (cpu4, wall4, _), (cpu16, wall16, _) = batch(workspace, 4, how), batch(workspace, 16, how)
        print(f"| {how} | {(cpu16 - cpu4) / 12:.3f} | {(wall16 - wall4) / 12:.3f} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("peers", "documents", "grow", "cluster", "child"))
    parser.add_argument("workspace", type=Path)
    parser.add_argument("rest", nargs="*")
    chosen = parser.parse_args()
    # children of the template import this file by name
    os.environ["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    sys.path.insert(0, str(Path(__file__).parent))
    if chosen.what == "child":
        child(chosen.workspace.absolute(), int(chosen.rest[0]), chosen.rest[1])
    else:
        ways = {"peers": peers, "documents": documents, "grow": grow, "cluster": cluster}
        ways[chosen.what](chosen.workspace.absolute(), *map(int, chosen.rest))
