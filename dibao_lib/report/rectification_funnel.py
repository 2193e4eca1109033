"""How far problems have come: leads judged, upheld, taken in hand, put right, closed (R63)."""

from __future__ import annotations

from collections.abc import Mapping

from dibao_lib.report.blocks import Figure
from dibao_lib.report.figures import PALETTE, chart, figure, name_rows

# leads beyond this multiple of the next step would squeeze the rest to a line
_FURTHEST = 4


def rectification_funnel(steps: Mapping[str, int]) -> Figure:
    """A bar a step, each with its count and its share of the step before.

    Args:
        steps: name -> count, from the leads to the closed problems; each holds the next.
    """
    names, counts = list(steps), list(steps.values())
    most = max(counts[1:], default=0) or 1
    room = min(counts[0], _FURTHEST * most)
    canvas, axes = chart(140, 16 + 8 * len(names), grid="x")
    places = list(range(len(names)))[::-1]
    bars = axes.barh(places, [min(count, room) for count in counts], color=PALETTE[0], height=0.62)
    cut = counts[0] > room
    if cut:
        bars[0].set(facecolor="#DDDDDD", hatch="///", edgecolor="#999999", linewidth=0)
    for place, count, before in zip(places, counts, [0, *counts], strict=False):
        share = f"（占上一步的{count / before:.0%}）" if before else "（条数超出比例尺）" if cut else ""
        axes.text(min(count, room) + room * 0.01, place, f"{count:,}{share}", va="center", ha="left", fontsize=8.5)
    name_rows(axes, names, places)
    axes.set_xlim(0, (room or 1) * 1.32)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    alt = "，".join(f"{name}{count:,}" for name, count in steps.items())
    return figure(canvas, "从线索到销号（条）", alt=f"整改漏斗：{alt}")
