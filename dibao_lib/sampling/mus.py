"""The Stringer bound: what monetary-unit sampling says at most about overpayments."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy import special

from dibao_lib.errors import UsageError
from dibao_lib.sampling.rates import Rate, allowed_risk, whole


def stringer_bound(taints: Iterable[float], n: int, confidence: Rate = 0.95, *, likelihood: str = "binomial") -> float:
    """Upper bound of the overstated share of the book total.

    Args:
        taints: overstated share of each item found wrong, (book - audit) / book, 0..1; zeros may be given too.
        n: monetary units drawn.
        confidence: one-sided.
        likelihood: "binomial" or "poisson".

    Returns:
        A share of the book total; times the total in fen it is the bound in fen.

    Raises:
        UsageError: a taint outside 0..1 or more taints than units.

    Source: Touw & Hoogduin (2011) p.144; Bickel (1992).
    """
    given = np.asarray(list(taints), dtype=float)
    if given.size > whole(n, "抽取的货币单元数", 1) or not ((given >= 0) & (given <= 1)).all():
        raise UsageError("差错比例应在0到1之间，个数不多于抽取的货币单元数。少发的部分请单独估计。")
    if likelihood not in ("binomial", "poisson"):
        raise UsageError("分布应为 binomial 或 poisson。")
    wrong = np.sort(given[given > 0])[::-1]
    count, level = np.arange(wrong.size + 1), float(1 - allowed_risk(confidence))
    if likelihood == "poisson":
        bounds = special.gammaincinv(count + 1, level) / n
    else:
        bounds = np.where(count >= n, 1.0, special.betaincinv(count + 1, np.maximum(n - count, 1), level))
    return float(bounds[0] + (np.diff(bounds) * wrong).sum())
