"""The papermill engine `dibao`: cells run in a process forked from a warm template instead of in a kernel."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from dibao_lib.batch.child import ChildDied, ChildSilent, start
from dibao_lib.errors import ReportFailed

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from dibao_lib.batch.play import Step

# seconds a cell has to heed its own time limit before its process is ended
GRACE = 5.0


class DibaoEngine:
    """`papermill --engine dibao in.ipynb out.ipynb`: the isolation of a kernel for the price of a fork.

    Has the methods of papermill.engines.Engine without being one: papermill imports its engines while it is half
    imported itself, so this module must do without papermill, and papermill without what this engine needs.
    """

    @classmethod
    def execute_notebook(
        cls,
        nb: NotebookNode,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool | dict[str, Any] = True,
        log_output: bool = False,
        autosave_cell_every: int = 30,
        **options: Any,
    ) -> NotebookNode:
        """Runs the notebook and records every cell in it; options are those of `record`, others are ignored.

        Raises:
            ReportFailed: the process died or hung, or a cell left with sys.exit, which papermill calls completed.
        """
        from papermill.engines import NotebookExecutionManager

        book: Any = NotebookExecutionManager(nb, output_path, log_output, progress_bar, autosave_cell_every)
        book.notebook_start()
        try:
            record(book, **options)
        finally:
            book.cleanup_pbar()
            book.notebook_complete()
        executed: NotebookNode = book.nb
        return executed

    @staticmethod
    def nb_kernel_name(nb: NotebookNode, name: str | None = None) -> str:
        """There is one kind of kernel."""
        return name or "python3"

    @staticmethod
    def nb_language(nb: NotebookNode, language: str | None = None) -> str:
        """There is one language."""
        return language or "python"


def record(
    book: Any,
    execution_timeout: float | None = None,
    allow_errors: bool = False,
    store_widget_state: bool = True,
    inside: Callable[[int], None] | None = None,
    **_: object,
) -> None:
    """Runs a notebook and keeps papermill's record of it; a cell cut off by anything at all is a failed one.

    Args:
        book: papermill's record, a NotebookExecutionManager.
        execution_timeout: seconds a cell may run.
        allow_errors: go on after a cell that raised.
        store_widget_state: keep the state of ipywidgets in the metadata.
        inside: for a process that is a child already: run the cells right here, and call this with the execution
            count of each cell that starts.
    """
    book.nb.metadata["language_info"] = _language()
    at, broken = 0, None
    try:
        for step in _steps(book.nb, execution_timeout, allow_errors, store_widget_state, here=inside is not None):
            if not step.cells:
                book.cell_start(book.nb.cells[step.index], step.index)
                if inside:
                    inside(step.count)
                continue
            _take(book.nb, step)
            if step.failure:
                broken = step
                break
            book.cell_complete(book.nb.cells[step.index], step.index)
            at = step.index + 1
    except BaseException:
        _mark_failed(book, at)
        raise
    if broken:
        _mark_failed(book, at)
        if broken.failure == "SystemExit":
            sentence = f"单元格 [{broken.count}] 用 sys.exit 提前结束，后面的内容没有运行；请从笔记本中删去后重试。"
            raise ReportFailed(sentence)


def _mark_failed(book: Any, at: int) -> None:
    """Papermill calls cells that have not begun completed, unless one before them has failed."""
    for cell in book.nb.cells[at : at + 1]:
        book.cell_exception(cell, at)
        book.cell_complete(cell, at)


def _take(notebook: NotebookNode, step: Step) -> None:
    for index, cell in step.cells.items():
        ours = notebook.cells[index]
        ours.update(cell, metadata=ours.metadata)
    notebook.metadata.update(step.metadata)


def _steps(notebook: NotebookNode, cell_timeout: float | None, *settings: bool, here: bool) -> Iterator[Step]:
    if here:
        from dibao_lib.batch.play import play

        yield from play(notebook, cell_timeout, *settings)
        return
    child = start("dibao_lib.batch.play:send_steps", (notebook, cell_timeout, *settings))
    count = 1
    try:
        while (step := child.receive(cell_timeout and cell_timeout + GRACE)) is not None:
            count = step.count
            yield step
    except ChildDied as death:
        raise ReportFailed(f"运行到单元格 [{count}] 时进程意外终止（{death}）；请检查这个单元格后重试。") from None
    except ChildSilent:
        raise ReportFailed(f"单元格 [{count}] 运行超过 {cell_timeout:g} 秒，已强行终止。") from None
    finally:
        child.stop()


def _language() -> dict[str, Any]:
    """What a Python kernel says about itself."""
    return {
        "name": "python",
        "version": sys.version.split()[0],
        "mimetype": "text/x-python",
        "codemirror_mode": {"name": "ipython", "version": sys.version_info.major},
        "pygments_lexer": "ipython3",
        "nbconvert_exporter": "python",
        "file_extension": ".py",
    }
