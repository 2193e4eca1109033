"""One import at a time, and all its tables at once: whatever stops it, the evidence is the old or the new one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.snapshots import flush_folder, write_whole
from dibao_lib.intact import MANIFEST, NEXT, next_name, settle

_LOCK = ".import.lock"


@contextmanager
def only_import(evidence: Path, inbox: Path) -> Iterator[None]:
    """Keeps any other import of the workspace out, and clears away what one that was cut short left behind.

    Raises:
        InputRefused: another import is running.
    """
    evidence.mkdir(parents=True, exist_ok=True)
    with (evidence / _LOCK).open("ab") as file:
        try:
            _lock(file)
        except OSError:
            raise InputRefused("另一个导入正在进行，本次未开始，什么也没有改动。请等它结束后再导入。") from None
        settle(evidence)
        for folder, pattern in ((evidence, ".*.tmp"), (evidence, f".*{NEXT}"), (inbox, ".*.tmp")):
            for stray in folder.rglob(pattern):
                stray.unlink(missing_ok=True)
        yield


def _lock(file: IO[bytes]) -> None:
    """The system lets go of it when the process ends, however it ends."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def commit(evidence: Path, tables: Mapping[str, bytes], manifest: bytes) -> None:
    """Puts tables and manifest in place; from the moment the new manifest lies beside the old one, the new ones count.

    Args:
        evidence: the folder.
        tables: name -> content of its Parquet file.
        manifest: content of the manifest.
    """
    evidence.mkdir(parents=True, exist_ok=True)
    for name, content in tables.items():
        path = evidence / f"{name}.parquet"
        if not (path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content):
            write_whole(next_name(path), content)
    write_whole(next_name(evidence / MANIFEST), manifest)
    settle(evidence)
    flush_folder(evidence)
