"""Files as received: found in what the user names, and kept unchanged under inbox/."""

from __future__ import annotations

import glob
import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from dibao_lib.evidence.answer_file import answered_file
from dibao_lib.evidence.snapshots import write_whole

EXTENSIONS = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".et", ".csv", ".tsv", ".txt", ".htm", ".html"})
_REPLACED = ".replaced"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file to import.

    Args:
        path: where it lies.
        name: its path below the folder the user named, the name of its rows' source unless it lies in inbox/ already.
    """

    path: Path
    name: str

    def source_file(self, inbox: Path) -> str:
        """Its path below inbox/, now or once it is copied there."""
        resolved = self.path.resolve()
        inside = resolved.is_relative_to(inbox.resolve())
        return resolved.relative_to(inbox.resolve()).as_posix() if inside else self.name


def expand(paths: Sequence[Path]) -> list[Incoming]:
    """The files meant by files, folders and patterns, each once; lock files and hidden ones left out of folders."""
    found: dict[Path, Incoming] = {}
    for incoming in (one for path in paths for one in _meant(Path(path))):
        found.setdefault(incoming.path.resolve(), incoming)
    return sorted(found.values(), key=lambda incoming: incoming.name)


def absent(paths: Sequence[Path]) -> list[str]:
    """A sentence for each path that leads to no file."""
    return [_absence(Path(path)) for path in paths if not any(_meant(Path(path)))]


def left_out(paths: Sequence[Path]) -> list[str]:
    """Names of the files in named folders that are no tables: documents, pictures, archives nobody unpacked."""
    folders = [Path(path) for path in paths if Path(path).is_dir()]
    return sorted({name for folder in folders for path, name in _visible(folder) if _is_other(path)})


def _is_other(path: Path) -> bool:
    return path.suffix.lower() not in EXTENSIONS and answered_file(path) is None


def _absence(path: Path) -> str:
    if path.is_dir():
        return f"“{path}”里没有可导入的文件（xlsx、xls、csv 等）。请把表册放入后重新导入。"
    return f"找不到“{path}”。请核对文件名和所在文件夹。"


def _meant(path: Path) -> Iterator[Incoming]:
    if about := answered_file(path):
        yield from _meant(about)
    elif path.is_file():
        yield Incoming(path, _name(path.name))
    elif path.is_dir():
        yield from _in_folder(path)
    elif any(mark in str(path) for mark in "*?["):
        for match in sorted(glob.glob(str(path), recursive=True)):
            yield from _meant(Path(match))


def _in_folder(folder: Path) -> Iterator[Incoming]:
    for path, name in _visible(folder):
        if path.suffix.lower() in EXTENSIONS:
            yield Incoming(path, name)


def _visible(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files of a folder and their names below it, without hidden ones and lock files."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        hidden = any(part.startswith((".", "~$")) for part in relative.parts)
        if not hidden and path.is_file():
            yield path, _name(relative.as_posix())


def _name(relative: str) -> str:
    return unicodedata.normalize("NFC", relative)


def keep(path: Path, source_file: str, inbox: Path) -> None:
    """Copies a file into inbox/; a different file of that name is kept under .replaced/ first."""
    target = inbox / PurePosixPath(source_file)
    if path.resolve() == target.resolve():
        return
    content = path.read_bytes()
    if target.is_file() and (old := target.read_bytes()) != content:
        stem = hashlib.sha256(old).hexdigest()[:12]
        write_whole(inbox / _REPLACED / f"{stem}-{target.name}", old)
    write_whole(target, content)
