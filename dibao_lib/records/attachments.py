"""Photos, recordings and scans: received in acknowledged chunks, stored beside the log under their SHA-256."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.snapshots import flush_folder
from dibao_lib.records.identifiers import new_id
from dibao_lib.workspace import Inspection

__all__ = ["Attachments", "new_id"]

FOLDER = "attachments"
LARGEST = 30 << 20
_UPLOADS = ".uploads"
_DONE = ".done"
_STALE = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Attachments:
    """The attachments of a workspace; a file's name is its content's SHA-256, so it cannot change."""

    folder: Path

    @classmethod
    def open(cls, ins: Inspection) -> Attachments:
        """The attachments of a workspace."""
        return cls(ins.folder / FOLDER)

    def chunk(self, upload_id: str, offset: int, data: bytes) -> int:
        """Stores a piece of an upload and returns how many bytes are held; a piece that comes twice changes nothing.

        Raises:
            InputRefused: the piece leaves a gap, the file is too large, or the disk is full.
        """
        path = self._upload(upload_id)
        held = path.stat().st_size if path.is_file() else 0
        if not 0 <= offset <= held:
            raise InputRefused(f"附件上传中断：已收到{held}字节，又收到从第{offset}字节起的内容。请重新选择该附件。")
        if offset + len(data) > LARGEST:
            raise InputRefused(f"附件超过{LARGEST >> 20}兆字节，没有保存。请压缩图片或截短录音后再选择。")
        with _room():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("r+b" if held else "wb") as file:
                file.seek(offset)
                file.write(data)
        return max(held, offset + len(data))

    def finish(self, upload_id: str, size: int) -> str:
        """Puts a complete upload in its place and returns its SHA-256; asked twice, answers the same.

        Raises:
            InputRefused: bytes are missing.
        """
        path = self._upload(upload_id)
        done = path.with_suffix(_DONE)
        if done.is_file():
            return done.read_text(encoding="ascii")
        held = path.stat().st_size if path.is_file() else 0
        if held != size or not size:
            raise InputRefused(f"附件没有收完整：应有{size}字节，收到{held}字节。请重新选择该附件。")
        sha256 = _sha256(path)
        with _room():
            done.write_text(sha256, encoding="ascii")
            self.adopt(path, sha256)
        return sha256

    def adopt(self, path: Path, sha256: str) -> None:
        """Moves a file into its place, durably; an equal one that is there already stays."""
        target = self.path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        path.replace(target)
        flush_folder(target.parent)

    def path(self, sha256: str) -> Path:
        """Where the file of a SHA-256 lies.

        Raises:
            InputRefused: this is no SHA-256.
        """
        if not re.fullmatch("[0-9a-f]{64}", sha256):
            raise InputRefused("附件编号不对，应为64位十六进制数字。请重新选择该附件。")
        return self.folder / sha256[:2] / sha256

    def damaged(self, wanted: Collection[str]) -> list[str]:
        """Those of the wanted files that are missing or are not what their name says."""
        return [name for name in sorted(wanted) if not self.path(name).is_file() or _sha256(self.path(name)) != name]

    def sweep(self, now: dt.datetime | None = None, wanted: Collection[str] | None = None) -> int:
        """Removes uploads nobody finished within two days and, if told which files records refer to, all others.

        Args:
            now: the time; the system's when left out.
            wanted: SHA-256 of every file that a record refers to; None leaves finished files alone.
        """
        limit = ((now or dt.datetime.now()) - _STALE).timestamp()
        uploads = (self.folder / _UPLOADS).glob("*")
        files = [path for path in uploads if path.stat().st_mtime < limit]
        if wanted is not None:
            stored = self.folder.glob("[0-9a-f][0-9a-f]/*")
            files += [path for path in stored if path.name not in wanted and path.stat().st_mtime < limit]
        for path in files:
            path.unlink(missing_ok=True)
        return len(files)

    def _upload(self, upload_id: str) -> Path:
        if not re.fullmatch("[A-Za-z0-9-]{8,64}", upload_id):
            raise InputRefused("附件上传编号不对，没有保存。请刷新页面后重新选择该附件。")
        return self.folder / _UPLOADS / upload_id


@contextmanager
def _room() -> Iterator[None]:
    """Says in a sentence that a file could not be written."""
    try:
        yield
    except OSError as error:
        told = "磁盘已满" if error.errno in (errno.ENOSPC, errno.EFBIG) else "文件夹写不进去"
        raise InputRefused(
            f"附件没有保存：{told}。请腾出空间或核对权限后重新选择该附件；已保存的记录没有受影响。"
        ) from None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
