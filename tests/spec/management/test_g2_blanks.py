"""G2 录入不完整 (R20)."""

import drawn
import pytest


def register(blank, rows=100, township="T1", placeholder=""):
    causes = [placeholder] * blank + ["因病"] * (rows - blank)
    return drawn.lines(
        "households",
        "hh_id | kind | twn_id | cause",
        [f"{township}{n} | 农村 | {township} | {c}" for n, c in enumerate(causes)],
    )


def test_three_blanks_in_a_hundred(find):
    (found,) = find("G2", register(3))
    assert found["explanation"] == "家庭台账“致贫原因”共100行，填写97行，完整率97.0%。"
    assert (found["severity"], found["township_code"], len(found["sources"])) == ("B", "T1", 3)


@pytest.mark.parametrize("placeholder", ["无", "不详", "同上"])
def test_placeholders_are_blanks(find, placeholder):
    assert find("G2", register(5, placeholder=placeholder))


def test_ninety_eight_in_a_hundred_are_the_boundary(find):
    assert not find("G2", register(2))


def test_townships_are_judged_each_for_itself(find):
    more = register(9, township="T2").partition("\n")[2]
    assert [f["township_code"] for f in find("G2", register(1) + more)] == ["T2"]


def test_a_column_the_file_does_not_have_is_not_judged(find):
    assert not find("G2", register(100))


def test_member_lists_are_judged_too(find):
    people = drawn.lines("members", "hh_id | name | rel", [f"T1{n} | 甲 | {'' if n < 10 else '子'}" for n in range(50)])
    assert [f["observed"] for f in find("G2", register(0) + people)] == ["填写40行"]
