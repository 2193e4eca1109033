"""O12 重复享受低保 (R13)."""

PLACE = """
households | hh_id | kind | twn_id | covered | start   | status
           | D1    | 农村 | T1     | 2       | 2009-01 |
           | D2    | 城市 | T2     | 3       | {start} | {status}
members | hh_id | pid | name | rel  | is_cov
        | D1    | p1  | 甲   | 本人 | 是
        | D1    | p2  | 乙   | 子   | {first}
        | D2    | p2  | 乙   | 本人 | {second}
"""


def drawn(start="2011-03", status="", first="是", second="是", more=""):
    return PLACE.format(start=start, status=status, first=first, second=second) + more


PAID = """
payments | hh_id | period  | amt | ptype
         | D2    | 2011-02 | 300 |
         | D2    | 2011-03 | 300 |
         | D2    | 2011-04 | 300 |
         | D2    | 2011-04 | 90  | 补发
"""


def test_one_person_in_two_households(find):
    (found,) = find("O12", drawn(more=PAID))
    assert found["explanation"] == (
        "一人同时列为2户的保障对象，2011年3月、2011年4月、2011年5月重叠，在后纳入的一户中按人均领取200元。"
    )
    assert (found["household_id"], found["township_code"], found["period"]) == ("D2", "T2", "2011-03")
    assert (found["severity"], found["amount_fen"]) == ("A", 20000)
    assert found["sources"] == ["households.xlsx#表#3", "members.xlsx#表#3", "members.xlsx#表#4"]


def test_when_both_began_together_the_larger_number_is_the_later(find):
    (found,) = find("O12", drawn(start="2009-01"))
    assert (found["household_id"], found["period"], found["amount_fen"]) == ("D2", "2010-01", None)


def test_a_household_without_a_beginning_came_first(find):
    (found,) = find("O12", drawn(start=""))
    assert found["household_id"] == "D1"


def test_one_common_month_is_the_boundary(find):
    assert find("O12", drawn(start="2011-05"))
    assert not find("O12", drawn(start="2011-06"))


def test_not_covered_in_one_of_them_is_lawful(find):
    assert not find("O12", drawn(first="否"))
    assert find("O12", drawn(first="", second=""))


def test_a_household_that_ended_does_not_count(find):
    assert not find("O12", drawn(status="注销"))


def test_the_person_left_the_first_household(find):
    assert not find("O12", drawn(more="exits | hh_id | pid | exit_on\n | D1 | p2 | 2011-03-02\n"))


def test_the_same_name_with_two_ids_is_two_persons(find):
    assert not find("O12", drawn().replace("| D2    | p2 ", "| D2    | p3 "))


def test_the_same_person_twice_on_one_sheet_is_once(find):
    assert not find("O12", drawn().replace("| D2    | p2 ", "| D1    | p2 "))
