"""How many to draw: coverage quotas (R57, R58), attribute plans, stop-or-go plans, proportions, monetary units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Any

import numpy as np
from scipy import special

from dibao_lib.errors import UsageError
from dibao_lib.sampling.rates import Rate, allowed_risk, ceiling, exact_number, exact_rate, whole
from dibao_lib.sampling.tails import (
    Floats,
    Ints,
    binomial_at_most,
    binomial_risks,
    hypergeometric_at_most,
    hypergeometric_risks,
)

LARGEST = 5000
# risks closer to the limit than this are decided in exact integers
_NEAR = 1e-6
_LIKELIHOODS = ("binomial", "poisson", "hypergeometric")


@dataclass(frozen=True, slots=True)
class SizePlan:
    """A sample size and what it promises.

    Attributes:
        n: units to draw; per stage in a stop-or-go plan.
        acceptable: errors that may be found with the promise still holding (may be a fraction for Poisson).
        risk: chance of accepting when the true rate is the tolerable one.
        method: the likelihood or formula used.
        unrounded: the size before rounding up, where the formula gives one.
    """

    n: int
    acceptable: float
    risk: float
    method: str
    unrounded: float | None = None


def coverage(N: int, rate: Rate) -> int:
    """The least number of units that covers a rate of N, exact: 30% of 20 are 6 (R57, R58).

    Raises:
        UsageError: N is not a whole number, or the rate lies outside 0..1.
    """
    return ceiling(exact_rate(rate, "覆盖面") * whole(N, "单元总数"))


def attribute_size(
    tolerable: Rate,
    expected: Rate = 0,
    confidence: Rate = 0.95,
    *,
    population: int | None = None,
    acceptable: int | None = None,
    likelihood: str | None = None,
) -> SizePlan:
    """The smallest sample that, with no more than the acceptable errors, keeps the error rate below `tolerable`.

    Args:
        tolerable: error rate that must be ruled out; in a population K = ceil(tolerable * population) bad units.
        expected: error rate expected; ceil(expected * n) errors are accepted (n * expected for Poisson).
        confidence: the risk is at most 1 - confidence, ties accepted.
        population: units in the frame; makes the plan hypergeometric.
        acceptable: a fixed number of acceptable errors instead of an expected rate.
        likelihood: "binomial", "poisson" or "hypergeometric".

    Raises:
        UsageError: an argument does not fit, or no size up to 5000 (or the population) keeps the promise.

    Source: AICPA Audit Sampling (2017) tables A-1..A-4; Touw & Hoogduin (2011) p.126; DCAA EZ-Quant.
    """
    limit, risk = exact_rate(tolerable, "可容忍差错率"), allowed_risk(confidence)
    rate = exact_rate(expected, "预期差错率")
    kind = _likelihood(likelihood, population)
    if limit == 0:
        raise UsageError("可容忍差错率应大于0；要求一个差错也没有，只能逐户全查。")
    if acceptable is not None:
        whole(acceptable, "可接受差错数")
    most = LARGEST if population is None else min(LARGEST, whole(population, "总体单元数", 1))
    found = None
    # most plans end early: look there first
    for low, high in pairwise((1, 201, 1001, LARGEST + 1)):
        n = np.arange(low, min(high, most + 1))
        found = found or _search(kind, n, limit, rate, risk, acceptable, population)
    if found is None:
        raise UsageError(
            f"样本量到{most}仍达不到要求：预期差错（{acceptable if acceptable is not None else expected}）"
            f"与可容忍差错率（{tolerable}）太接近。请提高可容忍差错率、降低置信水平，或改为全查。"
        )
    return SizePlan(*found, kind)


def _search(
    kind: str, n: Ints, limit: Fraction, rate: Fraction, risk: Fraction, acceptable: int | None, population: int | None
) -> tuple[int, float, float] | None:
    """The first of the sizes that keeps the promise: size, acceptable errors, risk."""
    if kind == "poisson":
        errors = n * float(rate) if acceptable is None else np.full(n.shape, float(acceptable))
        return _first(special.gammaincc(errors + 1, n * float(limit)), errors, n, risk, None)
    accepted = _ceilings(rate, n) if acceptable is None else np.full(n.shape, acceptable)
    return _first(*_counted(kind, n, accepted, limit, population), risk, _exact(kind, limit, population))


def _likelihood(likelihood: str | None, population: int | None) -> str:
    kind = likelihood or ("binomial" if population is None else "hypergeometric")
    if kind not in _LIKELIHOODS:
        raise UsageError(f"不认识的分布“{kind}”。可用的有：{'、'.join(_LIKELIHOODS)}。")
    if kind == "hypergeometric" and population is None:
        raise UsageError("超几何分布需要总体单元数，请给出 population。")
    return kind


def _ceilings(rate: Fraction, n: Ints) -> Ints:
    return -((-n * rate.numerator) // rate.denominator)


def _counted(kind: str, n: Ints, accepted: Ints, limit: Fraction, population: int | None) -> tuple[Floats, Ints, Ints]:
    """Float risks, errors and sizes, for sizes above the number of errors."""
    useful = n > accepted
    n, accepted = n[useful], accepted[useful]
    if kind == "binomial" or population is None:
        return binomial_risks(accepted, n, float(limit)), accepted, n
    return hypergeometric_risks(accepted, population, ceiling(limit * population), n), accepted, n


def _exact(kind: str, limit: Fraction, population: int | None) -> Callable[[int, int], Fraction]:
    if kind == "binomial" or population is None:
        return lambda k, n: binomial_at_most(k, n, limit)
    bad = ceiling(limit * population)
    return lambda k, n: hypergeometric_at_most(k, population, bad, n)


def _first(
    risks: Any, errors: Any, n: Ints, allowed: Fraction, exact: Callable[[int, int], Fraction] | None
) -> tuple[int, float, float] | None:
    """The first size whose risk is allowed: size, errors, risk."""
    near = float(allowed) * _NEAR
    for i in np.flatnonzero((risks <= float(allowed) + near) & (n > errors)):
        size, count = int(n[i]), errors[i].item()
        if exact is None or risks[i] < float(allowed) - near:
            if risks[i] <= float(allowed):
                return size, count, float(risks[i])
        elif (risk := exact(count, size)) <= allowed:
            return size, count, float(risk)
    return None


def sequential_size(
    tolerable: Rate, accept: Sequence[int] = (1, 0), confidence: Rate = 0.95, *, likelihood: str = "binomial"
) -> SizePlan:
    """Units per stage of a stop-or-go plan with equal stages.

    Fewer errors than accept[0] in the first stage: stop and accept; exactly accept[0]: draw the next stage; more:
    reject. The last stage accepts up to accept[-1] errors.

    Args:
        tolerable: error rate that must be ruled out.
        accept: errors at which each stage goes on, the last: errors it still accepts.
        confidence: the overall risk is at most 1 - confidence.
        likelihood: "binomial" or "poisson".

    Raises:
        UsageError: an argument does not fit, or no size up to 5000 keeps the promise.

    Source: Touw & Hoogduin (2011), stop-or-go plans; koenderks/jfa planning().
    """
    limit, allowed = exact_rate(tolerable, "可容忍差错率"), float(allowed_risk(confidence))
    counts = [whole(count, "各阶段可接受差错数") for count in accept]
    if len(counts) < 2 or likelihood not in ("binomial", "poisson") or limit == 0:
        raise UsageError("分阶段抽样至少要写两个阶段的可接受差错数，可容忍差错率大于0，分布为 binomial 或 poisson。")
    n = np.arange(sum(counts) + 1, LARGEST + 1)
    at_most = _stage_cdf(likelihood, n, float(limit))
    risk, going_on = at_most(counts[0] - 1), np.ones(n.shape)
    for position, count in enumerate(counts[:-1]):
        going_on = going_on * (at_most(count) - at_most(count - 1))
        last = position == len(counts) - 2
        risk = risk + going_on * at_most(counts[position + 1] - (0 if last else 1))
    enough = np.flatnonzero(risk <= allowed * (1 + 1e-12))
    if not enough.size:
        raise UsageError(f"每阶段样本量到{LARGEST}仍达不到要求。请提高可容忍差错率或降低置信水平。")
    first = enough[0]
    return SizePlan(int(n[first]), counts[0], float(risk[first]), f"sequential {likelihood}")


def _stage_cdf(likelihood: str, n: Ints, rate: float) -> Callable[[int], Floats]:
    def at_most(k: int) -> Floats:
        if k < 0:
            return np.zeros(n.shape)
        if likelihood == "poisson":
            return np.asarray(special.gammaincc(k + 1, n * rate))
        return binomial_risks(np.full(n.shape, k), n, rate)

    return at_most


def proportion_size(p: Rate, margin: Rate, confidence: Rate = 0.95, population: int | None = None) -> SizePlan:
    """Units that estimate a proportion to within +-margin, by the normal formula; finite when a population is given.

    Args:
        p: proportion expected; 0.5 is the safe choice.
        margin: half-width of the interval, absolute.
        confidence: of the two-sided interval.
        population: units in the frame.

    Raises:
        UsageError: an argument does not fit.

    Source: Cochran (1977) 4.3-4.4; PracTools nPropMoe.
    """
    share, width = exact_rate(p, "预期比例"), exact_rate(margin, "允许误差")
    risk = float(allowed_risk(confidence))
    if width == 0:
        raise UsageError("允许误差应大于0；不允许任何误差，只能逐户全查。")
    z_squared = float(special.ndtri(1 - risk / 2)) ** 2
    spread = float(share * (1 - share))
    if population is None:
        size = z_squared * spread / float(width) ** 2
    else:
        rest = whole(population, "总体单元数", 2) - 1
        size = (rest + 1) / rest * z_squared * spread / (float(width) ** 2 + z_squared * spread / rest)
    return SizePlan(max(1, ceil(size - 1e-9)), 0, risk, "normal", size)


def mus_size(book_total: int, tolerable_amount: int, expected_amount: int = 0, confidence: Rate = 0.95) -> SizePlan:
    """Monetary units to draw so that an overstatement of `tolerable_amount` is ruled out (Poisson).

    Args:
        book_total: sum of the ledger, fen.
        tolerable_amount: overstatement that must be ruled out, fen.
        expected_amount: overstatement expected, fen.
        confidence: the risk is at most 1 - confidence.

    Raises:
        UsageError: amounts out of order, or no size up to 5000 keeps the promise.

    Source: AICPA Audit Sampling (2017) table C-1.
    """
    total = exact_number(book_total, "账面总额")
    tolerable, expected = exact_number(tolerable_amount, "可容忍金额"), exact_number(expected_amount, "预期差错金额")
    if not 0 <= expected < tolerable <= total:
        raise UsageError("金额应满足：0 ≤ 预期差错金额 < 可容忍金额 ≤ 账面总额（单位：分）。请核对后重新填写。")
    return attribute_size(tolerable / total, expected / total, confidence, likelihood="poisson")
