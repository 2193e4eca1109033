"""Makes many reports at once, each in a process of its own: what goes wrong in one costs only that one."""

from __future__ import annotations

import atexit
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from dibao_lib.batch import publish
from dibao_lib.batch.child import METHOD, Child, ChildDied, ChildSilent, start
from dibao_lib.batch.job import Job, Limits, Verdict, check, parameters_of
from dibao_lib.errors import UsageError

if TYPE_CHECKING:
    from dibao_lib.batch.making import Render


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one report ended.

    Args:
        job: the report.
        status: `done`, `failed`, `timeout` or `crashed`.
        seconds: from its start to its end.
        message: why it is not done, one Chinese sentence without person data.
        detail: for the log: the places the error passed, file and line, without values.
    """

    job: Job
    status: str
    seconds: float
    message: str = ""
    detail: str = ""

    @property
    def done(self) -> bool:
        """The report is in its folder."""
        return self.status == "done"


@dataclass(frozen=True, slots=True)
class _Running:
    job: Job
    child: Child
    started: float
    deadline: float


def run_jobs(
    jobs: Iterable[Job],
    render: Render,
    formats: Sequence[str] = (),
    *,
    workers: int = 2,
    limits: Limits = Limits(),  # noqa: B008
    progress: Callable[[Job, str], None] = lambda job, status: None,
    method: str = METHOD,
) -> Iterator[Outcome]:
    """Makes the reports, `workers` at a time, and yields each outcome as it comes.

    Leaving the iteration early, by an exception or Ctrl-C too, ends all processes and leaves no half folder.

    Args:
        jobs: the reports to make; no two into one folder.
        render: an importable function `(executed notebook, folder, formats)` that writes the documents.
        formats: handed to `render`.
        workers: processes at a time.
        limits: time and memory a report may take.
        progress: told `running` when a report starts and its status when it ends.
        method: start method of multiprocessing.

    Raises:
        UsageError: a notebook or parameter does not fit, two jobs share a folder, or another batch is at work there.
    """
    todo = list(jobs)
    reject_unfit(todo)

    def launch(job: Job) -> _Running:
        progress(job, "running")
        return _launch(job, render, formats, limits, method)

    return _outcomes(todo, launch, workers, progress)


def run_one(job: Job, render: Render, formats: Sequence[str], limits: Limits, method: str = METHOD) -> Outcome:
    """Makes one report, for a caller that keeps other batches out of its folder; what an earlier try left goes away."""
    publish.discard(job.folder)
    running = _launch(job, render, formats, limits, method)
    try:
        _finished([running])
        return _close(running)
    finally:
        running.child.stop()


def reject_unfit(jobs: Sequence[Job]) -> None:
    """Refuses a batch whose parameters do not fit its notebooks, or two of whose reports share a folder.

    Raises:
        UsageError: which report, and what to do.
    """
    known = {notebook: parameters_of(notebook) for notebook in {job.notebook for job in jobs}}
    for job in jobs:
        check(job, known[job.notebook])
    if len({job.folder for job in jobs}) < len(jobs):
        raise UsageError("有两份报告要写入同一个文件夹；请为每份报告指定不同的文件夹。")


def _launch(job: Job, render: Render, formats: Sequence[str], limits: Limits, method: str) -> _Running:
    placed = replace(job, notebook=job.notebook.absolute(), folder=job.folder.absolute())
    child = start("dibao_lib.batch.making:make_report", (placed, render, tuple(formats), limits), method)
    # the first start waits for the template, which is no report's time
    now = time.monotonic()
    return _Running(job, child, now, now + limits.seconds)


def _outcomes(
    todo: Sequence[Job], launch: Callable[[Job], _Running], workers: int, progress: Callable[[Job, str], None]
) -> Iterator[Outcome]:
    queue, live = iter(todo), list[_Running]()
    with publish.reserved({job.folder.absolute().parent for job in todo}), _ended_by_sigterm(), _emptied(live):
        while True:
            live.extend(map(launch, islice(queue, workers - len(live))))
            if not live:
                return
            for running in _finished(live):
                outcome = _close(running)
                live.remove(running)
                progress(running.job, outcome.status)
                yield outcome


def _finished(live: Sequence[_Running]) -> list[_Running]:
    """Those that have ended or run out of time; waits for the first."""
    patience = min(running.deadline for running in live) - time.monotonic()
    ended = wait([running.child.process.sentinel for running in live], max(0.0, patience))
    now = time.monotonic()
    return [running for running in live if running.child.process.sentinel in ended or running.deadline <= now]


def _close(running: _Running) -> Outcome:
    verdict = _verdict(running)
    running.child.stop()
    if verdict.status == "done":
        try:
            publish.publish(running.job.folder)
        except OSError as error:
            verdict = Verdict("failed", "报告文件夹无法替换；请关闭正在打开其中文件的程序后重试。", str(error))
    publish.discard(running.job.folder)
    seconds = time.monotonic() - running.started
    return Outcome(running.job, verdict.status, seconds, verdict.message, verdict.detail)


def _verdict(running: _Running) -> Verdict:
    count = 0
    try:
        while not isinstance(message := running.child.receive(0), Verdict):
            count = message
        return message
    except ChildDied as death:
        return Verdict("crashed", f"运行到单元格 [{count}] 时进程意外终止（{death}）；请检查这个单元格后重试。")
    except ChildSilent:
        limit = running.deadline - running.started
        return Verdict("timeout", f"超过 {limit:g} 秒仍未完成，在单元格 [{count}] 处强行终止。")


@contextmanager
def _emptied(live: list[_Running]) -> Iterator[None]:
    """Whatever is still running at the end is stopped and its building removed, at the interpreter's exit at last."""

    def stop() -> None:
        for running in live:
            running.child.stop()
            publish.discard(running.job.folder)

    atexit.register(stop)
    try:
        yield
    finally:
        atexit.unregister(stop)
        stop()


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """SIGTERM unwinds as Ctrl-C does, so that the batch is cleared up; a caller's own handler stays."""
    ours = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if ours:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        yield
    finally:
        if ours:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
