"""P4 代表比例 (R42)."""

import pytest
from drawn import lines


def panel(representatives, others, more=()):
    rows = [f"V1 | 代表{i} | 村(居)民代表" for i in range(representatives)]
    rows += [f"V1 | 其他{i} | 老党员" for i in range(others)]
    return lines("panels", "vil_id | name | role", [*rows, *more])


def test_too_few_representatives(find):
    (found,) = find("P4", panel(13, 8))
    assert found["explanation"] == "评议团21人中村（居）民代表13人，应不少于14人。"
    assert (found["severity"], found["observed"], found["expected"]) == ("A", "13人", "不少于14人")
    assert len(found["sources"]) == 21


@pytest.mark.parametrize(
    "representatives, others, wrong",
    [
        (14, 7, False),
        (13, 7, True),
        (14, 6, False),
        (16, 8, False),
        (0, 3, True),
    ],
)
def test_two_thirds_itself_is_enough(find, representatives, others, wrong):
    assert bool(find("P4", panel(representatives, others))) is wrong


def test_a_person_with_two_roles_is_a_representative_once(find):
    assert not find("P4", panel(13, 6, more=["V1 | 其他0 | 村(居)民代表"]))


def test_a_representative_listed_twice_is_one(find):
    assert find("P4", panel(13, 7, more=["V1 | 代表0 | 村(居)民代表"]))


def test_a_missing_role_is_no_representative(find):
    assert find("P4", panel(2, 1, more=["V1 | 甲 | "]))
