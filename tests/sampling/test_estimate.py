"""Estimates against formulas written out by hand, and against the truth in repeated draws."""

import numpy as np
import pandas as pd
import pytest
from scipy import special

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.sampling import Design, Frame, SurveyDesign, draw


@pytest.fixture(scope="module")
def two_stage():
    """Four strata of five clusters out of 20..23, two to five elements of each."""
    rng = np.random.default_rng(3)
    rows = []
    for stratum in range(4):
        for cluster in range(5):
            held, taken = int(rng.integers(6, 30)), int(rng.integers(2, 6))
            rows += [
                (stratum, cluster, k, 20 + stratum, held, rng.normal(10, 3), rng.normal(20, 2), rng.random() < 0.3)
                for k in range(taken)
            ]
    return pd.DataFrame(rows, columns=["h", "c", "k", "N", "M", "y", "x", "bad"])


def hand_variance(data, z):
    """Cochran 11.21, stratum by stratum, cluster by cluster; z unweighted."""
    total = 0.0
    for _, stratum in data.assign(z=z).groupby("h"):
        big, sums, inner = stratum["N"].iloc[0], [], 0.0
        clusters = list(stratum.groupby("c"))
        n = len(clusters)
        for _, cluster in clusters:
            held, m = cluster["M"].iloc[0], len(cluster)
            sums.append(held * cluster["z"].mean())
            inner += held**2 * (1 - m / held) * cluster["z"].var() / m
        total += big**2 * (1 - n / big) * np.var(sums, ddof=1) / n + big / n * inner
    return total


def test_a_two_stage_total_is_cochrans(two_stage):
    design = SurveyDesign(two_stage, strata="h", stages=("c", "k"), population=("N", "M"))
    found = design.total("y")
    means = two_stage.groupby(["h", "c"]).agg(y=("y", "mean"), M=("M", "first"), N=("N", "first"))
    assert found.value == pytest.approx((means["y"] * means["M"] * means["N"] / 5).sum(), rel=1e-12)
    assert found.se == pytest.approx(np.sqrt(hand_variance(two_stage, two_stage["y"])), rel=1e-12)
    assert found.df == 16
    t = special.stdtrit(16, 0.975)
    assert (found.lower, found.upper) == pytest.approx((found.value - t * found.se, found.value + t * found.se))
    assert found.lower < found.lower_one_sided < found.value


def test_a_ratio_is_linearised(two_stage):
    design = SurveyDesign(two_stage, strata="h", stages=("c", "k"), population=("N", "M"))
    found, below = design.ratio("y", "x"), design.total("x").value
    residual = (two_stage["y"] - found.value * two_stage["x"]) / below
    assert found.se == pytest.approx(np.sqrt(hand_variance(two_stage, residual)), rel=1e-12)


def test_a_domain_keeps_the_whole_design(two_stage):
    design = SurveyDesign(two_stage, strata="h", stages=("c", "k"), population=("N", "M"))
    found = design.domain("bad").total("y")
    assert found.se == pytest.approx(np.sqrt(hand_variance(two_stage, two_stage["y"] * two_stage["bad"])), rel=1e-12)
    assert found.n == two_stage["bad"].sum()


def test_simple_random_sampling_with_the_finite_correction():
    data = pd.DataFrame({"y": [3.0, 5, 8, 1, 4, 9], "N": 40})
    found = SurveyDesign(data, population=("N",)).mean("y")
    assert found.value == pytest.approx(5)
    assert found.se == pytest.approx(np.sqrt((1 - 6 / 40) * data["y"].var() / 6))
    assert found.deff == pytest.approx(1)
    assert found.df == 5


def test_with_replacement_there_is_no_finite_correction():
    data = pd.DataFrame({"y": [3.0, 5, 8, 1], "p": [0.1, 0.2, 0.3, 0.05]})
    found = SurveyDesign(data, probability="p", replace=True).total("y")
    assert found.se == pytest.approx(np.sqrt(4) * (data["y"] / data["p"]).std())


def test_unequal_probabilities_after_brewer():
    data = pd.DataFrame({"y": [3.0, 5, 8, 1], "p": [0.1, 0.2, 0.3, 0.05]})
    z = data["y"] / data["p"]
    found = SurveyDesign(data, probability="p").total("y")
    assert found.se == pytest.approx(np.sqrt(4 / 3 * ((1 - data["p"]) * (z - z.mean()) ** 2).sum()))


def test_units_taken_with_certainty_add_no_variance():
    data = pd.DataFrame({"y": [3.0, 5, 8, 1, 900], "p": [0.1, 0.2, 0.3, 0.05, 1.0]})
    with_it, without = SurveyDesign(data, probability="p"), SurveyDesign(data.iloc[:4], probability="p")
    assert with_it.total("y").se == pytest.approx(without.total("y").se)
    assert with_it.total("y").value == pytest.approx(without.total("y").value + 900)
    assert with_it.df == 3


def test_a_stratum_with_one_unit_is_refused_unless_named():
    data = pd.DataFrame({"h": ["甲", "甲", "乙"], "N": [9, 9, 7], "y": [1.0, 2, 5]})
    with pytest.raises(InputRefused, match="“乙”只抽了1个单元，无法计算方差"):
        SurveyDesign(data, strata="h", population="N").total("y")
    certain = SurveyDesign(data, strata="h", population="N", singleton="certainty").total("y")
    assert certain.se == pytest.approx(np.sqrt(81 * (1 - 2 / 9) * 0.5 / 2))
    adjusted = SurveyDesign(data, strata="h", population="N", singleton="adjust").total("y")
    assert adjusted.se == pytest.approx(np.sqrt(certain.se**2 + (1 - 1 / 7) * 35**2))


def test_a_stratum_of_one_examined_in_full_is_no_problem():
    data = pd.DataFrame({"h": ["甲", "甲", "乙"], "N": [9, 9, 1], "y": [1.0, 2, 5]})
    found = SurveyDesign(data, strata="h", population="N").total("y")
    assert (found.value, found.df) == (18.5, 1)


@pytest.mark.parametrize(
    ("columns", "arguments", "sentence"),
    [
        ({"y": [1.0, 2], "N": [1, 1]}, {"population": "N"}, "单元总数小于抽取的单元数"),
        ({"y": [1.0, 2], "N": [5, 6]}, {"population": "N"}, "“N”列在同一层内不一致"),
        ({"y": [1.0, 2], "p": [0.5, 2]}, {"probability": "p"}, "入样概率应大于0、不大于1"),
        ({"y": [1.0, None], "N": [5, 5]}, {"population": "N"}, "有1行没有结果。未查到的不能当作没有问题"),
    ],
)
def test_values_that_cannot_be_are_refused(columns, arguments, sentence):
    with pytest.raises(InputRefused, match=sentence):
        SurveyDesign(pd.DataFrame(columns), **arguments).total("y")


def test_a_sample_without_a_design_is_refused():
    with pytest.raises(UsageError, match="没有说明样本怎样抽取"):
        SurveyDesign(pd.DataFrame({"y": [1.0]}))
    with pytest.raises(UsageError, match="样本表中没有“N”列"):
        SurveyDesign(pd.DataFrame({"y": [1.0]}), population="N")


def test_missing_cases_are_shown_three_ways():
    data = pd.DataFrame({"bad": [1, 0, 0, None, 0, None, 0, 1], "N": 80})
    found = SurveyDesign(data, population="N").missing_cases("bad")
    assert found.missing == 2
    rates = (found.all_correct.value, found.as_missing.value, found.all_wrong.value)
    assert rates == pytest.approx((2 / 8, 2 / 6, 4 / 8))


def test_improper_amounts_say_over_under_gross_and_net():
    data = pd.DataFrame({"paid": [100, 200, 300, 100], "due": [100, 150, 320, 100], "N": 40})
    found = SurveyDesign(data, population="N").improper("paid", "due")
    values = (found.over.value, found.under.value, found.gross.value, found.net.value)
    assert values == pytest.approx((500, 200, 700, 300))
    assert found.over.lower_one_sided < found.over.value


def test_a_rate_stays_between_0_and_1():
    found = SurveyDesign(pd.DataFrame({"bad": [0, 0, 0, 0, 1], "N": 50}), population="N").rate("bad")
    assert 0 < found.lower < 0.2 < found.upper < 1
    clean = SurveyDesign(pd.DataFrame({"bad": [0] * 5, "N": 50}), population="N").rate("bad")
    assert (clean.lower, clean.upper) == pytest.approx((0, 1 - 0.025**0.2))


def test_hand_picked_cases_are_not_extrapolated():
    frame = Frame.from_dataframe(pd.DataFrame({"u": [f"户{k}" for k in range(20)]}), "u")
    made = draw(frame, Design("抽查", n=5, certainty={"户3": "来信"}), "7")
    seen = pd.DataFrame({"unit": [*made.sample["unit"][:-1], "户外"], "y": 1.0})
    with pytest.raises(InputRefused, match="户外 不是抽中的单元：挑选的个案不能用来推断总体"):
        SurveyDesign.from_draw(made, seen)
    full = SurveyDesign.from_draw(made, pd.DataFrame({"unit": made.sample["unit"], "y": 1.0}))
    assert (full.total("y").value, full.df) == (pytest.approx(20), 3)


@pytest.mark.parametrize("method", ["srs", "pareto"])
def test_nominal_95_percent_intervals_cover_the_truth(method):
    rng = np.random.default_rng(5)
    size = np.rint(np.exp(rng.normal(6, 0.5, 60))).astype(int)
    county = pd.DataFrame({"u": [f"村{k}" for k in range(60)], "h": np.where(size > 400, "大", "小"), "z": size})
    county["y"] = county["z"] * rng.normal(10, 2, 60)
    frame = Frame.from_dataframe(county, "u", "h", "z")
    held = 0
    for k in range(200):
        made = draw(frame, Design("查", n=16, method=method), f"s{k}")
        seen = county[county["u"].isin(made.sample["unit"])].drop(columns="h").rename(columns={"u": "unit"})
        found = SurveyDesign.from_draw(made, seen).total("y")
        held += found.lower <= county["y"].sum() <= found.upper
    assert 0.89 <= held / 200 <= 0.99


def test_the_design_effect_compares_with_a_simple_sample_of_as_many_rows(two_stage):
    weight = two_stage["N"] / 5 * two_stage["M"] / two_stage.groupby(["h", "c"])["k"].transform("size")
    design = SurveyDesign(two_stage, strata="h", stages=("c", "k"), population=("N", "M"))
    n, held = len(two_stage), weight.sum()
    mean = (weight * two_stage["y"]).sum() / held
    spread = (weight * (two_stage["y"] - mean) ** 2 * n / (n - 1)).sum() / held
    for found, times in ((design.total("y"), held), (design.mean("y"), 1)):
        assert found.deff == pytest.approx(found.se**2 / (times**2 * spread * (1 - n / held) / n), rel=1e-12)


def test_weights_alone_give_the_variance_between_units_of_the_first_stage(two_stage):
    data = two_stage.assign(w=np.arange(len(two_stage)) % 7 + 1.0)
    found = SurveyDesign(data, strata="h", stages=("c", "k"), weight="w").total("y")
    sums = (data["w"] * data["y"]).groupby([data["h"], data["c"]]).sum()
    assert found.se == pytest.approx(np.sqrt((5 * sums.groupby(level=0).var()).sum()), rel=1e-12)
    # cluster ids repeat from stratum to stratum
    assert found.df == 20 - 4


def test_a_domain_rate_has_the_degrees_of_freedom_of_the_units_it_reaches(two_stage):
    design = SurveyDesign(two_stage, strata="h", stages=("c", "k"), population=("N", "M"))
    part = two_stage["c"].lt(3) & two_stage["h"].gt(0)
    found = design.domain(part).rate("bad")
    mean = design.domain(part).mean(two_stage["bad"].astype(float))
    assert (found.value, found.se, found.df) == (mean.value, mean.se, 9 - 3)
    shrink = special.stdtrit(part.sum() - 1, 0.025) / special.stdtrit(6, 0.025)
    n = mean.value * (1 - mean.value) / mean.se**2 * shrink**2
    low, high = n * mean.value, n * (1 - mean.value)
    assert special.betainc(low, high + 1, found.lower) == pytest.approx(0.025)
    assert special.betainc(low + 1, high, found.upper) == pytest.approx(0.975)
