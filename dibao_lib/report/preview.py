"""A block as the notebook shows it, set by the macros of the report page itself."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from dibao_lib.report.templates import report_templates


@cache
def page_template() -> Template:
    """templates/report/report.html.j2 with autoescape: nothing in a block is markup."""
    loader = FileSystemLoader(report_templates())
    environment = Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    environment.filters["base64"] = _base64
    return environment.get_template("report.html.j2")


def fragment(block: Any) -> str:
    """One block as HTML without a page around it."""
    macro: Any = page_template().module.block  # type: ignore[attr-defined]
    return str(macro(block))


def summary(block: Any) -> str:
    """One block in one line of plain text: its own words, or what kind of thing it is."""
    if block.kind == "paragraph":
        return "".join(run.text for run in block.runs)
    named = {
        "table": "表格",
        "figure": "插图",
        "signatures": "签名",
        "page_break": "分页",
        "masthead": "红头",
        "colophon": "版记",
    }
    words = next((text for name in ("text", "caption", "title", "org") if (text := getattr(block, name, ""))), "")
    return f"［{named[block.kind]}］{words}" if block.kind in named else words


def _base64(data: str | bytes) -> str:
    return base64.b64encode(data.encode() if isinstance(data, str) else data).decode()
