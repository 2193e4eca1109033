"""What a file really is, told by its first bytes and not by its name."""

from __future__ import annotations

from enum import Enum


class FileKind(Enum):
    """Kinds of file that are read in different ways, or not at all."""

    # xlsx, xlsm, xlsb, ods
    ZIP = "压缩工作簿"
    # xls inside an OLE container; also password-protected xlsx
    OLE = "xls"
    # xls of Excel 2 to 4: bare records
    BIFF = "早期xls"
    HTML = "网页表格"
    TEXT = "文本"
    EMPTY = "空文件"
    FOREIGN = "其他"


_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")


def sniff(head: bytes) -> FileKind:
    """The kind of a file that begins with these bytes (512 are enough)."""
    if not head.strip(b"\x00 \t\r\n"):
        return FileKind.EMPTY
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return FileKind.ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return FileKind.OLE
    if head.startswith(_BIFF):
        return FileKind.BIFF
    if head.startswith(_FOREIGN):
        return FileKind.FOREIGN
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FileKind.TEXT
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return FileKind.HTML
    return FileKind.FOREIGN if b"\x00" in head else FileKind.TEXT
