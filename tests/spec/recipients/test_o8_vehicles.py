"""O8 名下有车辆 (R13)."""

import pytest

HOUSEHOLD = """
households | hh_id | kind | twn_id | total | status
           | D1    | 农村 | T1     | 200   | 在保
members | hh_id | pid | name | rel
        | D1    | p1  | 甲   | 本人
        | D1    | p2  | 乙   | 子
"""


def cars(*rows):
    return (
        HOUSEHOLD
        + "registers | reg | pid | from | to | attr | item | status\n"
        + "".join(f" | 机动车 | {r}\n" for r in rows)
    )


def test_a_car_in_the_household(find):
    (found,) = find("O8", cars("p2 | 2010-01-01 | | 小型轿车 | 赣E12345 | 正常"))
    assert found["explanation"] == "一名家庭成员名下有正常状态的机动车1辆，该户月保障金200元。"
    assert (found["severity"], found["certainty"], found["amount_fen"]) == ("B", "E2", 20000)
    assert "赣E" not in found["explanation"] + found["observed"]


def test_several_cars_of_one_person_are_one_finding(find):
    (found,) = find("O8", cars("p2 | | | 轿车 | 赣E1 | ", "p2 | | | 货车 | 赣E2 | ", "p2 | | | 货车 | 赣E2 | "))
    assert found["observed"] == "车辆2辆"


def test_cars_of_two_persons_are_two_findings(find):
    assert len(find("O8", cars("p1 | | | 轿车 | 赣E1 | ", "p2 | | | 轿车 | 赣E2 | "))) == 2


@pytest.mark.parametrize("attr", ["普通两轮摩托车", "残疾人专用小型自动挡载客汽车", "拖拉机", "农用三轮运输车"])
def test_exempt_vehicles_are_no_lead(find, attr):
    assert not find("O8", cars(f"p2 | 2010-01-01 | | {attr} | 赣E1 | 正常"))


def test_a_deregistered_car_is_no_lead(find):
    assert not find("O8", cars("p2 | 2010-01-01 | | 轿车 | 赣E1 | 注销"))


@pytest.mark.parametrize(
    "since, until, owned",
    [
        ("2011-06-20", "", True),
        ("2011-06-21", "", False),
        ("", "2011-06-20", False),
        ("", "2011-06-21", True),
    ],
)
def test_the_car_must_be_owned_today(find, since, until, owned):
    assert bool(find("O8", cars(f"p2 | {since} | {until} | 轿车 | 赣E1 | "))) is owned


def test_a_household_that_left_is_no_lead(find):
    assert not find("O8", cars("p2 | | | 轿车 | 赣E1 | ").replace("| 在保", "| 注销"))
