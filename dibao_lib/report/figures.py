"""The one look of every chart, and a chart as a figure block: SVG with text as text, the same bytes each time."""

# mypy: allow-untyped-calls

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Literal

import matplotlib as mpl
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Chart
from matplotlib.font_manager import fontManager
from matplotlib.text import Text
from pylopdf_fonts_zh_cn import sans_path

from dibao_lib.errors import ReportFailed
from dibao_lib.report.blocks import Figure
from dibao_lib.report.text import clean

# Okabe-Ito, told apart by colour-blind readers too; grey last, for what is only context.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F7F7F")
_FAMILIES = ["Noto Sans SC", "DejaVu Sans"]
# What a reader's machine may have instead; only names, nothing is fetched.
_SVG_FAMILIES = (
    "'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'SimHei', 'DejaVu Sans', sans-serif"
)
_SVG_FONT = re.compile(r"""(<text style="[^"]*?)'Noto Sans SC', 'DejaVu Sans'""")
_MM = 25.4
_STYLE: Any = {
    "font.family": _FAMILIES,
    "font.size": 9,
    "text.parse_math": False,
    "axes.formatter.use_mathtext": False,
    "axes.unicode_minus": False,
    "axes.titlesize": 10.5,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.prop_cycle": cycler(color=list(PALETTE)),
    "axes.edgecolor": "#666666",
    "axes.linewidth": 0.6,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.5,
    "xtick.color": "#333333",
    "ytick.color": "#333333",
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "figure.dpi": 100,
    "figure.constrained_layout.use": True,
    "savefig.bbox": None,
    "svg.fonttype": "none",
    "svg.hashsalt": "dibao",
}


@cache
def _registered() -> None:
    fontManager.addfont(sans_path())


@contextmanager
def style() -> Iterator[None]:
    """Matplotlib settings of the reports, for charts made inside the `with`."""
    _registered()
    with mpl.rc_context(_STYLE):
        yield


def chart(width: float = 140.0, height: float = 80.0, grid: Literal["x", "y", "both"] = "both") -> tuple[Chart, Axes]:
    """An empty chart of this size in mm with grid lines across an axis; draw on it, then hand it to `figure`."""
    with style(), mpl.rc_context({"axes.grid.axis": grid}):
        canvas = Chart(figsize=(width / _MM, height / _MM))
        return canvas, canvas.subplots()


def figure(chart: Chart, caption: str = "", alt: str = "", width: float = 140.0) -> Figure:
    """A matplotlib chart as a block.

    Args:
        chart: the chart; its texts are set literally (no mathematics) in the report's font.
        caption: line below the picture, numbered later.
        alt: what the picture says, for those who cannot see it; the caption when left out.
        width: printed width in mm.

    Raises:
        ReportFailed: a text holds a character the font does not have.
    """
    with style(), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing from font")
        for axis in chart.findobj(Axis):
            _clean_tick_labels(axis)
        for text in chart.findobj(Text):
            _set_literally(text)
        try:
            _settle(chart)
            svg = _svg(chart)
        except UserWarning as missing:
            raise ReportFailed(_missing_glyph(caption, str(missing))) from None
    svg = _SVG_FONT.sub(rf"\1{_SVG_FAMILIES}", svg[svg.index("<svg") :])
    return Figure(svg, b"", caption, alt or caption, width)


def _settle(chart: Chart) -> None:
    """Lays the chart out, names along the axes included, so that drawing it does not: everything is drawn once."""
    if engine := chart.get_layout_engine():
        engine.execute(chart)
        chart.set_layout_engine("none")


def _clean_tick_labels(axis: Any) -> None:
    """Names along an axis are made while it is drawn, so they are cleaned there."""
    formatter = axis.get_major_formatter()
    plain = formatter.format_ticks
    formatter.format_ticks = lambda values: [clean(label) for label in plain(values)]


def _set_literally(text: Any) -> None:
    text.set_parse_math(False)
    text.set_fontfamily(_FAMILIES)
    if clean(text.get_text()) != text.get_text():
        text.set_text(clean(text.get_text()))


def _svg(chart: Chart) -> str:
    # savefig would lay out and draw everything once more before it draws
    buffer = io.BytesIO()
    FigureCanvasSVG(chart).print_svg(buffer, metadata={"Date": None, "Creator": None})
    return buffer.getvalue().decode()


def _missing_glyph(caption: str, warning: str) -> str:
    found = re.search(r"Glyph (\d+)", warning)
    code = int(found[1]) if found else 0xFFFD
    return f"插图“{caption}”里的字“{chr(code)}”（U+{code:04X}）字体中没有，图上会显示成方框。请换成常用字后重新生成。"
