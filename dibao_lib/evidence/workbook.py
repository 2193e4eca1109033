"""A file of any accepted kind -> its sheets of raw cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.cell import RawSheet
from dibao_lib.evidence.delimited import read_delimited
from dibao_lib.evidence.limits import Limits
from dibao_lib.evidence.markup import read_markup
from dibao_lib.evidence.ole import read_ole
from dibao_lib.evidence.sniff import FileKind, sniff
from dibao_lib.evidence.zipped import read_zipped

_Reader = Callable[[Path, Limits], list[RawSheet]]
_READERS: dict[FileKind, _Reader] = {
    FileKind.ZIP: read_zipped,
    FileKind.OLE: read_ole,
    FileKind.BIFF: read_ole,
    FileKind.HTML: read_markup,
    FileKind.TEXT: read_delimited,
}
_USUAL = {
    FileKind.ZIP: (".xlsx", ".xlsm", ".xlsb", ".ods"),
    FileKind.OLE: (".xls", ".et"),
    FileKind.BIFF: (".xls",),
    FileKind.HTML: (".htm", ".html"),
    FileKind.TEXT: (".csv", ".tsv", ".txt"),
}
_MISNAMED = {
    FileKind.ZIP: "新版工作簿",
    FileKind.OLE: "旧版 xls 工作簿",
    FileKind.BIFF: "旧版 xls 工作簿",
    FileKind.HTML: "网页表格",
    FileKind.TEXT: "文本表格",
}


@dataclass(frozen=True, slots=True)
class Workbook:
    """What lies in a file, and what about the file itself a person should know."""

    sheets: list[RawSheet]
    notes: tuple[str, ...] = ()


def read_workbook(path: Path, limits: Limits) -> Workbook:
    """All sheets of a file, told apart by its first bytes and not by its name.

    Raises:
        InputRefused: no table can be read from it; the sentence says why and does not name the file.
    """
    if path.stat().st_size > limits.file_bytes:
        raise InputRefused(f"文件超过{limits.file_bytes >> 20}MB，不予读取。请拆分成几个文件后再报。")
    with path.open("rb") as file:
        kind = sniff(file.read(512))
    if kind is FileKind.EMPTY:
        raise InputRefused("文件是空的。请重新导出或重新复制后再报。")
    if kind is FileKind.FOREIGN:
        raise InputRefused("不是 Excel 工作簿或文本表格，无法读取。请另存为 xlsx 后再报。")
    notes: tuple[str, ...] = ()
    if path.suffix.lower() not in _USUAL[kind]:
        notes = (f"扩展名是{path.suffix or '空的'}，内容其实是{_MISNAMED[kind]}，已按内容读取",)
    sheets = _READERS[kind](path, limits)
    for sheet in sheets:
        _reject_wide(sheet, limits)
    return Workbook(sheets, notes)


def _reject_wide(sheet: RawSheet, limits: Limits) -> None:
    """Cells that do not say where they stand are laid side by side without end."""
    width = len(sheet.rows[0]) if sheet.rows else 0
    if width > limits.columns:
        where = f"工作表“{sheet.name}”" if sheet.name else "表格"
        raise InputRefused(f"{where}有{width:,}列，超出可读取的范围。请删除表格以外的多余内容后再报。")
