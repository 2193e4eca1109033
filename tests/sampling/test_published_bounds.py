"""Bounds and intervals as published; each test is named after its table."""

import pytest
from sampling_vectors import VECTORS, named

from dibao_lib.sampling import rate_interval, stringer_bound
from dibao_lib.sampling.tickets import inclusion_probabilities


def ids(vector):
    return vector["id"]


@pytest.mark.parametrize("vector", named("touw137"), ids=ids)
def test_touw_hoogduin_p_137(vector):
    given = vector["inputs"]
    found = rate_interval(given["k"], given["n"], confidence=given["confidence"], side="upper").upper
    assert found == pytest.approx(vector["expected"], rel=2e-7)


@pytest.mark.parametrize("vector", named("touw125"), ids=ids)
def test_touw_hoogduin_p_125(vector):
    given = vector["inputs"]
    found = rate_interval(
        given["k"], given["n"], population=given["population"], confidence=given["confidence"], side="upper"
    )
    assert found.upper_count == vector["expected"]
    assert found.upper == vector["expected"] / given["population"]


def test_touw_hoogduin_p_144():
    vector = VECTORS["touw_stringer_144"]
    assert stringer_bound(**vector["inputs"]) == pytest.approx(vector["expected"], rel=5e-7)


@pytest.mark.parametrize("vector", named("newcombe", "binom_ci"), ids=ids)
def test_newcombe_table_1_and_statsmodels(vector):
    given, tolerance = vector["inputs"], vector["tolerance"]
    for method, key in (("wilson", "wilson"), ("exact", "clopper_pearson")):
        found = rate_interval(given["k"], given["n"], confidence=given["confidence"], method=method)
        wanted = pytest.approx(vector["expected"][key], rel=tolerance.get("rel", 0), abs=tolerance.get("abs", 1e-15))
        assert [found.lower, found.upper] == wanted


def test_sampling_inclusionprobabilities():
    vector = VECTORS["sampling_inclusionprobabilities"]
    found = inclusion_probabilities({str(k): s for k, s in enumerate(vector["inputs"]["size"])}, vector["inputs"]["n"])
    assert [float(p) for p in found.values()] == pytest.approx(vector["expected"], rel=1e-12)


def test_the_finite_interval_is_the_one_brute_force_finds():
    # N=100, n=20, k=2: jfa's two-sided lower limit of 4 tests P(X <= k)
    assert rate_interval(2, 20, population=100).lower_count == 2
    found = rate_interval(45, 100, population=300)
    assert (found.lower_count, found.upper_count) == (111, 160)


def test_every_public_vector_has_a_test_or_a_reason():
    tested = ("aicpa", "jfa", "sra", "smash", "ezquant", "exact_small", "touw", "auditsampler", "idea", "gao", "cfr")
    tested += ("sequential", "sb_", "pt_", "newcombe", "binom_ci", "sampling_incl", "proposed_pareto", "assign_")
    # other programs' own draws (other hashes, other tickets) and joint probabilities our variance does not use
    elsewhere = ("rivest", "arlo", "rfc3797", "sampling_UP")
    assert [key for key in VECTORS if not key.startswith(tested + elsewhere)] == []
