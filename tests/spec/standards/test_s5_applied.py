"""S5 标准调整未执行 (R10, R22)."""

import drawn
import pytest

HEAD = """
standards | kind | effective  | std
          | 城市 | 2009-07-01 | 260
          | 城市 | 2011-01-01 | 330
households | hh_id | kind | twn_id | covered | pci | base | total | method   | start
           | D1    | 城市 | T1     | 2       | 100 | 460  | 460   | {method} | 2009-01
"""


def paid(*rows, method="补差"):
    return HEAD.format(method=method) + drawn.lines("payments", "hh_id | period | amt | ptype", rows)


OLD = [f"D1 | 2011-0{month} | 320 | " for month in (1, 2, 3, 4, 5)]
NEW = [f"D1 | 2011-0{month} | 460 | " for month in (1, 2, 3, 4, 5)]


def test_the_old_standard_goes_on(find):
    (found,) = find("S5", paid(*OLD))
    assert found["explanation"] == (
        "2011年3月、2011年4月、2011年5月仍按原标准260元发放960元，按新标准330元应发1,380元，少发420元。"
    )
    assert (found["severity"], found["period"], found["amount_fen"]) == ("B", "2011-03", 42000)


def test_two_cycles_are_the_grace(find):
    assert not find("S5", paid(*OLD[:2], *NEW[2:]))
    (found,) = find("S5", paid(*OLD[:3], *NEW[3:]))
    assert found["period"] == "2011-03"


def test_the_new_standard_in_time(find):
    assert not find("S5", paid(*NEW))


@pytest.mark.parametrize("amount, wrong", [("321", True), ("322", False)])
def test_one_yuan_beside_the_old_amount_is_the_tolerance(find, amount, wrong):
    assert bool(find("S5", paid(*(row.replace("320", amount) for row in OLD)))) is wrong


def test_back_pay_settles_it(find):
    assert not find("S5", paid(*OLD[:3], NEW[3], "D1 | 2011-05 | 460 | ", "D1 | 2011-05 | 420 | 补发"))


def test_an_income_that_changed_with_the_standard(find):
    told = "assessments | hh_id | date | pci\n | D1 | 2010-01-05 | 100\n | D1 | 2011-02-05 | 170\n"
    assert not find("S5", paid(*OLD) + told)


def test_payment_by_tiers_has_a_table_of_its_own(find):
    assert not find("S5", paid(*OLD, method="分档"))


def test_top_ups_stand_beside_the_standard(find):
    text = (
        paid(*(row.replace("320", "350") for row in OLD))
        .replace("| total |", "| top_hh |")
        .replace("| 460   | 补差", "| 30    | 补差")
    )
    assert find("S5", text)


TWICE = """
standards | kind | effective  | std
          | 城市 | 2009-07-01 | 260
          | 城市 | 2010-01-01 | 290
          | 城市 | 2011-01-01 | 330
households | hh_id | kind | twn_id | covered | pci | base | total | method | start
           | D1    | 城市 | T1     | 2       | 100 | 400  | 400   | 补差   | 2009-01
"""


@pytest.mark.parametrize("this_year, wrong", [("398", True), ("399", False), ("401", False), ("402", True)])
def test_the_same_sum_below_every_standard_is_no_old_standard(find, this_year, wrong):
    rows = [f"D1 | 2010-{month:02d} | 320 | " for month in range(1, 13)]
    rows += [f"D1 | 2011-{month:02d} | {this_year} | " for month in range(1, 6)]
    found = find("S5", TWICE + drawn.lines("payments", "hh_id | period | amt | ptype", rows))
    assert [row["period"] for row in found] == ["2010-03"] * wrong


def test_an_old_standard_left_behind_twice(find):
    rows = [f"D1 | 2010-{month:02d} | 320 | " for month in range(1, 13)]
    rows += [f"D1 | 2011-{month:02d} | 380 | " for month in range(1, 6)]
    (found,) = find("S5", TWICE + drawn.lines("payments", "hh_id | period | amt | ptype", rows))
    assert (found["period"], found["amount_fen"]) == ("2010-03", 10 * 6000 + 3 * 8000)


@pytest.mark.parametrize("applied", range(5))
def test_a_cut_after_the_new_standard_was_paid_is_no_old_standard(find, applied):
    rows = [*OLD[:applied], NEW[applied], *OLD[applied + 1 :]]
    periods = [row["period"] for row in find("S5", paid(*rows))]
    assert periods == (["2011-03"] if applied > 2 else [])
