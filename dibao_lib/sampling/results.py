"""What an estimate is made of: the value, its uncertainty, and the bound to cite first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate with its uncertainty.

    Attributes:
        value: the point estimate, in the unit of y.
        se: standard error.
        lower: two-sided limit (Student t; Korn-Graubard for rates).
        upper: two-sided limit.
        df: degrees of freedom: units of the first stage less strata, census strata aside.
        deff: design effect against simple random sampling of the same number of rows; nan when undefined.
        lower_one_sided: one-sided lower bound at the same confidence: the number to cite first.
        confidence: as asked.
        n: rows it rests on.
    """

    value: float
    se: float
    lower: float
    upper: float
    df: int
    deff: float
    lower_one_sided: float
    confidence: float
    n: int


@dataclass(frozen=True, slots=True)
class Improper:
    """Improper amounts from a sample: overpaid, underpaid, both together, and the balance."""

    over: Estimate
    under: Estimate
    gross: Estimate
    net: Estimate


@dataclass(frozen=True, slots=True)
class MissingCases:
    """One rate three times, because cases that were not found are never silently left out.

    Attributes:
        missing: rows without a result.
        as_missing: the rate among cases seen.
        all_correct: the rate if every case not seen were correct.
        all_wrong: the rate if every case not seen were wrong.
    """

    missing: int
    as_missing: Estimate
    all_correct: Estimate
    all_wrong: Estimate
