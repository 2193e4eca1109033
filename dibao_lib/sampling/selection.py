"""From tickets to a sample: certainty units first, then the order of each stratum up to its share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from dibao_lib.errors import InputRefused
from dibao_lib.sampling.design import Design
from dibao_lib.sampling.frame import Frame
from dibao_lib.sampling.tickets import (
    inclusion_probabilities,
    interval_hits,
    interval_start,
    pareto_order,
    smallest,
    ticket,
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One unit in drawing order; certainty units have order 0 and probability 1."""

    unit: str
    stratum: str
    order: int
    ticket: str
    probability: Fraction
    certainty: bool = False


@dataclass(frozen=True)
class Selection:
    """The units drawn, the units that could be drawn by ticket a stratum, and the order past n when asked for."""

    drawn: tuple[Drawn, ...]
    free: Counter[str]
    reserve: Callable[[], tuple[Drawn, ...]]


def select(
    frame: Frame, design: Design, seed: str, other: frozenset[str] = frozenset(), extended: int | None = None
) -> Selection:
    """What a seed draws from a frame.

    Args:
        frame: what is drawn from.
        design: how.
        seed: the public seed.
        other: units of the draw that `within` or `without` names.
        extended: units in all after an extension.

    Raises:
        InputRefused: the design does not fit the frame.
    """
    certain = _certain(frame, design, seed)
    total = design.size(frame) if extended is None else extended
    if total < len(certain):
        raise InputRefused(f"必查单元有{len(certain)}个，多于样本量{total}。请增加样本量或减少必查单元。")
    free = free_units(frame, design, other)
    if design.method == "srs":
        return _simple(free, design, seed, certain, (design.size(frame), total))
    if not frame.sizes:
        raise InputRefused("按规模抽样需要抽样框有规模一列（如户数、金额）。请补上规模列，或改用简单随机抽样。")
    sizes = dict(zip(frame.units, frame.sizes, strict=True))
    sizes = {unit: sizes[unit] for unit in sorted(u for units in free.values() for u in units) if sizes[unit]}
    if total - len(certain) > len(sizes):
        raise InputRefused(f"要抽{total - len(certain)}个，规模大于0的可抽单元只有{len(sizes)}个。请减少样本量。")
    if design.method == "pareto":
        return _pareto(sizes, design, seed, certain, (design.size(frame), total))
    return _interval(sizes, design, seed, certain, total)


def _certain(frame: Frame, design: Design, seed: str) -> tuple[Drawn, ...]:
    strata = dict(zip(frame.units, frame.strata, strict=True)) if design.certainty or design.exclude else {}
    if unknown := sorted({*design.certainty, *design.exclude} - set(strata)):
        raise InputRefused(f"必查或排除名单中的 {'、'.join(unknown[:3])} 不在抽样框中。请核对单元代码。")
    if both := sorted(set(design.certainty) & set(design.exclude)):
        raise InputRefused(f"{'、'.join(both[:3])} 既在必查名单又在排除名单中。请只留一处。")
    rows = sorted((ticket(seed, design.name, unit), unit) for unit in design.certainty)
    return tuple(Drawn(unit, strata[unit], 0, hexed, Fraction(1), True) for hexed, unit in rows)


def free_units(frame: Frame, design: Design, other: frozenset[str]) -> dict[str, list[str]]:
    """Stratum -> units that can be drawn by ticket."""
    out = {*design.certainty, *design.exclude} | (other if design.without else set())
    strata: dict[str, list[str]] = {stratum: [] for stratum in dict.fromkeys(frame.strata)}
    if not out and not design.within and len(strata) == 1:
        return {stratum: list(frame.units) for stratum in strata}
    for unit, stratum in zip(frame.units, frame.strata, strict=True):
        if unit not in out and (not design.within or unit in other):
            strata[stratum].append(unit)
    return {stratum: units for stratum, units in strata.items() if units}


def _simple(
    free: dict[str, list[str]], design: Design, seed: str, certain: tuple[Drawn, ...], totals: tuple[int, int]
) -> Selection:
    counts = Counter({stratum: len(units) for stratum, units in free.items()})
    first, total = (size - len(certain) for size in totals)
    shares = design.shares(first, counts) if first >= 0 else {}
    if total > first:
        shares = design.shares(total, counts, {s: shares.get(s, 0) for s in counts})

    def ordered(stratum: str, count: int | None) -> Iterable[Drawn]:
        chance = Fraction(shares.get(stratum, 0), counts[stratum])
        for order, (hexed, unit) in enumerate(smallest(seed, design.name, free[stratum], count), start=1):
            yield Drawn(unit, stratum, order, hexed, chance)

    def reserve() -> tuple[Drawn, ...]:
        return tuple(row for s in sorted(free) for row in ordered(s, None) if row.order > shares.get(s, 0))

    drawn = tuple(row for s in sorted(free) if shares.get(s) for row in ordered(s, shares[s]))
    return Selection((*certain, *drawn), counts, reserve)


def _pareto(
    sizes: dict[str, int], design: Design, seed: str, certain: tuple[Drawn, ...], totals: tuple[int, int]
) -> Selection:
    first, total = (size - len(certain) for size in totals)
    chances = inclusion_probabilities(sizes, first)
    order = pareto_order(seed, design.name, chances)
    final = _lengthened(chances, total) if total > first else chances
    sure = [row for row in order if chances[row[2]] >= 1]
    rows = [Drawn(unit, "", 0, hexed, Fraction(1), True) for _, hexed, unit in sure]
    rest = order[len(sure) :]
    rows += [Drawn(unit, "", place, hexed, final[unit]) for place, (_, hexed, unit) in enumerate(rest, start=1)]
    count = Counter({"": len(rest)})
    return Selection((*certain, *rows[:total]), count, lambda: tuple(rows[total:]))


def _lengthened(chances: dict[str, Fraction], n: int) -> dict[str, Fraction]:
    """Inclusion probabilities of the first n in the same order: odds grow by one factor until they sum to n.

    Source: Rosen (1997), order sampling with fixed distribution shape.
    """
    odds = {unit: float(p / (1 - p)) for unit, p in chances.items() if p < 1}
    wanted = n - sum(1 for p in chances.values() if p >= 1)
    low, high = 1.0, 1e18
    for _ in range(200):
        factor = (low * high) ** 0.5
        reached = sum(factor * odd / (1 + factor * odd) for odd in odds.values())
        low, high = (factor, high) if reached < wanted else (low, factor)
    return {
        unit: Fraction(1) if p >= 1 else Fraction(high * odds[unit] / (1 + high * odds[unit])).limit_denominator(10**12)
        for unit, p in chances.items()
    }


def _interval(sizes: dict[str, int], design: Design, seed: str, certain: tuple[Drawn, ...], total: int) -> Selection:
    """Fixed-interval monetary units; amounts of an interval or more are taken with certainty."""
    n = total - len(certain)
    chances = inclusion_probabilities(sizes, n)
    sure = [unit for unit, p in chances.items() if p >= 1]
    rest = [unit for unit, p in chances.items() if p < 1]
    book = sum(sizes[unit] for unit in rest)
    left = n - len(sure)
    start = interval_start(seed, design.name, book)
    hits = interval_hits(rest, [sizes[unit] for unit in rest], left, start) if left > 0 and book else []
    rows = [Drawn(unit, "", 0, ticket(seed, design.name, unit), Fraction(1), True) for unit in sure]
    rows += [
        Drawn(unit, "", order, ticket(seed, design.name, unit), chances[unit])
        for order, unit in enumerate(hits, start=1)
    ]
    return Selection((*certain, *rows), Counter({"": len(rest)}), tuple)
