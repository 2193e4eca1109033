"""Runs notebook cells in this process, as ipykernel does in a kernel."""

# mypy: allow-untyped-calls

from __future__ import annotations

import asyncio
import builtins
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, NoReturn

import numpy
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from nbformat import NotebookNode
from traitlets.config import Config

from dibao_lib.batch.outputs import CellPublisher, CellResult, CellStream, Sink, output

# Figures are drawn once, not twice for a tight box, and carry no date; a history would be a thread and a file of names.
_FIGURES = {"figure_formats": {"svg"}, "print_figure_kwargs": {"bbox_inches": None, "metadata": {"Date": None}}}
_SETTINGS = Config({"InlineBackend": _FIGURES, "HistoryManager": {"enabled": False}})


class CellTimeout(BaseException):
    """A cell ran longer than it may; not an Exception, lest a cell swallow it by chance."""


class ZMQInteractiveShell(InteractiveShell):
    """Named as the shell of ipykernel, for by this name pandas, rich and others know that they are in a notebook."""

    display_pub_class = CellPublisher
    displayhook_class = CellResult

    def __init__(self, **settings: Any) -> None:  # noqa: D107
        self.sink = Sink()
        super().__init__(**settings)
        # in JupyterLab help pages go to a panel, not to the cell
        self.set_hook("show_in_pager", lambda *_, **__: None)

    def take_over(self) -> None:
        """Makes this process the notebook's own: its streams, no input, its folder on the import path."""
        self._streams = [CellStream(self.sink, "stdout", 1), CellStream(self.sink, "stderr", 2)]
        sys.stdout, sys.stderr = self._streams
        builtins.input = _no_input
        sys.path.insert(0, "")
        # a fork would go on with its template's numbers
        numpy.random.seed()  # noqa: NPY002

    def run(self, cell: NotebookNode, index: int, timeout: float | None) -> BaseException | None:
        """Runs one code cell; returns what it raised."""
        self.sink.begin(index, cell)
        cell.execution_count = self.execution_count
        try:
            with _alarm(timeout):
                result = self._loop.run_until_complete(self._result(cell.source))
                error = result.error_in_exec if result.error_before_exec is None else result.error_before_exec
        except CellTimeout as late:
            self.showtraceback()
            error = late
        for stream in self._streams:
            stream.drain()
        return error

    @cached_property
    def _loop(self) -> asyncio.AbstractEventLoop:
        # made after the fork
        return asyncio.new_event_loop()

    async def _result(self, source: str) -> ExecutionResult:
        """As in ipykernel a loop is running, so that `await` and `create_task` work in cells."""
        transformed, trouble = source, None
        try:
            transformed = self.transform_cell(source)
        except Exception:  # noqa: BLE001
            trouble = sys.exc_info()
        result = await self.run_cell_async(
            source, store_history=True, transformed_cell=transformed, preprocessing_exc_tuple=trouble
        )
        self.events.trigger("post_execute")
        self.events.trigger("post_run_cell", result)
        return result

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.sink.add(output("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb)))

    def ask_exit(self) -> NoReturn:
        """`exit` ends a kernel, so it ends the run."""
        raise SystemExit

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no screen."""


def open_shell() -> ZMQInteractiveShell:
    """The one shell of this process; as IPython has it, its user module is `__main__` from now on."""
    return ZMQInteractiveShell.instance(config=_SETTINGS)


def _no_input(*_: object) -> NoReturn:
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


@contextmanager
def _alarm(seconds: float | None) -> Iterator[None]:
    """Raises CellTimeout in the cell after so many seconds; without signals it is for the starter to end us."""

    def ring(*_: object) -> NoReturn:
        raise CellTimeout(f"运行超过 {seconds:g} 秒，已终止")

    if not seconds or not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
