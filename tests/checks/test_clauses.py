"""Clause coverage: every clause has something that serves it or a reason why people judge it, and no reason is stale."""

import re

import pytest

from dibao_lib.checks.clauses import FORM_ITEMS, JUDGED_BY_PEOPLE, clause_matrix, clause_text
from dibao_lib.evidence.tables import table_names
from dibao_lib.plan import Plan


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    file = tmp_path_factory.mktemp("plan") / "plan.toml"
    file.write_text(Plan.template("dexing"), encoding="utf-8")
    return Plan.read(file)


def test_the_plan_has_seventy_three_clauses_in_order(plan):
    assert [each.clause for each in clause_matrix(plan)] == [f"R{n:02d}" for n in range(1, 74)]


def test_every_clause_is_served_or_has_a_reason(plan):
    assert [each.clause for each in clause_matrix(plan) if not each.served and not each.people] == []


def test_no_reason_is_stale(plan):
    assert [each.clause for each in clause_matrix(plan) if each.served and each.people] == []
    assert JUDGED_BY_PEOPLE.keys() <= plan.clauses.keys()


def test_reasons_are_chinese_sentences():
    assert all(reason.endswith("。") and re.search("[\u4e00-\u9fff]", reason) for reason in JUDGED_BY_PEOPLE.values())


def test_forms_named_for_a_clause_exist(plan):
    assert FORM_ITEMS.keys() <= plan.clauses.keys()
    assert {table for tables in FORM_ITEMS.values() for table in tables} <= set(table_names())


def test_the_matrix_names_what_serves_a_clause(plan):
    text = clause_text(plan)
    assert "R07 保障标准是否达到省政府规定的要求\n    检查：S1\n" in text
    assert "由人判断：须到现场测试" not in text
    assert "    由人判断：信息网络是否畅通须到现场测试。" in text
    assert text.endswith(f"共73条，其中{len(JUDGED_BY_PEOPLE)}条由人判断。")
