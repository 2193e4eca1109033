"""Whether a finished report still says what its inputs say: a digest of all that decides its content."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

import dibao_lib

MARKER = ".done.json"


def digest(inputs: Iterable[Path], extra: Mapping[str, str]) -> str:
    """SHA-256 over names and bytes of the inputs and over `extra`.

    Args:
        inputs: files (notebook, data, templates), in any order; their folders do not matter, their names do.
        extra: whatever else decides the content: parameters as text, formats, `versions()`, digests of other inputs.
    """
    files = [(path.name, _sha256(path)) for path in sorted(inputs)]
    text = json.dumps([files, sorted(extra.items())], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def versions() -> dict[str, str]:
    """Versions of the packages a report is made with, and a digest of this package's own sources; ask once a batch."""
    needed = [re.match(r"[\w.-]+", line) for line in metadata.requires("dibao-workbench") or () if ";" not in line]
    packages = {name[0]: metadata.version(name[0]) for name in needed if name}
    sources = sorted(Path(dibao_lib.__file__).parent.rglob("*.py"))
    own = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    return packages | {"dibao_lib": own}


def seal(folder: Path, digest: str) -> None:
    """Writes the completion marker, the last file of a report folder: its digest and that of every file."""
    files = {path.relative_to(folder).as_posix(): _sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()}
    text = json.dumps({"digest": digest, "files": files}, ensure_ascii=False, indent=1)
    (folder / MARKER).write_text(text, encoding="utf-8")


def is_current(folder: Path, digest: str) -> bool:
    """True when the folder was finished from exactly these inputs and has lost none of its files."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return marker["digest"] == digest and all((folder / name).is_file() for name in marker["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def changed(folder: Path) -> list[str]:
    """The files of a finished report that are missing or are not what was written; its marker when that is damaged."""
    try:
        files = dict(json.loads((folder / MARKER).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return [MARKER]
    return [name for name, sha256 in files.items() if not (folder / name).is_file() or _sha256(folder / name) != sha256]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
