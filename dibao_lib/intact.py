"""Whether the evidence is what the last import wrote: its manifest, the checksums in it, and an import cut short."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from dibao_lib.errors import InputRefused

MANIFEST = "manifest.json"
# a table or a manifest that is written but not yet in its place; with the manifest there, the import counts as done
NEXT = ".next"
_RESTORE = "请从备份恢复 evidence 文件夹，或删除该文件夹后重新导入 inbox。"


def next_name(path: Path) -> Path:
    """Where the next version of a file waits."""
    return path.with_name(f".{path.name}{NEXT}")


def settle(folder: Path) -> None:
    """Completes an import that ended between its last write and its last rename; anybody may, and more than one."""
    waiting = next_name(folder / MANIFEST)
    if not waiting.is_file():
        return
    for part in [*sorted(folder.glob(f".*.parquet{NEXT}")), waiting]:
        try:
            part.replace(part.with_name(part.name[1:].removesuffix(NEXT)))
        except FileNotFoundError:
            # another process was faster
            continue


def reject_damaged(folder: Path, trusted: dict[Path, tuple[int, int, str]]) -> None:
    """Compares each table with the checksum in the manifest.

    Args:
        folder: the evidence.
        trusted: table -> size, time and checksum when it was last found good; filled here, so that it is read once.

    Raises:
        InputRefused: a table is not what was written, or is gone.
    """
    settle(folder)
    if [*_damaged(folder, _written(folder), trusted)]:
        # an import may have ended just now
        settle(folder)
        for name, entry in _damaged(folder, _written(folder), trusted):
            there = (folder / f"{name}.parquet").is_file()
            problem = "与导入时写下的内容不一致，已损坏或被改动" if there else "不见了，可能被删除或移走"
            raise InputRefused(
                f"证据表“{entry.get('title', name)}”（evidence/{name}.parquet）{problem}，不能使用。{_RESTORE}"
            )


def _written(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    path = folder / MANIFEST
    try:
        stat = path.stat()
        return _tables(path, stat.st_size, stat.st_mtime_ns)
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputRefused(f"evidence/{MANIFEST} 已损坏，不能核对证据表。{_RESTORE}") from None


@lru_cache(maxsize=4)
def _tables(path: Path, size: int, changed: int) -> Mapping[str, Mapping[str, Any]]:
    """The tables a manifest lists; a manifest of hundreds of files takes longer to parse than the question asked."""
    tables: Mapping[str, Mapping[str, Any]] = json.loads(path.read_bytes())["tables"]
    return {name: {**entry} for name, entry in tables.items()}


def _damaged(
    folder: Path, written: Mapping[str, Mapping[str, Any]], trusted: dict[Path, tuple[int, int, str]]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, entry in written.items():
        path = folder / f"{name}.parquet"
        if not path.is_file():
            yield name, entry
            continue
        stat = path.stat()
        found = (stat.st_size, stat.st_mtime_ns, str(entry.get("sha256")))
        if trusted.get(path) != found:
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != found[2]:
                    yield name, entry
                    continue
            trusted[path] = found
