"""Plays a notebook from top to bottom, cell by cell, by papermill's rules for tags and errors."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from dibao_lib.batch.shell import open_shell


@dataclass(frozen=True, slots=True)
class Step:
    """A cell begins (no cells yet) or has ended.

    Args:
        index: of the cell in the notebook.
        count: its execution count, `In [count]`.
        cells: by index, the cell itself and earlier ones whose displays it replaced.
        failure: class name of an error that ends the run.
        metadata: what the last step adds to the notebook.
    """

    index: int
    count: int
    cells: Mapping[int, NotebookNode] = field(default_factory=dict)
    failure: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)


def play(notebook: NotebookNode, cell_timeout: float | None, allow_errors: bool, keep_widgets: bool) -> Iterator[Step]:
    """Runs the cells in this process, two steps a cell, until the end or the first error that is not allowed."""
    shell = open_shell()
    shell.take_over()
    for index, cell in enumerate(notebook.cells):
        count = shell.execution_count
        yield Step(index, count)
        error = shell.run(cell, index, cell_timeout) if _runs(cell) else None
        allowed = error is None or allow_errors or "raises-exception" in _tags(cell)
        cells = {i: notebook.cells[i] for i in shell.sink.touched | {index}}
        shell.sink.end()
        last = not allowed or cell is notebook.cells[-1]
        metadata = _widget_state() if last and keep_widgets else {}
        yield Step(index, count, cells, "" if allowed else type(error).__name__, metadata)
        if last:
            return


def send_steps(send: Callable[[object], None], *settings: Any) -> None:
    """Plays a notebook in a child; None follows the last step."""
    for step in play(*settings):
        send(step)
    send(None)


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", ()))


def _runs(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and bool(cell.source.strip()) and "skip-execution" not in _tags(cell)


def _widget_state() -> dict[str, Any]:
    widgets = sys.modules.get("ipywidgets")
    state = widgets.Widget.get_manager_state() if widgets else {"state": {}}
    return {"widgets": {"application/vnd.jupyter.widget-state+json": state}} if state["state"] else {}
