"""O1 收入超标 (R13)."""

import pytest

STANDARDS = """
standards | kind | area | effective  | std
          | 城市 |      | 2010-07-01 | 300
          | 城市 |      | 2011-01-01 | 330
"""
HOUSEHOLD = """
households | hh_id | kind | twn_id | size | covered | total | start
           | D1    | 城市 | T1     | 3    | 3       | 210   | 2009-01
"""


def drawn(assessment, household=HOUSEHOLD, more=""):
    return f"{STANDARDS}{household}{assessment}{more}"


def test_income_above_the_standard(find):
    (found,) = find("O1", drawn("assessments | hh_id | date | pci\n | D1 | 2011-03-05 | 412\n"))
    assert found["explanation"] == "标准330元，核定月人均412元，超出82元。"
    assert (found["observed"], found["expected"]) == ("月人均412元", "低于330元")
    assert (found["severity"], found["clause"], found["period"]) == ("A", "R13", "2011-03")
    assert found["amount_fen"] == 21000
    assert found["sources"] == ["households.xlsx#表#2", "assessments.xlsx#表#2", "standards.xlsx#表#3"]


def test_income_equal_to_the_standard_no_longer_qualifies(find):
    (found,) = find("O1", drawn("assessments | hh_id | date | pci\n | D1 | 2011-03-05 | 330\n"))
    assert found["explanation"] == "标准330元，核定月人均330元，已达到标准。"


def test_one_fen_below_the_standard_qualifies(find):
    assert not find("O1", drawn("assessments | hh_id | date | pci\n | D1 | 2011-03-05 | 329.99\n"))


def test_income_a_head_follows_from_the_year_total(find):
    (found,) = find("O1", drawn("assessments | hh_id | date | total\n | D1 | 2011-03-05 | 14832\n"))
    assert found["observed"] == "月人均412元"


def test_the_money_at_risk_is_what_was_paid_from_the_assessment_on(find):
    payments = """
    payments | hh_id | period  | kind | amt | ptype | ret
             | D1    | 2011-02 | 城市 | 210 |       |
             | D1    | 2011-03 | 城市 | 210 | 正常  |
             | D1    | 2011-04 | 城市 | 210 |       | 成功
             | D1    | 2011-05 | 城市 | 210 |       | 退回
    """
    (found,) = find("O1", drawn("assessments | hh_id | date | pci\n | D1 | 2011-03-05 | 412\n", more=payments))
    assert found["amount_fen"] == 42000


def test_the_standard_of_the_month_of_assessment_counts(find):
    assert find("O1", drawn("assessments | hh_id | date | pci\n | D1 | 2010-12-31 | 310\n"))
    assert not find("O1", drawn("assessments | hh_id | date | pci\n | D1 | 2011-01-01 | 310\n"))


def test_only_the_latest_assessment_up_to_today_counts(find):
    assert not find(
        "O1",
        drawn("""
        assessments | hh_id | date       | pci
                    | D1    | 2010-05-05 | 500
                    | D1    | 2011-05-05 | 200
                    | D1    | 2011-06-21 | 500
        """),
    )


@pytest.mark.parametrize("column, note", [("cause", "因病，渐退期内"), ("cause", "重残单人保")])
def test_noted_exceptions_are_lawful(find, column, note):
    household = f"""
    households | hh_id | kind | twn_id | size | {column}
               | D1    | 城市 | T1     | 3    | {note}
    """
    assert not find("O1", drawn("assessments | hh_id | date | pci\n | D1 | 2011-03-05 | 412\n", household))


def test_an_exception_may_stand_in_the_assessment(find):
    assert not find("O1", drawn("assessments | hh_id | date | pci | living\n | D1 | 2011-03-05 | 412 | 渐退\n"))


def test_a_household_that_left_is_no_recipient(find):
    exits = "exits | hh_id | exit_on\n | D1 | 2011-04-10\n"
    assert not find("O1", drawn("assessments | hh_id | date | pci\n | D1 | 2011-03-05 | 412\n", more=exits))


def test_a_township_with_its_own_standard_is_judged_by_it(find):
    own = """
    standards | kind | area     | effective  | std
              | 城市 |          | 2011-01-01 | 330
              | 城市 | 银城街道 | 2010-01-01 | 450
    households | hh_id | kind | twn_id    | size
               | D1    | 城市 | 361181001 | 1
               | D2    | 城市 | 361181002 | 1
    assessments | hh_id | date       | pci
                | D1    | 2011-03-05 | 412
                | D2    | 2011-03-05 | 412
    """
    assert [f["household_id"] for f in find("O1", own)] == ["D2"]
