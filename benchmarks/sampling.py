"""Sampling measured: coverage of intervals, Pareto inclusion probabilities, speed. Run: python benchmarks/sampling.py."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from dibao_lib.sampling import Design, Frame, SurveyDesign, assign_inspectors, draw
from dibao_lib.sampling.tickets import inclusion_probabilities

REPLICATIONS = 2000


def county(seed: int) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Sixty made-up villages of two strata, each with its households: paid and overpaid fen."""
    rng = np.random.default_rng(seed)
    held = np.maximum(40, np.rint(np.exp(rng.normal(4.8, 0.5, 60)))).astype(int)
    homes = {}
    for k, count in enumerate(held):
        paid = np.rint(rng.gamma(4, 8000, count)) + 6000
        wrong = rng.random(count) < rng.beta(4, 26)
        homes[f"村{k:02d}"] = pd.DataFrame(
            {
                "u": [f"村{k:02d}-{i}" for i in range(count)],
                "over": paid * wrong * rng.uniform(0.5, 1, count),
                "paid": paid,
            }
        )
    villages = pd.DataFrame(
        {
            "u": list(homes),
            "h": np.where(held > np.median(held), "大", "小"),
            "z": [int(part["paid"].sum()) for part in homes.values()],
            "over": [part["over"].sum() for part in homes.values()],
        }
    )
    return villages, homes


def one_stage(method: str, strata: bool) -> Callable[[str], tuple[float, float, float]]:
    """Eighteen villages examined in full."""
    villages, _ = county(5)
    frame = Frame.from_dataframe(villages, "u", "h" if strata else None, "z")
    seen_all = villages.set_index("u")["over"]

    def run(seed: str) -> tuple[float, float, float]:
        made = draw(frame, Design("查", n=18, method=method), seed)
        seen = pd.DataFrame({"unit": made.sample["unit"], "over": seen_all[made.sample["unit"]].to_numpy()})
        found = SurveyDesign.from_draw(made, seen).total("over")
        return found.lower, found.upper, found.lower_one_sided

    return run


def two_stage(seed: str, strata: bool = True) -> tuple[float, float, float]:
    """Eighteen villages, with two strata nine of each, thirty households in each village."""
    made = draw(STRATIFIED_FRAME if strata else TWO_STAGE_FRAME, Design("村", n=18), seed)
    staged = made.stage({row.unit: HOME_FRAMES[row.unit] for row in made.rows}, Design("户", n=30)).sample
    staged["over"] = OVER[staged["unit"]].to_numpy()
    design = SurveyDesign(
        staged,
        strata="first_stratum",
        stages=("first_unit", "unit"),
        population=("first_population", "second_population"),
    )
    found = design.total("over")
    return found.lower, found.upper, found.lower_one_sided


VILLAGES, HOMES = county(5)
TWO_STAGE_FRAME = Frame.from_dataframe(VILLAGES, "u")
STRATIFIED_FRAME = Frame.from_dataframe(VILLAGES, "u", "h")
HOME_FRAMES = {name: Frame.from_dataframe(part, "u") for name, part in HOMES.items()}
OVER = pd.concat(HOMES.values()).set_index("u")["over"]


def coverage(name: str, run: Callable[[str], tuple[float, float, float]]) -> None:
    """Share of nominal 95 % intervals that hold the truth, and of one-sided lower bounds."""
    truth = VILLAGES["over"].sum()
    limits = np.array([run(f"种子{k}") for k in range(REPLICATIONS)])
    held = np.mean((limits[:, 0] <= truth) & (truth <= limits[:, 1]))
    print(f"{name}: interval {held:.1%}, lower bound {np.mean(limits[:, 2] <= truth):.1%} of {REPLICATIONS}")


def pareto(rounds: int = 10, batch: int = 100_000) -> None:
    """Largest relative difference between achieved and target inclusion probability of the Pareto order rule.

    Uniform numbers stand for the tickets; that the draw follows the rule is tested in tests/sampling/test_draw.py.
    """
    villages = VILLAGES.head(20)
    sizes = {unit: int(size) for unit, size in zip(villages["u"], villages["z"], strict=True)}
    rng = np.random.default_rng(7)
    for n in (4, 6):
        target = np.array([float(p) for p in inclusion_probabilities(sizes, n).values()])
        seen = np.zeros(len(target))
        for _ in range(rounds):
            uniform = rng.random((batch, len(target)))
            drawn = np.argpartition(uniform / (1 - uniform) * (1 - target) / target, n - 1, axis=1)[:, :n]
            seen += np.bincount(drawn.ravel(), minlength=len(target))
        off = np.abs(seen / (rounds * batch) / target - 1).max()
        noise = np.sqrt((1 - target) / target / (rounds * batch)).max()
        print(f"Pareto n={n} of 20: largest {off:.2%}, simulation error {noise:.2%}")


def speed() -> None:
    """CPU seconds of the goals in issue 5."""
    units = pd.DataFrame({"u": [f"{k:012d}" for k in range(10**6)]})
    frame = Frame.from_dataframe(units, "u")
    timed("draw of 1,000,000 units", lambda: draw(frame, Design("查", n=200), "种子").sample)
    rng = np.random.default_rng(1)
    rows = pd.DataFrame(
        {
            "p": np.repeat(np.arange(2000), 50).astype(str),
            "e": np.arange(100_000).astype(str),
            "N": 10_000,
            "M": 500,
            "y": rng.normal(size=100_000),
        }
    )
    timed(
        "two-stage total, 100,000 rows",
        lambda: SurveyDesign(rows, stages=("p", "e"), population=("N", "M")).total("y"),
    )
    place = rng.random((2000, 2)) * 100
    cost = np.rint(np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1)) * 100)
    targets = sorted(rng.choice(2000, 600, replace=False).tolist())
    forbid = [(int(i), int(j)) for i, j in np.argwhere(rng.random((2000, 2000)) < 0.05)]

    def assign() -> None:
        found = assign_inspectors(range(2000), targets, cost=cost, forbid=forbid, seed="种子")
        print(f"  objective {found.objective:.0f}, gap {found.gap}, problems {found.check()}")

    timed("2,000 townships, 600 inspected", assign)


def timed(name: str, work: Callable[[], object]) -> None:
    """Prints CPU and wall seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    print(f"{name}: {time.process_time() - cpu:.2f} s CPU, {time.perf_counter() - wall:.2f} s wall")


if __name__ == "__main__":
    speed()
    if "speed" not in sys.argv:
        coverage("simple random, 18 of 60 villages", one_stage("srs", strata=False))
        coverage("stratified, 18 of 60 villages", one_stage("srs", strata=True))
        coverage("Pareto by funds, 18 of 60 villages", one_stage("pareto", strata=False))
        coverage("two-stage, two strata, 18 villages x 30 households", two_stage)
        coverage("two-stage, 18 villages x 30 households", lambda seed: two_stage(seed, strata=False))
        pareto()
