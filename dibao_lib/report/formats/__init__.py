"""The formats a report is set in: to add one, write a module with `render` and name it here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dibao_lib.report.blocks import Block
from dibao_lib.report.formats import docx, html, pdf, xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name on the command line, its file suffix, and what sets blocks in it."""

    name: str
    suffix: str
    render: Callable[[Sequence[Block]], bytes]


FORMATS = (
    Format("html", ".html", html.render),
    Format("docx", ".docx", docx.render),
    Format("pdf", ".pdf", pdf.render),
    Format("xlsx", ".xlsx", xlsx.render),
)
