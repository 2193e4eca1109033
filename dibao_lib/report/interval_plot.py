"""Rates with their limits, one line each: what a sample can say and what it cannot (R62)."""

from __future__ import annotations

from collections.abc import Mapping

from dibao_lib.report.blocks import Figure
from dibao_lib.report.figures import PALETTE, chart, figure, name_rows


def interval_plot(rates: Mapping[str, tuple[float, float, float]], caption: str, alarm: float | None = None) -> Figure:
    """A point and a line a rate, in per cent.

    Args:
        rates: name -> lower limit, rate, upper limit, as shares; from the top down.
        caption: line below the picture.
        alarm: a rate drawn as a line of its own.
    """
    canvas, axes = chart(140, 18 + 5.6 * len(rates), grid="x")
    places = list(range(len(rates)))[::-1]
    lower, rate, upper = ([100 * limits[which] for limits in rates.values()] for which in range(3))
    axes.hlines(places, lower, upper, color=PALETTE[0], linewidth=1.6)
    axes.plot(rate, places, "o", color=PALETTE[0], markersize=5)
    for place, most, value in zip(places, upper, rate, strict=True):
        axes.text(most + 1, place, f"{value:.1f}%", va="center", ha="left", fontsize=7.5)
    if alarm is not None:
        axes.axvline(100 * alarm, color=PALETTE[1], linewidth=1.2, linestyle="--")
    name_rows(axes, list(rates), places)
    axes.set_xlim(0, min(max(*upper, 10.0) + 10, 109))
    axes.set_ylim(-0.7, len(rates) - 0.3)
    axes.set_xlabel("%")
    worst = max(rates, key=lambda name: rates[name][1])
    alt = f"{caption}：最高的是{worst}，{rates[worst][1]:.1%}，区间{rates[worst][0]:.1%}至{rates[worst][2]:.1%}"
    return figure(canvas, caption, alt=alt)
