"""A table to read on screen: whole sentences, left-aligned, a long one in a frame that scrolls and says so."""

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
        return f"<div class='dibao-listing'><style>{_STYLE}</style>{framed(rows, len(self.table))}</div>"

    def __repr__(self) -> str:
        """The table as plain text."""
        return str(self.table.to_string(index=False))


def framed(rows: str, count: int) -> str:
    """HTML of a table, whole up to a screenful; a longer one scrolls below a line that says how many rows there are."""
    if count <= _SCREENFUL:
        return f"<div style='overflow-x:auto;font-size:13px'>{rows}</div>"
    return (
        f"<p style='margin:0 0 4px;color:#555'>共{count:,}行，在框内上下滚动查看。</p>"
        f"<div style='max-height:520px;overflow:auto;font-size:13px;border:1px solid #bbb'>{rows}</div>"
    )


_SCREENFUL = 24
_STYLE = (
    ".dibao-listing th{position:sticky;top:0;background:#fff}"
    ".dibao-listing td,.dibao-listing th{text-align:left!important;vertical-align:baseline;white-space:normal!important;"
    "overflow-wrap:break-word;max-width:560px}"
)
