"""Who may approve what, and what a signature freezes."""

import pytest
from record_writing import NINE, workspace
from sound_records import put

from dibao_lib.errors import InputRefused
from dibao_lib.records import review
from dibao_lib.records.log import RecordLog
from dibao_lib.records.review import standing


@pytest.fixture
def log(tmp_path):
    with RecordLog.open(workspace(tmp_path / "工作区")) as log:
        yield log


@pytest.fixture
def act(log, plan):
    """`act("approve", "李科长")` does that to record R1."""

    def do(action, who, **more):
        given = {"who": who, "now": NINE, "submission": f"{action}-{who}-{len(log.history('R1'))}", **more}
        if action in {"submit", "sign"}:
            return getattr(review, action)(log, plan, "R1", **given)
        return getattr(review, action)(log, "R1", **given)

    return do


def state(log):
    return standing(log.record("R1")).state


def test_a_record_goes_from_the_visitor_to_another_person_who_approves_it(log, act):
    put(log, "visit")
    assert state(log) == "未提交"
    act("submit", "张三")
    assert state(log) == "待审核"
    act("approve", "李科长")
    told = standing(log.record("R1"))
    assert (told.state, told.approver, told.approved_on) == ("已审核", "李科长", "2011-05-01")


def test_a_record_with_faults_cannot_be_submitted_or_signed(log, act):
    put(log, "visit", answers={"on": "", "view": ""})
    with pytest.raises(InputRefused, match="还有2处需要更正，没有提交。第一处：请选择“核查日期”"):
        act("submit", "张三")
    with pytest.raises(InputRefused, match="还有2处需要更正，不能签字"):
        act("sign", "张三")


@pytest.mark.parametrize("who", ["张三", " 张三 ", "王五"])
def test_nobody_approves_what_he_entered_or_submitted(log, act, who):
    put(log, "visit")
    act("submit", "王五")
    with pytest.raises(InputRefused, match="审核人不能是填报或提交这条记录的人"):
        act("approve", who)
    with pytest.raises(InputRefused, match="退回人不能是填报或提交这条记录的人"):
        act("reject", who, reason="不清楚")


def test_a_rejection_needs_a_reason_and_shows_it(log, act):
    put(log, "visit")
    act("submit", "张三")
    with pytest.raises(InputRefused, match="退回须写明理由"):
        act("reject", "李科长", reason=" ")
    act("reject", "李科长", reason="收入怎样核实的没有写")
    told = standing(log.record("R1"))
    assert (told.state, told.reason) == ("已退回", "收入怎样核实的没有写")
    act("submit", "张三")
    assert state(log) == "待审核"


def test_what_was_not_submitted_cannot_be_approved(log, act):
    put(log, "visit")
    with pytest.raises(InputRefused, match="这条记录现在是“未提交”，不能审核"):
        act("approve", "李科长")


def test_a_change_after_approval_takes_the_approval_away(log, act):
    put(log, "visit")
    act("submit", "张三")
    act("approve", "李科长")
    put(log, "visit", answers={"house": "砖木"}, reason="补记住房")
    told = standing(log.record("R1"))
    assert (told.state, told.approver) == ("审后修改", "")


def test_a_signature_freezes_what_was_signed(log, act):
    put(log, "visit")
    act("sign", "张三")
    act("sign", "李四")
    assert [one.holds for one in standing(log.record("R1")).signatures] == [True, True]
    put(log, "visit", answers={"income": "800"}, reason="看错了")
    told = standing(log.record("R1"))
    assert told.state == "签后修改"
    assert [(one.who, one.holds) for one in told.signatures] == [("张三", False), ("李四", False)]
    act("sign", "张三")
    assert [one.holds for one in standing(log.record("R1")).signatures] == [False, False, True]


def test_a_change_taken_back_is_again_what_was_signed(log, act):
    put(log, "visit")
    act("sign", "张三")
    put(log, "visit", answers={"income": "800"}, reason="看错了")
    put(log, "visit", reason="改回")
    assert standing(log.record("R1")).signatures[0].holds
    assert state(log) == "审后修改"


def test_a_signature_after_approval_keeps_the_approval(log, act):
    put(log, "visit")
    act("submit", "张三")
    act("approve", "李科长")
    act("sign", "张三")
    assert (state(log), standing(log.record("R1")).approver) == ("已审核", "李科长")


def test_problems_are_closed_not_approved(log, act):
    put(log, "rectification")
    act("submit", "张三")
    with pytest.raises(InputRefused, match="由他人凭佐证销号"):
        act("approve", "李科长")


def test_a_record_that_does_not_exist_is_named_so(act):
    with pytest.raises(InputRefused, match="记录库中没有这条记录"):
        act("approve", "李科长")


def test_the_writer_withdraws_with_a_reason_what_nobody_approved_yet(log, act):
    put(log, "visit")
    act("submit", "张三")
    with pytest.raises(InputRefused, match="撤回须写明理由"):
        act("withdraw", "张三", reason=" ")
    act("withdraw", "张三", reason="走错了户")
    told = standing(log.record("R1"))
    assert (told.state, told.reason) == ("已撤回", "走错了户")
    with pytest.raises(InputRefused, match="这条记录现在是“已撤回”，不能撤回"):
        act("withdraw", "张三", reason="再撤一次")


def test_others_cannot_withdraw_what_nobody_approved_yet(log, act):
    put(log, "visit")
    with pytest.raises(InputRefused, match="还没有审核，只能由填报或提交它的人撤回"):
        act("withdraw", "李科长", reason="不对")
    assert state(log) == "未提交"


@pytest.mark.parametrize("settling", [("submit", "approve"), ("sign",)])
def test_what_was_approved_or_signed_is_withdrawn_by_another_person_than_its_writer(log, act, settling):
    put(log, "visit")
    for action in settling:
        act(action, "李科长" if action == "approve" else "张三")
    with pytest.raises(InputRefused, match="已审核或签字，撤回人不能是填报或提交它的人"):
        act("withdraw", "张三", reason="走错了户")
    act("withdraw", "李科长", reason="复核发现走错了户")
    assert state(log) == "已撤回"
