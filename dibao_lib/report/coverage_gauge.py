"""How many townships were drawn against how many the plan demands: supervision, cross-inspection, both together (R57, R58)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from dibao_lib.report.blocks import Figure
from dibao_lib.report.figures import PALETTE, chart, figure, name_rows
from dibao_lib.sampling import coverage


def coverage_gauge(total: int, drawn: Mapping[str, frozenset[str]], demanded: Mapping[str, Fraction]) -> Figure:
    """A bar a draw and one for their union, a mark where the plan's share lies.

    Args:
        total: townships.
        drawn: name of the draw -> townships drawn.
        demanded: word in the name -> share demanded.
    """
    union = frozenset().union(*drawn.values())
    waiting = {word: 0 for word in demanded if not any(word in name for name in drawn)}
    counts = {name: len(units) for name, units in drawn.items()} | waiting
    bars = counts | {"合计（不重复）": len(union)}
    canvas, axes = chart(130, 16 + 9 * len(bars), grid="x")
    places = list(range(len(bars)))[::-1]
    axes.barh(places, list(bars.values()), color=[PALETTE[0]] * len(counts) + [PALETTE[5]], height=0.6)
    for place, (name, count) in zip(places, bars.items(), strict=True):
        axes.text(
            count + total * 0.01, place, f"{count}个（{count / total:.0%}）", va="center", ha="left", fontsize=8.5
        )
        share = next((share for word, share in demanded.items() if word in name), None)
        if share is not None:
            needed = coverage(total, share)
            axes.plot([needed, needed], [place - 0.42, place + 0.42], color=PALETTE[1], linewidth=2)
            text = f"应不少于{needed}个（{float(share):.0%}）"
            axes.text(total, place, text, va="center", ha="right", fontsize=8.5, color=PALETTE[1])
    name_rows(axes, list(bars), places)
    axes.set_xlim(0, total)
    alt = "；".join(f"{name}{count}个" for name, count in bars.items())
    return figure(canvas, f"抽样覆盖面（共{total}个乡镇、街道，红线为方案要求）", alt=f"抽样覆盖面：{alt}", width=130)
