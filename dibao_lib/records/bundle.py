"""What lies inside a package: a manifest, then files one after the other; data only, never a notebook or a program."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from dibao_lib.errors import InputRefused
from dibao_lib.plan import Plan
from dibao_lib.records.canonical import canonical
from dibao_lib.records.keys import Card, Keys
from dibao_lib.records.sealing import seal, unseal

SUFFIX = ".低保交接"
# what may be in a package, and under which names
_NAMES = re.compile(
    r"plan\.toml|findings\.parquet|evidence/(manifest\.json|[a-z_]{1,40}\.parquet)"
    r'|draws/[^\\/:*?"<>|.][^\\/:*?"<>|]{0,99}\.json|records/(events|checkpoints)\.json|attachments/[0-9a-f]{64}'
)
_LARGEST_MANIFEST = 64 << 20


@dataclass(frozen=True, slots=True)
class About:
    """What a package is: `package` for a team (evidence, leads, draws) or `records`; of which campaign; made when."""

    purpose: str
    campaign: str
    sender: str
    reader: str
    made: str


@dataclass(frozen=True, slots=True)
class Content:
    """An opened package: its sender and its files by name, as (start, size, sha256) in `file`."""

    name: str
    about: About
    sender: Card
    files: Mapping[str, tuple[int, int, str]]
    file: IO[bytes]

    def read(self, name: str) -> bytes:
        """The bytes of one file, empty when it is not there."""
        start, size, _ = self.files.get(name, (0, 0, ""))
        self.file.seek(start)
        return self.file.read(size)


def campaign(plan: Plan) -> str:
    """What tells one campaign from another: place, plan and year."""
    return f"{plan.place.code}/{plan.id}/{plan.year}"


def write_bundle(
    target: Path,
    purpose: str,
    plan: Plan,
    files: Mapping[str, bytes | Path],
    keys: Keys,
    reader: Card,
    now: dt.datetime,
) -> None:
    """Makes a package.

    Args:
        target: where; its name ends in SUFFIX.
        purpose: `package` or `records`.
        plan: of the campaign.
        files: name in the package -> content, or the file that holds it.
        keys: the sender's.
        reader: who may read it.
        now: when.
    """
    about = About(purpose, campaign(plan), keys.card.id, reader.id, now.isoformat(timespec="seconds"))
    entries = [(name, *_measured(content)) for name, content in files.items()]
    head = canonical({**asdict(about), "files": [list(entry) for entry in entries]}).encode()

    def write(plain: IO[bytes]) -> None:
        plain.write(len(head).to_bytes(8, "big") + head)
        for content in files.values():
            _copy(content, plain)

    seal(write, target, keys, reader)


def _measured(content: bytes | Path) -> tuple[int, str]:
    if isinstance(content, bytes):
        return len(content), hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return content.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _copy(content: bytes | Path, target: IO[bytes]) -> None:
    if isinstance(content, bytes):
        target.write(content)
        return
    with content.open("rb") as file:
        shutil.copyfileobj(file, target, 1 << 20)


@contextmanager
def open_bundle(path: Path, keys: Keys, near: Path) -> Iterator[Content]:
    """A package, checked to the last byte.

    Args:
        path: the package.
        keys: the reader's.
        near: a folder on the disk that may hold the decrypted bytes, in a file without a name.

    Raises:
        InputRefused: it is not sound, not for this reader, or holds what no package may hold.
    """
    with tempfile.TemporaryFile(dir=near) as plain:
        sender = unseal(path, keys, plain)
        try:
            about, files = _manifest(plain)
        except (ValueError, KeyError, TypeError):
            raise _unfit(path.name) from None
        if (about.sender, about.reader) != (sender.id, keys.card.id):
            raise InputRefused(f"{path.name} 里外的发件人或收件人不一致，是转手重封的，没有采用。请向发件人核实。")
        _reject_changed(path.name, plain, files)
        yield Content(path.name, about, sender, files, plain)


def _manifest(plain: IO[bytes]) -> tuple[About, dict[str, tuple[int, int, str]]]:
    length = int.from_bytes(plain.read(8), "big")
    if length > _LARGEST_MANIFEST:
        raise ValueError(length)
    data: dict[str, Any] = json.loads(plain.read(length))
    entries: Sequence[tuple[str, int, str]] = data.pop("files")
    files, start = {}, 8 + length
    for name, size, sha256 in entries:
        if not _NAMES.fullmatch(name) or name in files or type(size) is not int or size < 0:
            raise ValueError(name)
        files[name] = (start, size, sha256)
        start += size
    if plain.seek(0, 2) != start:
        raise ValueError(start)
    return About(**{key: str(value) for key, value in data.items()}), files


def _reject_changed(name: str, plain: IO[bytes], files: Mapping[str, tuple[int, int, str]]) -> None:
    for start, size, sha256 in files.values():
        plain.seek(start)
        counted = hashlib.sha256()
        while size:
            piece = plain.read(min(size, 1 << 20))
            size -= len(piece)
            counted.update(piece)
        if counted.hexdigest() != sha256:
            raise _unfit(name)


def _unfit(name: str) -> InputRefused:
    return InputRefused(f"{name} 里面的内容不是交接包应有的样子，没有采用。请对方升级软件后重新打包。")


def reject_foreign(content: Content, plan: Plan, purpose: str) -> None:
    """Lets through a package of this campaign and of the purpose asked for.

    Raises:
        InputRefused: it is of another campaign, or of another kind.
    """
    if content.about.campaign != campaign(plan):
        raise InputRefused(f"{content.name} 属于另一个地方或年度的治理项目，没有采用。请核对工作区和文件。")
    if content.about.purpose != purpose:
        told = {
            "records": "是下发的工作包，不是记录。请用 dibao bundle open 打开到新的文件夹。",
            "package": "是上交的记录，不是工作包。请用 dibao merge 并入。",
        }
        raise InputRefused(f"{content.name} {told[purpose]}")
