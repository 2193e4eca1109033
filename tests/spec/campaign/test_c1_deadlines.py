"""C1 时限 (R32, R33, R43, R47, R55)."""

import datetime as dt

import pytest

HOUSEHOLDS = "households | hh_id | kind | twn_id\n | D1 | 农村 | T1\n | D2 | 农村 | T2\n"


def form(table, *rows):
    return f"{table} | twn_id | filed_on\n" + "".join(f" | {row}\n" for row in rows)


def test_a_report_after_the_tenth_of_may(find):
    (found,) = find("C1", form("stat_form", "T1 | 2011-05-12"))
    assert found["explanation"] == ("《专项治理工作情况统计表》2011年5月12日上报，应在2011年5月10日前上报，晚2天。")
    assert (found["severity"], found["township_code"]) == ("A", "T1")


def test_the_cadres_form_after_the_fifteenth_of_april(find):
    (found,) = find("C1", form("stat_filings", "T1 | 2011-04-16"))
    assert found["observed"] == "2011年4月16日"


@pytest.mark.parametrize("table, day", [("stat_form", "2011-05-10"), ("stat_filings", "2011-04-15")])
def test_the_last_day_is_in_time(find, table, day):
    assert not find("C1", form(table, f"T1 | {day}"))


def test_a_township_that_sent_none(find):
    (found,) = find("C1", HOUSEHOLDS + form("stat_form", "T1 | 2011-05-10"))
    assert (found["township_code"], found["observed"]) == ("T2", "没有上报")
    assert found["explanation"].endswith("至2011年6月20日没有上报，已超过41天。")


def test_until_the_day_has_passed_nothing_is_missing(find):
    text = HOUSEHOLDS + form("stat_form", "T1 | 2011-05-08")
    assert not find("C1", text, today=dt.date(2011, 5, 10))
    assert find("C1", text, today=dt.date(2011, 5, 11))


def test_forms_nobody_sent_were_perhaps_not_imported(find):
    assert not find("C1", HOUSEHOLDS + "reviews | vil_id | met_on | hh_id\n | V1 | 2011-04-30 | D1\n")


def test_a_meeting_in_may(find):
    (found,) = find("C1", "reviews | vil_id | met_on | hh_id\n | V1 | 2011-05-03 | D1\n | V2 | 2011-04-30 | D2\n")
    assert found["explanation"] == "评议会2011年5月3日才召开，应在2011年4月30日前，晚3天。"
    assert found["village_code"] == "V1"


def test_filings_after_the_day_are_counted_by_township(find):
    roster = "cadres | cad_pid | twn_id\n | p1 | T1\n | p2 | T1\n | p3 | T1\n"
    filed = "filings | cad_pid | nil | filed_on\n | p1 | 是 | 2011-04-16\n | p2 | 是 | 2011-04-20\n | p3 | 是 | 2011-04-15\n"
    (found,) = find("C1", roster + filed)
    assert found["explanation"].startswith("2名干部的备案表在2011年4月15日以后才填报，最迟2011年4月20日")
