"""Sheets drawn as small tables: text -> raw sheet -> what intake makes of it.

    低保证号 | 乡镇   | 户主姓名
    D1       | 绕二镇 | 张三

`#330` is a number, `@2010-04-15` a date, `~` a blank, `^` the cell merged with the one above, `<` with the one to the left.
"""

import datetime as dt

from dibao_lib.evidence.cell import RawSheet
from dibao_lib.evidence.forms import FORMS
from dibao_lib.evidence.mapping import Vocabulary
from dibao_lib.evidence.sheet import read_sheet

VOCABULARY = Vocabulary(FORMS)
# valid made-up ids
P1, P2, P3 = "361181196001011232", "361181195502024520", "362302194803030010"


def drawn(text, name="Sheet1", **more):
    """The raw sheet a drawing shows."""
    lines = [[part.strip() for part in line.split("|")] for line in text.strip("\n").splitlines()]
    width = max(map(len, lines))
    grid = [[*line, *[""] * (width - len(line))] for line in lines]
    rows = [[_cell(part) for part in line] for line in grid]
    return RawSheet(name=name, rows=rows, **({"merged": _merged(grid)} | more))


def _cell(part):
    if part in {"", "~", "^", "<"}:
        return ""
    if part.startswith("#"):
        return float(part[1:])
    if part.startswith("@"):
        return dt.date.fromisoformat(part[1:])
    return part


def _merged(grid):
    blocks = []
    for top, line in enumerate(grid):
        for left, part in enumerate(line):
            if part in {"^", "<"}:
                continue
            right = left
            while right + 1 < len(line) and line[right + 1] == "<":
                right += 1
            bottom = top
            while bottom + 1 < len(grid) and grid[bottom + 1][left] == "^":
                bottom += 1
            if (bottom, right) != (top, left):
                blocks.append((top, left, bottom, right))
    return tuple(blocks)


def read(text, gazetteer, source_file="台账.xlsx", vocabulary=VOCABULARY, **more):
    """What a drawn sheet gives."""
    return read_sheet(drawn(text, **more), source_file, vocabulary, gazetteer)


def rows_of(reading, *fields, table=None):
    """The rows a sheet gave one table, as tuples of some fields."""
    for batch in reading.batches:
        if table in {None, batch.table}:
            return list(zip(*(batch.values.get(field, [None] * len(batch.rows)) for field in fields), strict=True))
    return []


def set_aside(reading):
    """(row, field, reason) of every quarantined line."""
    return [(line.row, line.field, line.reason) for line in reading.quarantined]
