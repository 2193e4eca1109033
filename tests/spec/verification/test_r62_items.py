"""R62: each figure of the self-inspection against the recount and what the team saw."""

import pandas as pd

REGISTER = """
households | hh_id | kind | twn_id | vil_id | covered | start
           | D1    | 城市 | T1     | V1     | 2       | 2009-01
           | D2    | 城市 | T1     | V1     | 3       | 2009-01
           | D3    | 农村 | T1     | V2     | 1       | 2009-01
villages | vil_id | vil | twn_id
         | V1     | 一  | T1
         | V2     | 二  | T1
"""


def test_a_figure_that_ties_agrees_and_one_that_does_not_differs(verified):
    found = verified(
        REGISTER
        + """
stat_form | twn_id | kind | hh_p.households | hh_p.persons | filed_on
          | T1     | 城市 | 2               | 6            | 2011-05-08
"""
    )
    assert found.item("现有低保户数", "城市") == [(2, 2, "相符", "")]
    assert found.item("现有低保人数", "城市") == [(6, 5, "不符", "")]


def test_door_to_door_means_every_household_on_the_register(verified):
    found = verified(
        REGISTER
        + """
stat_form | twn_id | kind | hh_p.households | checked.households | filed_on
          | T1     | 城市 | 2               | 1                  | 2011-05-08
"""
    )
    assert found.item("核查户数", "城市") == [(1, 2, "不符", "")]


def test_a_figure_without_a_list_behind_it_is_said_to_have_none(verified):
    found = verified(
        REGISTER
        + """
stat_form | twn_id | kind | board | filed_on
          | T1     | 合计 | 4     | 2011-05-08
"""
    )
    ((reported, recounted, outcome, _),) = found.item("公示栏数")
    assert (reported, outcome) == (4, "没有明细可核")
    assert recounted is pd.NA


def test_the_form_on_cadres_is_counted_from_roster_and_filings(verified):
    found = verified(
        """
cadres | cad_pid | twn_id
       | p1      | T1
       | p2      | T1
filings | cad_pid | nil | hh_id | relation | persons | amt | action | verdict
        | p1      | 否  | D1    | 父母     | 2       | 90  | 清退   | 不符合
stat_filings | twn_id | n_cad | n_filed | n_rel_db.households | n_rel_db.persons | n_out.households | amt_out
             | T1     | 3     | 1       | 1                   | 2                | 0                | 90
"""
    )
    assert found.item("干部人数") == [(3, 2, "不符", "")]
    assert found.item("已填报人数") == [(1, 1, "相符", "")]
    assert found.item("亲属享受户数") == [(1, 1, "相符", "")]
    assert found.item("亲属享受人数") == [(2, 2, "相符", "")]
    assert found.item("清退户数") == [(0, 1, "不符", "")]
    assert found.item("涉及月金额") == [(9000, 9000, "相符", "")]


def test_the_reviews_are_counted_against_who_was_on_the_register_that_day(verified):
    found = verified(
        REGISTER
        + """
reviews | vil_id | hh_id | met_on     | result
        | V1     | D1    | 2011-04-20 | 符合
        | V2     | D3    | 2011-04-21 | 不符合
"""
    )
    assert found.item("评议户数") == [(2, 3, "不符", "")]
    # D3 was voted out and still draws the allowance
    assert found.item("评议不符合户数") == [(1, 0, "不符", "")]


def test_what_the_team_saw_stands_beside_the_figure(verified):
    found = verified(
        REGISTER
        + """
stat_form | twn_id | kind | hh_p.households | filed_on
          | T1     | 城市 | 2               | 2011-05-08
visits | hh_id | on         | found
       | D1    | 2011-06-01 | 户在人在
       | D2    | 2011-06-01 | 人户分离
"""
    )
    assert found.item("现有低保户数", "城市") == [(2, 2, "相符", "入户核查2户：户在人在1户，人户分离1户，死亡0户")]
