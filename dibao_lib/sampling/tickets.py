"""Tickets and the orders they give: simple random, proportional to size, monetary units; integers only."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

SCALE = 1 << 256
# a Pareto key is compared to 40 decimal places; equal keys go by ticket
KEY_DIGITS = 10**40


def ticket(seed: str, name: str, unit: str) -> str:
    """SHA-256 hex of "{seed},{name},{unit}" (contract 4.3)."""
    return hashlib.sha256(f"{seed},{name},{unit}".encode()).hexdigest()


def smallest(seed: str, name: str, units: Iterable[str], count: int | None = None) -> list[tuple[str, str]]:
    """(ticket, unit) from the smallest ticket on, the first `count` or all."""
    prefix = hashlib.sha256(f"{seed},{name},".encode())
    drawn: list[tuple[bytes, str]] = []

    def hashed() -> Iterable[tuple[bytes, str]]:
        for unit in units:
            one = prefix.copy()
            one.update(unit.encode())
            yield one.digest(), unit

    drawn = sorted(hashed()) if count is None else heapq.nsmallest(count, hashed())
    return [(digest.hex(), unit) for digest, unit in drawn]


def inclusion_probabilities(sizes: Mapping[str, int], n: int) -> dict[str, Fraction]:
    """Exact n * size / total; units that reach 1 are taken with certainty and the rest shared anew.

    Source: Tille (2006) 2.10; R sampling::inclusionprobabilities.
    """
    sure: set[str] = set()
    while True:
        left, total = n - len(sure), sum(size for unit, size in sizes.items() if unit not in sure)
        new = {unit for unit, size in sizes.items() if unit not in sure and left > 0 and 0 < total <= left * size}
        if not new:
            break
        sure |= new
    return {
        unit: Fraction(1) if unit in sure else Fraction(left * size, total) if total else Fraction(0)
        for unit, size in sizes.items()
    }


def pareto_key(ticket_hex: str, probability: Fraction) -> int:
    """odds(ticket) / odds(probability) to 40 decimals; -1 for certainty (Rosen 1997)."""
    if probability >= 1:
        return -1
    x, chance, of = int(ticket_hex, 16), probability.numerator, probability.denominator
    return x * (of - chance) * KEY_DIGITS // ((SCALE - x) * chance)


def pareto_order(seed: str, name: str, probabilities: Mapping[str, Fraction]) -> list[tuple[int, str, str]]:
    """(key, ticket, unit) in drawing order; units of size 0 cannot be drawn."""
    tickets = ((ticket(seed, name, unit), unit, p) for unit, p in probabilities.items() if p > 0)
    return sorted((pareto_key(hexed, p), hexed, unit) for hexed, unit, p in tickets)


def interval_start(seed: str, name: str, total: int) -> int:
    """The random start in 1/n fen: the ticket of "start" as a share of the total, rounded down."""
    return int(ticket(seed, name, "start"), 16) * total >> 256


def interval_hits(units: Sequence[str], sizes: Sequence[int], n: int, start: int) -> list[str]:
    """Units hit by the n monetary units (start + k * total) / n, k = 0 .. n-1, along the list.

    Source: Touw & Hoogduin (2011) p.34.
    """
    total, reached, k = sum(sizes), 0, 0
    hits = []
    for unit, size in zip(units, sizes, strict=True):
        reached += size * n
        while k < n and start + k * total < reached:
            hits.append(unit)
            k += 1
    return hits
