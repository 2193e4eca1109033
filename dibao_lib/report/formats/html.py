"""The report as one HTML file that reads well on a screen, a phone and A4 paper, and fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dibao_lib.report.blocks import Block, headline
from dibao_lib.report.layout import layout, pitch_pt, sections, tracking_pt
from dibao_lib.report.preview import page_template


def render(blocks: Sequence[Block]) -> bytes:
    """The blocks as an HTML page, UTF-8."""
    numbers = layout()
    macro: Any = page_template().module.page  # type: ignore[attr-defined]
    page = macro(
        name=headline(blocks),
        sections=sections(blocks),
        page=numbers["page"],
        points=numbers["points"],
        pitch=round(pitch_pt(), 2),
        tracking=round(tracking_pt(), 3),
        fonts=numbers["fonts"],
    )
    return str(page).encode()
