"""The directory and checksums of a zipped workbook, looked at before any reader unpacks it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.limits import Limits

CHUNK = 1 << 20
# no office program writes one into a workbook
_DECLARATION = b"<!DOCTYPE"
_ENTITIES = "文件里有实体声明，会引用外部内容，不予读取。请用 Excel 或 WPS 打开后另存为新文件再报。"
_DAMAGED = "文件不完整或已损坏，无法打开。请重新复制或重新导出后再报。"


@contextmanager
def opened_zip(path: Path, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The archive, once its directory has been found harmless; damage met while reading it is refused too.

    Raises:
        InputRefused: damaged, encrypted, duplicate parts, or larger than the limits when unpacked.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _reject_directory(archive, limits)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError):
        raise InputRefused(_DAMAGED) from None


def _reject_directory(archive: zipfile.ZipFile, limits: Limits) -> None:
    parts = archive.infolist()
    if len({part.filename for part in parts}) < len(parts):
        raise InputRefused("文件内部有重名的部件，内容不可信。请用 Excel 或 WPS 打开后另存为新文件再报。")
    if any(part.flag_bits & 1 for part in parts):
        raise InputRefused("文件有密码，无法读取。请取消密码后重新保存再报。")
    if unpacked_bytes(archive) > limits.unpacked_bytes:
        raise InputRefused(
            f"文件解压后超过{limits.unpacked_bytes >> 20}MB，不予读取。请拆分成几个文件或删除多余内容后再报。"
        )
    for part in parts:
        if part.file_size > limits.ratio_from_bytes and part.file_size > limits.ratio * max(part.compress_size, 1):
            raise InputRefused("文件解压后异常膨胀，疑似压缩炸弹，不予读取。请重新从原系统导出后再报。")


def unpacked_bytes(archive: zipfile.ZipFile) -> int:
    """Size of all parts as the directory states it."""
    return sum(part.file_size for part in archive.infolist())


def chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The unpacked content of one part, a megabyte at a time; its checksum is verified at the end.

    Raises:
        InputRefused: it declares entities, by which text is pulled in from elsewhere or multiplied.
    """
    is_text, tail = not name.lower().endswith(".bin"), b""
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            if is_text and (_DECLARATION in chunk or _DECLARATION in tail + chunk[: len(_DECLARATION)]):
                raise InputRefused(_ENTITIES)
            tail = chunk[-len(_DECLARATION) :]
            yield chunk


def verify_parts(archive: zipfile.ZipFile, done: frozenset[str]) -> None:
    """Reads every part that carries cells or styles and has not been read yet, for its checksum alone."""
    for name in archive.namelist():
        if name not in done and name.lower().endswith((".xml", ".rels", ".bin")):
            for _ in chunks(archive, name):
                pass
