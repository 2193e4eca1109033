"""The making of a report inside its own process: run the notebook, write its documents, seal the folder."""

# mypy: allow-untyped-calls

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import papermill
from nbformat import NotebookNode, write
from papermill.exceptions import PapermillExecutionError

from dibao_lib import errors
from dibao_lib.batch import freshness, publish
from dibao_lib.batch.job import Job, Limits, Verdict
from dibao_lib.errors import DibaoError

_ANSI = re.compile("\x1b\\[[0-9;]*m")
# how IPython begins the lines of a trace that name a place
_PLACE = re.compile(r"(File|Cell) \S+")
_RESERVED = re.compile(r"VmData:\s+(\d+) kB")

Render = Callable[[NotebookNode, Path, Sequence[str]], None]


def make_report(
    send: Callable[[object], None], job: Job, render: Render, formats: Sequence[str], limits: Limits
) -> None:
    """The whole work of a report's process: everything it has to say goes through `send`."""
    doing = "运行笔记本"
    # typst would use every core, for a fifth more of the processor; the batch fills them with reports
    os.environ.update({"RAYON_NUM_THREADS": "1", **job.environ})
    try:
        _cap_memory(limits.memory)
        notebook = _run(job, send, limits.cell_seconds)
        doing = "写出文档"
        folder = publish.building(job.folder)
        folder.mkdir()
        write(notebook, folder / "report.ipynb")
        render(notebook, folder, formats)
        freshness.seal(folder, job.digest)
        publish.settle(folder)
    except BaseException as error:  # noqa: BLE001
        send(_verdict(error, doing))
    else:
        send(Verdict("done"))


def _cap_memory(limit: int) -> None:
    """A report that would take the machine's memory gets a MemoryError instead; not every system can count it."""
    if limit and sys.platform == "linux":
        import resource

        # libraries have reserved a gibibyte of addresses before anything happens
        reserved = int(_RESERVED.findall(Path("/proc/self/status").read_text())[0]) * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (reserved + limit, reserved + limit))


def _run(job: Job, tell: Callable[[int], None], cell_timeout: float | None) -> NotebookNode:
    # papermill formats paths with str.format
    path = str(job.notebook).replace("{", "{{").replace("}", "}}")
    notebook: NotebookNode = papermill.execute_notebook(
        path,
        None,
        parameters=dict(job.parameters),
        engine_name="dibao",
        kernel_name="python3",
        language="python",
        cwd=job.start_in,
        progress_bar=False,
        execution_timeout=cell_timeout,
        store_widget_state=False,
        inside=tell,
    )
    # papermill writes where this machine keeps them
    notebook.metadata.papermill.update(input_path=job.notebook.name, output_path="report.ipynb")
    for cell in notebook.cells:
        # papermill draws a random one, and only times shall differ from one making to the next
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell.id = "injected"
    return notebook


def _verdict(error: BaseException, doing: str) -> Verdict:
    detail = "\n".join(_places(error))
    if isinstance(error, DibaoError):
        return Verdict("failed", str(error), detail)
    if not isinstance(error, PapermillExecutionError):
        return Verdict("failed", f"{doing}时出错（{type(error).__name__}）；请查看日志 dibao.log。", detail)
    cell = f"单元格 [{error.exec_count}]"
    if error.ename == "CellTimeout":
        return Verdict("timeout", f"{cell} {error.evalue}；请检查数据量或放宽时限后重试。", detail)
    if error.ename == "MemoryError":
        return Verdict("failed", f"{cell} 所需内存超过上限；请减少一次读入的数据后重试。", detail)
    if error.ename in vars(errors):
        return Verdict("failed", f"{cell} 出错：{error.evalue}", detail)
    # the message of any other error may quote a person's data
    return Verdict("failed", f"{cell} 出错（{error.ename}）；请查看日志 dibao.log。", detail)


def _places(error: BaseException) -> list[str]:
    """Where it went wrong, file and line; never messages or values, which may be a person's data."""
    if isinstance(error, PapermillExecutionError):
        lines = (line for part in error.traceback for line in _ANSI.sub("", part).splitlines())
        return [line for line in lines if _PLACE.match(line)]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
