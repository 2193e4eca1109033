"""A lead judged, put right and struck off by another person, in JupyterLab."""

from dibao_lib.records.log import RecordLog
from dibao_lib.rectification import problems
from dibao_lib.widgets.case import problem_cases


def test_a_lead_is_judged_put_right_and_struck_off_by_another_person(desk, lab, field_workspace, tmp_path):
    proof = tmp_path / "停发通知.txt"
    proof.write_text("停发通知", encoding="utf-8")
    case = problem_cases(field_workspace)[-1]
    here = desk("07_rectification")
    here.who("王建国")
    here.open(case.title)
    here.put("found_on", "2011-06-01")
    here.choose("judgement", "属实")
    here.fill(
        judged_on="2011-06-08",
        judged_by="王建国、李秀英",
        grounds="核对了台账",
        opinion="更正台账",
        owner="赵主任",
        due="2011-06-30",
    )
    here.fill(measures="已更正", done_on="2011-06-20")
    here.page.set_input_files("[data-p=proof]", proof)
    here.page.wait_for_selector("[data-p=proof] ~ * :text('停发通知'), :text('停发通知.txt')")
    here.save()
    here.expect("已保存")
    here.page.wait_for_selector("[data-act=close]")
    here.page.click("[data-act=close]")
    here.page.wait_for_selector(":text('销号人不能是整改责任人')")
    here.who("陈志强")
    here.page.click("[data-act=close]")
    here.page.wait_for_selector(".db-state:has-text('已销号'), .db-state:has-text('已审核')")
    with RecordLog.open(lab.inspection) as log:
        (problem,) = problems(log)
    assert (problem.state, problem.closed_by) == ("已销号", "陈志强")
