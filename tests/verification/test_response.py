"""What became of the households drawn; cases not found are never silently left out."""

import pandas as pd
import pytest

from dibao_lib.sampling import Design, Frame, draw
from dibao_lib.verification.response import county_rate, response

FRAME = Frame.of([f"D{k:02d}" for k in range(40)], [""] * 40)
MADE = draw(FRAME, Design("入户核查", n=10), "3 1 4")
DRAWN = MADE.sample["unit"].tolist()
OTHERS = sorted(set(FRAME.units) - set(DRAWN))


def visits(*rows):
    return pd.DataFrame(rows, columns=["unit", "found", "view"])


def test_before_anybody_was_visited_all_are_waiting_and_nothing_is_estimated():
    seen = response(MADE, visits())
    assert (seen.drawn, seen.waiting, seen.seen, seen.rate, seen.frame) == (10, 10, 0, None, 40)


def test_each_household_drawn_is_counted_once():
    told = [(unit, "户在人在", "保留") for unit in DRAWN[:5]]
    told += [(DRAWN[5], "户在人在", "退出"), (DRAWN[6], "人户分离", None), (DRAWN[7], "户在人在", "待查")]
    told += [(DRAWN[8], "死亡", None), (OTHERS[0], "户在人在", "退出")]
    seen = response(MADE, visits(*told))
    assert (seen.seen, seen.not_found, seen.undecided, seen.waiting) == (7, 1, 1, 1)
    assert (seen.wrong, seen.outside) == (2, 1)
    rates = (seen.rate.all_correct.value, seen.rate.as_missing.value, seen.rate.all_wrong.value)
    assert rates == pytest.approx((2 / 10, 2 / 7, 5 / 10))
    assert seen.rate.all_correct.df == 9


def test_the_countys_rate_is_that_of_two_stages_with_both_corrections():
    towns = draw(Frame.of([f"T{k}" for k in range(10)], [""] * 10), Design("督查", n=4), "3 1 4")
    rolls = {
        t: Frame.of([f"{t}-{k}" for k in range(20 + 2 * i)], [""] * (20 + 2 * i))
        for i, t in enumerate(towns.frame.units)
    }
    second = towns.stage(rolls, Design("入户", n=5)).second
    bad = {t: i % 3 for i, t in enumerate(second)}
    told = [
        (unit, "户在人在", "退出" if place < bad[t] else "保留")
        for t, made in second.items()
        for place, unit in enumerate(made.sample["unit"])
    ]
    rate = county_rate(towns, second, visits(*told))
    # Cochran 11.21 for the total of bad ones over the total of households, linearised
    held = {t: len(rolls[t].units) for t in second}
    total, wrong = sum(held.values()), sum(held[t] * bad[t] / 5 for t in second)
    p = wrong / total
    gaps = [held[t] * (bad[t] / 5 - p) for t in second]
    between = 10**2 * (1 - 4 / 10) * sum(g * g for g in gaps) / 3 / 4
    inside = sum(held[t] ** 2 * (1 - 5 / held[t]) * bad[t] / 5 * (1 - bad[t] / 5) * 5 / 4 / 5 for t in second)
    assert rate.as_missing.value == pytest.approx(p)
    assert rate.as_missing.se == pytest.approx((between + 10 / 4 * inside) ** 0.5 / (total * 10 / 4))
    assert (rate.as_missing.df, rate.as_missing.n) == (3, 20)


def test_without_households_of_every_township_drawn_nothing_is_said_of_the_county():
    towns = draw(Frame.of(["T1", "T2", "T3"], [""] * 3), Design("督查", n=2), "3 1 4")
    rolls = {t: Frame.of([f"{t}-{k}" for k in range(20)], [""] * 20) for t in towns.frame.units}
    second = dict(towns.stage(rolls, Design("入户", n=5)).second)
    second.popitem()
    assert county_rate(towns, second, visits()) is None
