"""O17 福利保、身份保 (R14, R48)."""

import pytest

HEAD = """
standards | kind | effective  | std
          | 农村 | 2011-01-01 | 160
households | hh_id | kind | twn_id | cause   | pci   | total | status
           | D1    | 农村 | T1     | {cause} | {pci} | 100 | {status}
           | D2    | 农村 | T1     | 因病    | 50 | 100 | 在保
"""


def entered(cause="参战人员", pci="", status="在保", more=""):
    return HEAD.format(cause=cause, pci=pci, status=status) + more


def test_entered_by_status_without_an_income(find):
    (found,) = find("O17", entered())
    assert found["explanation"] == "纳入原因是身份（参战），没有家庭收入核定记录。"
    assert (found["severity"], found["observed"]) == ("B", "没有收入核定")


def test_income_above_the_standard(find):
    (found,) = find("O17", entered("失地农民", pci="170"))
    assert found["explanation"] == "纳入原因是身份（失地），月人均收入170元，标准160元。"


def test_not_assessed_where_others_were(find):
    assert find("O17", entered(pci="50", more="assessments | hh_id | date | pci\n | D2 | 2011-02-01 | 50\n"))


@pytest.mark.parametrize("pci, wrong", [("160", True), ("159.99", False)])
def test_the_standard_itself_is_the_boundary(find, pci, wrong):
    assert bool(find("O17", entered(pci=pci))) is wrong


def test_veterans_who_are_poor_stay(find):
    assert not find("O17", entered("伤残军人", pci="50"))


def test_other_reasons_and_ended_households(find):
    assert not find("O17", entered("因残"))
    assert not find("O17", entered(status="注销"))
