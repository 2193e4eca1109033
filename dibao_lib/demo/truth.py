"""Compares what the checks found with what was planted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dibao_lib.demo.hidden import Planted

_FIELDS = ("township_code", "village_code", "household_id", "person_id")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Planted irregularities found and missed, and findings nobody planted.

    Args:
        found: how many planted irregularities have a finding of their own.
        missed: those without.
        unplanted_a: findings of severity A that were not planted.
        unplanted_b: the others.
    """

    found: int
    missed: tuple[Planted, ...]
    unplanted_a: pd.DataFrame
    unplanted_b: pd.DataFrame


def compare(findings: pd.DataFrame, truth: Sequence[Planted]) -> Comparison:
    """Pairs every planted irregularity with one finding; the most precise ones choose first."""
    free: dict[str, list[tuple[int, Planted]]] = {}
    columns = findings[["check_id", *_FIELDS]].fillna("").astype(str)
    for place, row in enumerate(columns.itertuples(index=False, name=None)):
        free.setdefault(row[0], []).append((place, Planted(*row)))
    used: set[int] = set()
    missed: list[Planted] = []
    for planted in sorted(truth, key=_blanks):
        fitting = [
            place for place, found in free.get(planted.check_id, []) if place not in used and _fits(planted, found)
        ]
        used.update(fitting[:1])
        missed += [] if fitting else [planted]
    rest = findings.iloc[[place for place in range(len(findings)) if place not in used]]
    is_a = rest["severity"] == "A"
    return Comparison(len(truth) - len(missed), tuple(missed), rest[is_a], rest[~is_a])


def _blanks(planted: Planted) -> int:
    return sum(not getattr(planted, name) for name in _FIELDS)


def _fits(planted: Planted, found: Planted) -> bool:
    """What the planted case says, the finding says too."""
    return all(getattr(planted, name) in {"", getattr(found, name)} for name in _FIELDS)
