"""R59: the bureau's leaders share the townships evenly, in exactly three groups; what was decided stays decided."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dibao_lib.errors import UsageError
from dibao_lib.sampling import assign_inspectors
from dibao_lib.sampling.teams import leader_areas, read_areas, read_teams, save_areas, save_teams

TOWNSHIPS = [f"{361181100 + k}" for k in range(16)]


@settings(max_examples=8, deadline=None)
@given(st.integers(3, 8), st.integers(0, 10**6).map(str))
def test_every_township_has_one_leader_and_nobody_more_than_one_over_another(count, seed):
    areas = leader_areas(TOWNSHIPS, [f"副局长{k}" for k in range(count)], seed)
    assert sorted(area.township for area in areas) == TOWNSHIPS
    load = Counter(area.leader for area in areas)
    assert len(load) == count
    assert max(load.values()) - min(load.values()) <= 1
    assert {area.group for area in areas} == {1, 2, 3}
    assert len({(area.leader, area.group) for area in areas}) == count


def test_a_conflict_of_interest_is_kept():
    areas = leader_areas(TOWNSHIPS, ["甲", "乙", "丙", "丁"], "7", forbid=[("甲", t) for t in TOWNSHIPS[:10]])
    assert not {area.township for area in areas if area.leader == "甲"} & set(TOWNSHIPS[:10])


@pytest.mark.parametrize("leaders", [["甲", "乙"], ["甲", "乙", "乙"]])
def test_three_groups_need_three_people(leaders):
    with pytest.raises(UsageError, match="班子成员应不少于3人，每组至少1人，姓名不能重复"):
        leader_areas(TOWNSHIPS, leaders, "7")


def test_areas_and_teams_are_kept_and_never_replaced(tmp_path):
    areas = leader_areas(TOWNSHIPS, ["甲", "乙", "丙"], "7")
    assert read_areas(tmp_path) == []
    save_areas(tmp_path, areas, "7", 3)
    save_areas(tmp_path, areas, "7", 3)
    assert read_areas(tmp_path) == areas
    with pytest.raises(UsageError, match="分片负责已经排定，不能重排"):
        save_areas(tmp_path, leader_areas(TOWNSHIPS, ["甲", "乙", "丙"], "8"), "8", 3)
    assert read_teams(tmp_path, "交叉检查") is None
    found = assign_inspectors(TOWNSHIPS, TOWNSHIPS[:5], seed="7")
    save_teams(tmp_path, "交叉检查", found, "7")
    assert read_teams(tmp_path, "交叉检查")["pairs"] == [list(pair) for pair in found.pairs]
