"""What blocks are made of: runs of text, the cells and columns of a table, a picture's size; all of it clean text."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dibao_lib.errors import ReportFailed
from dibao_lib.report.text import clean

Align: TypeAlias = Literal["left", "center", "right"]
_PNG = b"\x89PNG\r\n\x1a\n"


def clean_fields(record: object, *names: str) -> None:
    """Replace text fields of a frozen record, while it is made, by what every format can hold."""
    for name in names:
        object.__setattr__(record, name, clean(getattr(record, name)))


def png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG in pixels, or None when the data is none."""
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    return (width, height) if data.startswith(_PNG) and width and height else None


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph."""

    text: str
    bold: bool = False

    def __post_init__(self) -> None:  # noqa: D105
        clean_fields(self, "text")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `fill` is a colour as six hexadecimal digits."""

    text: str
    rowspan: int = 1
    colspan: int = 1
    align: Align | None = None
    bold: bool = False
    fill: str = ""

    def __post_init__(self) -> None:  # noqa: D105
        clean_fields(self, "text")
        if self.fill and not re.fullmatch("[0-9A-Fa-f]{6}", self.fill):
            raise ReportFailed("表格单元格的底色应为六位十六进制数（如 FFF2CC），请检查 fill。")


@dataclass(frozen=True, slots=True)
class Column:
    """A column's relative width, its alignment, and what Excel should take its cells for."""

    width: float = 1.0
    align: Align = "left"
    kind: Literal["text", "number", "money"] = "text"

    def __post_init__(self) -> None:  # noqa: D105
        if not (math.isfinite(self.width) and self.width > 0):
            raise ReportFailed("表格的列宽应为正数，请检查 widths。")
