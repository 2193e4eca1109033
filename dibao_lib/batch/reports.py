"""The report batch of a workspace: which notebooks run with which parameters, what is current already, and the index page."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dibao_lib.batch.cluster import run_on_cluster
from dibao_lib.batch.farm import Outcome, run_jobs
from dibao_lib.batch.freshness import digest, is_current, versions
from dibao_lib.batch.index_page import write_index
from dibao_lib.batch.job import Job
from dibao_lib.batch.places import PUBLIC, city_folder, notice_folder, township_folder
from dibao_lib.errors import InputRefused
from dibao_lib.notebooks import shipped_notebook
from dibao_lib.plan import Township
from dibao_lib.report.formats import FORMATS, xlsx
from dibao_lib.report.leaks import refuse_leaks
from dibao_lib.report.notebook import read_blocks, read_ledger
from dibao_lib.report.relations import open_relations, slice_files, write_slices
from dibao_lib.report.subject import MEMORY, SLICE, SPILL, find_townships
from dibao_lib.report.templates import report_templates
from dibao_lib.sampling.archive import second_stages
from dibao_lib.workspace import Inspection

if TYPE_CHECKING:
    # this process runs no notebook, and nbformat takes three seconds to load
    from nbformat import NotebookNode

_SLICES = ".slices-"
_OWNER = "owner.txt"
_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Batch:
    """Reports to make and reports that need no making.

    Args:
        inspection: the workspace.
        today: the day the reports speak of.
        formats: html, docx, pdf, xlsx.
        jobs: what has to run.
        current: what is up to date already.
        slices: folder of the townships' data, which `run_batch` removes.
    """

    inspection: Inspection
    today: dt.date
    formats: tuple[str, ...]
    jobs: tuple[Job, ...]
    current: tuple[Job, ...]
    slices: Path


def plan_batch(
    inspection: Inspection, townships: Sequence[str], today: dt.date, formats: Sequence[str], *, force: bool = False
) -> Batch:
    """What `dibao report` has to do.

    Args:
        inspection: the workspace.
        townships: codes or names; none means all townships and the city.
        today: the day the reports speak of.
        formats: formats to write.
        force: make current reports again too.

    Raises:
        InputRefused: the checks have not been run, or there is no such township.
    """
    if "findings" not in inspection.tables():
        raise InputRefused("尚无检查结果，无法生成报告。请先运行 dibao check。")
    inspection.reports.mkdir(exist_ok=True)
    slices = Path(tempfile.mkdtemp(prefix=_SLICES, dir=inspection.reports))
    (slices / _OWNER).write_text(f"{socket.gethostname()} {os.getpid()}", encoding="utf-8")
    try:
        chosen = _cut(inspection, townships, today, slices)
    except BaseException:
        shutil.rmtree(slices, ignore_errors=True)
        raise
    jobs = [
        _township_job(inspection, township, today, slices, public) for public in (False, True) for township in chosen
    ]
    jobs += [] if townships else [_city_job(inspection, today, slices)]
    done: dict[bool, list[Job]] = {True: [], False: []}
    for job in _sealed(inspection, jobs, formats):
        done[not force and is_current(job.folder, job.digest)].append(job)
    return Batch(inspection, today, tuple(formats), tuple(done[False]), tuple(done[True]), slices)


def _cut(inspection: Inspection, townships: Sequence[str], today: dt.date, slices: Path) -> list[Township]:
    """Cuts the data of the townships out of that of the whole place, in memory that does not grow with it."""
    limited = Inspection.open(inspection.folder, memory=MEMORY, spill=slices / "planning")
    with closing(open_relations(limited, today)) as connection:
        chosen = find_townships(connection, inspection.plan, townships)
        write_slices(connection, slices, [township.code for township in chosen])
    return chosen


def run_batch(batch: Batch, workers: int, step: Callable[[str], None], scheduler: str = "") -> list[Outcome]:
    """Makes the stale reports, then the index page over all.

    Args:
        batch: from `plan_batch`.
        workers: processes at a time on this machine.
        step: called with each report's name when it has ended.
        scheduler: address of a Dask cluster that makes them instead.
    """
    outcomes = []
    made = (
        run_on_cluster(batch.jobs, write_documents, batch.formats, scheduler)
        if scheduler
        else run_jobs(batch.jobs, write_documents, batch.formats, workers=workers)
    )
    try:
        for outcome in made:
            outcomes.append(outcome)
            step(outcome.job.name)
    finally:
        shutil.rmtree(batch.slices, ignore_errors=True)
        _sweep(batch.inspection.reports)
    outcomes += [Outcome(job, "done", 0.0) for job in batch.current]
    write_index(batch.inspection, batch.today, outcomes)
    return outcomes


def _sweep(reports: Path) -> None:
    """Takes away the data that killed batches left."""
    for left in reports.glob(f"{_SLICES}*"):
        if _is_abandoned(left):
            shutil.rmtree(left, ignore_errors=True)


def _is_abandoned(slices: Path) -> bool:
    """Whoever made them has ended on this machine; those of another one, or of nobody known, are a day old."""
    with suppress(OSError, ValueError):
        host, _, process = (slices / _OWNER).read_text(encoding="utf-8").partition(" ")
        # Windows would end the process that is asked
        if host == socket.gethostname() and sys.platform != "win32" and not _is_running(int(process)):
            return True
    return slices.stat().st_mtime < time.time() - _A_DAY


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def write_documents(notebook: NotebookNode, folder: Path, formats: Sequence[str]) -> None:
    """Sets an executed notebook in the formats asked for: report.html, .docx, .pdf and ledger.xlsx.

    Raises:
        ReportFailed: the folder is to be published and holds personal data.
    """
    blocks = read_blocks(notebook)
    for form in FORMATS:
        if form.name in formats and form.name != "xlsx":
            (folder / f"report{form.suffix}").write_bytes(form.render(blocks))
    if "xlsx" in formats and (ledger := read_ledger(notebook)):
        (folder / "ledger.xlsx").write_bytes(xlsx.render(ledger))
    if folder.parent.name == PUBLIC:
        refuse_leaks(folder)


def _township_job(inspection: Inspection, township: Township, today: dt.date, slices: Path, public: bool) -> Job:
    """The report of a township, or the notice that may be published."""
    folder = township_folder(inspection.reports, township)
    return Job(
        shipped_notebook("public_notice" if public else "township_report"),
        {"workspace": ".", "township": township.code, "today": today.isoformat()},
        notice_folder(folder) if public else folder,
        f"{township.name}公示" if public else township.name,
        environ={SLICE: str(slices / township.code)},
    )


def _city_job(inspection: Inspection, today: dt.date, slices: Path) -> Job:
    return Job(
        shipped_notebook("city_report"),
        {"workspace": ".", "today": today.isoformat()},
        city_folder(inspection.reports),
        "全市",
        environ={SPILL: str(slices / "city")},
    )


def _sealed(inspection: Inspection, jobs: Sequence[Job], formats: Sequence[str]) -> list[Job]:
    """The jobs, started in the workspace, with the digest of all that decides their content."""
    draws = inspection.folder / "draws"
    templates = [file for file in report_templates().iterdir() if file.is_file()]
    common = [inspection.folder / "plan.toml", *draws.glob("*.json"), *draws.glob("teams/*.json"), *templates]
    whole = [file for files in inspection.sources().values() for file in files]
    extra = versions() | {"formats": ",".join(sorted(formats)), "common": digest(common, {})}
    return [
        replace(
            job,
            start_in=inspection.folder,
            digest=digest(
                [job.notebook, *_data(job, whole), *second_stages(draws, str(job.parameters.get("township", "")))],
                extra | {name: str(value) for name, value in job.parameters.items()},
            ),
        )
        for job in jobs
    ]


def _data(job: Job, whole: list[Path]) -> list[Path]:
    """The files a report's figures come from: a township's slice, or all tables."""
    return slice_files(Path(job.environ[SLICE])) if SLICE in job.environ else whole
