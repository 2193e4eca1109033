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


def test_a_board_nobody_counted_is_not_compared(find):
    assert not find("P10", board(" | 低保对象 | | 2011-06-01"))
