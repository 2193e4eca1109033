"""C7 整改逾期 (R63, R64, R65, R72)."""

import drawn
import pytest


def ledger(*rows):
    return drawn.lines("rectifications", "fid | twn_id | due | state | proof | owner | verifier", rows)


def test_still_open_after_its_day(find):
    (found,) = find("C7", ledger("1 | T1 | 2011-06-01 | 整改中 | | 甲 | "))
    assert found["explanation"] == "应于2011年6月1日前整改，状态为整改中，已逾期19天。"
    assert (found["severity"], found["township_code"]) == ("A", "T1")


def test_closed_without_proof(find):
    (found,) = find("C7", ledger("1 | T1 | 2011-06-01 | 已销号 | | 甲 | 乙"))
    assert found["explanation"] == "已销号但没有佐证材料。"


def test_closed_by_the_one_responsible(find):
    (found,) = find("C7", ledger("1 | T1 | 2011-06-01 | 已销号 | 1.jpg | 甲 | 甲"))
    assert found["explanation"] == "由责任人本人销号。"


@pytest.mark.parametrize("due, wrong", [("2011-06-20", False), ("2011-06-19", True)])
def test_the_day_itself_is_in_time(find, due, wrong):
    assert bool(find("C7", ledger(f"1 | T1 | {due} | 未整改 | | 甲 | "))) is wrong


def test_closed_with_proof_by_another(find):
    assert not find("C7", ledger("1 | T1 | 2011-05-01 | 已销号 | 1.jpg | 甲 | 乙"))


def test_without_a_day_nothing_is_late(find):
    assert not find("C7", ledger("1 | T1 | | 整改中 | | 甲 | "))


def again(*rows):
    return drawn.lines("rectifications", "fid | twn_id | check_id | found_on | due | state | done_on | proof | owner | verifier", rows)  # fmt: skip


FIRST = "1 | T1 | 公示不规范 | 2011-04-20 | 2011-05-10 | 已销号 | 2011-05-10 | 1.jpg | 甲 | 乙"
SECOND = "2 | T1 | 公示不规范 | 2011-06-01 | 2011-07-01 | 整改中 | | | 甲 | "


def test_the_same_problem_came_again(find):
    (found,) = find("C7", again(FIRST, SECOND))
    assert found["explanation"] == "同类问题2011年5月10日整改完成，2011年6月1日又被发现。"
    assert len(found["sources"]) == 2


@pytest.mark.parametrize("found_on, wrong", [("2011-05-15", False), ("2011-05-16", True)])
def test_the_end_of_self_inspection_is_the_boundary(find, found_on, wrong):
    assert bool(find("C7", again(FIRST, SECOND.replace("2011-06-01", found_on)))) is wrong


def test_another_township_another_kind_or_one_never_settled_is_no_repetition(find):
    assert not find("C7", again(FIRST, SECOND.replace("T1", "T2")))
    assert not find("C7", again(FIRST, SECOND.replace("公示不规范", "车辆")))
    assert not find(
        "C7", again(FIRST.replace("已销号 | 2011-05-10", "整改中 | ").replace("2011-05-10", "2011-07-10"), SECOND)
    )
