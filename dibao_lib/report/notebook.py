"""What an executed notebook reports: the blocks it shows and its prose; code, prints and widgets stay out (contract 4.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from dibao_lib import errors
from dibao_lib.errors import ReportFailed
from dibao_lib.report.blocks import MIME, Attachment, Block, Figure, Table, from_json
from dibao_lib.report.html_tables import read_html_tables
from dibao_lib.report.markdown import read_markdown
from dibao_lib.report.numbering import number_blocks

_LEFT_OUT = {"parameters", "injected-parameters", "remove-cell", "remove-output"}
# a cell whose tables go to ledger.xlsx alone: printed they would fill more pages than anybody signs
_LEDGER_ONLY = "ledger-only"


def read_blocks(notebook: Mapping[str, Any]) -> list[Block]:
    """The report an executed notebook holds, its headings and captions numbered.

    Args:
        notebook: an nbformat 4 notebook, as a NotebookNode or as plain JSON data.

    Raises:
        ReportFailed: a cell ended in an error, or shows a block this version does not know.
    """
    printed = (cell for cell in _shown_cells(notebook) if _LEDGER_ONLY not in _tags(cell))
    return number_blocks(block for cell in printed for block in _cell_blocks(cell))


def read_ledger(notebook: Mapping[str, Any]) -> list[Table]:
    """The tables of ledger.xlsx: those below an attachment that is a ledger (台账), and all of the cells kept for it.

    Raises:
        ReportFailed: as `read_blocks`.
    """
    kept: list[Table] = []
    inside = False
    for cell in _shown_cells(notebook):
        for block in _cell_blocks(cell):
            if isinstance(block, Attachment):
                inside = block.title.endswith("台账")
            elif isinstance(block, Table) and (inside or _LEDGER_ONLY in _tags(cell)):
                kept.append(block)
    return kept


def _shown_cells(notebook: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    for number, cell in enumerate(notebook["cells"], 1):
        _reject_errors(cell, number)
    return [cell for cell in notebook["cells"] if _LEFT_OUT.isdisjoint(_tags(cell))]


def _tags(cell: Mapping[str, Any]) -> Collection[str]:
    tags: Collection[str] = cell.get("metadata", {}).get("tags", ())
    return tags


def _reject_errors(cell: Mapping[str, Any], number: int) -> None:
    for output in cell.get("outputs", ()):
        if output["output_type"] == "error":
            raise ReportFailed(
                f"报告笔记本第{number}个单元格（运行序号 [{cell.get('execution_count') or ' '}]）出错："
                f"{_reason(output)}请改正后重新运行整个笔记本，再生成报告。"
            )


def _reason(output: Mapping[str, Any]) -> str:
    """The sentence of one of our own errors; of any other error only its name, as its text may hold person data."""
    name = str(output.get("ename", ""))
    ours = isinstance(getattr(errors, name, None), type)
    return f"{output.get('evalue', '')}\n" if ours else f"{name}。"


def _cell_blocks(cell: Mapping[str, Any]) -> Iterator[Block]:
    if cell["cell_type"] == "markdown":
        yield from read_markdown(_text(cell["source"]))
    for output in cell.get("outputs", ()):
        yield from _output_blocks(output.get("data", {}))


def _output_blocks(data: Mapping[str, Any]) -> Iterator[Block]:
    """The richest thing an output has that a report can show, if any."""
    if MIME in data:
        rows = data[MIME]
        yield from map(from_json, rows if isinstance(rows, list) else [rows])
    elif "text/markdown" in data:
        yield from read_markdown(_text(data["text/markdown"]))
    elif "<table" in (html := _text(data.get("text/html", ""))):
        yield from read_html_tables(html)
    elif "image/svg+xml" in data or "image/png" in data:
        yield _figure(data)


def _figure(data: Mapping[str, Any]) -> Figure:
    png = "".join(_text(data.get("image/png", "")).split())
    block = from_json({"kind": "figure", "svg": _text(data.get("image/svg+xml", "")), "png": png})
    assert isinstance(block, Figure)
    return block


def _text(source: str | list[str]) -> str:
    """A text of a notebook file, which may be kept as a list of lines."""
    return source if isinstance(source, str) else "".join(source)
