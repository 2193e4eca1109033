"""乡镇、村居 (dirty-data.md, no. 23)."""

import pytest

from dibao_lib.evidence.cells.places import read_townships, read_villages
from dibao_lib.evidence.gazetteer import Gazetteer

RAOER, SHUANGHE = "361181103", "361181103002"


@pytest.mark.parametrize(
    "written", ["绕二镇", "绕二", "绕 二 镇", "德兴市绕二镇", "饶二镇", "361181103", 361181103.0, "361181103000"]
)
def test_a_township_is_known_by_name_short_name_alias_and_code(gazetteer, written):
    assert read_townships([written], gazetteer).values == [RAOER]


@pytest.mark.parametrize(
    "written", ["双河社区居民委员会", "双河社区", "双河居委会", "双河", "绕二镇双河社区", "361181103002"]
)
def test_a_village_is_known_with_any_ending(gazetteer, written):
    assert read_villages([written], [RAOER], gazetteer).values == [SHUANGHE]


@pytest.mark.parametrize("written", ["宗儒村", "宗儒村委会", "宗儒村民委员会", "宗儒"])
def test_a_village_committee_too(gazetteer, written):
    assert read_villages([written], [None], gazetteer).values[0] is not None


def test_every_place_of_the_plan_is_found_by_its_own_name(example_plan, gazetteer):
    for village in example_plan.villages:
        assert gazetteer.village(village.name, village.township_code) == village.code


def test_a_community_is_no_village_of_the_same_name(gazetteer):
    assert gazetteer.village("双河村", RAOER) is None


def test_a_village_of_another_township_is_not_taken(gazetteer):
    assert read_villages(["双河社区"], ["361181001"], gazetteer).faults[0].reason == "unknown_village"


def test_an_unknown_township_is_set_aside_with_the_closest_listed_name(gazetteer):
    fault = read_townships(["绕三镇"], gazetteer).faults[0]
    assert fault.reason == "unknown_township"
    assert fault.message.startswith("名称或代码不在乡镇名单中（名单中最接近的是“绕二镇”）")


def test_a_persons_name_in_the_wrong_column_is_not_repeated(gazetteer):
    assert "欧阳某" not in read_townships(["欧阳某"], gazetteer).faults[0].message


def test_a_name_two_places_share_is_ambiguous_and_so_unknown():
    twins = Gazetteer.of("甲市", [("100000001", "温泉镇", ()), ("100000002", "温泉乡", ())])
    assert twins.township("温泉") is None
    assert twins.township("温泉乡") == "100000002"


def test_a_village_name_is_looked_up_within_its_township():
    twins = Gazetteer.of(
        "甲市",
        [
            ("100000001", "东镇", ()),
            ("100000002", "西镇", ()),
            ("100000001001", "新村村民委员会", ()),
            ("100000002001", "新村村民委员会", ()),
        ],
    )
    assert twins.village("新村") is None
    assert twins.village("新村", "100000002") == "100000002001"
    assert twins.village("西镇新村") == "100000002001"


def test_a_file_name_tells_the_township_when_it_holds_one_full_name(gazetteer):
    assert gazetteer.township_in("绕二镇2011年低保台账") == RAOER
    assert gazetteer.township_in("绕二镇海口镇低保台账") is None
    assert gazetteer.township_in("低保台账") is None


def test_the_county_itself_is_no_township(gazetteer):
    assert gazetteer.is_place("德兴市")
    assert gazetteer.township("德兴市") is None


def test_a_gazetteer_survives_being_handed_to_another_process(gazetteer):
    assert Gazetteer.from_json(gazetteer.to_json()).townships == gazetteer.townships
