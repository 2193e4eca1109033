"""应保未保: refused applicants are a frame of their own, and a sample of them gives exact limits."""

import pandas as pd
import pytest

from dibao_lib.checks.views import open_views
from dibao_lib.demo import demo_day
from dibao_lib.errors import InputRefused
from dibao_lib.verification import draw_refused, left_out_rate, refused_applicants


@pytest.fixture(scope="module")
def refused(inspected):
    return refused_applicants(open_views(inspected.inspection, demo_day(inspected.inspection.plan)))


def test_nobody_who_draws_the_allowance_was_refused(inspected, refused):
    households = inspected.inspection.table("households")
    active = set(households.loc[households["status"].eq("在保"), "hh_id"])
    assert len(refused) > 0
    assert not active & set(refused["household_id"])
    assert set(refused["reason"]) <= {"申请未获批准", "评议不符合", "核定不符合", "评议不符合、核定不符合"}


def test_they_are_drawn_by_ticket_with_townships_as_strata(refused):
    made = draw_refused(refused, 20, "未获批准", "3 1 4")
    assert len(made.rows) == 20
    assert set(made.sample["stratum"]) <= set(refused["township_code"])


def test_where_nobody_was_refused_there_is_nothing_to_draw():
    empty = pd.DataFrame(columns=["household_id", "township_code"])
    with pytest.raises(InputRefused, match="表册中没有未获批准的申请"):
        draw_refused(empty, 5, "未获批准", "3")


def test_the_share_left_out_has_the_limits_of_a_finite_population():
    found = left_out_rate(2, 20, 80)
    assert (found.rate, found.method) == (0.1, "finite")
    assert 2 <= found.lower_count < 8 < found.upper_count < 80
