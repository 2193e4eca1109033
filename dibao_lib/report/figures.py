"""The one look of every chart, and a chart as a figure block: SVG with text as text, the same bytes each time."""

# mypy: allow-untyped-calls

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from typing import Any, Literal

import matplotlib as mpl
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure as Chart
from matplotlib.font_manager import fontManager
from matplotlib.layout_engine import ConstrainedLayoutEngine, LayoutEngine
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import offset_copy
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
# SVG counts in points, 72 to the inch
_POINTS = 72
_SIZE = 9
# how names along a chart are written and how far from it, in points; the empty edge of a chart in mm
_NAMES: Any = {"color": "#333333", "fontsize": _SIZE}
_GAP = 3.5
_EDGE = 1.0
_STYLE: Any = {
    "font.family": _FAMILIES,
    "font.size": _SIZE,
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
def style(**more: object) -> Iterator[None]:
    """Matplotlib settings of the reports, and more of them, for charts made inside the `with`."""
    _registered()
    with mpl.rc_context(_STYLE | more):
        yield


def chart(width: float = 140.0, height: float = 80.0, grid: Literal["x", "y", "both"] = "both") -> tuple[Chart, Axes]:
    """An empty chart of this size in mm with grid lines across an axis; draw on it, then hand it to `figure`."""
    with style(**{"axes.grid.axis": grid}):
        canvas = Chart(figsize=(width / _MM, height / _MM), layout=_Measured())
        return canvas, canvas.subplots()


def name_rows(axes: Axes, names: Sequence[str], places: Sequence[float] | None = None) -> None:
    """Writes a name beside each line of a chart (0, 1, ... unless told where); a tick would cost five times as much."""
    axes.set_yticks([])
    beside = _moved(axes, axes.get_yaxis_transform(), x=-_GAP)
    for place, name in zip(places or range(len(names)), names, strict=True):
        axes.text(0, place, name, transform=beside, ha="right", va="center", **_NAMES)


def name_columns(axes: Axes, names: Sequence[str], **how: Any) -> None:
    """Writes a name below each column of a chart, at 0, 1, ..., as `how` says (ha, rotation, fontsize)."""
    axes.set_xticks([])
    below = _moved(axes, axes.get_xaxis_transform(), y=-_GAP)
    for place, name in enumerate(names):
        axes.text(place, 0, name, transform=below, **{"ha": "center", "va": "top", **_NAMES, **how})


def _moved(axes: Any, transform: Any, **points: float) -> Any:
    return offset_copy(transform, axes.figure, units="points", **points)


def bars(axes: Axes, parts: Mapping[str, tuple[Sequence[float], str]], *, upright: bool = False) -> list[float]:
    """Bars at 0, 1, ..., each made of its parts; a picture of one collection a part, not of one patch a bar.

    Args:
        axes: of a `chart`; it shows just the bars, from 0 to a twentieth beyond the longest.
        parts: name for the legend -> length of that part in each bar, colour.
        upright: columns instead of lines.

    Returns:
        The whole length of each bar.
    """
    ends = [0.0] * len(next(iter(parts.values()))[0])
    for name, (lengths, colour) in parts.items():
        starts, ends = ends, [end + float(length) for end, length in zip(ends, lengths, strict=True)]
        corners = [
            [(start, at - 0.33), (end, at - 0.33), (end, at + 0.33), (start, at + 0.33)]
            for at, (start, end) in enumerate(zip(starts, ends, strict=True))
        ]
        if upright:
            corners = [[(y, x) for x, y in bar] for bar in corners]
        axes.add_collection(PolyCollection(corners, facecolor=colour, label=name), autolim=False)
    along, across = (axes.set_ylim, axes.set_xlim) if upright else (axes.set_xlim, axes.set_ylim)
    along(0, max(*ends, 0) * 1.05 or 1)
    across(-0.6, len(ends) - 0.4)
    return ends


def legend(axes: Axes) -> None:
    """What the colours stand for, in a line above the chart."""
    columns = len(axes.get_legend_handles_labels()[1])
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1), borderaxespad=0.2, ncols=columns, frameon=False)


def cells(axes: Axes, table: Sequence[Sequence[tuple[str, str]]], size: float = 7) -> None:
    """A table of coloured cells, the first row on top: rectangles, a path a colour, where a picture would blur.

    Args:
        axes: of a `chart`; it shows just the cells, the middle of each at its column and row, 0, 1, ...
        table: rows, equally long, of colour and text; "" for no text.
        size: of the texts, in points; they are white on dark colours.
    """
    rows, columns = len(table), len(table[0])
    blocks: dict[str, list[tuple[float, float]]] = {}
    for y, row in enumerate(table):
        right = -0.5
        for colour, run in groupby(colour for colour, _ in row):
            left, right = right, right + len([*run])
            corners = [(left, y - 0.5), (right, y - 0.5), (right, y + 0.5), (left, y + 0.5), (left, y - 0.5)]
            blocks.setdefault(colour, []).extend(corners)
    upright = [(x - 0.5, y) for x in range(columns + 1) for y in (-0.5, rows - 0.5)]
    level = [(x, y - 0.5) for y in range(rows + 1) for x in (-0.5, columns - 0.5)]
    axes.add_collection(
        PathCollection(
            [*(_strokes(corners, 5) for corners in blocks.values()), _strokes(upright + level, 2)],
            facecolors=[*blocks, "none"],
            edgecolors=[*("none" for _ in blocks), "white"],
            linewidths=1,
        ),
        autolim=False,
    )
    for y, row in enumerate(table):
        for x, (colour, text) in enumerate(row):
            if text:
                ink = "white" if _is_dark(colour) else "#222222"
                # nobody need measure what lies inside
                axes.text(x, y, text, ha="center", va="center", fontsize=size, color=ink, in_layout=False)
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(rows - 0.5, -0.5)
    axes.grid(visible=False)


@cache
def _is_dark(colour: str) -> bool:
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue < 0.5


def _strokes(points: Sequence[tuple[float, float]], each: int) -> Path:
    """One path of many strokes, each of so many points."""
    return Path(points, [Path.MOVETO, *[Path.LINETO] * (each - 1)] * (len(points) // each))


class _Measured(LayoutEngine):
    """Room for all that stands around the axes, measured once; the constrained layout measures everything twice.

    A chart with more than one pair of axes, or with texts of its own, is left to that.
    """

    _adjust_compatible = False
    _colorbar_gridspec = False

    def execute(self, fig: Any) -> None:
        self.measure(fig, FigureCanvasAgg(fig).get_renderer())

    def measure(self, fig: Any, renderer: Any) -> None:
        """Lays the chart out as this renderer measures its texts."""
        if len(fig.axes) != 1 or fig.legends or fig.texts:
            ConstrainedLayoutEngine().execute(fig)
            return
        (axes,) = fig.axes
        whole, edge = fig.bbox, _EDGE * fig.dpi / _MM
        taken = axes.get_tightbbox(renderer, for_layout_only=True)
        box = axes.get_window_extent()
        left, bottom = box.x0 - taken.x0 + edge, box.y0 - taken.y0 + edge
        right, top = whole.x1 - (taken.x1 - box.x1) - edge, whole.y1 - (taken.y1 - box.y1) - edge
        axes.set_position(
            (left / whole.width, bottom / whole.height, (right - left) / whole.width, (top - bottom) / whole.height)
        )


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
        for artist in chart.findobj():
            if isinstance(artist, Axis):
                _clean_tick_labels(artist)
            elif isinstance(artist, Text):
                _set_literally(artist)
        try:
            svg = _svg(chart)
        except UserWarning as missing:
            raise ReportFailed(_missing_glyph(caption, str(missing))) from None
    svg = _SVG_FONT.sub(rf"\1{_SVG_FAMILIES}", svg[svg.index("<svg") :])
    return Figure(svg, b"", caption, alt or caption, width)


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
    """The chart drawn once; one renderer measures its texts and draws them, and keeps what it has measured."""
    drawn = io.StringIO()
    chart.dpi, dots = _POINTS, chart.dpi
    renderer = _Unclipped(*chart.bbox.size, drawn, image_dpi=dots, metadata={"Date": None, "Creator": None})
    engine = chart.get_layout_engine()
    if isinstance(engine, _Measured):
        engine.measure(chart, renderer)
    elif engine:
        engine.execute(chart)
    chart.set_layout_engine("none")
    chart.draw(renderer)
    renderer.finalize()
    return drawn.getvalue()


class _Unclipped(RendererSVG):
    """Clips only what leaves its axes: whoever makes pixels of an SVG sets a whole picture aside for each clip."""

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:
        box = gc.get_clip_rectangle()
        if box is None or not len(path.vertices) or not _within(transform.transform(path.vertices), box):
            super().draw_path(gc, path, transform, rgbFace)
            return
        gc.set_clip_rectangle(None)
        super().draw_path(gc, path, transform, rgbFace)
        gc.set_clip_rectangle(box)


def _within(points: Any, box: Any) -> bool:
    """Whether all points lie in the box or a hundredth of a dot beside it; a gap in a line does not."""
    return bool((points >= box.min - 0.01).all() and (points <= box.max + 0.01).all())


def _missing_glyph(caption: str, warning: str) -> str:
    found = re.search(r"Glyph (\d+)", warning)
    code = int(found[1]) if found else 0xFFFD
    return f"插图“{caption}”里的字“{chr(code)}”（U+{code:04X}）字体中没有，图上会显示成方框。请换成常用字后重新生成。"
