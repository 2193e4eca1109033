"""The findings counted by township and by check, and how a run is told on a screen."""

import datetime as dt
import json

import pandas as pd
import pytest

from dibao_lib import Inspection
from dibao_lib.checks import by_check, rules, run_checks, summary


@pytest.fixture
def run(done):
    return done[1]


def test_every_township_has_a_row_and_the_rows_add_up(run):
    table = summary(run.findings, run.plan)
    assert list(table["township"][:16]) == [township.name for township in run.plan.townships]
    assert list(table["township"][16:]) == ["（全市）", "合计"]
    total = table.iloc[-1]
    for column in ("一查", "二查", "三查", "四查", "五查", "专项", "A", "B", "C", "合计", "amount_fen"):
        assert table[column].iloc[:-1].sum() == total[column]
    assert total["合计"] == total["A"] + total["B"] + total["C"] == len(run.findings)


def test_a_finding_of_the_whole_place_stands_apart(run):
    table = summary(run.findings, run.plan).set_index("township")
    assert table.loc["（全市）", "一查"] == run.findings["check_id"].isin(["S2", "S3", "S4"]).sum() > 0
    assert table.loc["绕二镇", "合计"] == 0


def test_a_township_the_plan_does_not_know_has_its_own_row(run):
    strange = run.findings.assign(township_code="999999999", township="某乡")
    table = summary(strange, run.plan)
    assert list(table["township"][16:]) == ["某乡", "合计"]


def test_no_findings_count_nothing(run):
    table = summary(run.findings.iloc[:0], run.plan)
    assert list(table["township"]) == [*(township.name for township in run.plan.townships), "合计"]
    assert not table[["合计", "amount_fen"]].any(axis=None)


def test_every_check_has_a_row(run):
    table = by_check(run.findings)
    assert list(table["check_id"]) == [rule.id for rule in rules()]
    assert table["findings"].sum() == len(run.findings)
    second = table.iloc[1]
    assert tuple(second[["chapter", "title", "findings", "townships"]]) == ("一查", "两个保障标准", 1, 0)


def test_money_is_added_as_integers(run):
    table = by_check(run.findings)
    amounts = [amount for amount in run.table["amount_fen"].to_pylist() if amount]
    assert int(table["amount_fen"].sum()) == sum(amounts)
    assert pd.api.types.is_integer_dtype(table["amount_fen"])


def test_the_screen_shows_townships_and_the_headline(run):
    lines = run.to_text().splitlines()
    assert lines[0] == "五查线索（截至2011年6月20日）"
    assert lines[1].split()[0] == "乡镇（街道）" and lines[2].split()[0] == "银城街道"
    assert lines[-1] == run.headline() and lines[-1].startswith(
        f"运行检查{sum(not status.missing for status in run.statuses)}项，线索{len(run.findings)}条（A类"
    )


def test_the_json_has_counts_and_no_person_data(run):
    text = json.dumps(run.to_json(), ensure_ascii=False)
    told = json.loads(text)
    assert told["today"] == "2011-06-20" and told["findings"] == len(run.findings)
    assert {rule["id"]: rule["state"] for rule in told["rules"]}["O1"] == "已运行"
    assert "甲" not in text and not any(person in text for person in run.findings["person_id"].dropna())


def test_checks_without_evidence_are_named(tmp_path):
    run = run_checks(Inspection.create(tmp_path / "w"), dt.date(2011, 6, 20))
    assert run.headline().endswith("未具备数据60项。")
