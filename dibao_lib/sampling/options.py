"""What to choose from before anything is committed: sample sizes, and what a design would do to each stratum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from dibao_lib.sampling.design import Design
from dibao_lib.sampling.draw import draw
from dibao_lib.sampling.frame import Frame
from dibao_lib.sampling.plan import attribute_size
from dibao_lib.sampling.rates import Rate


def size_options(
    population: int,
    tolerable: Sequence[Rate] = ("2%", "5%", "10%"),
    confidence: Sequence[Rate] = ("90%", "95%"),
    acceptable: Sequence[int] = (0, 1, 2),
) -> pd.DataFrame:
    """How many households of a township to see, for every choice of aim, confidence and errors allowed.

    Args:
        population: households in the frame.
        tolerable: error rates that a clean sample is to rule out.
        confidence: with which confidence.
        acceptable: errors that may turn up all the same.

    Returns:
        One row a choice, exact for that population. Columns: 要排除的差错率, 把握, 允许查出差错（户）, 需查（户）, 占比.
    """
    rows = [
        (
            str(rate),
            str(level),
            allowed,
            attribute_size(rate, confidence=level, population=population, acceptable=allowed).n,
        )
        for rate in tolerable
        for level in confidence
        for allowed in acceptable
        if allowed < population
    ]
    table = pd.DataFrame(rows, columns=["要排除的差错率", "把握", "允许查出差错（户）", "需查（户）"])
    return table.assign(占比=[f"{n / population:.1%}" for n in table["需查（户）"]])


def preview(frame: Frame, design: Design, names: dict[str, str] | None = None) -> pd.DataFrame:
    """What a design would do, before it is committed; which units are drawn stays unknown until the seed is.

    Args:
        frame: what would be drawn from.
        design: how; one that refers to another draw cannot be shown.
        names: code -> name, for strata.

    Returns:
        One row a stratum. Columns: 层, 单元, 必查, 不参加, 随机抽取, 入样概率（最小至最大）.
    """
    made = draw(frame, design, "演算")
    stratum_of = dict(zip(frame.units, frame.strata, strict=True))
    rows = {row.unit: row for row in (*made.selection.drawn, *made.reserve)}
    held = Counter(frame.strata)
    certain, left_out = (Counter(stratum_of[unit] for unit in units) for units in (design.certainty, design.exclude))
    drawn = Counter(stratum_of[row.unit] for row in made.selection.drawn if not row.certainty)
    lines = []
    for stratum, count in sorted(held.items()):
        chances = [float(r.probability) for r in rows.values() if stratum_of[r.unit] == stratum and not r.certainty]
        span = f"{min(chances):.3f}至{max(chances):.3f}" if chances else "—"
        name = (names or {}).get(stratum, stratum) or "全部"
        lines.append((name, count, certain[stratum], left_out[stratum], drawn[stratum], span))
    return pd.DataFrame(lines, columns=["层", "单元", "必查", "不参加", "随机抽取", "入样概率（最小至最大）"])
