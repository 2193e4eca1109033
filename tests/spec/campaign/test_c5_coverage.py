"""C5 督查与交叉检查覆盖 (R56, R57, R58): 16 townships, so 4 and 5."""

import datetime as dt

import pytest

from dibao_lib.errors import InputRefused

HEAD = "households | hh_id | kind | twn_id | vil_id\n | D1 | 农村 | 361181001 | V1\n"
TOWNS = [f"3611812{n:02d}" for n in range(16)]
AFTER = dt.date(2011, 7, 20)


def test_one_township_too_few_can_still_be_drawn(find):
    (found,) = find("C5", HEAD, draws={"督查": TOWNS[:3], "交叉检查": TOWNS[3:8]})
    assert found["explanation"] == "16个乡镇（街道）督查应覆盖4个，抽中3个，督查和交叉检查合计抽中8个。"
    assert (found["severity"], found["sources"][0]) == ("B", "draws/督查.json##1")


def test_a_fifth_and_three_tenths_rounded_up_are_enough(find):
    assert not find("C5", HEAD, draws={"督查": TOWNS[:4], "交叉检查": TOWNS[4:9]})


def test_after_the_stage_a_short_draw_is_a_breach(find):
    (found,) = find("C5", HEAD, AFTER, draws={"督查": TOWNS[:4], "交叉检查": TOWNS[4:8]})
    assert (found["severity"], found["observed"]) == ("A", "抽中4个，已检查0个")


def test_no_cross_inspection_at_all(find):
    (found,) = find("C5", HEAD, draws={"督查": TOWNS[:4]})
    assert found["observed"] == "抽中0个，已检查0个" and found["sources"]


def test_townships_are_counted_and_not_draws(find):
    draws = {"督查": TOWNS[:2], "督查补抽": TOWNS[1:4], "交叉检查": TOWNS[4:9]}
    assert not find("C5", HEAD, draws=draws)


def test_drawn_and_not_inspected_is_known_when_the_stage_ends(find):
    draws = {"督查": ["361181001", *TOWNS[:3]], "交叉检查": TOWNS[4:9]}
    visits = "visits | hh_id | on\n | D1 | 2011-06-01\n"
    assert not find("C5", HEAD + visits, draws=draws)
    _, supervised = find("C5", HEAD + visits, AFTER, draws=draws)
    assert supervised["explanation"].startswith(
        "16个乡镇（街道）督查应覆盖4个，抽中4个，至2011年7月15日有检查记录的1个"
    )


ENOUGH = {"督查": TOWNS[:4], "交叉检查": TOWNS[4:9]}


def test_a_township_inspected_by_its_own_people(find):
    (found,) = find("C5", HEAD, draws=ENOUGH, teams={"督查": [(TOWNS[9], TOWNS[0]), (TOWNS[1], TOWNS[1])]})
    assert found["explanation"] == (
        "“督查”的检查分工安排本乡镇（街道）的人员检查本乡镇（街道），应改由其他乡镇（街道）的人员检查。"
    )
    assert (found["severity"], found["township_code"]) == ("A", TOWNS[1])
    assert found["sources"] == ["draws/teams/督查.json##2"]


def test_a_township_that_inspects_itself_in_both_is_named_twice(find):
    own = [(TOWNS[0], TOWNS[0])]
    assert len(find("C5", HEAD, draws=ENOUGH, teams={"督查": own, "交叉检查": own})) == 2


def test_two_that_inspect_each_other_do_not_inspect_themselves(find):
    assert not find("C5", HEAD, draws=ENOUGH, teams={"督查": [(TOWNS[0], TOWNS[1]), (TOWNS[1], TOWNS[0])]})


def test_a_damaged_record_is_named(find, monkeypatch):
    monkeypatch.setattr("json.dumps", lambda record: "{")
    with pytest.raises(InputRefused, match=r"抽样记录 draws/督查.json 读不出来.*dibao draw verify"):
        find("C5", HEAD, draws={"督查": TOWNS[:4]})
