"""A figure that came as SVG alone, as charts do, drawn as PNG for Word: a tenth of what matplotlib takes for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dibao_lib.errors import ReportFailed
from dibao_lib.report.blocks import Figure
from dibao_lib.report.formats.typesetter import compiled

_PIXELS_PER_INCH = 150


def with_png(figure: Figure) -> Figure:
    """The figure itself when it has a PNG, otherwise with one made from its SVG.

    Raises:
        ReportFailed: the SVG cannot be read.
    """
    if figure.png:
        return figure
    data: dict[str, Any] = {"svg": figure.svg, "width": figure.width}
    try:
        return replace(figure, png=compiled("picture.typ", data, format="png", ppi=_PIXELS_PER_INCH))
    except RuntimeError:
        raise ReportFailed(f"插图“{figure.caption}”的 SVG 无法读取，请重新运行画图的单元格。") from None
