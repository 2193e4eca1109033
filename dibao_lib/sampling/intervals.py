"""Error rates with exact intervals: Clopper-Pearson, Wilson, and the exact interval of a finite population."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import TypeVar

from scipy import special

from dibao_lib.errors import UsageError
from dibao_lib.sampling.rates import Rate, allowed_risk, whole
from dibao_lib.sampling.tails import hypergeometric_at_most

T = TypeVar("T")
_SIDES = ("two", "upper", "lower")


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits of an error rate.

    Attributes:
        lower: lower limit, a rate; 0 for an upper bound.
        upper: upper limit, a rate; 1 for a lower bound.
        rate: errors / n.
        errors: errors found.
        n: units inspected.
        confidence: as asked.
        side: "two", "upper" or "lower".
        method: "exact", "wilson" or "finite".
        lower_count: bad units in the population at the lower limit (finite populations).
        upper_count: bad units in the population at the upper limit.
    """

    lower: float
    upper: float
    rate: float
    errors: int
    n: int
    confidence: float
    side: str
    method: str
    lower_count: int | None = None
    upper_count: int | None = None


def rate_interval(
    errors: int,
    n: int,
    *,
    population: int | None = None,
    confidence: Rate = 0.95,
    side: str = "two",
    method: str = "exact",
) -> Interval:
    """Confidence limits of an error rate from a simple random sample.

    Args:
        errors: units in error.
        n: units inspected.
        population: units in the frame; gives the exact limits of a finite population, whole units of it.
        confidence: of the interval, or of the one-sided bound.
        side: "two", "upper" (only the upper limit) or "lower".
        method: "exact" (Clopper-Pearson) or "wilson".

    Raises:
        UsageError: more errors than units, more units than the population, an unknown side or method.

    Source: Clopper & Pearson (1934); Newcombe (1998) Stat. Med. 17; finite: inversion of both one-sided
        hypergeometric tests, exact integers (Touw & Hoogduin 2011 p.125).
    """
    whole(n, "检查单元数", 1)
    if whole(errors, "差错数") > n:
        raise UsageError(f"差错数{errors}多于检查单元数{n}，请核对。")
    if side not in _SIDES or method not in ("exact", "wilson"):
        raise UsageError("side 应为 two、upper 或 lower，method 应为 exact 或 wilson。")
    risk = allowed_risk(confidence) / (2 if side == "two" else 1)
    level = 1 - float(allowed_risk(confidence))
    if population is None:
        limits = _wilson(errors, n, risk) if method == "wilson" else _clopper_pearson(errors, n, risk)
        lower, upper = _one_sided(limits, (0.0, 1.0), side)
        return Interval(lower, upper, errors / n, errors, n, level, side, method)
    if method == "wilson":
        raise UsageError("有限总体请用精确区间：method 写 exact，或不给出 population。")
    if whole(population, "总体单元数", 1) < n:
        raise UsageError(f"检查单元数{n}多于总体单元数{population}，请核对。")
    low, high = _one_sided(_finite(errors, n, population, risk), (0, population), side)
    return Interval(low / population, high / population, errors / n, errors, n, level, side, "finite", low, high)


def _one_sided(limits: tuple[T, T], ends: tuple[T, T], side: str) -> tuple[T, T]:
    return (ends[0] if side == "upper" else limits[0], ends[1] if side == "lower" else limits[1])


def _clopper_pearson(k: int, n: int, risk: Fraction) -> tuple[float, float]:
    low = 0.0 if k == 0 else float(special.betaincinv(k, n - k + 1, float(risk)))
    high = 1.0 if k == n else float(special.betaincinv(k + 1, n - k, float(1 - risk)))
    return low, high


def _wilson(k: int, n: int, risk: Fraction) -> tuple[float, float]:
    z, p = float(special.ndtri(float(1 - risk))), k / n
    scale = 1 + z * z / n
    center = (p + z * z / (2 * n)) / scale
    half = z / scale * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (0.0 if k == 0 else max(0.0, center - half)), (1.0 if k == n else min(1.0, center + half))


def _finite(k: int, n: int, population: int, risk: Fraction) -> tuple[int, int]:
    """Bad units in the population that neither one-sided test rejects: fewest and most."""
    fewest, most = k, population - (n - k)

    def possible_low(bad: int) -> bool:
        return 1 - hypergeometric_at_most(k - 1, population, bad, n) > risk

    def possible_high(bad: int) -> bool:
        return hypergeometric_at_most(k, population, bad, n) > risk

    low, end = fewest, most
    while low < end:
        middle = (low + end) // 2
        low, end = (low, middle) if possible_low(middle) else (middle + 1, end)
    start, high = fewest, most
    while start < high:
        middle = (start + high + 1) // 2
        start, high = (middle, high) if possible_high(middle) else (start, middle - 1)
    return low, high
