"""Tail probabilities: exact in integers where a decision hangs on them, vectorised in floats for the search."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def hypergeometric_at_most(k: int, population: int, bad: int, n: int) -> Fraction:
    """P(X <= k) of the number of bad units among n drawn without replacement, exact."""
    low, high = max(0, n - (population - bad)), min(n, bad)
    if k >= high:
        return Fraction(1)
    if k < low:
        return Fraction(0)
    term = comb(bad, low) * comb(population - bad, n - low)
    total = term
    for i in range(low, k):
        term = term * (bad - i) * (n - i) // ((i + 1) * (population - bad - n + i + 1))
        total += term
    return Fraction(total, comb(population, n))


def binomial_at_most(k: int, n: int, rate: Fraction) -> Fraction:
    """P(X <= k) of the number of bad units in n independent draws, exact."""
    if k >= n or rate == 0:
        return Fraction(int(k >= 0))
    if rate == 1:
        return Fraction(0)
    bad, good = rate.numerator, rate.denominator - rate.numerator
    term = good**n
    total = term if k >= 0 else 0
    for i in range(k):
        term = term * (n - i) * bad // ((i + 1) * good)
        total += term
    return Fraction(total, rate.denominator**n)


def binomial_risks(k: Ints, n: Ints, rate: float) -> Floats:
    """P(X <= k) for arrays, k < n."""
    return np.asarray(special.betaincc(k + 1.0, (n - k).astype(float), rate))


def hypergeometric_risks(k: Ints, population: int, bad: int, n: Ints) -> Floats:
    """P(X <= k) for arrays by log-gamma; about 1e-9 relative, so that near ties need the exact function."""
    whole = _log_choose(np.full(n.shape, population), n)
    total = np.zeros(n.shape)
    for i in range(int(k.max(initial=-1)) + 1):
        log_term = _log_choose(np.full(n.shape, bad), np.full(n.shape, i)) + _log_choose(
            np.full(n.shape, population - bad), n - i
        )
        total += np.where(i <= k, np.exp(log_term - whole), 0.0)
    return np.minimum(total, 1.0)


def _log_choose(of: Ints, chosen: Ints) -> Floats:
    possible = (chosen >= 0) & (chosen <= of)
    a, b = np.where(possible, of, 1), np.where(possible, chosen, 0)
    logs = special.gammaln(a + 1.0) - special.gammaln(b + 1.0) - special.gammaln(a - b + 1.0)
    return np.asarray(np.where(possible, logs, -np.inf))
