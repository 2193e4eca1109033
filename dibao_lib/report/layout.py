"""GB/T 9704-2012 once for every format: page and type from layout.json, and how a report falls into page runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dibao_lib.report.blocks import Attachment, Block, Colophon, PageBreak, Paragraph, Signatures, Table
from dibao_lib.report.columns import fitted
from dibao_lib.report.templates import report_templates

POINTS_PER_MM = 72 / 25.4
# A title fills about nine tenths of a line of twenty characters (2 号, 156 mm).
_TITLE_CHARS = 18
_SHORT_ROWS, _SHORT_TEXT = 10, 600
_MANY_COLUMNS = 10
# 4 pt on each side, and what a browser rounds up
_CELL_EDGES_PT = 9.5
_GOOD_BREAK = re.compile(r"(?<=[的和与及、，；：）》”])|(?=[（《“])")
_NO_BREAK = re.compile(r"(?<=[0-9A-Za-z])(?=[0-9A-Za-z])|(?<=[（《“〔])|(?=[，。、；：）》”〕])|(?<=\d)(?=[年月日号])")


@dataclass(frozen=True, slots=True)
class Section:
    """A run of pages of one orientation; after the first, each starts on a new page."""

    landscape: bool
    blocks: tuple[Block, ...]


@cache
def layout() -> dict[str, Any]:
    """The numbers and font names of templates/report/layout.json."""
    numbers: dict[str, Any] = json.loads((report_templates() / "layout.json").read_text(encoding="utf-8"))
    return numbers


def measure_mm(landscape: bool = False) -> float:
    """Width of the text block: 156 mm upright; a landscape page is the same block turned by a quarter."""
    page = layout()["page"]
    if landscape:
        return float(page["height"] - page["top"] - page["bottom"])
    return float(page["width"] - page["left"] - page["right"])


def pitch_pt() -> float:
    """Line pitch that sets 22 lines into 225 mm."""
    return measure_mm(landscape=True) * POINTS_PER_MM / float(layout()["page"]["lines"])


def tracking_pt() -> float:
    """What to take from between characters so that 28 of 16 pt fit into 156 mm (negative)."""
    room = measure_mm() * POINTS_PER_MM / float(layout()["page"]["chars"])
    return room - float(layout()["points"]["body"]) - 0.005


def masthead_pt(org: str) -> float:
    """Size of the red line: as laid down, or as small as its longest line needs to fit between the margins."""
    longest = max(map(len, org.split("\n")))
    return round(min(float(layout()["points"]["masthead"]), (measure_mm() * POINTS_PER_MM - 4) / longest), 1)


def sections(blocks: Iterable[Block], *, colophon_apart: bool = False) -> list[Section]:
    """Blocks split before every attachment and page break, tables fitted to their page; on paper also before the colophon, which has its own place."""
    apart = Attachment | PageBreak | Colophon if colophon_apart else Attachment | PageBreak
    runs: list[tuple[bool, list[Block]]] = [(False, [])]
    for block in blocks:
        if isinstance(block, apart):
            runs.append((isinstance(block, Attachment) and block.landscape, []))
        if isinstance(block, Table):
            block = _fitted(block, measure_mm(runs[-1][0]))
        if not isinstance(block, PageBreak):
            runs[-1][1].append(block)
    filled = [Section(landscape, tuple(row)) for landscape, row in runs if row]
    return filled or [Section(False, ())]


def table_pt(table: Table) -> float:
    """Size of a table's text: one with many columns, a ledger, is set a size smaller."""
    return float(layout()["points"]["ledger" if len(table.columns) > _MANY_COLUMNS else "table"])


def _fitted(table: Table, width_mm: float) -> Table:
    size = table_pt(table)
    return fitted(table, width_mm * POINTS_PER_MM / size, _CELL_EDGES_PT / size)


def signed_paragraphs(blocks: Sequence[Block]) -> set[int]:
    """Places of the paragraphs that stay with signatures, which never stand on a page without text: the last two."""
    signed = (place for place, block in enumerate(blocks) if isinstance(block, Signatures))
    # the last one is often a list of annexes, which is no text
    pairs = (range(max(end - 2, 0), end) for end in signed)
    return {place for pair in pairs for place in pair if isinstance(blocks[place], Paragraph)}


def stays_whole(table: Table) -> bool:
    """Whether a table is short enough to be kept on one page."""
    cells = [cell for row in table.body for cell in row if cell]
    return len(table.body) <= _SHORT_ROWS and sum(len(cell.text) for cell in cells) <= _SHORT_TEXT


def title_lines(text: str, most: int = _TITLE_CHARS) -> list[str]:
    """A title in lines: at its author's line ends, otherwise even lines cut where a word or mark allows it."""
    if "\n" in text or len(text) <= most:
        return text.split("\n")
    count = -(-len(text) // most)
    ideal = len(text) / count
    shortest = max(round(ideal) - 4, len(text) - most * (count - 1))
    cut = _best_cut(text, ideal, range(shortest, min(round(ideal) + 4, most) + 1))
    return [text[:cut], *title_lines(text[cut:], most)]


def _best_cut(text: str, ideal: float, places: range) -> int:
    """The place that reads best as a line end: not in a word or number, after a particle or mark, near the middle."""
    good = {m.start() for m in _GOOD_BREAK.finditer(text)}
    bad = {m.start() for m in _NO_BREAK.finditer(text)}
    return min(places, key=lambda place: (place in bad, abs(place - ideal) - 3 * (place in good)))
