"""Columns of a sample -> stages, weights and degrees of freedom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.sampling.variance import Codes, Floats, Stage, make_stage

Columns = str | Sequence[str] | None


@dataclass(frozen=True)
class Structure:
    """A design as arrays: its stages, the weight of each row, the weight's ancestors' fractions aside."""

    stages: tuple[Stage, ...]
    weight: Floats


def listed(columns: Columns) -> tuple[str, ...]:
    """One column name or several, as a tuple."""
    return () if columns is None else (columns,) if isinstance(columns, str) else tuple(columns)


def structure(
    data: pd.DataFrame,
    strata: Columns,
    stages: Columns,
    population: Columns,
    weight: str | None,
    probability: Columns,
    replace: bool,
) -> Structure:
    """The structure of a sample, from the names of its columns.

    Raises:
        UsageError: a column is missing, or nothing says how the sample was drawn.
        InputRefused: values that cannot be (a population below the sample, a probability outside 0..1).
    """
    names = [listed(part) for part in (strata, stages, population, probability)]
    _reject_missing(data, [*(name for part in names for name in part), *([weight] if weight else [])])
    strata_by, ids, sizes, chances = names
    if not (weight or chances or sizes):
        raise UsageError("没有说明样本怎样抽取：请至少给出 population、weight 或 probability 中的一列。")
    rows = len(data)
    parent, reach_rows = np.zeros(rows, dtype=np.int64), np.ones(rows)
    implied = np.ones(rows)
    made: list[Stage] = []
    for level in range(max(1, len(ids))):
        stratum = data[strata_by[level]] if level < len(strata_by) and strata_by[level] else None
        group, unit, group_of_unit, labels = make_stage(
            parent, stratum, data[ids[level]] if ids else None, reach_rows, level + 1
        )
        fraction_rows = _fraction(data, level, sizes, chances, group, group_of_unit, len(ids))
        implied /= np.where(fraction_rows > 0, fraction_rows, np.nan)
        if replace:
            fraction_rows = np.zeros(rows)
        sure = _certain(fraction_rows, unit, len(group_of_unit)) if chances and not sizes else None
        if sure is not None and sure.any():
            # units taken with certainty stand for themselves: a group of their own each
            group_of_unit = np.where(sure, np.arange(len(sure)) + len(labels), group_of_unit)
            labels = [*labels, *([""] * len(sure))]
        made.append(_stage(unit, group_of_unit, fraction_rows, reach_rows, labels))
        reach_rows = reach_rows * fraction_rows
        parent = unit
    return Structure(tuple(made), _weights(data, weight, chances, implied))


def _stage(unit: Codes, group_of_unit: Codes, fraction: Floats, reach: Floats, labels: Sequence[str]) -> Stage:
    units = len(group_of_unit)
    by_unit, reach_by_unit = np.zeros(units), np.zeros(units)
    by_unit[unit], reach_by_unit[unit] = fraction, reach
    return Stage(unit, group_of_unit, by_unit, reach_by_unit, np.bincount(group_of_unit, minlength=len(labels)), labels)


def _certain(fraction: Floats, unit: Codes, units: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    by_unit = np.zeros(units)
    by_unit[unit] = fraction
    return by_unit >= 1 - 1e-12


def _fraction(
    data: pd.DataFrame,
    level: int,
    sizes: tuple[str, ...],
    chances: tuple[str, ...],
    group: Codes,
    group_of_unit: Codes,
    stages: int,
) -> Floats:
    """Sampling fraction of each row's unit at a stage; 0 when the design does not say."""
    drawn = np.bincount(group_of_unit)
    if level < len(sizes) and sizes[level]:
        counts = data[sizes[level]].to_numpy(dtype=float)
        _reject_bad_population(counts, group, drawn, sizes[level])
        return np.asarray(drawn[group] / counts)
    if level < len(chances) and (len(chances) > 1 or stages <= 1) and not sizes:
        return _chances(data, chances[level])
    return np.zeros(len(data))


def _chances(data: pd.DataFrame, name: str) -> Floats:
    chance = data[name].to_numpy(dtype=float)
    if not ((chance > 0) & (chance <= 1 + 1e-12)).all():
        raise InputRefused(f"“{name}”列的入样概率应大于0、不大于1。请核对抽样记录。")
    return chance


def _weights(data: pd.DataFrame, weight: str | None, chances: tuple[str, ...], implied: Floats) -> Floats:
    if weight:
        given = data[weight].to_numpy(dtype=float)
    elif chances:
        given = 1 / np.prod([_chances(data, name) for name in chances], axis=0)
    else:
        given = implied
    if not (np.isfinite(given) & (given >= 0)).all():
        raise InputRefused("权数有缺漏或为负：请给出每一阶段的 population，或给出 weight、probability 列。")
    return np.asarray(given)


def _reject_missing(data: pd.DataFrame, names: Sequence[str]) -> None:
    if absent := [name for name in names if name and name not in data.columns]:
        raise UsageError(f"样本表中没有“{'、'.join(absent)}”列。请核对列名。")
    if data.empty:
        raise InputRefused("样本表没有数据，无法估计。请先登记检查结果。")
    if empty := [name for name in names if name and data[name].isna().any()]:
        raise InputRefused(f"样本表的“{'、'.join(empty)}”列有空值。抽样信息须逐行填写，请补齐。")


def _reject_bad_population(counts: Floats, group: Codes, drawn: Codes, name: str) -> None:
    low, high = np.full(len(drawn), np.inf), np.zeros(len(drawn))
    np.minimum.at(low, group, counts)
    np.maximum.at(high, group, counts)
    if (low != high).any():
        raise InputRefused(f"“{name}”列在同一层内不一致，应为该层抽样框的单元总数。请核对。")
    if (low < drawn - 1e-9).any():
        raise InputRefused(f"“{name}”列的单元总数小于抽取的单元数。请核对抽样框。")
