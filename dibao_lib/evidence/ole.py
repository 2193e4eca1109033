"""Old .xls workbooks, read by xlrd: the faster reader garbles Chinese text of Excel 5 and 95 without a word."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import xlrd
from xlrd.xldate import xldate_as_datetime

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.cell import Cell, RawSheet
from dibao_lib.evidence.limits import Limits

_PASSWORD = "文件有密码，无法读取。请取消密码后重新保存再报。"
_DAMAGED = "不是完好的 xls 工作簿，无法读取。请用 Excel 或 WPS 打开后另存为 xlsx 再报。"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DATE, _BOOL, _ERROR = xlrd.XL_CELL_DATE, xlrd.XL_CELL_BOOLEAN, xlrd.XL_CELL_ERROR


def read_ole(path: Path, limits: Limits) -> list[RawSheet]:
    """All worksheets of an .xls file.

    Raises:
        InputRefused: encrypted, damaged, or no workbook.
    """
    content = path.read_bytes()
    if _ENCRYPTED_PACKAGE in content:
        raise InputRefused(_PASSWORD)
    try:
        book = _opened(content)
        return [_sheet(book, sheet) for sheet in book.sheets()]
    except InputRefused:
        raise
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001
        # xlrd raises whatever the damaged bytes happen to break
        raise InputRefused(_PASSWORD if "encrypted" in str(error).lower() else _DAMAGED) from None


def _opened(content: bytes) -> Any:
    """The book with merged cells where the format allows; text without a code page is GBK in these offices."""
    options: dict[str, Any] = {"file_contents": content, "logfile": io.StringIO()}
    try:
        book = xlrd.open_workbook(formatting_info=True, **options)
    except NotImplementedError:
        book = xlrd.open_workbook(**options)
    if book.biff_version < 80 and not book.codepage:
        book = xlrd.open_workbook(encoding_override="gb18030", **options)
    return book


def _sheet(book: Any, sheet: Any) -> RawSheet:
    errors: dict[tuple[int, int], str] = {}
    rows = [[_cell(book, sheet, r, c, errors) for c in range(sheet.ncols)] for r in range(sheet.nrows)]
    hidden = sum(1 for info in sheet.rowinfo_map.values() if info.hidden)
    return RawSheet(
        name=sheet.name,
        rows=rows,
        merged=tuple((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells),
        errors=errors,
        hidden=sheet.visibility != 0,
        notes=(f"有{hidden}行被隐藏或筛选掉，也已读取",) if hidden else (),
    )


def _cell(book: Any, sheet: Any, row: int, column: int, errors: dict[tuple[int, int], str]) -> Cell:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == _DATE:
        return _date(value, book.datemode, errors, (row, column))
    if kind == _BOOL:
        return bool(value)
    if kind == _ERROR:
        errors[row, column] = xlrd.error_text_from_code.get(value, "错误值")
        return ""
    return value if isinstance(value, str | float) else ""


def _date(value: float, datemode: int, errors: dict[tuple[int, int], str], place: tuple[int, int]) -> Cell:
    try:
        moment: dt.datetime = xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError):
        errors[place] = "日期超出范围"
        return ""
    return moment.date() if moment.time() == dt.time() else moment
