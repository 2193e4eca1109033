"""Report folders that appear whole or not at all, whatever interrupts the batch."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from dibao_lib.errors import UsageError

_BUILDING, _REPLACED = ".building", ".replaced"


def building(folder: Path) -> Path:
    """Where a report folder is put together: hidden beside its place, so that a rename publishes it."""
    return folder.with_name(f".{folder.name}{_BUILDING}")


@contextmanager
def reserved(parents: Collection[Path]) -> Iterator[None]:
    """Keeps other batches out of these folders and clears what a killed batch left in them.

    Raises:
        UsageError: another batch is at work there.
    """
    with ExitStack() as held:
        for parent in sorted(parents):
            parent.mkdir(parents=True, exist_ok=True)
            held.enter_context(_locked(parent))
            _sweep(parent)
        yield


def publish(folder: Path) -> None:
    """Puts the finished building in the place of `folder`; an older one goes away."""
    old = folder.with_name(f".{folder.name}{_REPLACED}")
    if folder.exists():
        folder.rename(old)
    try:
        building(folder).rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
    _to_disk(folder.parent)


def discard(folder: Path) -> None:
    """Removes an unfinished building; `folder` itself stays as it was."""
    shutil.rmtree(building(folder), ignore_errors=True)


def settle(folder: Path) -> None:
    """Waits until a building is on the disk, so that a power cut after publishing finds it whole."""
    for path in folder.rglob("*"):
        _to_disk(path)
    _to_disk(folder)


@contextmanager
def _locked(parent: Path) -> Iterator[None]:
    """The kernel drops this lock with the process. Windows cannot open folders: there the user must not run two."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    descriptor = os.open(parent, os.O_RDONLY)
    try:
        # some network file systems know no locks
        with suppress(OSError):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise UsageError(f"“{parent.name}”正由另一个批次生成报告；请等它结束后再试。") from None
        yield
    finally:
        os.close(descriptor)


def _sweep(parent: Path) -> None:
    for old in parent.glob(f".*{_REPLACED}"):
        folder = parent / old.name[1 : -len(_REPLACED)]
        # killed between the two renames: the old report is still the report
        if not folder.exists():
            old.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    for unfinished in parent.glob(f".*{_BUILDING}"):
        shutil.rmtree(unfinished, ignore_errors=True)


def _to_disk(path: Path) -> None:
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
