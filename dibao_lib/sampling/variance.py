"""The structure of a multistage design and the variance of a weighted total in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dibao_lib.errors import InputRefused

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Stage:
    """One stage: rows -> units drawn at it -> the groups (stratum within parent) they were drawn in.

    Attributes:
        unit: unit code of each row.
        group: group code of each unit.
        fraction: sampling fraction of each unit (n / N, or its inclusion probability; 0 with replacement).
        reach: product of the fractions of each unit's ancestors.
        counts: units drawn in each group.
        labels: how a person knows each group.
    """

    unit: Codes
    group: Codes
    fraction: Floats
    reach: Floats
    counts: Codes
    labels: Sequence[str]


def make_stage(
    parent: Codes, stratum: pd.Series | None, ids: pd.Series | None, reach: Floats, number: int
) -> tuple[Codes, Codes, Codes, Sequence[str]]:
    """Row codes of groups and units, group of each unit, and labels of the groups."""
    stratum_codes = np.zeros(len(parent), dtype=np.int64)
    names: Sequence[str] = [f"第{number}阶段"]
    if stratum is not None:
        stratum_codes, found = pd.factorize(stratum, sort=True)
        names = [str(name) for name in found]
    group = _compressed(parent * (int(stratum_codes.max(initial=0)) + 1) + stratum_codes)
    id_codes = np.arange(len(parent)) if ids is None else pd.factorize(ids)[0]
    unit = _compressed(group * (int(id_codes.max(initial=0)) + 1) + id_codes)
    group_of_unit = np.zeros(int(unit.max(initial=-1)) + 1, dtype=np.int64)
    group_of_unit[unit] = group
    first = np.zeros(int(group.max(initial=-1)) + 1, dtype=np.int64)
    first[group] = stratum_codes
    return group, unit, group_of_unit, [names[code] for code in first.tolist()]


def _compressed(codes: Codes) -> Codes:
    return np.asarray(pd.factorize(codes)[0], dtype=np.int64)


def variance_of_total(stages: Sequence[Stage], z: Floats, singleton: str) -> float:
    """Variance of sum(z), z weighted: at each stage n/(n-1) sum (1-f)(t - mean)^2 a group, times the reach.

    Args:
        stages: of the design.
        z: weighted value of each row.
        singleton: "refuse", "certainty" (adds nothing) or "adjust" (deviation from zero).

    Raises:
        InputRefused: a group with one unit drawn out of several, under "refuse".

    Source: Sarndal, Swensson & Wretman (1992) 4.3; unequal probabilities after Brewer as in R survey.
    """
    total = 0.0
    for stage in stages:
        units, groups = len(stage.group), len(stage.counts)
        sums = np.bincount(stage.unit, weights=z, minlength=units)
        open_ = stage.fraction < 1 - 1e-12
        alone = (stage.counts[stage.group] == 1) & open_ & (stage.reach > 0)
        if alone.any() and singleton == "refuse":
            _reject_singletons(stage, alone)
        means = np.bincount(stage.group, weights=sums, minlength=groups) / np.maximum(stage.counts, 1)
        away = sums - np.where(alone & (singleton == "adjust"), 0.0, means[stage.group])
        n = stage.counts[stage.group]
        factor = np.where(n > 1, n / np.maximum(n - 1, 1), 1.0)
        total += float((stage.reach * factor * (1 - stage.fraction) * away**2).sum())
    return total


def _reject_singletons(stage: Stage, alone: NDArray[np.bool_]) -> None:
    names = list(dict.fromkeys(stage.labels[group] for group in stage.group[alone].tolist()))
    raise InputRefused(
        f"“{'、'.join(names[:5])}”只抽了1个单元，无法计算方差。"
        "请合并层、追加抽样，或在写明理由后用 singleton='certainty' 或 'adjust'。"
    )
