"""A look at the XML of an xlsx before it is read: far cells, errors, formulas never computed, hidden rows, long numbers.

The reader proper aborts the process over a 2 KB file with one far cell, and turns errors into blanks without a word.
Every byte is looked at a bounded number of times, whatever the sheet holds.
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.limits import Limits
from dibao_lib.evidence.zip_check import chunks

_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384
_TAG = r"<(?:\w+:)?{}\b([^>]*)>"
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_REFERENCE = re.compile(rb'\br="([A-Za-z]+)(\d+)"')
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_TYPE = re.compile(rb'\bt="(\w+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)")


@dataclass(slots=True)
class SheetScan:
    """What the XML of one sheet says beyond its values.

    Args:
        errors: (row, column) -> error text or '公式未计算'.
        formulas: number of formulas, whose saved results are what gets read.
        hidden_rows: number of rows hidden or filtered out of view.
        long_numbers: number of numeric cells of which the XML holds 16 digits or more.
        disordered: number of the first row that comes a second time, or after a later one; 0 when none does.
        marks: sentences about colour and strike-through.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: int = 0
    hidden_rows: int = 0
    long_numbers: int = 0
    rows_seen: int = 0
    last_row: int = 0
    last_column: int = 0
    last_number: int = 0
    disordered: int = 0
    marks: tuple[str, ...] = ()


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> zip part, as the workbook's relationships say; empty when there is no workbook part."""
    names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
    workbook = next(
        (target for kind, target in _targets(archive, names, "") if kind == "officeDocument"), "xl/workbook.xml"
    )
    if workbook.lower() not in names:
        return {}
    by_id = {key: target for key, target in _targets(archive, names, workbook, by_id=True)}
    parts = {}
    for found in re.finditer(_TAG.format("sheet"), _xml(archive, names[workbook.lower()])):
        attributes = dict(_ATTRIBUTE.findall(found[1]))
        target = by_id.get(next((v for k, v in attributes.items() if k.endswith(":id")), ""), "")
        if target.lower() in names:
            parts[html.unescape(attributes.get("name", ""))] = names[target.lower()]
    return parts


def _targets(
    archive: zipfile.ZipFile, names: dict[str, str], part: str, by_id: bool = False
) -> Iterator[tuple[str, str]]:
    folder, file = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{file}.rels").lower()
    if relations not in names:
        return
    for found in re.finditer(_TAG.format("Relationship"), _xml(archive, names[relations])):
        attributes = dict(_ATTRIBUTE.findall(found[1]))
        target = attributes.get("Target", "").replace("\\", "/")
        resolved = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        yield attributes.get("Id", "") if by_id else attributes.get("Type", "").rpartition("/")[2], resolved


def _xml(archive: zipfile.ZipFile, name: str) -> str:
    return archive.read(name).decode("utf-8", "replace")


def scan_sheet(archive: zipfile.ZipFile, part: str, sheet: str, limits: Limits) -> SheetScan:
    """Streams one sheet's XML.

    Raises:
        InputRefused: a cell lies outside a sheet, or the used area or one row is too large to read.
    """
    scan, tail, patterns = SheetScan(), b"", None
    for chunk in chunks(archive, part):
        buffer = tail + chunk
        patterns = patterns or _Patterns.of(buffer)
        end = buffer.rfind(patterns.row_end)
        cut = end + len(patterns.row_end) if end >= 0 else 0
        if len(buffer) - cut > limits.line_bytes:
            raise InputRefused(f"工作表“{sheet}”有一行内容异常庞大，不予读取。请重新从原系统导出后再报。")
        patterns.look(buffer[:cut], scan)
        tail = buffer[cut:]
        _reject_extent(scan, sheet, limits)
    if patterns:
        patterns.look(tail, scan)
    _reject_extent(scan, sheet, limits)
    return scan


def _reject_extent(scan: SheetScan, sheet: str, limits: Limits) -> None:
    if scan.disordered:
        raise InputRefused(
            f"工作表“{sheet}”的第{scan.disordered}行重复出现或次序颠倒，读出来会丢行。"
            "请用 Excel 或 WPS 打开后另存为新文件再报。"
        )
    if scan.last_row > _MAX_ROW or scan.last_column > _MAX_COLUMN:
        raise InputRefused(
            f"工作表“{sheet}”有单元格的位置超出范围，文件不正常。请用 Excel 或 WPS 打开后另存为新文件再报。"
        )
    if scan.last_row * scan.last_column > limits.cells:
        raise InputRefused(
            f"工作表“{sheet}”的内容一直延伸到第{scan.last_row}行、第{scan.last_column}列，不予读取。"
            "请删除表格以外的多余单元格后再报。"
        )


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Byte patterns for one namespace prefix; each begins with a literal so that the search runs at memory speed."""

    row_end: bytes
    row_start: bytes
    cell_start: bytes
    value_ends: tuple[bytes, bytes]
    formulas: tuple[bytes, bytes]
    far: re.Pattern[bytes]
    hidden: re.Pattern[bytes]
    numbered: re.Pattern[bytes]
    long: re.Pattern[bytes]
    events: tuple[re.Pattern[bytes], ...]

    @classmethod
    def of(cls, beginning: bytes) -> _Patterns:
        root = re.search(rb"<(\w+:)?worksheet\b", beginning)
        p = re.escape(root[1]) if root and root[1] else b""
        plain = p.replace(b"\\", b"")
        blank = rb"(?:<" + p + rb"v\s?/>|<" + p + rb"v\b[^<>]{0,60}></" + p + rb"v>)?</" + p + rb"c>"
        return cls(
            row_end=b"</" + plain + b"row>",
            row_start=b"<" + plain + b"row",
            cell_start=b"<" + plain + b"c",
            value_ends=(b"</" + plain + b"v>", b"</" + plain + b"is>"),
            formulas=(b"<" + plain + b"f>", b"<" + plain + b"f "),
            # only cells that hold something: the reader leaves out empty ones that merely carry a style
            far=re.compile(rb' r="([A-Z]{3,})(\d+)"[^<>]{0,200}(?<!/)>\s{0,20}<'),
            hidden=re.compile(rb"<" + p + rb'row [^<>]{0,300}?\bhidden="(?:1|true)"'),
            numbered=re.compile(rb"<" + p + rb'row [^<>]{0,300}?\br="(\d+)"'),
            long=re.compile(rb"<" + p + rb"v>\d{16,}</" + p + rb"v>"),
            events=(
                re.compile(rb' t="e"'),
                re.compile(rb"</" + p + rb"f>" + blank),
                re.compile(rb"<" + p + rb"f\b[^<>]{0,300}/>" + blank),
            ),
        )

    def look(self, buffer: bytes, scan: SheetScan) -> None:
        """Takes down what a buffer of whole rows holds."""
        if not buffer:
            return
        has_formulas = any(opening in buffer for opening in self.formulas)
        if has_formulas:
            scan.formulas += sum(buffer.count(opening) for opening in self.formulas)
        if b"hidden=" in buffer:
            scan.hidden_rows += sum(1 for _ in self.hidden.finditer(buffer))
        scan.long_numbers += sum(1 for _ in self.long.finditer(buffer))
        self._order(buffer, scan)
        self._extent(buffer, scan)
        if has_formulas or b' t="e"' in buffer:
            self._errors(buffer, scan, self.events if has_formulas else self.events[:1])
        scan.rows_seen += buffer.count(self.row_end)

    def _order(self, buffer: bytes, scan: SheetScan) -> None:
        """Rows must rise: of two with one number the reader keeps the last, and nobody would know."""
        numbers = [scan.last_number, *(_number(digits) for digits in self.numbered.findall(buffer))]
        if not scan.disordered:
            scan.disordered = next((later for earlier, later in pairwise(numbers) if later <= earlier), 0)
        scan.last_number = numbers[-1]

    def _extent(self, buffer: bytes, scan: SheetScan) -> None:
        end = max(buffer.rfind(ending) for ending in self.value_ends)
        if end >= 0 and (last := _REFERENCE.search(buffer, max(buffer.rfind(self.cell_start, 0, end), 0), end)):
            scan.last_row = max(scan.last_row, _number(last[2]))
            scan.last_column = max(scan.last_column, _column(last[1]))
        for found in self.far.finditer(buffer):
            scan.last_row = max(scan.last_row, _number(found[2]))
            scan.last_column = max(scan.last_column, _column(found[1]))

    def _errors(self, buffer: bytes, scan: SheetScan, events: tuple[re.Pattern[bytes], ...]) -> None:
        """Parses each row in which something happens once, from its start to its end."""
        parsed_to, number = 0, scan.rows_seen
        for position in sorted(found.start() for event in events for found in event.finditer(buffer)):
            if position < parsed_to:
                continue
            start = max(buffer.rfind(self.row_start, parsed_to, position), parsed_to)
            number += buffer.count(self.row_end, parsed_to, start)
            end = buffer.find(self.row_end, position)
            parsed_to = end if end >= 0 else len(buffer)
            named = _ROW_NUMBER.search(buffer, start, max(buffer.find(b">", start, parsed_to), start))
            scan.errors.update(self._row_errors(buffer[start:parsed_to], _number(named[1]) if named else number + 1))

    def _row_errors(self, row: bytes, number: int) -> Iterator[tuple[tuple[int, int], str]]:
        column = -1
        for piece in row.split(self.cell_start)[1:]:
            if piece[:1] not in b" >/":
                continue
            attributes, _, content = piece.partition(b">")
            reference = _REFERENCE.search(attributes)
            column = _column(reference[1]) - 1 if reference else column + 1
            if problem := self._problem(attributes, content):
                yield (number - 1, column), problem

    def _problem(self, attributes: bytes, content: bytes) -> str:
        kind = _TYPE.search(attributes)
        value = _VALUE.search(content)
        if kind and kind[1] == b"e":
            return value[1].decode("utf-8", "replace") if value else "错误值"
        has_formula = any(opening in content for opening in self.formulas)
        return "公式未计算" if has_formula and not (value and value[1]) and not (kind and kind[1] == b"str") else ""


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) < 9 else _MAX_ROW + 1


def _column(letters: bytes) -> int:
    if len(letters) > 3:
        return _MAX_COLUMN + 1
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
