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
