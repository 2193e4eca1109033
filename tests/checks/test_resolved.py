"""Findings that are gone: what removed them, an import or only another day, plan or rule."""

import datetime as dt

import bad_county
import pytest

from dibao_lib import Inspection
from dibao_lib.checks import resolved, rules, run_checks, standards
from dibao_lib.checks.recipients import income
from dibao_lib.checks.rule import Rule
from dibao_lib.evidence.manifest import Manifest
from dibao_lib.evidence.report import FileReport


@pytest.fixture(autouse=True)
def few_checks(monkeypatch):
    """Five checks are enough here."""
    few = {"O1", "P1", "P3", "F1", "C2"}
    monkeypatch.setattr("dibao_lib.checks.run.rules", lambda: tuple(rule for rule in rules() if rule.id in few))


@pytest.fixture
def county(inspection):
    """A small county that was imported file by file, and checked."""
    tables = bad_county.rows(inspection, households=20)
    arrive(inspection, tables, "2011-06-01T09:00:00")
    return inspection, tables, run_checks(inspection, bad_county.TODAY).table


def arrive(inspection, tables, at, *changed):
    """Writes the evidence and says that the files of the changed tables, or of all, were imported."""
    bad_county.write(inspection, tables)
    manifest = Manifest.load(inspection.evidence)
    for name in changed or tables:
        manifest.accept(FileReport(f"{name}.xlsx", f"{name} {at}", 1, at))
    (inspection.evidence / "manifest.json").write_bytes(manifest.content())


def checked_again(inspection, today=bad_county.TODAY):
    run_checks(Inspection.open(inspection.folder), today)
    return resolved(inspection).to_pylist()


def repair(tables):
    """Puts right the dates of review, P1."""
    for row in tables["case_events"]:
        row["review"] = row["apply"]


def test_corrected_evidence_names_the_import_that_removed_them(county):
    inspection, tables, first = county
    repair(tables)
    arrive(inspection, tables, "2011-06-10T09:00:00", "case_events")
    told = checked_again(inspection)
    gone = {row["finding_id"] for row in first.to_pylist() if row["check_id"] == "P1"}
    assert gone and {row["finding_id"] for row in told} == gone
    assert {(row["state"], row["resolved_on"], row["resolved_by"]) for row in told} == {
        ("已消除", bad_county.TODAY, "case_events.xlsx（2011-06-10T09:00:00导入）")
    }


def test_another_day_is_no_mending(county):
    inspection, *_ = county
    told = checked_again(inspection, dt.date(2011, 3, 20))
    assert told and {(row["state"], row["resolved_by"]) for row in told} == {
        ("不再列出", "检查截止日由2011年6月20日改为2011年3月20日")
    }


def test_an_import_and_another_day_are_told_apart_finding_by_finding(county):
    inspection, tables, _ = county
    repair(tables)
    arrive(inspection, tables, "2011-06-10T09:00:00", "case_events")
    told = checked_again(inspection, dt.date(2011, 3, 20))
    states = {row["check_id"]: (row["state"], row["resolved_by"]) for row in told}
    assert states.pop("P1") == ("已消除", "case_events.xlsx（2011-06-10T09:00:00导入）")
    assert set(states.values()) == {("不再列出", "检查截止日由2011年6月20日改为2011年3月20日")}


def test_another_plan_is_no_mending(county):
    inspection, *_ = county
    plan = inspection.folder / "plan.toml"
    plan.write_text(plan.read_text("utf-8").replace("panel_minimum = 20", "panel_minimum = 15"), encoding="utf-8")
    (told,) = checked_again(inspection)
    assert (told["check_id"], told["state"], told["resolved_by"]) == ("P3", "不再列出", "方案数据有改动")


def test_another_version_of_the_rule_is_no_mending(county, monkeypatch):
    inspection, *_ = county
    found = income.income_reaches_standard
    silent = Rule(found.id, found.title, found.clauses, "A", "E0", found.needs, 9, standards.two_standards.question)
    monkeypatch.setattr(income, "income_reaches_standard", silent)
    told = checked_again(inspection)
    assert {(row["check_id"], row["state"], row["resolved_by"]) for row in told} == {
        ("O1", "不再列出", "检查规则有改动（原为第1版）")
    }


def test_a_check_that_can_run_no_more_mended_nothing(county):
    inspection, *_ = county
    (inspection.evidence / "assessments.parquet").unlink()
    told = {row["check_id"]: (row["state"], row["resolved_by"]) for row in checked_again(inspection)}
    assert told["O1"] == ("不再列出", "缺少家庭经济状况核定表，本次未能检查")


def test_a_finding_that_comes_back_is_resolved_no_more(county):
    inspection, tables, _ = county
    wrong = [row["review"] for row in tables["case_events"]]
    repair(tables)
    arrive(inspection, tables, "2011-06-10T09:00:00", "case_events")
    assert checked_again(inspection)
    for row, review in zip(tables["case_events"], wrong, strict=True):
        row["review"] = review
    arrive(inspection, tables, "2011-06-11T09:00:00", "case_events")
    assert not checked_again(inspection)


def test_what_was_resolved_before_keeps_its_cause(county):
    inspection, tables, _ = county
    repair(tables)
    arrive(inspection, tables, "2011-06-10T09:00:00", "case_events")
    before = checked_again(inspection)
    after = checked_again(inspection, dt.date(2011, 3, 20))
    kept = {row["finding_id"]: row for row in after}
    assert all(kept[row["finding_id"]] == row for row in before)
    assert len(after) > len(before)


def test_a_run_that_loses_nothing_writes_nothing(county):
    inspection, *_ = county
    run_checks(inspection, bad_county.TODAY)
    assert not (inspection.folder / "findings_resolved.parquet").exists()
