"""A process of its own for each notebook: forked from a warm template, gone together with whatever started it."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import pkgutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

WARM = "dibao_lib.batch.warm"
# Forking is safe only from a process that has one thread; macOS frameworks start threads of their own.
METHOD = "forkserver" if sys.platform == "linux" else "spawn"
# Libraries size their thread pools when they are loaded, and malloc reads its settings once: a report uses one core, and
# its short life is not spent on giving memory back (a worker of Dask is started so that it does at every chance).
_SETTINGS = {
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "ARROW_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": "1073741824",
    # the most that glibc takes
    "MALLOC_MMAP_THRESHOLD_": "33554432",
}

# a start changes this process's environment for a moment, which threads of a cluster's worker must do in turn
_STARTING = threading.RLock()


class ChildDied(Exception):
    """The process ended without a message; the text tells how, in Chinese."""


class ChildSilent(Exception):
    """The process said nothing for as long as the caller would wait."""


@dataclass(frozen=True, slots=True)
class Child:
    """A running process and the pipe it talks through."""

    process: BaseProcess
    reader: Connection

    def receive(self, timeout: float | None = None) -> Any:
        """The next message.

        Raises:
            ChildDied: there is none and the process has ended.
            ChildSilent: nothing came within `timeout` seconds.
        """
        ready = wait([self.reader, self.process.sentinel], timeout)
        if self.reader in ready:
            with suppress(EOFError):
                return self.reader.recv()
        if not ready:
            raise ChildSilent
        self.process.join()
        raise ChildDied(_ending(self.process.exitcode or 0))

    def stop(self) -> None:
        """Ends the process, if it has not ended, and all that it started."""
        if self.process.is_alive():
            self.process.kill()
        if hasattr(os, "killpg") and self.process.pid:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.join()
        self.reader.close()


def prepare_template(method: str = METHOD) -> None:
    """Starts the template, if there is to be one, while the caller goes on with something else."""
    if method == "forkserver":
        forkserver.set_forkserver_preload([WARM])
        with _template_surroundings():
            forkserver.ensure_running()


def start(work: str, arguments: tuple[object, ...], method: str = METHOD) -> Child:
    """Runs `work(send, *arguments)` in a new process; what it sends is what `Child.receive` returns.

    Args:
        work: a function as `module:name`; the caller need not import what only the child uses.
        arguments: pickled for it.
        method: a start method of multiprocessing.
    """
    context: Any = multiprocessing.get_context(method)
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_enter, args=(writer, dict(os.environ), work, arguments))
    _launch(process, method, time.monotonic() + 5)
    writer.close()
    return Child(process, reader)


def _launch(process: BaseProcess, method: str, deadline: float) -> None:
    """Starts the process; a template that was killed is replaced, once the system has seen that it is gone."""
    while True:
        prepare_template(method)
        try:
            with _template_surroundings():
                return process.start()
        except (EOFError, ConnectionError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@contextmanager
def _template_surroundings() -> Iterator[None]:
    """What a template inherits: `_SETTINGS`, and not the caller's script, which every child would run again."""
    with _STARTING:
        environ, main = dict(os.environ), sys.modules["__main__"]
        os.environ.update(_SETTINGS)
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main
            for name in _SETTINGS:
                os.environ.pop(name)
            os.environ.update(environ)


def _enter(writer: Connection, environ: Mapping[str, str], work: str, arguments: tuple[object, ...]) -> None:
    exit_code = 1
    try:
        _follow_starter()
        # a forked process has it already; a spawned one loads it while pools are still held to one thread
        importlib.import_module(WARM)
        os.environ.clear()
        os.environ.update(environ)
        pkgutil.resolve_name(work)(writer.send, *arguments)
        exit_code = 0
    except BaseException:  # noqa: BLE001
        # a fault of ours: those of notebooks are messages
        traceback.print_exc()
    finally:
        # an orderly shutdown could wait for ever on a thread of the notebook
        os._exit(exit_code)


def _follow_starter() -> None:
    """Has the kernel kill this process group once the starter is gone, even amid a C call that holds the GIL.

    The starter keeps the far end of the sentinel pipe open while it lives. PR_SET_PDEATHSIG would follow the template,
    which in turn waits for us.
    """
    starter = multiprocessing.parent_process()
    assert starter is not None
    if hasattr(os, "setsid"):
        os.setsid()
    if sys.platform == "linux":
        import fcntl

        fcntl.fcntl(starter.sentinel, fcntl.F_SETOWN, -os.getpgrp())
        fcntl.fcntl(starter.sentinel, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(starter.sentinel, fcntl.F_SETFL, os.O_ASYNC)
    else:
        threading.Thread(target=lambda: (starter.join(), os._exit(1)), daemon=True).start()
    if not starter.is_alive():
        os._exit(1)


def _ending(exit_code: int) -> str:
    if exit_code == -9:
        return "信号 9，可能是内存不足"
    return f"信号 {-exit_code}" if exit_code < 0 else f"退出码 {exit_code}"
