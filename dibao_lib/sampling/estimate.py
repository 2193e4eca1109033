"""Design-based estimates: totals, means, ratios, rates and domains, with the finite correction and degrees of freedom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf, nan, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import special

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.sampling.rates import Rate, allowed_risk
from dibao_lib.sampling.results import Estimate, Improper, MissingCases
from dibao_lib.sampling.survey import Columns, structure
from dibao_lib.sampling.variance import Floats, variance_of_total

if TYPE_CHECKING:
    from dibao_lib.sampling.draw import Draw

Values = str | pd.Series | Sequence[Any] | np.ndarray[Any, Any]
_SINGLETONS = ("refuse", "certainty", "adjust")


class SurveyDesign:
    """A sample and how it was drawn; every argument names columns of `data`.

    Args:
        data: one row an element (household, payment), only what was drawn.
        strata: column of strata; several for the strata of later stages.
        stages: ids of the unit drawn at each stage; empty when elements are drawn directly.
        population: columns with the number of units in the frame at each stage: the finite correction, and the
            weights when neither weight nor probability is given.
        weight: column of weights.
        probability: column of inclusion probabilities; several: one a stage, multiplied. Without `population` they
            are also the sampling fractions of the variance (unequal probabilities, Brewer).
        replace: drawn with replacement; no finite correction.
        singleton: a stratum with one unit drawn: "refuse", or by name "certainty" (adds no variance), "adjust".

    Raises:
        UsageError: a column is missing, or nothing says how the sample was drawn.
        InputRefused: values that cannot be.

    Source: Sarndal, Swensson & Wretman (1992); agrees with R survey (svydesign, svytotal, svymean, svyratio).
    """

    def __init__(  # noqa: D107
        self,
        data: pd.DataFrame,
        *,
        strata: Columns = None,
        stages: Columns = (),
        population: Columns = (),
        weight: str | None = None,
        probability: Columns = None,
        replace: bool = False,
        singleton: str = "refuse",
    ) -> None:
        if singleton not in _SINGLETONS:
            raise UsageError(f"singleton 应为 {'、'.join(_SINGLETONS)} 之一。")
        self._data = data.reset_index(drop=True)
        self._structure = structure(self._data, strata, stages, population, weight, probability, replace)
        self._singleton = singleton
        self._domain: np.ndarray[Any, np.dtype[np.bool_]] = np.ones(len(data), dtype=bool)

    @classmethod
    def from_draw(
        cls, made: Draw, results: pd.DataFrame, unit: str = "unit", *, singleton: str = "refuse"
    ) -> SurveyDesign:
        """The design of a one-stage draw joined to what was seen; certainty units stand for themselves only.

        Args:
            made: the draw.
            results: one row a unit inspected; several rows a unit make it a cluster examined in full.
            unit: column of unit ids in `results`.
            singleton: as above.

        Raises:
            InputRefused: results of units that were not drawn (hand-picked cases are never extrapolated), or drawn
                units without any result.
        """
        sample = made.sample.rename(columns={"unit": unit})
        seen = results[unit].astype(str)
        if strangers := sorted(set(seen) - set(sample[unit])):
            raise InputRefused(
                f"{'、'.join(strangers[:3])} 不是抽中的单元：挑选的个案不能用来推断总体，请另行单独报告。"
            )
        if absent := sorted(set(sample[unit]) - set(seen)):
            raise InputRefused(f"抽中的 {'、'.join(absent[:3])} 没有检查结果。未查到的也要登记一行，结果留空。")
        data = results.assign(**{unit: seen}).merge(sample, on=unit, how="left", suffixes=("", "_drawn"))
        if made.frame.sizes and made.design.method != "srs":
            return cls(data, stages=(unit,), probability=("probability",), singleton=singleton)
        free = made.selection.free
        sure = data["certainty"].astype(bool)
        stratum = data["stratum_drawn"] if "stratum_drawn" in data else data["stratum"]
        data["_stratum"] = np.where(sure, "必查单元", stratum)
        count = int(made.sample["certainty"].sum())
        data["_population"] = [count if c else free[s] for c, s in zip(sure, stratum, strict=True)]
        return cls(data, strata="_stratum", stages=(unit,), population=("_population",), singleton=singleton)

    @property
    def df(self) -> int:
        """Degrees of freedom: first-stage units less strata, both as far as the domain reaches; census strata aside."""
        stage = self._structure.stages[0]
        units = np.unique(stage.unit[self._domain])
        units = units[stage.fraction[units] < 1 - 1e-12]
        return max(0, len(units) - len(np.unique(stage.group[units])))

    def domain(self, mask: Values) -> SurveyDesign:
        """The same design looked at in part: estimates for the rows of a mask (bool column or array).

        The rows outside still count for the variance, as they must.
        """
        part = object.__new__(SurveyDesign)
        part.__dict__.update(self.__dict__)
        part._domain = self._domain & self._values(mask, whole=True).astype(bool)
        if not part._domain.any():
            raise InputRefused("该部分在样本中没有单元，无法估计。请换一个范围。")
        return part

    def total(self, y: Values, *, confidence: Rate = 0.95) -> Estimate:
        """Estimated population total of y."""
        z = self._values(y)
        return self._estimate(float((self._structure.weight * z).sum()), z, confidence)

    def mean(self, y: Values, *, confidence: Rate = 0.95) -> Estimate:
        """Estimated population mean of y a row."""
        return self.ratio(y, np.ones(len(self._data)), confidence=confidence)

    def ratio(self, y: Values, x: Values, *, confidence: Rate = 0.95) -> Estimate:
        """Estimated ratio of totals, sum y / sum x.

        Raises:
            InputRefused: the denominator is zero.
        """
        top, bottom, weight = self._values(y), self._values(x), self._structure.weight
        below = float((weight * bottom).sum())
        if below == 0:
            raise InputRefused("比率的分母合计为0，无法估计。请核对分母一列。")
        value = float((weight * top).sum()) / below
        return self._estimate(value, (top - value * bottom) / below, confidence)

    def rate(self, flag: Values, *, confidence: Rate = 0.95) -> Estimate:
        """Estimated share of rows with the flag; limits after Korn & Graubard, so that they stay within 0..1.

        Source: Korn & Graubard (1998); R survey svyciprop(method="beta").
        """
        mean = self.mean(np.asarray(self._values(flag) != 0, dtype=float), confidence=confidence)
        risk = float(allowed_risk(confidence))
        low, high = self._beta_limits(mean, risk / 2)
        return replace(mean, lower=low, upper=high, lower_one_sided=self._beta_limits(mean, risk)[0])

    def improper(self, paid: Values, correct: Values, *, confidence: Rate = 0.95) -> Improper:
        """Improper amounts in the population: over, under, gross and net, each with its one-sided lower bound.

        Args:
            paid: fen paid.
            correct: fen that should have been paid.
            confidence: of intervals and bounds.
        """
        gap = self._values(paid) - self._values(correct)
        parts = (np.maximum(gap, 0), np.maximum(-gap, 0), np.abs(gap), gap)
        return Improper(*(self.total(part, confidence=confidence) for part in parts))

    def missing_cases(self, flag: Values, *, confidence: Rate = 0.95) -> MissingCases:
        """A rate with cases not found shown as missing, all correct and all wrong (flag is empty where not found)."""
        raw = pd.Series(self._data[flag] if isinstance(flag, str) else flag).reset_index(drop=True)
        missing = raw.isna().to_numpy()
        known = raw.astype(object).where(~missing, 0).astype(float).to_numpy()
        seen = self.domain(~missing)
        return MissingCases(
            int((missing & self._domain).sum()),
            seen.rate(known, confidence=confidence),
            self.rate(known, confidence=confidence),
            self.rate(np.where(missing, 1.0, known), confidence=confidence),
        )

    def _values(self, y: Values, *, whole: bool = False) -> Floats:
        """A column or array as floats, zero outside the domain."""
        if isinstance(y, str) and y not in self._data.columns:
            raise UsageError(f"样本表中没有“{y}”列。请核对列名。")
        column = self._data[y] if isinstance(y, str) else y
        if len(column) != len(self._data):
            raise UsageError(f"给出的数据有{len(column)}行，样本表有{len(self._data)}行，应逐行对应。")
        values: Floats = np.asarray(pd.Series(np.asarray(column)).astype(float), dtype=np.float64)
        if whole:
            return values
        if np.isnan(values[self._domain]).any():
            raise InputRefused(
                f"有{int(np.isnan(values[self._domain]).sum())}行没有结果。未查到的不能当作没有问题："
                "请补查，或用 missing_cases 同时列出三种算法。"
            )
        return np.where(self._domain, values, 0.0)

    def _estimate(self, value: float, z: Floats, confidence: Rate) -> Estimate:
        weight, risk = self._structure.weight, float(allowed_risk(confidence))
        variance = variance_of_total(self._structure.stages, weight * z, self._singleton)
        se, df = sqrt(variance), self.df
        two, one = _t(df, risk / 2), _t(df, risk)
        known = se == 0
        return Estimate(
            value,
            se,
            value if known else value - two * se,
            value if known else value + two * se,
            df,
            self._deff(variance, z),
            value if known else value - one * se,
            1 - risk,
            int(self._domain.sum()),
        )

    def _deff(self, variance: float, z: Floats) -> float:
        """Against a simple random sample of as many rows without replacement, as R survey has it."""
        weight, values = self._structure.weight[self._domain], z[self._domain]
        n, population = len(values), float(weight.sum())
        if n < 2 or population <= n:
            return nan
        mean = (weight * values).sum() / population
        spread = n / (n - 1) * float((weight * (values - mean) ** 2).sum()) / population
        simple = spread * population * (population - n) / n
        return variance / simple if simple > 0 else nan

    def _beta_limits(self, mean: Estimate, risk: float) -> tuple[float, float]:
        n, p = float(mean.n), min(max(mean.value, 0.0), 1.0)
        if mean.se > 0 and mean.df > 0:
            shrink = special.stdtrit(mean.n - 1, risk) / special.stdtrit(mean.df, risk)
            n = p * (1 - p) / mean.se**2 * float(shrink) ** 2
        low = 0.0 if p == 0 else float(special.betaincinv(n * p, n * (1 - p) + 1, risk))
        high = 1.0 if p == 1 else float(special.betaincinv(n * p + 1, n * (1 - p), 1 - risk))
        return low, high


def _t(df: int, risk: float) -> float:
    """Student's t; without a degree of freedom the limits are infinite."""
    return float(special.stdtrit(df, 1 - risk)) if df > 0 else inf
