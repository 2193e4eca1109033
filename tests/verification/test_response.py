"""What became of the households drawn; cases not found are never silently left out."""

import pandas as pd
import pytest

from dibao_lib.sampling import Design, Frame, draw
from dibao_lib.verification.response import response

FRAME = Frame.of([f"D{k:02d}" for k in range(40)], [""] * 40)
MADE = draw(FRAME, Design("入户核查", n=10), "3 1 4")
DRAWN = MADE.sample["unit"].tolist()
OTHERS = sorted(set(FRAME.units) - set(DRAWN))


def visits(*rows):
    return pd.DataFrame(rows, columns=["unit", "found", "view"])


def test_before_anybody_was_visited_all_are_waiting_and_nothing_is_estimated():
    seen = response(MADE, visits())
    assert (seen.drawn, seen.waiting, seen.seen, seen.rate, seen.frame) == (10, 10, 0, None, 40)


def test_each_household_drawn_is_counted_once():
    told = [(unit, "户在人在", "保留") for unit in DRAWN[:5]]
    told += [(DRAWN[5], "户在人在", "退出"), (DRAWN[6], "人户分离", None), (DRAWN[7], "户在人在", "待查")]
    told += [(DRAWN[8], "死亡", None), (OTHERS[0], "户在人在", "退出")]
    seen = response(MADE, visits(*told))
    assert (seen.seen, seen.not_found, seen.undecided, seen.waiting) == (7, 1, 1, 1)
    assert (seen.wrong, seen.outside) == (2, 1)
    rates = (seen.rate.all_correct.value, seen.rate.as_missing.value, seen.rate.all_wrong.value)
    assert rates == pytest.approx((2 / 10, 2 / 7, 5 / 10))
    assert seen.rate.all_correct.df == 9
