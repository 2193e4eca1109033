"""Cross-inspection: optimal, fair, unique, and honest when it cannot be done (R56, R58, R59)."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling_vectors import named

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.sampling import assign_inspectors

CASES = [vector for vector in named("assign_") if vector["expected"]["feasible"]]


@pytest.mark.parametrize("vector", CASES, ids=lambda vector: vector["id"])
def test_brute_forced_assignments(vector):
    given_ = vector["inputs"]
    found = assign_inspectors(
        range(len(given_["cost"])),
        given_["inspected"],
        cost=given_["cost"],
        forbid=map(tuple, given_["conflict"]),
        capacity=given_["capacity"],
        seed="一",
    )
    assert found.objective == vector["expected"]["optimal_cost"]
    assert (found.gap, found.bound) == (0, found.objective)
    assert found.check() == []


def test_two_townships_cannot_inspect_each_other():
    with pytest.raises(InputRefused, match=r"无法完成分配：.* 无法安排检查组"):
        assign_inspectors(["甲", "乙"], ["甲", "乙"], seed="一")
    assert assign_inspectors(["甲", "乙"], ["甲", "乙"], mutual=True, seed="一").pairs == (("乙", "甲"), ("甲", "乙"))


def test_who_has_no_permitted_team_is_named():
    with pytest.raises(InputRefused, match="丙 没有任何检查组可以检查"):
        assign_inspectors(["甲", "乙", "丙"], ["乙", "丙"], forbid=[("甲", "丙"), ("乙", "丙")], seed="一")


def test_among_equals_the_seed_decides():
    names = [f"乡{k}" for k in range(8)]
    flat = np.full((8, 8), 5)
    first, again, other = (assign_inspectors(names, names, cost=flat, seed=s) for s in ("一", "一", "二"))
    assert first.pairs == again.pairs != other.pairs
    assert first.objective == other.objective == 40
    back = assign_inspectors(names[::-1], names[::-1], cost=flat, seed="一")
    assert set(back.pairs) == set(first.pairs)


def test_three_groups_share_the_townships_evenly():
    groups, towns = ["第一组", "第二组", "第三组"], [f"乡{k}" for k in range(16)]
    found = assign_inspectors(groups, towns, capacity={"第一组": 6, "第二组": 5, "第三组": 5}, seed="一")
    assert sorted(found.load.values()) == [5, 5, 6]


def test_check_needs_no_solver():
    names = ["甲", "乙", "丙", "丁"]
    good = assign_inspectors(names, names, forbid=[("甲", "乙")], seed="一")
    bad = replace(good, pairs=(("甲", "甲"), ("甲", "乙"), ("丁", "丙"), ("丙", "丁")))
    assert bad.check() == [
        "甲 检查了自己。",
        "违反回避关系：甲检查乙。",
        "互相检查：丁与丙。",
        "甲 承担的任务超过上限。",
    ]


@settings(max_examples=25, deadline=None)
@given(st.integers(3, 12), st.integers(0, 10**6), st.integers(1, 2))
def test_whatever_is_returned_keeps_the_rules(n, seed, capacity):
    rng = np.random.default_rng(seed)
    names = [f"乡{k}" for k in range(n)]
    targets = sorted(rng.choice(names, max(1, n // 2), replace=False).tolist())
    forbid = [(a, b) for a in names for b in names if rng.random() < 0.1]
    try:
        found = assign_inspectors(
            names, targets, cost=rng.integers(1, 9, (n, len(targets))), forbid=forbid, capacity=capacity, seed=str(seed)
        )
    except InputRefused as error:
        assert "无法完成分配" in str(error)
        return
    assert found.check() == []
    assert found.gap == 0


def test_when_the_proof_does_not_arrive_the_best_answer_comes_with_its_gap():
    rng = np.random.default_rng(1)
    names = [f"乡{k}" for k in range(60)]
    place = rng.random((60, 2)) * 100
    cost = np.rint(np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1)) * 100)
    hurried = assign_inspectors(names, names, cost=cost, seed="一", time_limit=0.0)
    proven = assign_inspectors(names, names, cost=cost, seed="一")
    assert hurried.check() == proven.check() == []
    assert hurried.bound <= proven.objective <= hurried.objective
    assert proven.gap == 0


def test_costs_that_do_not_fit_are_refused():
    with pytest.raises(UsageError, match="应为3个检查组×1个被检查单位"):
        assign_inspectors(["甲", "乙", "丙"], ["甲"], cost=[[1, 2]], seed="一")
