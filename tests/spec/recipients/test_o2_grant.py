"""O2 补差计算错误 (R13, R22)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

STANDARDS = """
standards | kind | area | effective  | std
          | 城市 |      | 2010-07-01 | 300
          | 城市 |      | 2011-01-01 | 330
"""
COLUMNS = "households | hh_id | kind | twn_id | size | covered | pci | method | base | top_hh | top_person | total"


def household(rest):
    return f"{STANDARDS}{COLUMNS}\n | D1 | 城市 | T1 | {rest}\n"


def test_a_grant_above_the_formula(find):
    (found,) = find("O2", household("2 | 2 | 120 | 补差 | 450 | | | 450"))
    assert found["explanation"] == "标准330元，月人均收入120元，保障2人，应补差420元，台账为450元，多30元。"
    assert (found["observed"], found["expected"], found["amount_fen"]) == ("补差450元", "补差420元", 3000)
    assert (found["severity"], found["clause"], found["period"]) == ("B", "R13、R22", "")


def test_a_grant_below_the_formula(find):
    (found,) = find("O2", household("2 | 1 | 120 | | 180 | | | 180"))
    assert found["explanation"] == "标准330元，月人均收入120元，保障1人，应补差210元，台账为180元，少30元。"


def test_a_total_that_is_not_grant_plus_top_ups(find):
    (found,) = find("O2", household("2 | 2 | 120 | 补差 | 420 | 30 | 20 | 500"))
    assert found["explanation"] == "补差420元加分类施保50元应为470元，台账合计500元，多30元。"
    assert found["observed"] == "合计500元"


def test_both_parts_wrong_are_one_finding_with_the_larger_difference(find):
    (found,) = find("O2", household("2 | 2 | 120 | 补差 | 450 | | | 400"))
    assert found["explanation"].count("；") == 1
    assert found["amount_fen"] == 5000


@pytest.mark.parametrize("base, wrong", [(421, False), ("421.01", True), (419, False), ("418.99", True)])
def test_one_yuan_is_tolerated_and_one_fen_more_is_not(find, base, wrong):
    assert bool(find("O2", household(f"2 | 2 | 120 | 补差 | {base} | | | {base}"))) is wrong


def test_half_a_yuan_rounds_up(find):
    assert not find("O2", household("3 | 3 | 120.50 | 补差 | 629 | | | 629"))


def test_missing_top_ups_and_a_missing_total_are_no_error(find):
    assert not find("O2", household("2 | 2 | 120 | 补差 | 420 | | | 420"))
    assert not find("O2", household("2 | 2 | 120 | 补差 | 420 | 60 | | "))


@pytest.mark.parametrize("method", ["分档", "全额"])
def test_other_methods_are_not_judged_by_the_formula(find, method):
    assert not find("O2", household(f"2 | 2 | 120 | {method} | 100 | | | 100"))


def test_income_at_the_standard_is_another_check(find):
    assert not find("O2", household("2 | 2 | 330 | 补差 | 100 | | | 100"))


def test_the_assessment_in_force_beats_the_register(find):
    assessed = "assessments | hh_id | date | pci\n | D1 | 2011-04-01 | 130\n"
    (found,) = find("O2", household("2 | 2 | 120 | 补差 | 420 | | | 420") + assessed)
    assert found["expected"] == "补差400元"


@settings(max_examples=8, deadline=None)
@given(
    rows=st.lists(st.tuples(st.integers(1, 9), st.integers(0, 32999), st.integers(-150, 150)), min_size=1, max_size=40)
)
def test_a_grant_is_wrong_exactly_when_it_misses_the_rounded_formula_by_more_than_a_yuan(find, rows):
    lines = []
    for number, (covered, pci, shift) in enumerate(rows):
        due = ((33000 - pci) * covered + 50) // 100 * 100
        base = max(0, due + shift)
        lines.append(
            f" | D{number:02d} | 城市 | T1 | 9 | {covered} | {pci / 100:.2f} | | {base / 100:.2f} | | | {base / 100:.2f}"
        )
    found = {f["household_id"]: f["amount_fen"] for f in find("O2", f"{STANDARDS}{COLUMNS}\n" + "\n".join(lines))}
    wrong = {}
    for number, (covered, pci, shift) in enumerate(rows):
        due = ((33000 - pci) * covered + 50) // 100 * 100
        difference = abs(max(0, due + shift) - due)
        if difference > 100:
            wrong[f"D{number:02d}"] = difference
    assert found == wrong
