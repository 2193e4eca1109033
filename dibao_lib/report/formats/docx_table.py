"""A table block in WordprocessingML: fixed column widths, merged cells, a head that repeats on every page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dibao_lib.report.blocks import Table
from dibao_lib.report.formats.docx_template import WordTemplate
from dibao_lib.report.formats.ooxml import escaped, paragraph, run
from dibao_lib.report.layout import layout, stays_whole, table_pt
from dibao_lib.report.pieces import Cell

_HEAD_FILL = "F2F2F2"
# LibreOffice would rather break R10 in two than the line after 、 in a list of codes (seen): it is shown the place
_CODES = re.compile("(?<=[0-9A-Za-z]、)(?=[A-Za-z])")

_NOTE = (
    '<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{columns}"/>'
    '<w:tcBorders><w:left w:val="nil"/><w:bottom w:val="nil"/><w:right w:val="nil"/></w:tcBorders></w:tcPr>{text}</w:tc></w:tr>'
)


def table(block: Table, width: int, template: WordTemplate) -> str:
    """The caption, the table over `width` twips with the note as its last row, and an empty line."""
    grid = _grid([column.width for column in block.columns], width)
    note = template.style("报告表注")
    caption = ""
    if block.caption:
        caption = paragraph(template.style("caption"), run(block.caption), properties="<w:keepNext/>")
    last = len(block.body) - 1
    # no row stands alone on a page, nor the note; a short table stays whole
    stays = {0, last - 1, *([last] if block.note else []), *(range(last) if stays_whole(block) else [])}
    rows = [_row(block, block.head, y, grid, template, True) for y in range(len(block.head))]
    rows += [_row(block, block.body, y, grid, template, y in stays) for y in range(len(block.body))]
    if block.note:
        # LibreOffice keeps a row with the next one, and with nothing else
        rows.append(_NOTE.format(width=width, columns=len(grid), text=paragraph(note, run(block.note))))
    return f"{caption}{opened(template, grid)}{''.join(rows)}</w:tbl>{paragraph(note)}"


def opened(template: WordTemplate, grid: Sequence[int]) -> str:
    """A table's start tag with its column widths."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{escaped(template.style("table grid"))}"/>'
        f'<w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )


def _grid(widths: Sequence[float], width: int) -> list[int]:
    """Whole twips that add up to the width."""
    total = sum(widths)
    edges = [round(width * sum(widths[:place]) / total) for place in range(len(widths) + 1)]
    return [right - left for left, right in pairwise(edges)]


def _row(
    block: Table,
    rows: Sequence[Sequence[Cell | None]],
    y: int,
    grid: Sequence[int],
    template: WordTemplate,
    stays: bool,
) -> str:
    """Row `y` of the head or the body; one that stays is kept on the page of the next."""
    in_head = rows is block.head
    # the style has the common size
    size = table_pt(block) if table_pt(block) != layout()["points"]["table"] else 0
    style = template.style("报告表头" if in_head else "报告表格")
    cells = []
    x = 0
    while x < len(rows[y]):
        cell = rows[y][x]
        owner = cell or _owner(rows, y, x)
        side = owner.align or block.columns[x].align
        properties = ("<w:keepNext/>" if stays else "") + f'<w:jc w:val="{side}"/>'
        text = paragraph(
            style, *([run(_CODES.sub("\u200b", cell.text), cell.bold, size)] if cell else []), properties=properties
        )
        width = sum(grid[x : x + owner.colspan])
        cells.append(_cell(owner, width, cell is None, _HEAD_FILL if in_head else "", text))
        x += owner.colspan
    mark = "<w:tblHeader/>" if in_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{''.join(cells)}</w:tr>"


def _owner(rows: Sequence[Sequence[Cell | None]], y: int, x: int) -> Cell:
    """The cell above whose span covers this place: the grid is checked, so there is one."""
    above = (rows[row][x] for row in range(y - 1, -1, -1))
    return next(cell for cell in above if cell is not None)


def _cell(owner: Cell, width: int, continued: bool, shade: str, text: str) -> str:
    span = f'<w:gridSpan w:val="{owner.colspan}"/>' if owner.colspan > 1 else ""
    merge = "<w:vMerge/>" if continued else '<w:vMerge w:val="restart"/>' if owner.rowspan > 1 else ""
    fill = owner.fill or shade
    shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shading}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text}</w:tc>"
