"""Cell formats, column widths and drop-down lists of a blank form, by the kind of its fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from math import ceil
from typing import Any

from dibao_lib.evidence.form import Field, Kind

_TEXT_FONT, _HEAD_FONT, _TITLE_FONT = "宋体", "黑体", "方正小标宋简体"
_FORMATS = {Kind.MONEY: "0.00", Kind.INT: "0", Kind.NUMBER: "General", Kind.DATE: "yyyy-mm-dd"}
_WIDTHS = {
    Kind.TEXT: 15.0,
    Kind.NAME: 9.0,
    Kind.CODE: 12.0,
    Kind.PID: 20.0,
    Kind.MONEY: 10.0,
    Kind.INT: 6.0,
    Kind.BOOL: 8.0,
    Kind.DATE: 11.5,
    Kind.MONTH: 9.5,
    Kind.CHOICE: 9.0,
    Kind.LIST: 15.0,
    Kind.VILLAGE: 18.0,
    Kind.TOWNSHIP: 12.0,
}
# beyond so many pages' width a form is printed too small to read, so its columns give way
_CROWDED = 1.2
_WIDEST_CROWDED = {Kind.INT: 5.0, Kind.TEXT: 10.0, Kind.LIST: 11.0, Kind.CHOICE: 7.0, Kind.BOOL: 6.0, Kind.CODE: 11.0}
# Excel's own limit on a list written into the rule
_LONGEST_LIST = 255
_LINE = 14.5


class Looks:
    """Cell formats of one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:  # noqa: D107
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def _format(self, **properties: Any) -> Any:
        base = {"font_name": _TEXT_FONT, "font_size": 11, "valign": "vcenter", "text_wrap": True, "num_format": "@"}
        wanted = base | properties
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(wanted)
        return self._made[key]

    def title(self) -> Any:
        """The line with the form's name."""
        return self._format(font_name=_TITLE_FONT, font_size=20, align="center")

    def label(self) -> Any:
        """填报单位： and its like."""
        return self._format(align="right", text_wrap=False)

    def blank_line(self, kind: Kind) -> Any:
        """The place to fill in behind a label."""
        return self._format(bottom=1, locked=False, align="left", num_format=_FORMATS.get(kind, "@"))

    def head(self) -> Any:
        """A header cell."""
        return self._format(font_name=_HEAD_FONT, border=1, align="center", bg_color="#F2F2F2")

    def blank(self, kind: Kind) -> Any:
        """A cell to fill in."""
        side = "right" if kind in {Kind.MONEY, Kind.INT, Kind.NUMBER} else "center"
        side = "left" if kind in {Kind.TEXT, Kind.LIST} else side
        return self._format(border=1, locked=False, align=side, num_format=_FORMATS.get(kind, "@"))

    def printed(self) -> Any:
        """A cell that is filled in already."""
        return self._format(border=1, align="center")

    def total(self, kind: Kind) -> Any:
        """A cell of the line of sums."""
        return self._format(border=1, align="right", num_format=_FORMATS.get(kind, "@"))

    def remark(self) -> Any:
        """Notes and signature lines below the table."""
        return self._format(font_size=10.5, align="left")


def widths_of(columns: Sequence[tuple[Field, str]], page: float) -> list[float]:
    """Widths of columns: what their values need and their header in three lines; in a wide form, in five lines.

    Args:
        columns: declaration and lowest label of each.
        page: width of the page; a narrower table is spread over it.
    """
    widths = [_width(one, label, 3) for one, label in columns]
    if sum(widths) > page * _CROWDED:
        widths = [min(_width(one, label, 5), _WIDEST_CROWDED.get(one.kind, 99.0)) for one, label in columns]
    factor = max(1.0, page / sum(widths))
    return [width * factor for width in widths]


def _width(one: Field, label: str, lines: int) -> float:
    return max(_WIDTHS.get(one.kind, 12.0), ceil(max(map(len, label.split("\n"))) / lines) * 2 + 1.5)


def lines_of(text: str, width: float) -> int:
    """Lines a text takes in a cell so many digits wide."""
    room = max(2.0, width - 1)
    return sum(max(1, ceil(sum(2 if char > "\u2e7f" else 1 for char in part) / room)) for part in text.split("\n"))


def height_of(lines: int) -> float:
    """Height of a row of so many lines."""
    return max(20.0, _LINE * lines + 6)


def rule_of(one: Field, townships: tuple[str, ...]) -> dict[str, Any] | None:
    """What Excel checks when somebody types into a column; None when anything may be written."""
    if one.kind is Kind.DATE:
        return _refusing("date", "between", dt.date(1950, 1, 1), dt.date(2099, 12, 31), "请填写日期，如2011-04-30。")
    if one.kind is Kind.INT:
        return _refusing("integer", "between", 0, 10_000_000, "请填写不小于0的整数。")
    if one.kind in {Kind.MONEY, Kind.NUMBER}:
        return _refusing("decimal", "between", 0, 10**11, "请只填数字，不写单位。")
    if one.kind is Kind.PID:
        return _refusing("length", "between", 15, 18, "公民身份号码应为18位。")
    if words := _words(one, townships):
        return {
            "validate": "list",
            "source": list(words),
            "error_title": "不在选项内",
            "error_message": "请从下拉列表中选择。",
            "error_type": "warning" if one.open else "stop",
        }
    return None


def _words(one: Field, townships: tuple[str, ...]) -> tuple[str, ...]:
    words: tuple[str, ...] = ()
    if one.kind is Kind.BOOL:
        words = tuple(spellings[0] for spellings in one.choices.values()) or ("是", "否")
    elif one.kind is Kind.CHOICE:
        words = tuple(one.choices)
    elif one.kind is Kind.TOWNSHIP:
        words = townships
    return words if len(",".join(words)) <= _LONGEST_LIST else ()


def _refusing(validate: str, criteria: str, low: Any, high: Any, message: str) -> dict[str, Any]:
    return {
        "validate": validate,
        "criteria": criteria,
        "minimum": low,
        "maximum": high,
        "error_title": "填写有误",
        "error_message": message,
    }
