"""The same reports on many machines: a Dask cluster makes them, the shared folder of the workspace receives them."""

# mypy: allow-untyped-calls

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dibao_lib.batch import publish
from dibao_lib.batch.farm import Outcome, reject_unfit, run_one
from dibao_lib.batch.job import Job, Limits
from dibao_lib.errors import UsageError

if TYPE_CHECKING:
    from dibao_lib.batch.making import Render

_PATIENCE = "10s"
# By default each process of a cluster looks at itself up to a hundred times a second, which takes a tenth of two
# processors. These settings of Dask suit work that takes seconds; its workers need them where they are started (README).
CALM = {"distributed.admin.tick.interval": "1s", "distributed.worker.profile.enabled": False}


def run_on_cluster(
    jobs: Iterable[Job],
    render: Render,
    formats: Sequence[str],
    scheduler: str,
    *,
    limits: Limits = Limits(),  # noqa: B008
    progress: Callable[[Job, str], None] = lambda job, status: None,
) -> Iterator[Outcome]:
    """Makes the reports on the workers of a Dask cluster and yields each outcome as it comes.

    Every worker sees the workspace under the same path (a shared folder) and has this package installed; it runs a
    report in a process of its own as `run_jobs` does. A report whose worker is lost is made again by another one.

    Args:
        jobs: the reports to make; no two into one folder.
        render: an importable function `(executed notebook, folder, formats)` that writes the documents.
        formats: handed to `render`.
        scheduler: address, as `tcp://10.0.0.5:8786`.
        limits: time and memory a report may take.
        progress: told a report's status when it ends.

    Raises:
        UsageError: no scheduler answers there, dask is not installed, or what `run_jobs` refuses.
    """
    todo = list(jobs)
    reject_unfit(todo)
    with publish.reserved({job.folder.absolute().parent for job in todo}), _connected(scheduler) as client:
        from distributed import as_completed

        by_key = {f"dibao-report-{number}-{job.name}": job for number, job in enumerate(todo)}
        futures = [
            client.submit(_make, job, render, tuple(formats), limits, key=key, pure=False)
            for key, job in by_key.items()
        ]
        try:
            for future in as_completed(futures, loop=client.loop):
                outcome = _outcome(future, by_key[future.key])
                progress(outcome.job, outcome.status)
                yield outcome
        finally:
            client.cancel(futures)


def _connected(scheduler: str) -> Any:
    try:
        import dask
        from distributed import Client
    except ImportError:
        raise UsageError(
            "使用集群需要另装 dask：pip install 'dibao-workbench[cluster]'；不用集群时去掉 --scheduler。"
        ) from None
    try:
        with dask.config.set(CALM):
            return Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"连不上集群调度程序 {scheduler}（{type(error).__name__}）；请核对地址，确认 dask scheduler 已启动。"
        ) from None


def _make(job: Job, render: Render, formats: Sequence[str], limits: Limits) -> Outcome:
    """One report on a worker."""
    # workers are daemons of their nannies; this says no more than that a daemon may not start processes
    settings: dict[str, Any] = multiprocessing.process.current_process()._config  # type: ignore[attr-defined]
    settings["daemon"] = False
    return run_one(job, render, formats, limits)


def _outcome(future: Any, job: Job) -> Outcome:
    error = future.exception()
    if error is None:
        done: Outcome = future.result()
        return done
    return Outcome(
        job,
        "crashed",
        0.0,
        f"集群节点上的进程意外终止（{type(error).__name__}）；请查看该节点的日志后重试。",
        repr(type(error)),
    )
