"""What each kind of record refuses, beside which field, in which words."""

import pytest
from sound_records import CASE, HEARING, PHOTO, REVIEW, SOUND, VISIT

from dibao_lib.errors import UsageError
from dibao_lib.evidence.tables import table_names
from dibao_lib.records.form import blank
from dibao_lib.records.kinds import RECORD_KINDS, record_form
from dibao_lib.records.kinds.township_item import ITEMS, given_items
from dibao_lib.records.validate import tidy, validate


@pytest.fixture
def faults(plan):
    def found(kind, **answers):
        form = record_form(kind, plan)
        return validate(form, tidy(form, blank(form, SOUND[kind] | answers)))

    return found


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_record_is_accepted(faults, kind):
    assert faults(kind) == {}


@pytest.mark.parametrize(
    ("kind", "answers", "path", "message"),
    [
        ("visit", {"team": ["张三"]}, "team", "入户核查至少2人，现填1人"),
        ("visit", {"on": "2010-06-08"}, "on", "核查日期早于专项治理开始日（2011-04-01），请核对年份"),
        ("visit", {"assets": ["没有大件财产", "汽车"]}, "assets", "选了“没有大件财产”，就不能再选其他财产"),
        ("visit", {"view": "意见不一"}, "reason", "请填写“理由”"),
        ("visit", {"found": "外出"}, "inquiry", "请填写“未见到本人：向谁了解、怎样核实”"),
        (
            "visit",
            {"found": "查无此户", "inquiry": "问了村委会"},
            "view",
            "查无此户，初步意见不能是“保留”，请选“退出”或“待查”",
        ),
        (
            "hearing",
            {"voters": 30},
            "voters",
            "评议团成员到会12人、村（居）民代表到会14人，有表决权的应在14至26人之间，现填30人",
        ),
        ("hearing", {"group_no": 4}, "group_no", "核查小组为第1至3组，现填4"),
        (
            "hearing",
            {"attended": HEARING["attended"] | {"低保对象": 0}},
            "attended.低保对象",
            "听证会应有低保对象参加（至少1人）；确实没有到会的，请在“情况说明”中写明原因",
        ),
        (
            "hearing",
            {"cases": [CASE | {"agree": 13}]},
            "cases.0.agree",
            "三种票合计19票，有表决权的到会人员20人，应相等",
        ),
        (
            "hearing",
            {"cases": [CASE | {"agree": 10, "disagree": 10, "abstain": 0}]},
            "cases.0.conclusion",
            "同意10票、不同意10票，同意的没有过半，结论不能是“维持”；定不下来的请选“待核”",
        ),
        (
            "hearing",
            {"cases": [CASE | {"conclusion": "清退", "reason": "有车"}]},
            "cases.0.conclusion",
            "同意14票、不同意5票，不同意的没有过半，结论不能是“清退”；定不下来的请选“待核”",
        ),
        ("hearing", {"cases": [CASE, CASE]}, "cases.1.hh_id", "这一户在本次听证会上已有一行，请删去重复的一行"),
        ("hearing", {"cases": []}, "cases", "“逐户听证”还没有一行，请至少填写一行"),
        (
            "review",
            {"panel": REVIEW["panel"] | {"老党员": 0}},
            "panel",
            "评议团不少于20人，现为19人；确属实情的，请在“情况说明”中写明",
        ),
        (
            "review",
            {"panel": REVIEW["panel"] | {"村(居)民代表": 13, "老党员": 2}},
            "panel",
            "村（居）民代表应占3分之2以上（20人中至少14人），现为13人；确属实情的，请在“情况说明”中写明",
        ),
        (
            "review",
            {"met_on": "2011-05-02"},
            "met_on",
            "评议会应在2011年4月30日前召开；确属实情的，请在“情况说明”中写明",
        ),
        (
            "review",
            {"votes": [{"hh_id": "A1", "agree": 11, "disagree": 6, "abstain": 1, "result": "符合"}]},
            "votes.0.result",
            "到会18人、同意11票，没有达到3分之2，结论却是“符合”",
        ),
        ("posting", {"up": True, "from": "2011-05-21"}, "seen_on", "检查日期早于公示起始日期，请核对"),
        ("posting", {"note": ""}, "note", "请填写“说明”"),
        ("complaint", {"reposted": "2011-05-09"}, "reposted", "还没有复核，不能再次公榜；请先填写复核结果和日期"),
        (
            "complaint",
            {"recheck": "属实", "recheck_on": "2011-04-30", "finding": "确有"},
            "recheck_on",
            "复核日期早于登记日期，请核对",
        ),
        ("rectification", {"due": "2011-05-30"}, "due", "整改时限早于发现日期，请核对"),
        ("rectification", {"done_on": "2011-06-20"}, "proof", "填了完成日期，就要有佐证材料（文件、照片、凭证）"),
        ("rectification", {"proof": [PHOTO]}, "done_on", "有了佐证材料，请填写完成日期"),
        ("rectification", {"amt": 100, "recovered": 200}, "recovered", "追缴金额大于涉及金额，请核对"),
        (
            "rectification",
            {"dispositions": ["D6 清退或及时纳入"]},
            "decided_by",
            "采用了处理规则，请写明由谁审定；软件只提出建议，由人决定",
        ),
        (
            "rectification",
            {"dispositions": ["D1 不再追究责任", "D5 顶风违纪，一起查处"], "decided_by": "丁"},
            "dispositions",
            "D1（不再追究）与D4、D5（从重、查处）不能同时采用，请选定一种",
        ),
    ],
)
def test_what_contradicts_itself_or_the_plan_is_named_beside_its_field(faults, kind, answers, path, message):
    assert faults(kind, **answers)[path] == message


@pytest.mark.parametrize("found", ["人户分离", "外出", "拒访", "查无此户", "死亡"])
def test_not_meeting_anybody_is_an_answer_and_asks_no_figures(faults, found):
    unmet = dict.fromkeys(("people", "income", "got", "known", "sign"))
    answers = {"found": found, "inquiry": "问了邻居", "view": "待查", "reason": "下周再去", **unmet}
    assert faults("visit", **answers) == {}


def test_figures_typed_before_the_household_turned_out_absent_are_dropped(plan):
    form = record_form("visit", plan)
    data = tidy(form, blank(form, VISIT | {"found": "外出"}))
    assert (data["income"], data["people"], data["book"], data["assets"]) == (None, None, "", [])


def test_what_was_seen_is_compared_with_the_register_by_the_program(plan):
    form = record_form("visit", plan)
    data = tidy(form, blank(form, VISIT | {"people": "２", "income": "350.50", "diff": ["自己写的"]}))
    assert data["diff"] == ["家庭人口：核实2人，台账3人", "家庭月收入：核实350.50元，台账300元"]


def test_a_figure_the_register_does_not_have_is_not_compared(plan):
    form = record_form("visit", plan)
    assert tidy(form, blank(form, VISIT | {"register_income": None, "income": 1}))["diff"] == []


def test_a_departure_from_the_plan_may_be_recorded_when_it_is_explained(faults):
    small = {**REVIEW["panel"], "村(居)民代表": 9}
    assert faults("review", panel=small, present=15, votes=[], deviation="只来了十五人") == {
        "votes": "“逐户表决”还没有一行，请至少填写一行"
    }


def test_only_an_upheld_problem_asks_for_opinion_owner_and_deadline(faults):
    none = {"opinion": "", "owner": "", "due": ""}
    assert set(faults("rectification", **none)) == {"opinion", "owner", "due"}
    assert faults("rectification", judgement="不属实", **none) == {}
    assert faults("rectification", judgement="待核", judged_on="", judged_by="", grounds="", **none) == {}


def test_a_late_milestone_says_why(plan):
    form = record_form("milestone", plan)
    data = blank(form, {"sort": "报送", "milestone": "M6", "title": "自查小结", "on": "2011-05-12"})
    assert validate(form, data) == {"note": "M6的时限是2011年5月10日，迟于时限的请写明原因"}


def test_the_township_form_opens_with_every_item_of_the_plan(plan):
    asked = {item.clause for item in ITEMS}
    assert asked == {"R08", "R12", "R18", "R19", "R27", "R28", "R29", "R30", "R68", "R70", "R71", "R73"}
    assert asked <= set(plan.clauses)
    form = record_form("township_item", plan)
    data = blank(form, {"twn_id": "361181100", "on": "2011-06-01", "sign": True, "items": given_items()})
    found = validate(form, tidy(form, data | {"team": "甲"}))
    assert found["items.0.state"] == "请选择“落实情况”"
    assert len(found) == len(ITEMS)


def test_kinds_go_to_tables_that_exist_and_have_names_of_their_own():
    assert len({form.kind for form in RECORD_KINDS}) == len(RECORD_KINDS)
    assert {form.table for form in RECORD_KINDS} - {None} <= set(table_names())


def test_what_skip_logic_names_exists():
    def siblings(fields):
        known = {field.name: field for field in fields}
        for field in fields:
            assert set(field.blind) <= set(known)
            if field.relevant:
                asked = known[field.relevant[0]]
                offered = ("是", "否") if asked.type == "flag" else asked.choices
                assert set(field.relevant[1]) <= set(offered), field.name
            siblings(field.columns)

    for form in RECORD_KINDS:
        siblings(form.fields)
        assert set(form.key) <= {field.name for field in form.fields}


def test_an_unknown_kind_is_refused_with_the_known_ones():
    with pytest.raises(UsageError, match="没有名为“votes”的记录种类。可用的种类：visit（入户核查表）、"):
        record_form("votes")
