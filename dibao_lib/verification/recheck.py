"""回头看: a subsample of what the teams found looked at again, and the rate corrected by it (R62; as SNAP quality control)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from dibao_lib.errors import InputRefused
from dibao_lib.sampling import Design, Draw, Frame, draw
from dibao_lib.sampling.rates import Rate, allowed_risk


@dataclass(frozen=True, slots=True)
class Recheck:
    """An error rate corrected by a second look.

    Attributes:
        first: rate as the teams saw it, over all cases of the sample.
        corrected: rate after the regression correction.
        se: standard error of the corrected rate.
        lower: two-sided limit, not below 0.
        upper: two-sided limit, not above 1.
        n: cases of the sample.
        again: cases looked at again.
        agreed: of those, judged alike both times.
        missed: wrong at the second look and right at the first.
        overruled: right at the second look and wrong at the first.
        confidence: as asked.
    """

    first: float
    corrected: float
    se: float
    lower: float
    upper: float
    n: int
    again: int
    agreed: int
    missed: int
    overruled: int
    confidence: float


def draw_recheck(inspected: pd.DataFrame, unit: str, n: int, name: str, seed: str, stratum: str | None = None) -> Draw:
    """The cases to look at again, by ticket like any other draw.

    Args:
        inspected: one row a case that a team has judged.
        unit: column of case ids.
        n: how many.
        name: of the draw.
        seed: public text, known only after the teams have closed their records.
        stratum: column of strata (verdict, team), so that both verdicts are seen again.
    """
    return draw(Frame.from_dataframe(inspected, unit, stratum), Design(name, n=n), seed)


def recheck_rate(
    cases: pd.DataFrame, first: str, second: str, *, population: int | None = None, confidence: Rate = 0.95
) -> Recheck:
    """The error rate of a simple random sample, corrected by a random subsample that was looked at again.

    The correction is the regression of the second look on the first within the subsample, carried to the whole sample
    (double sampling): corrected = mean2 + b (mean1 of all - mean1 of the subsample).

    Args:
        cases: one row a case of the sample.
        first: column of the teams' verdict (1 wrong, 0 right).
        second: column of the second look's verdict, empty where there was none.
        population: cases in the frame, for the finite correction.
        confidence: of the limits.

    Raises:
        InputRefused: fewer than three cases were looked at again, or a first verdict is missing.

    Source: Cochran (1977) 12.6, double sampling with regression; 7 CFR 275.23 (SNAP quality control).
    """
    if cases[first].isna().any():
        raise InputRefused(f"有{int(cases[first].isna().sum())}例没有初查结论。回头看之前请先补齐初查结论。")
    before = cases[first].to_numpy(dtype=float)
    looked = cases[second].notna().to_numpy()
    n, again = len(cases), int(looked.sum())
    if again < 3:
        raise InputRefused(f"回头看只有{again}例，不足以校正。请至少抽取3例，最好不少于30例。")
    x, y = before[looked], cases.loc[looked, second].to_numpy(dtype=float)
    spread = float(((x - x.mean()) ** 2).sum())
    slope = float(((x - x.mean()) * y).sum()) / spread if spread else 0.0
    value = float(y.mean()) + slope * (float(before.mean()) - float(x.mean()))
    residual = float(((y - y.mean() - slope * (x - x.mean())) ** 2).sum()) / (again - 2)
    total = float(y.var(ddof=1))
    large = 1 / population if population else 0.0
    variance = residual / again + max(0.0, total - residual) / n - total * large
    se = float(np.sqrt(max(variance, 0.0)))
    risk = float(allowed_risk(confidence))
    half = float(special.stdtrit(again - 2, 1 - risk / 2)) * se
    return Recheck(
        float(before.mean()),
        value,
        se,
        max(0.0, value - half),
        min(1.0, value + half),
        n,
        again,
        int((x == y).sum()),
        int(((y == 1) & (x == 0)).sum()),
        int(((y == 0) & (x == 1)).sum()),
        1 - risk,
    )
