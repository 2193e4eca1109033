"""What stands around a table: title lines, 填报单位：… pairs, the unit line, months and places in names (nos. 15, 26)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from dibao_lib.evidence.cell import Cell, Row, normal
from dibao_lib.evidence.labels import MoneyUnit, label_of, money_unit

_PAIR = re.compile(r"([^\s:,;。]{2,14}):\s*(.*?)(?=\s{2,}|\s+[^\s:]{2,14}:|$)")
_UNIT = re.compile(r"单位\s*:?\s*((?:亿|万|千|百)?元[^\s)\]]*|[^\s()\[\]]*[、,](?:亿|万|千|百)?元[^\s)\]]*)")
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-._])?\s*(1[0-2]|0?[1-9])(?:月(?!\s*\d{1,2}\s*日)|(?![\d日月]))")


@dataclass(frozen=True)
class Surroundings:
    """Everything about a sheet that is not in its table.

    Args:
        lines: the rows above the header.
        sheet: name of the sheet.
        source_file: path of the file below inbox/.
    """

    lines: Sequence[Row]
    sheet: str
    source_file: str

    @cached_property
    def title(self) -> str:
        """The text of all title lines."""
        return " ".join(normal(cell) for row in self.lines for cell in row if cell != "")

    @cached_property
    def levels(self) -> tuple[tuple[str, str], ...]:
        """(origin, words) from the closest to the farthest: title, sheet name, file name, folders."""
        path = PurePosixPath(self.source_file)
        folders = [("文件夹名", part) for part in reversed(path.parent.parts)]
        return (("标题行", self.title), ("工作表名", self.sheet), ("文件名", path.stem), *folders)

    @cached_property
    def pairs(self) -> dict[str, Cell]:
        """Label -> value of every 填报单位：绕二镇 in the title lines."""
        return pairs_in(self.lines)

    @cached_property
    def unit(self) -> MoneyUnit | None:
        """The unit the title lines state for the whole sheet."""
        found = _UNIT.search(self.title)
        return money_unit(found[1]) if found else None

    def months(self) -> tuple[str, tuple[str, ...]]:
        """The months named closest to the table, and where."""
        for origin, words in self.levels:
            if found := tuple(dict.fromkeys(f"{y}-{int(m):02d}" for y, m in _MONTH.findall(normal(words)))):
                return origin, found
        return "", ()


def pairs_in(rows: Iterable[Row]) -> dict[str, Cell]:
    """Label -> value of every “label：value” in some rows; a value may stand in the next cell."""
    pairs: dict[str, Cell] = {}
    for row in rows:
        filled = [cell for cell in row if cell != ""]
        for place, cell in enumerate(filled):
            if not isinstance(cell, str):
                continue
            for key, value in _PAIR.findall(normal(cell)):
                following = filled[place + 1] if place + 1 < len(filled) else ""
                is_value = not (isinstance(following, str) and ":" in normal(following))
                pairs.setdefault(label_of(key), value or (following if is_value else ""))
    return {key: value for key, value in pairs.items() if value != ""}
