"""G4 定期复核超期 (R69)."""

import pytest


def assessed(cls, on, more="", status="在保"):
    return (
        "households | hh_id | kind | twn_id | cls | status | start\n"
        f" | D1 | 农村 | T1 | {cls} | {status} | 2009-01\n"
        f"assessments | hh_id | date | pci\n | D1 | {on} | 50\n"
    ) + more


@pytest.mark.parametrize("cls, on", [("A", "2010-06-19"), ("B", "2010-12-19"), ("C", "2011-03-19")])
def test_one_day_past_the_interval_of_each_class(find, cls, on):
    (found,) = find("G4", assessed(cls, on))
    assert found["explanation"].endswith("已超期1天。") and found["severity"] == "B"


@pytest.mark.parametrize("cls, on", [("A", "2010-06-20"), ("B", "2010-12-20"), ("C", "2011-03-20")])
def test_the_last_day_of_the_interval_is_the_boundary(find, cls, on):
    assert not find("G4", assessed(cls, on))


def test_the_sentence_names_class_day_and_interval(find):
    (found,) = find("G4", assessed("C", "2010-12-20"))
    assert found["explanation"] == "C类对象上次复核是2010年12月20日，应每3个月复核，已超期92天。"


def test_a_visit_or_an_approval_is_a_review(find):
    assert not find("G4", assessed("C", "2010-12-20", "visits | hh_id | on\n | D1 | 2011-05-01\n"))
    assert not find("G4", assessed("C", "2010-12-20", "case_events | hh_id | approve\n | D1 | 2011-05-01\n"))


def test_a_household_without_a_class_or_that_ended_has_no_interval(find):
    assert not find("G4", assessed("", "2009-12-20"))
    assert not find("G4", assessed("A", "2009-12-20", status="注销"))
