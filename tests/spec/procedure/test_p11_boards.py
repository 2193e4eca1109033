"""P11 公示栏要素 (R49, R51, R52)."""

import datetime as dt

import pytest

COLUMNS = "vil_id | board | from | to | format_ok | tel3.civil | tel3.supervision | tel3.petitions | seen_on"
GOOD = "V1 | 低保对象 | 2011-04-10 | | 是 | 是 | 是 | 是 | 2011-06-01"
OTHER = "V1 | 退保对象 | 2011-04-10 | | 是 | 是 | 是 | 是 | 2011-06-01"


def boards(*rows):
    return "postings | " + COLUMNS + "\n" + "".join(f" | {row}\n" for row in rows)


def test_a_missing_board(find):
    (found,) = find("P11", boards(GOOD))
    assert found["explanation"] == "该村（居）没有退保对象公示栏。"
    assert (found["severity"], found["village_code"]) == ("A", "V1")


def test_a_missing_telephone_and_another_format(find):
    (found,) = find("P11", boards(GOOD, OTHER.replace("| 是 | 是 | 是 | 是 |", "| 否 | 是 | 否 | 是 |")))
    assert found["observed"] == "不是全省统一格式；没有监察局电话"


def test_the_tenth_of_april_is_the_last_day_to_begin(find):
    assert not find("P11", boards(GOOD, OTHER))
    (found,) = find("P11", boards(GOOD, OTHER.replace("2011-04-10", "2011-04-11")))
    assert found["observed"] == "迟至2011年4月11日才公示"


def test_taken_down_before_the_year_was_over(find):
    (found,) = find("P11", boards(GOOD, OTHER.replace("2011-04-10 | |", "2011-04-10 | 2011-05-10 |")))
    assert found["observed"] == "2011年5月10日撤下，保留30天"


@pytest.mark.parametrize("day, wrong", [("2012-04-08", True), ("2012-04-09", False)])
def test_three_hundred_and_sixty_five_days_are_enough(find, day, wrong):
    later = [
        row.replace("2011-04-10 | |", f"2011-04-10 | {day} |").replace("2011-06-01", "2012-06-01")
        for row in (GOOD, OTHER)
    ]
    assert bool(find("P11", boards(*later), today=dt.date(2012, 6, 20))) is wrong


def test_what_the_record_leaves_blank_is_not_judged(find):
    blank = [row.replace("| 是 | 是 | 是 | 是 |", "| | | | |") for row in (GOOD, OTHER)]
    assert not find("P11", boards(*blank))


def test_a_temporary_posting_is_no_board(find):
    assert not find("P11", boards(GOOD, OTHER, "V9 | 临时 | 2011-05-01 | | 否 | 否 | 否 | 否 | 2011-06-01"))


LOOKS = """
postings | vil_id | board    | up | from       | seen_on    | n_list | source_file
         | V1     | 低保对象 | {list_up} | 2011-04-10 | 2011-06-05 | 12 |
         | V1     | 退保对象 |    | 2011-04-10 | 2011-06-05 | 2      |
         | V1     | 低保对象 | {team_up} | {since} | {day} | {count} | records.db
"""


def looks(list_up="", team_up="否", since="", day="2011-06-01", count=""):
    return LOOKS.format(list_up=list_up, team_up=team_up, since=since, day=day, count=count)


def test_a_board_a_team_found_absent_is_missing_whatever_the_list_says(find):
    (found,) = find("P11", looks())
    assert found["explanation"] == "该村（居）没有低保对象公示栏。"
    assert found["sources"] == ["records.db#表#4"]


def test_a_board_a_team_saw_hanging_is_there_whatever_the_list_says(find):
    assert not find("P11", looks(list_up="否", team_up="是", since="2011-04-10", count="12"))


def test_a_list_that_says_no_board_hangs_is_believed(find):
    (found,) = find(
        "P11", boards(GOOD) + "postings | vil_id | board | up | seen_on\n | V1 | 退保对象 | 否 | 2011-06-01\n"
    )
    assert found["observed"] == "没有退保对象公示栏"


def test_both_boards_absent_are_two_breaches(find):
    both = "postings | vil_id | board | up | seen_on\n | V1 | 低保对象 | 否 | 2011-06-01\n | V1 | 退保对象 | 否 | 2011-06-01\n"
    assert [found["observed"] for found in find("P11", both)] == ["没有低保对象公示栏", "没有退保对象公示栏"]


def test_boards_absent_before_they_were_due_are_no_breach(find):
    early = "postings | vil_id | board | up | seen_on\n | V1 | 低保对象 | 否 | 2011-04-10\n"
    assert not find("P11", early)
