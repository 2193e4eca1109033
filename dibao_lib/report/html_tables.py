"""A plain DataFrame or Styler an analyst showed: the cells, spans and background colours of its HTML, nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from dibao_lib.report.blocks import Table
from dibao_lib.report.pieces import Cell, Column
from dibao_lib.report.tables import needed_width
from dibao_lib.report.text import MISSING

_NOTHING = {"NaN", "nan", "None", "NaT", "<NA>"}
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COLOUR = re.compile(r"background-color:\s*#([0-9a-fA-F]{6})\b")
_MOST_COLUMNS = 200


@dataclass(slots=True)
class _Draft:
    """A table while it is read: rows of (cell, id of its element), how many of them are head."""

    rows: list[list[tuple[Cell, str]]] = field(default_factory=list)
    head: int = 0
    caption: str = ""


class _Reader(HTMLParser):
    """Collects tables; everything outside cells, captions and style sheets is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Draft] = []
        self.styles = ""
        self._text: list[str] | None = None
        self._cell = (Cell(""), "")
        self._in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append(_Draft())
        elif tag == "thead":
            self._in_head = True
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
            self.tables[-1].head += self._in_head
        elif tag in {"td", "th"}:
            self._text = []
            self._cell = _cell(tag, dict(attrs))
        elif tag in {"caption", "style"}:
            self._text = []
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "thead":
            self._in_head = False
        if self._text is None or tag not in {"td", "th", "caption", "style"}:
            return
        text = "".join(self._text).strip()
        self._text = None
        if tag == "style":
            self.styles += text
        elif self.tables and tag == "caption":
            self.tables[-1].caption = text
        elif self.tables and self.tables[-1].rows:
            self.tables[-1].rows[-1].append((replace(self._cell[0], text=text), self._cell[1]))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)


def read_html_tables(source: str) -> list[Table]:
    """The tables of an output's HTML; a value that is missing shows as "—"."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    colours = _colours(reader.styles)
    return [_table(draft, colours) for draft in reader.tables if any(draft.rows)]


def _cell(tag: str, attributes: dict[str, str | None]) -> tuple[Cell, str]:
    down, across = (_count(attributes.get(name)) for name in ("rowspan", "colspan"))
    return Cell("", down, across, "center" if tag == "th" else None), attributes.get("id") or ""


def _count(number: str | None) -> int:
    return min(max(int(number), 1), _MOST_COLUMNS) if number and number.isdecimal() and len(number) < 6 else 1


def _colours(styles: str) -> dict[str, str]:
    """Background colours by element id, from a Styler's style sheet."""
    found = [(rule[1], colour[1]) for rule in _RULE.finditer(styles) if (colour := _COLOUR.search(rule[2]))]
    return {name.strip().lstrip("#"): colour for names, colour in found for name in names.split(",")}


def _table(draft: _Draft, colours: dict[str, str]) -> Table:
    head = _grid(draft.rows[: draft.head], colours)
    body = _grid(draft.rows[draft.head :], colours)
    width = max(len(row) for row in head + body)
    rows = [[cell.text for cell in column if cell] for column in zip(*_filled_up(head + body, width), strict=True)]
    columns = tuple(Column(needed_width(texts)) for texts in rows)
    return Table(
        columns,
        tuple(map(tuple, _filled_up(head, width))),
        tuple(map(tuple, _filled_up(body, width))),
        draft.caption,
    )


def _grid(rows: list[list[tuple[Cell, str]]], colours: dict[str, str]) -> list[list[Cell | None]]:
    """Cells at their columns, `None` where a span covers; a span too long ends with the rows."""
    places: dict[tuple[int, int], Cell | None] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell, name in row:
            while (y, x) in places:
                x += 1
            across = next((n for n in range(1, cell.colspan) if (y, x + n) in places), cell.colspan)
            down = min(cell.rowspan, len(rows) - y)
            places |= {(y + dy, x + dx): None for dy in range(down) for dx in range(across)}
            text = MISSING if cell.text in _NOTHING else cell.text
            places[y, x] = Cell(text, down, across, cell.align, fill=colours.get(name, ""))
            x += across
    widths = [max((x for (at, x) in places if at == y), default=-1) + 1 for y in range(len(rows))]
    return [[places.get((y, x), Cell("")) for x in range(width)] for y, width in enumerate(widths)]


def _filled_up(rows: list[list[Cell | None]], width: int) -> list[list[Cell | None]]:
    return [row + [Cell("")] * (width - len(row)) for row in rows]
