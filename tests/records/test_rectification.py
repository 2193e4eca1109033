"""The life of a problem: judged, put right, proved, struck off by a second person (R63-R65, R72)."""

import datetime as dt

import pytest
from record_writing import NINE, workspace
from sound_records import PHOTO, put, sound

from dibao_lib.errors import InputRefused
from dibao_lib.records.form import blank
from dibao_lib.records.kinds import record_form
from dibao_lib.records.log import RecordLog
from dibao_lib.records.validate import tidy, validate
from dibao_lib.rectification import (
    close,
    ledger,
    ledger_table,
    overdue,
    overdue_table,
    problems,
    problems_of,
    proposals,
    proposals_table,
    rectification_given,
    seen_problems,
)
from dibao_lib.widgets.case import problem_cases

TODAY = dt.date(2011, 7, 5)
DONE = {"measures": "停发", "done_on": "2011-06-28", "proof": [PHOTO]}


@pytest.fixture
def log(tmp_path):
    with RecordLog.open(workspace(tmp_path / "工作区")) as log:
        yield log


def strike(log, who, record_id="R1"):
    return close(log, record_id, verifier=who, now=NINE, submission=f"close-{who}-{len(log.history(record_id))}")


def state(log):
    return problems(log)[0].state


def test_a_problem_goes_from_lead_to_closure(log):
    put(log, "rectification", answers={"judgement": "待核"})
    assert state(log) == "待核"
    put(log, "rectification")
    assert state(log) == "未整改"
    put(log, "rectification", answers={"measures": "停发"})
    assert state(log) == "整改中"
    put(log, "rectification", answers=DONE)
    assert state(log) == "已整改"
    strike(log, "李科长")
    (closed,) = problems(log)
    assert (closed.state, closed.closed_by, closed.closed_on) == ("已销号", "李科长", "2011-05-01")


def test_a_lead_that_proved_unfounded_is_no_problem(log):
    put(log, "rectification", answers={"judgement": "不属实"})
    assert state(log) == "不属实"
    assert ledger(problems(log), TODAY).empty
    assert overdue(problems(log), TODAY) == []


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"judgement": "待核"}, "这个问题现在是“待核”，不能销号"),
        ({}, "这个问题现在是“未整改”，不能销号：须核实属实，填写完成日期并附佐证材料后，才能销号"),
        ({"measures": "停发", "done_on": "2011-06-28"}, "这个问题现在是“整改中”，不能销号"),
    ],
)
def test_nothing_is_closed_without_proof(log, answers, message):
    put(log, "rectification", answers=answers)
    with pytest.raises(InputRefused, match=message):
        strike(log, "李科长")


@pytest.mark.parametrize("who", ["丙", "张三", " 张三"])
def test_neither_the_owner_nor_whoever_reported_it_done_closes_a_problem(log, who):
    put(log, "rectification", who="王五")
    put(log, "rectification", answers=DONE, who="张三")
    with pytest.raises(InputRefused, match="销号人不能是整改责任人，也不能是填报整改结果的人"):
        strike(log, who)


def test_whoever_judged_the_lead_may_verify_its_rectification(log):
    put(log, "rectification", who="王五")
    put(log, "rectification", answers=DONE, who="张三")
    strike(log, "王五")
    assert state(log) == "已销号"


def test_a_change_after_closure_opens_the_problem_again(log):
    put(log, "rectification", answers=DONE)
    strike(log, "李科长")
    put(log, "rectification", answers=DONE | {"recovered": 5000, "amt": 5000}, reason="补记追缴")
    assert state(log) == "已整改"
    strike(log, "李科长")
    with pytest.raises(InputRefused, match="已经销号"):
        strike(log, "赵主任")


def test_the_overdue_list_is_as_of_a_day_and_forgets_what_was_closed(log):
    put(log, "rectification", "R1", answers={"fid": "1", "due": "2011-06-30"})
    put(log, "rectification", "R2", answers={"fid": "2", "due": "2011-06-20"})
    put(log, "rectification", "R3", answers=DONE | {"fid": "3", "due": "2011-06-29"})
    late = overdue(problems(log), TODAY)
    assert [(one.data["fid"], one.overdue_days(TODAY)) for one in late] == [("2", 15), ("3", 6), ("1", 5)]
    assert [one.data["fid"] for one in overdue(problems(log), dt.date(2011, 6, 30))] == ["2", "3"]
    strike(log, "李科长", "R3")
    assert [one.data["fid"] for one in overdue(problems(log), TODAY)] == ["2", "1"]


def test_the_ledger_is_one_row_a_problem(log):
    put(log, "rectification", answers={"amt": 12050, "disc": "责令检查"})
    (row,) = ledger(problems(log), TODAY).to_dict("records")
    assert (row["问题编号"], row["涉及金额"], row["状态"]) == ("1", 12050, "未整改")
    assert (row["逾期天数"], row["追责情况"]) == (5, "责令检查")


def test_cases_of_one_cadre_are_counted_within_his_township(log, plan):
    for place, (township, judgement) in enumerate(
        [("361181100", "属实"), ("361181100", "部分属实"), ("361181100", "不属实"), ("361181101", "属实")]
    ):
        answers = {"fid": str(place), "twn_id": township, "judgement": judgement, "cadre": "某甲"}
        put(log, "rectification", f"R{place}", answers=answers)
    found = proposals(plan, problems(log), dt.date(2011, 6, 20))
    assert {fid: [one.rule for one in rows] for fid, rows in found.items()} == {
        "0": ["D3"],
        "1": ["D3"],
        "2": [],
        "3": [],
    }
    assert found["0"][0].facts == ("同一干部查实2件",)


def test_a_problem_opens_from_a_lead_with_what_the_check_found(inspected, plan):
    frame = inspected.findings.dropna(subset=["household_id", "amount_fen"])
    lead = frame.iloc[0]
    form = record_form("rectification", plan)
    data = tidy(form, blank(form, rectification_given(inspected.inspection, lead["finding_id"])))
    assert (data["check_id"], data["hh_id"], data["amt"]) == (
        lead["check_id"],
        lead["household_id"],
        lead["amount_fen"],
    )
    assert set(validate(form, data)) == {"found_on", "judgement"}


def test_leads_about_a_household_a_village_a_township_and_the_county_all_open(inspected, plan):
    form, frame = record_form("rectification", plan), inspected.findings
    levels = frame[["township_code", "village_code", "household_id"]].notna().sum(axis=1)
    for _, leads in frame.groupby(levels):
        data = tidy(form, blank(form, rectification_given(inspected.inspection, leads.iloc[0]["finding_id"])))
        assert set(validate(form, data)) == {"found_on", "judgement"}
        assert data["place"]


def test_the_form_shows_the_plans_advice_once_a_lead_is_upheld(plan):
    form = record_form("rectification", plan)
    upheld = sound("rectification", check_id="O6")
    assert [line[:2] for line in tidy(form, upheld)["advice"]] == ["D2", "D6"]
    assert tidy(form, upheld | {"judgement": "不属实"})["advice"] == []
    assert tidy(form, upheld | {"judged_on": ""})["advice"] == []


def test_tables_for_the_screen_tell_yuan_proposals_and_days_late(log, plan):
    answers = {
        "amt": 12050,
        "check_id": "O4",
        "place": "绕二镇",
        "dispositions": ["D6 清退或及时纳入"],
        "decided_by": "丁",
    }
    put(log, "rectification", answers=answers)
    found = problems(log)
    assert ledger_table(found, TODAY).loc[0, ["涉及金额（元）", "追缴金额（元）", "逾期天数"]].to_list() == [
        "120.50",
        "",
        5,
    ]
    assert ledger_table(found, dt.date(2011, 6, 30)).loc[0, "逾期天数"] == ""
    assert overdue_table(found, TODAY)[["问题编号", "逾期天数"]].to_numpy().tolist() == [["1", 5]]
    proposed = proposals_table(plan, found, TODAY)
    assert [text[:2] for text in proposed["建议"]] == ["D5", "D6"]
    assert proposed["已采用"].to_list() == ["", "是"]


def test_tables_without_a_problem_are_empty(plan):
    assert all(table.empty for table in (ledger_table([], TODAY), overdue_table([], TODAY)))
    assert proposals_table(plan, [], TODAY).empty


def test_problems_can_be_asked_for_by_place(tmp_path):
    inspection = workspace(tmp_path / "工作区")
    assert problems_of(inspection) == []
    with RecordLog.open(inspection) as log:
        put(log, "rectification", "R1", answers={"fid": "1", "place": "绕二镇长岗村"})
        put(log, "rectification", "R2", answers={"fid": "2", "place": "银城街道", "twn_id": "361181001"})
    assert [one.data["fid"] for one in problems_of(inspection)] == ["1", "2"]
    assert [one.data["fid"] for one in problems_of(inspection, "绕二镇")] == ["1"]
    assert [one.data["fid"] for one in problems_of(inspection, "361181001")] == ["2"]


def test_the_desk_lists_leads_with_the_record_they_open(inspected):
    cases = problem_cases(inspected.inspection, place="银城街道")
    frame = inspected.findings[inspected.findings["township"] == "银城街道"]
    leads = [case for case in cases if case.given().get("check_id")]
    assert len(leads) == len(frame)
    assert len({case.record_id for case in cases}) == len(cases)
    assert leads[0].given()["twn_id"] == "361181001"
    assert leads[0].title.startswith(leads[0].given()["check_id"])


def test_what_people_saw_becomes_a_problem_of_its_own(recorded, plan):
    inspection = recorded.inspection
    form, found = record_form("rectification", plan), seen_problems(inspection)
    assert {given["route"] for given in found} == {"督查", "群众举报"}
    assert len({given["fid"] for given in found}) == len(found)
    items = inspection.table("township_items")
    assert sum("没有看到材料" in given["what"] for given in found) == int(items["state"].eq("未落实").sum())
    upheld = inspection.table("complaints")["recheck"].isin(["属实", "部分属实"])
    assert sum(given["route"] == "群众举报" for given in found) == int(upheld.sum())
    for given in found[:5]:
        assert set(validate(form, tidy(form, blank(form, given)))) == {"judgement"}
    listed = problem_cases(inspection, place="银城街道")
    assert {case.given()["twn_id"] for case in listed} == {"361181001"}
    assert listed[0].title.startswith(("督查", "群众举报"))


def test_nothing_was_seen_where_nothing_was_recorded(tmp_path):
    assert seen_problems(workspace(tmp_path / "工作区")) == []


def test_an_unknown_lead_is_refused(inspected):
    with pytest.raises(InputRefused, match="检查结果中没有这个编号的线索"):
        rectification_given(inspected.inspection, "0" * 16)
