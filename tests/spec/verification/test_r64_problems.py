"""R36, R64, R65: what was reported and corrected in time stays D1; what was kept silent about is D4; later problems do not count."""

from dibao_lib.verification import confusion

REGISTER = """
households | hh_id | kind | twn_id | vil_id | covered | start
           | D1    | 农村 | T1     | V1     | 2       | 2009-01
           | D2    | 农村 | T1     | V1     | 3       | 2009-01
           | D3    | 农村 | T1     | V1     | 1       | 2009-01
           | D4    | 农村 | T1     | V1     | 1       | 2011-06
           | D5    | 农村 | T1     | V1     | 1       | 2009-01
members | hh_id | pid | name | rel
        | D5    | p5  | 甲   | 本人
exits | hh_id | exit_on    | reason   | route
      | D1    | 2011-05-15 | 人情保   | 自查清退
      | D2    | 2011-05-16 | 收入超标 | 自查清退
"""


def test_the_last_day_of_the_self_inspection_decides(verified):
    assert verified(REGISTER).standing() == {"D1": "自查已纠正", "D2": "自查未按期纠正"}


def test_a_household_that_was_removed_before_does_not_count(verified):
    found = verified(REGISTER.replace("2011-05-15 | 人情保   | 自查清退", "2011-04-06 | 收入超标 | 检查清退"))
    assert "D1" not in found.standing()


def test_who_left_of_his_own_accord_by_the_last_day_keeps_nobodys_silence(verified):
    left = REGISTER.replace("人情保   | 自查清退", "自愿     | 主动申请")
    assert "D1" not in verified(left, [("D1", "O5", "A", "2010-01")]).standing()
    late = left.replace("2011-05-15 | 自愿", "2011-05-16 | 自愿")
    assert verified(late, [("D1", "O5", "A", "2010-01")]).standing()["D1"] == "自查未报"


def test_a_problem_proven_by_records_that_nobody_reported_was_kept_silent_about(verified):
    found = verified(REGISTER, [("D3", "O5", "A", "2010-01"), ("D5", "O8", "B", "")])
    # a lead that nobody confirmed is no problem yet
    assert found.standing() == {"D1": "自查已纠正", "D2": "自查未按期纠正", "D3": "自查未报"}


def test_a_problem_that_began_after_the_self_inspection_does_not_count(verified):
    late = verified(REGISTER, [("D3", "O1", "A", "2011-06"), ("D4", "O1", "A", "")])
    assert (late.standing()["D3"], late.standing()["D4"]) == ("截止日后发生", "截止日后发生")
    visits = REGISTER + "visits | hh_id | on | found | view\n | D4 | 2011-06-10 | 户在人在 | 退出\n"
    assert verified(visits).standing()["D4"] == "截止日后发生"


def test_a_visit_confirms_a_lead_and_takes_its_type(verified):
    visits = REGISTER + "visits | hh_id | on | found | view\n | D3 | 2011-06-10 | 户在人在 | 退出\n"
    found = verified(visits, [("D3", "O14", "B", "")])
    assert found.standing()["D3"] == "自查未报"
    row = found.problems.set_index("household_id").loc["D3"]
    assert (row["found_type"], row["found_by"]) == ("分户保", "入户核查")


def test_only_the_last_visit_of_a_household_speaks(verified):
    visits = """
visits | hh_id | on         | found    | view
       | D3    | 2011-06-01 | 户在人在 | 退出
       | D3    | 2011-06-08 | 户在人在 | 保留
"""
    assert "D3" not in verified(REGISTER + visits).standing()


def test_a_death_counts_by_the_register_of_deaths(verified):
    visits = REGISTER + "visits | hh_id | on | found\n | D5 | 2011-06-10 | 死亡\n"
    death = "registers | reg | pid | from\n | 死亡 | p5 | {}\n"
    assert verified(visits + death.format("2011-05-10")).standing()["D5"] == "自查未报"
    assert verified(visits + death.format("2011-05-20")).standing()["D5"] == "截止日后发生"
    assert verified(visits).standing()["D5"] == "截止日后发生"


def test_a_hearing_that_concludes_removal_finds_a_problem(verified):
    hearing = "hearings | hear_id | vil_id | on | case_hh | conclusion\n | T1 | V1 | 2011-06-02 | D3、D5 | 清退\n"
    found = verified(REGISTER + hearing)
    assert found.standing() | {"D3": "自查未报", "D5": "自查未报"} == found.standing()
    assert set(found.problems.loc[found.problems["found"], "found_by"]) == {"听证"}


def test_a_removed_relative_on_a_filing_was_reported(verified):
    filing = (
        "filings | cad_pid | nil | hh_id | verdict | action | filed_on\n | p1 | 否 | D3 | 不符合 | 清退 | 2011-04-12\n"
    )
    found = verified(REGISTER + filing, [("D3", "O6", "A", "")])
    assert found.standing()["D3"] == "自查未按期纠正"


def test_reported_and_found_are_set_against_each_other_by_type(verified):
    found = verified(REGISTER, [("D2", "O5", "A", "2010-01"), ("D3", "O6", "A", ""), ("D4", "O1", "A", "2011-06")])
    table = confusion(found.problems).set_index("type")
    assert table.loc["收入超标", ["reported", "unfixed", "found", "both", "later"]].tolist() == [1, 1, 1, 1, 1]
    assert table.loc["关系保", ["reported", "found", "concealed"]].tolist() == [0, 1, 1]
    assert table.loc["合计", ["reported", "fixed", "found", "concealed", "later"]].tolist() == [2, 1, 2, 1, 1]
