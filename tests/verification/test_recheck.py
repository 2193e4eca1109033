"""回头看: the second look corrects the first, by double sampling with regression."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dibao_lib.errors import InputRefused
from dibao_lib.verification import draw_recheck, recheck_rate


def cases(first, again):
    """Verdicts of the teams, and of the second look where there was one."""
    return pd.DataFrame({"first": first, "second": again + [None] * (len(first) - len(again))})


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 1), min_size=8, max_size=40), st.integers(4, 8))
def test_a_second_look_that_agrees_changes_nothing(first, again):
    found = recheck_rate(cases(first, first[:again]), "first", "second")
    mixed = len(set(first[:again])) == 2
    assert found.corrected == pytest.approx(np.mean(first) if mixed else first[0])
    assert (found.agreed, found.missed, found.overruled) == (again, 0, 0)


def test_cochran_12_6_written_out():
    first, again = [1, 0, 0, 1, 0, 0, 1, 0, 0, 0] * 4, [1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0]
    x, y = np.array(first[:12], float), np.array(again, float)
    slope = np.polyfit(x, y, 1)[0]
    residual = ((y - np.polyval(np.polyfit(x, y, 1), x)) ** 2).sum() / 10
    found = recheck_rate(cases(first, again), "first", "second", population=400)
    assert found.corrected == pytest.approx(y.mean() + slope * (np.mean(first) - x.mean()))
    variance = residual / 12 + (y.var(ddof=1) - residual) / 40 - y.var(ddof=1) / 400
    assert found.se == pytest.approx(np.sqrt(variance))
    assert (found.missed, found.overruled) == (2, 1)


def test_teams_that_overlook_a_third_are_corrected_upwards():
    rng = np.random.default_rng(4)
    held = []
    for _ in range(400):
        truth = (rng.random(120) < 0.2).astype(float)
        seen = truth * (rng.random(120) < 2 / 3)
        found = recheck_rate(cases(seen.tolist(), truth[:60].tolist()), "first", "second")
        held.append((found.corrected, found.lower <= 0.2 <= found.upper))
    corrected, covered = np.mean(held, axis=0)
    assert corrected == pytest.approx(0.2, abs=0.01)
    assert 0.92 <= covered <= 0.99


def test_too_few_second_looks_or_missing_verdicts_are_refused():
    with pytest.raises(InputRefused, match="回头看只有2例，不足以校正。请至少抽取3例"):
        recheck_rate(cases([1, 0, 1, 0], [1, 0]), "first", "second")
    with pytest.raises(InputRefused, match="有1例没有初查结论"):
        recheck_rate(cases([1, None, 1, 0], [1, 0, 1]), "first", "second")


def test_the_second_look_is_drawn_like_any_other_sample():
    seen = pd.DataFrame({"hh": [f"D{k}" for k in range(30)], "结论": ["有问题"] * 6 + ["没有问题"] * 24})
    made = draw_recheck(seen, "hh", 10, "回头看", "3 1 4", stratum="结论")
    assert made.sample["stratum"].value_counts().to_dict() == {"没有问题": 8, "有问题": 2}
