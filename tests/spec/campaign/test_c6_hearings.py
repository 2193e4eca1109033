"""C6 听证会 (R60, R61)."""

import datetime as dt

import drawn
import pytest

GOOD = "H1 | V1 | 2011-06-01 | 3 | 2 | 1 | 略 | 是"


def hearings(*rows):
    return drawn.lines(
        "hearings", "hear_id | vil_id | on | att_recip | att_panel | att_rep | opinions | signatures", rows
    )


def test_no_representative_came(find):
    (found,) = find("C6", hearings(GOOD.replace("| 3 | 2 | 1 |", "| 3 | 2 | 0 |")))
    assert found["explanation"] == "2011年6月1日听证会：没有村（居）民代表参加。"
    assert (found["severity"], found["village_code"], found["period"]) == ("A", "V1", "2011-06")


def test_no_minutes_and_no_signatures(find):
    (found,) = find("C6", hearings(GOOD.replace("| 略 | 是", "| | 否")))
    assert found["observed"] == "没有会议记录；没有签名"


@pytest.mark.parametrize("attendance, wrong", [("1 | 1 | 1", False), ("0 | 1 | 1", True), ("1 | | 1", True)])
def test_one_of_each_group_is_the_boundary(find, attendance, wrong):
    assert bool(find("C6", hearings(GOOD.replace("3 | 2 | 1", attendance)))) is wrong


def test_a_record_without_counts_is_not_judged_on_them(find):
    assert not find("C6", hearings(GOOD.replace("| 3 | 2 | 1 |", "| | | |")))


def test_a_complete_hearing(find):
    assert not find("C6", hearings(GOOD))


DRAWN = {"听证村": ["361181103201", "361181103202"], "入户村": ["361181103203"]}


def test_a_drawn_village_held_none(find):
    (found,) = find("C6", hearings(GOOD.replace("V1", "361181103201")), dt.date(2011, 7, 16), draws=DRAWN)
    assert found["explanation"] == ("该村（居）在“听证村”中抽中，应在2011年7月15日前召开听证会，没有听证会记录。")
    assert (found["village_code"], found["sources"]) == ("361181103202", ["draws/听证村.json##2"])


def test_a_village_drawn_in_a_drawn_township_held_none(find):
    draws = {"听证/361181103": ["361181103201", "361181103202"], "入户核查/361181103": ["361181103201"]}
    (found,) = find("C6", hearings(GOOD.replace("V1", "361181103201")), dt.date(2011, 7, 16), draws=draws)
    assert found["explanation"].startswith("该村（居）在“听证”中抽中，")
    assert found["sources"] == ["draws/听证/361181103.json##2"]


def test_there_is_time_until_the_stage_ends(find):
    assert not find("C6", hearings(GOOD), dt.date(2011, 7, 15), draws=DRAWN)


def test_townships_drawn_say_nothing_of_villages(find):
    assert not find("C6", hearings(GOOD), dt.date(2011, 7, 16), draws={"听证乡镇": ["361181103"]})
