"""What must hold of every sample size, whatever the table."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dibao_lib.errors import UsageError
from dibao_lib.sampling import (
    allocate,
    attribute_size,
    coverage,
    mus_size,
    proportion_size,
    rate_interval,
    sequential_size,
    stringer_bound,
)

percents = st.integers(2, 30).map(lambda k: Fraction(k, 100))


@pytest.mark.parametrize(
    ("total", "rate", "least"),
    [(20, "20%", 4), (20, "30%", 6), (16, "20%", 4), (16, 0.3, 5), (100, 0.07, 7), (0, "20%", 0)],
)
def test_coverage_is_exact(total, rate, least):
    assert coverage(total, rate) == least


@pytest.mark.parametrize("rate", ["两成", "120%", -0.1, "1/0", True, float("nan")])
def test_a_rate_that_is_none_is_refused(rate):
    with pytest.raises(UsageError, match=r"覆盖面“.*”(不是数字|应在0到1之间)"):
        coverage(20, rate)


@settings(max_examples=30, deadline=None)
@given(percents, st.integers(20, 3000))
def test_a_stricter_promise_needs_no_smaller_sample(tolerable, population):
    base = attribute_size(tolerable, population=population).n
    assert attribute_size(tolerable / 2, population=population).n >= base
    assert attribute_size(tolerable, confidence="99%", population=population).n >= base
    assert attribute_size(tolerable, acceptable=1, likelihood="binomial").n > attribute_size(tolerable).n >= base


@settings(max_examples=20, deadline=None)
@given(percents, st.integers(0, 3))
def test_one_unit_fewer_breaks_the_promise(tolerable, accepted):
    plan = attribute_size(tolerable, acceptable=accepted)
    assert plan.risk <= 0.05
    assert rate_interval(accepted, plan.n, side="upper").upper <= float(tolerable) * (1 + 1e-9)
    assert rate_interval(accepted, plan.n - 1, side="upper").upper > float(tolerable)


def test_a_risk_equal_to_the_limit_is_accepted():
    # 1 bad of 20: one unit left out is a risk of exactly 5 %
    plan = attribute_size("5%", population=20)
    assert (plan.n, plan.risk) == (19, 0.05)


def test_a_promise_that_cannot_be_kept_is_refused():
    with pytest.raises(UsageError, match="样本量到5000仍达不到要求"):
        attribute_size("5%", "5%")
    with pytest.raises(UsageError, match="可容忍差错率应大于0"):
        attribute_size(0)
    with pytest.raises(UsageError, match="超几何分布需要总体单元数"):
        attribute_size("5%", likelihood="hypergeometric")


def test_aicpa_table_c_1_without_expected_misstatement():
    # tolerable 50, 30, 10, 8, 6, 5, 4, 3, 2, 1 percent of the book
    found = [mus_size(10_000_00, k * 10_000).n for k in (50, 30, 10, 8, 6, 5, 4, 3, 2, 1)]
    assert found == [6, 10, 30, 38, 50, 60, 75, 100, 150, 300]


def test_amounts_out_of_order_are_refused():
    with pytest.raises(UsageError, match="0 ≤ 预期差错金额 < 可容忍金额 ≤ 账面总额"):
        mus_size(100, 200)


def test_a_stop_or_go_plan_needs_two_stages():
    assert sequential_size("5%").n == 61
    with pytest.raises(UsageError, match="至少要写两个阶段"):
        sequential_size("5%", accept=(1,))


def test_a_finite_population_needs_fewer_for_a_proportion():
    assert proportion_size(0.5, "5%", population=1000).n < proportion_size(0.5, "5%").n == 385


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 400), st.integers(0, 50)), min_size=1, max_size=8), st.data())
def test_an_allocation_sums_to_n_and_fits_the_strata(strata, data):
    sizes, spread = ([part[k] for part in strata] for k in (0, 1))
    low = [min(2, size) for size in sizes]
    n = data.draw(st.integers(sum(low), sum(sizes)))
    names = [f"层{k}" for k in range(len(strata))]
    for arguments in ({}, {"sd": spread}, {"sd": spread, "cost": [k + 1 for k in range(len(strata))]}):
        found = allocate(n, names, size=sizes, **arguments)
        assert sum(found.values()) == n
        assert all(lo <= got <= most for lo, got, most in zip(low, found.values(), sizes, strict=True))


def test_neyman_allocation_follows_size_times_spread():
    table = pd.DataFrame({"N": [100, 100, 200], "S": [1, 3, 1]}, index=["甲", "乙", "丙"])
    assert allocate(60, table, size="N", sd="S") == {"甲": 10, "乙": 30, "丙": 20}
    assert allocate(60, table, size="N", sd="S", cost={"甲": 1, "乙": 9, "丙": 1}) == {"甲": 15, "乙": 15, "丙": 30}


def test_too_few_for_the_strata_is_refused():
    with pytest.raises(UsageError, match="样本量3无法分配到2层：各层最少共需4个"):
        allocate(3, ["甲", "乙"], size=[10, 10])


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.data())
def test_finite_limits_enclose_what_was_seen(n, data):
    population = data.draw(st.integers(n, 200))
    errors = data.draw(st.integers(0, n))
    found = rate_interval(errors, n, population=population)
    assert errors <= found.lower_count <= found.upper_count <= population - (n - errors)
    if n == population:
        assert found.lower_count == found.upper_count == errors


def test_impossible_counts_are_refused():
    with pytest.raises(UsageError, match="差错数5多于检查单元数4"):
        rate_interval(5, 4)
    with pytest.raises(UsageError, match="有限总体请用精确区间"):
        rate_interval(1, 4, population=9, method="wilson")
    with pytest.raises(UsageError, match="差错比例应在0到1之间"):
        stringer_bound([1.5], 10)
