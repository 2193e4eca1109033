"""The forms' only rule engine: what was typed made tidy, and each fault beside its field."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dibao_lib.records.form import Field, RecordForm, blank, is_revealed, schema
from dibao_lib.records.kinds import RECORD_KINDS, record_form
from dibao_lib.records.validate import tidy, validate
from dibao_lib.units import yuan

FILE = {"name": "签到表.jpg", "size": 3, "sha256": "a" * 64}
EVERY = RecordForm(
    "all",
    "各种栏目",
    "",
    None,
    (
        Field("title", "名称", "text", required=True),
        Field("on", "日期", "date"),
        Field("month", "月份", "month"),
        Field("count", "人数", "int"),
        Field("amount", "金额", "money"),
        Field("kind", "类别", "choice", choices=("甲", "乙")),
        Field("kinds", "多类", "choices", choices=("甲", "乙")),
        Field("agreed", "同意", "flag"),
        Field("roles", "到会", "counts", keys=("代表", "干部")),
        Field("team", "人员", "people"),
        Field("files", "附件", "files"),
        Field("why", "理由", "longtext", required=True, relevant=("kind", ("乙",))),
        Field("rows", "逐户", "table", columns=(Field("votes", "票数", "int", required=True),)),
        Field("given", "台账", "shown"),
    ),
)


def typed(**answers):
    return tidy(EVERY, blank(EVERY, {"title": "一"}) | answers)


def faults(**answers):
    return validate(EVERY, typed(**answers))


@pytest.mark.parametrize(
    ("field", "text", "read"),
    [
        ("count", "１２", 12),
        ("count", " 7 ", 7),
        ("count", "", None),
        ("amount", "１２０．５", 12050),
        ("amount", "1,200元", 120000),
        ("amount", 12050, 12050),
        ("on", "２０１１年６月８日", "2011-06-08"),
        ("on", "2011.6.8", "2011-06-08"),
        ("month", "2011年6月", "2011-06"),
        ("team", "张三、李四，王五", ["张三", "李四", "王五"]),
        ("title", "  甲\x00村 ", "甲村"),
    ],
)
def test_what_is_typed_comes_into_one_notation(field, text, read):
    assert typed(**{field: text})[field] == read


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "请填写“名称”"),
        ("title", 7, "“名称”应为文字"),
        ("on", "2011-02-30", "“日期”不是日历上的日期，请写成 年-月-日，如 2011-06-08"),
        ("month", "2011-13", "“月份”不是月份，请写成 年-月，如 2011-06"),
        ("count", "十二", "“人数”应为整数，请只填数字"),
        ("count", True, "“人数”应为整数，请只填数字"),
        ("count", -1, "“人数”应在0至1000000000之间"),
        ("amount", "1.234", "“金额”应为金额，以元为单位，最多两位小数，如 120.50"),
        ("amount", 1.5, "“金额”应为金额，以元为单位，最多两位小数，如 120.50"),
        ("kind", "丙", "请在“类别”的2个选项中选择"),
        ("kinds", ["甲", "丙"], "请在“多类”的2个选项中选择"),
        ("agreed", "是", "“同意”请选择是或否"),
        ("files", [FILE | {"sha256": "../x"}], "“附件”中有没有传完的附件，请重新添加"),
        ("rows", {"0": {}}, "“逐户”的内容无法识别，请刷新页面后重新填写"),
    ],
)
def test_a_fault_stands_beside_its_field(field, value, message):
    assert faults(**{field: value}) == {field: message}


def test_faults_in_a_table_name_the_row():
    assert faults(rows=[{"votes": 3}, {"votes": None}]) == {"rows.1.votes": "请填写“票数”"}


def test_faults_in_counts_name_the_role():
    assert faults(roles={"代表": "许多"}) == {"roles.代表": "“代表”应为整数，请只填数字"}


def test_what_the_form_does_not_have_is_refused():
    assert faults(extra="<b>") == {"extra": "表单没有这一项，请刷新页面后重新填写"}


def test_a_question_is_asked_only_while_it_is_relevant():
    assert faults(kind="乙") == {"why": "请填写“理由”"}
    assert faults(kind="甲") == {}
    assert typed(kind="甲", why="先前写的")["why"] == ""


def test_no_and_nought_are_answers():
    form = RecordForm("k", "表", "", None, tuple(Field(t, t, t, required=True) for t in ("flag", "int", "money")))
    assert validate(form, {"flag": False, "int": 0, "money": 0}) == {}


def test_the_schema_is_plain_data_and_keeps_the_rules_to_itself():
    for form in RECORD_KINDS:
        told = json.loads(json.dumps(schema(form)))
        assert told["kind"] == form.kind
        assert "rules" not in told


def test_blank_rows_take_what_is_given_and_nothing_else():
    data = blank(record_form("hearing"), {"vil_id": "361181100201", "cases": [{"hh_id": "A1", "votes": 9}], "x": 1})
    assert data["vil_id"] == "361181100201"
    assert [(row["hh_id"], row["agree"], "votes" in row) for row in data["cases"]] == [("A1", None, False)]
    assert "x" not in data


def test_a_blind_value_appears_when_what_hides_it_was_saved():
    form = record_form("visit")
    assert not is_revealed(form, "register_income", {})
    assert not is_revealed(form, "register_income", blank(form) | {"found": "户在人在"})
    assert is_revealed(form, "register_income", blank(form) | {"found": "户在人在", "income": 0})
    assert not is_revealed(form, "diff", blank(form) | {"found": "户在人在", "income": 0})
    assert is_revealed(form, "register_income", blank(form) | {"found": "查无此户"})
    assert is_revealed(form, "head", {})


@given(st.integers(0, 10**11))
def test_yuan_as_people_write_them_come_back_as_the_same_fen(amount):
    assert typed(amount=yuan(amount))["amount"] == amount


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("<是乙１2.-年 ", max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("甲乙"), inner, max_size=2),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([field.name for field in EVERY.fields]), JSON))
def test_no_data_whatever_breaks_the_engine_and_tidy_is_final(data):
    once = tidy(EVERY, data)
    assert all(isinstance(message, str) and message for message in validate(EVERY, once).values())
    assert repr(tidy(EVERY, once)) == repr(once)


@pytest.mark.parametrize("form", RECORD_KINDS, ids=lambda form: form.kind)
@settings(max_examples=30)
@given(st.data())
def test_the_rules_of_every_kind_stand_any_data(form, data):
    answers = data.draw(st.dictionaries(st.sampled_from([field.name for field in form.fields]), JSON, max_size=6))
    validate(form, tidy(form, answers))
