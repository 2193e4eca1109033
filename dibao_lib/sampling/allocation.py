"""A sample size shared among strata: proportional, Neyman or by cost; whole numbers that sum to n."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import sqrt
from typing import Any

import pandas as pd

from dibao_lib.errors import UsageError
from dibao_lib.sampling.rates import whole

Values = str | Mapping[str, Any] | Sequence[Any]


def allocate(
    n: int,
    strata: Sequence[str] | pd.DataFrame,
    *,
    size: Values,
    sd: Values | None = None,
    cost: Values | None = None,
    minimum: int | Mapping[str, int] = 2,
) -> dict[str, int]:
    """Units to draw in each stratum; they sum to n and stay between the minimum and the stratum's size.

    Args:
        n: units to draw in all.
        strata: names of the strata, or a DataFrame with one row a stratum (its index names them).
        size: units in each stratum: in the order of the strata, by name, or a column of the DataFrame.
        sd: standard deviation in each stratum (Neyman allocation); without it the allocation is proportional.
        cost: cost of one unit in each stratum (optimum allocation).
        minimum: at least so many a stratum; a stratum with fewer units is taken whole.

    Raises:
        UsageError: n is below the minimum of all strata together or above the number of units.

    Source: Cochran (1977) 5.5-5.9; rounding by largest remainder.
    """
    names = [str(name) for name in (strata.index if isinstance(strata, pd.DataFrame) else strata)]
    sizes = [whole(count, f"“{name}”层的单元数") for name, count in zip(names, _listed(size, strata), strict=True)]
    weights = _weights(
        sizes, None if sd is None else _listed(sd, strata), None if cost is None else _listed(cost, strata)
    )
    floors = [minimum] * len(names) if isinstance(minimum, int) else [minimum[name] for name in names]
    low = [min(floor, most) for floor, most in zip(floors, sizes, strict=True)]
    if not sum(low) <= whole(n, "样本量") <= sum(sizes):
        raise UsageError(
            f"样本量{n}无法分配到{len(names)}层：各层最少共需{sum(low)}个，最多共有{sum(sizes)}个。"
            "请调整样本量，或合并单元过少的层。"
        )
    return dict(zip(names, _rounded(n, _levelled(n, weights, low, sizes), sizes), strict=True))


def _listed(values: Any, strata: Sequence[str] | pd.DataFrame) -> list[Any]:
    """Values in the order of the strata."""
    if isinstance(values, Mapping):
        return [values[name] for name in (strata.index if isinstance(strata, pd.DataFrame) else strata)]
    if isinstance(values, str) and isinstance(strata, pd.DataFrame):
        return strata[values].tolist()
    return list(values)


def _weights(sizes: list[int], sd: list[Any] | None, cost: list[Any] | None) -> list[Fraction]:
    spread = sd or [1] * len(sizes)
    price = cost or [1] * len(sizes)
    if any(value < 0 for value in spread) or any(value <= 0 for value in price):
        raise UsageError("各层的标准差不能为负，单位费用应大于0。请核对后重新填写。")
    weights = [Fraction(s) * Fraction(d) / Fraction(sqrt(c)) for s, d, c in zip(sizes, spread, price, strict=True)]
    # a stratum without spread still takes what the others cannot hold
    least = min((weight for weight in weights if weight), default=Fraction(1)) / 10**9
    return [max(weight, least) for weight in weights]


def _levelled(n: int, weights: list[Fraction], low: list[int], high: list[int]) -> list[Fraction]:
    """Shares proportional to the weights wherever no bound holds: clamp(level * weight, low, high), summing to n."""

    def shares(level: Fraction) -> list[Fraction]:
        return [min(max(level * w, Fraction(lo)), Fraction(hi)) for w, lo, hi in zip(weights, low, high, strict=True)]

    steps = sorted({Fraction(b) / w for w, lo, hi in zip(weights, low, high, strict=True) for b in (lo, hi)})
    below = max((step for step in steps if sum(shares(step)) <= n), default=Fraction(0))
    free = [w for w, lo, hi in zip(weights, low, high, strict=True) if lo <= below * w < hi]
    rest = n - sum(shares(below))
    return shares(below + rest / sum(free, Fraction(0))) if rest and free else shares(below)


def _rounded(n: int, shares: list[Fraction], high: list[int]) -> list[int]:
    """Whole numbers by largest remainder; the earlier stratum wins a tie."""
    counts = [int(share) for share in shares]
    order = sorted(range(len(shares)), key=lambda i: (counts[i] - shares[i], i))
    for i in [i for i in order if counts[i] < high[i]][: n - sum(counts)]:
        counts[i] += 1
    return counts
