"""P10 公示名单不符 (R50)."""

import pytest

HEAD = """
households | hh_id | kind | twn_id | vil_id | covered | start
           | D1    | 农村 | T1     | V1     | 2       | 2009-01
           | D2    | 农村 | T1     | V1     | 3       | 2009-01
           | D3    | 农村 | T1     | V1     | 1       | 2009-01
exits | hh_id | exit_on
      | D3    | 2011-05-01
"""


def board(*rows):
    return (
        HEAD + "postings | vil_id | natural | board | n_list | seen_on\n" + "".join(f" | V1 | {row}\n" for row in rows)
    )


def test_a_name_is_missing_on_the_board(find):
    (found,) = find("P10", board(" | 低保对象 | 1 | 2011-06-01"))
    assert found["explanation"] == "2011年6月1日检查时低保对象公示栏列1个，按台账应为2户、5人。"
    assert (found["severity"], found["village_code"]) == ("A", "V1")


def test_the_board_of_removals(find):
    (found,) = find("P10", board(" | 退保对象 | 0 | 2011-06-01"))
    assert found["expected"] == "1户、1人"


def test_boards_of_hamlets_are_a_lead(find):
    (found,) = find("P10", board("上屋 | 低保对象 | 1 | 2011-06-01", "下屋 | 低保对象 | 2 | 2011-06-01"))
    assert (found["severity"], found["observed"]) == ("B", "公示3个")


@pytest.mark.parametrize("names", [2, 5])
def test_households_or_persons_may_be_listed(find, names):
    assert not find("P10", board(f" | 低保对象 | {names} | 2011-06-01"))


def test_the_day_of_leaving_is_the_boundary(find):
    assert not find("P10", board(" | 低保对象 | 3 | 2011-04-30"))
    assert find("P10", board(" | 低保对象 | 3 | 2011-05-01"))


def test_the_last_inspection_counts(find):
    assert not find("P10", board(" | 低保对象 | 1 | 2011-05-20", " | 低保对象 | 2 | 2011-06-01"))


def test_what_a_list_says_of_a_board_a_team_found_absent_is_not_compared(find):
    listed = "postings | vil_id | board | up | n_list | seen_on | source_file\n | V1 | 低保对象 | | 1 | 2011-06-05 |\n"
    assert find("P10", HEAD + listed)
    assert not find("P10", HEAD + listed + " | V1 | 低保对象 | 否 | | 2011-06-01 | records.db\n")


def test_a_board_nobody_counted_is_not_compared(find):
    assert not find("P10", board(" | 低保对象 | | 2011-06-01"))


NAMED = """
households | hh_id | kind | twn_id | vil_id | head   | covered | start
           | D1    | 农村 | T1     | V1     | 余金   | 2       | 2009-01
           | D2    | 农村 | T1     | V1     | 程水发 | 1       | 2009-01
           | D3    | 农村 | T1     | V1     | 徐三   | 1       | 2009-01
members | hh_id | pid | name | is_cov
        | D1    | p1  | 余金 | 是
        | D1    | p2  | 余小 | 是
exits | hh_id | exit_on
      | D3    | 2011-05-01
payments | hh_id | kind | period  | amt
         | D2    | 农村 | 2011-06 | 100
"""


def named(names, name="低保对象", seen="2011-06-01", count=""):
    return (
        NAMED + f"postings | vil_id | board | n_list | names | seen_on\n | V1 | {name} | {count} | {names} | {seen}\n"
    )


def test_a_paid_household_is_not_on_the_board(find):
    (found,) = find("P10", named("余金"))
    assert found["explanation"] == (
        "2011年6月1日检查时低保对象公示栏列1个姓名，应公示2户，少列1户（其中1户近三个月领取了低保金）。"
    )
    assert (found["severity"], found["match_key"]) == ("A", "村")
    assert found["sources"] == ["postings.xlsx#表#2", "households.xlsx#表#3"]


def test_as_many_names_as_households_but_another_name_is_a_lead(find):
    (found,) = find("P10", named("余金、程水法"))
    assert (found["severity"], found["match_key"]) == ("B", "户主姓名+村")
    assert found["observed"] == "少列1户，多列1个姓名"


def test_a_name_too_many(find):
    (found,) = find("P10", named("余金、程水发、余　金、王五"))
    assert found["observed"] == "少列0户，多列1个姓名"


def test_who_was_removed_may_not_stand_there_any_more(find):
    assert find("P10", named("余金、程水发、徐三"))
    assert not find("P10", named("余金、程水发、徐三", seen="2011-05-20"))


def test_the_names_of_removals(find):
    assert not find("P10", named("徐三", "退保对象"))
    assert find("P10", named("余金", "退保对象"))


def test_persons_covered_may_be_named_too(find):
    assert not find("P10", named("余金、余小、程水发"))


def test_where_names_are_known_their_number_says_nothing(find):
    assert not find("P10", named("余金、程水发", count="9"))


def test_masked_names_are_counted_only(find):
    assert not find("P10", named("余*、程**", count="2"))
    assert find("P10", named("余*", count="1"))
