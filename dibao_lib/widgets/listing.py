"""A table to read on screen: whole sentences, left-aligned, in a frame that scrolls."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class Listing:
    """A table that a notebook cell shows in full.

    Args:
        table: the table; its cells are text or numbers.
    """

    table: pd.DataFrame

    def _repr_html_(self) -> str:
        if self.table.empty:
            return "<p>没有。</p>"
        with pd.option_context("display.max_colwidth", None):
            rows = self.table.to_html(index=False, escape=True, border=0, justify="left")
        style = "max-height:420px;overflow:auto;font-size:13px"
        return f"<div style='{style}' class='dibao-listing'><style>{_STYLE}</style>{rows}</div>"

    def __repr__(self) -> str:
        """The table as plain text."""
        return str(self.table.to_string(index=False))


_STYLE = (
    ".dibao-listing td,.dibao-listing th{text-align:left!important;vertical-align:baseline;white-space:normal!important;"
    "overflow-wrap:break-word;max-width:560px}"
)
