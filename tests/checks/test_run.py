"""A whole run: what it writes, that it is the same every time, and what it does without evidence."""

import datetime as dt
import hashlib
import os
import random

import bad_county
import pandas as pd
import pyarrow.parquet as pq
import pytest

from dibao_lib import Inspection
from dibao_lib.checks import last_run, rules, run_checks
from dibao_lib.checks.findings import FINDINGS
from dibao_lib.errors import InputRefused

COLUMNS = [
    "finding_id",
    "check_id",
    "clause",
    "severity",
    "certainty",
    "township_code",
    "township",
    "village_code",
    "village",
    "household_id",
    "person_id",
    "period",
    "observed",
    "expected",
    "amount_fen",
    "match_key",
    "explanation",
    "sources",
    "rule_version",
]


def test_the_file_has_the_columns_of_the_contract_in_order(done):
    inspection, run = done
    table = pq.read_table(inspection.folder / "findings.parquet")
    assert table.schema.names == COLUMNS
    assert table.schema.equals(FINDINGS, check_metadata=False)
    assert table.num_rows == len(run.findings) > 100


def test_every_check_finds_something_in_a_county_this_bad(done):
    _, run = done
    # standards overlap countywide, C2 and C3 by construction; O18 by equal amounts
    found = {status.id for status in run.statuses if status.findings}
    assert found >= {"S2", "O1", "O2", "O3", "O4", "O5", "O6", "O8", "O12", "O18", "P1", "P3", "P4", "P6"}
    assert found >= {"F1", "F3", "F7", "C2", "C3"}


def test_checks_that_wait_for_records_are_listed_in_their_place(done):
    _, run = done
    ids = [status.id for status in run.statuses]
    assert ids.index("P13") < ids.index("G1") < ids.index("G2") and ids[-1] == "C7"
    assert len(ids) == 60
    waiting = {status.id: status.missing for status in run.statuses}
    assert waiting["C5"] == ("抽样记录（draws/*.json）",)
    assert "未具备数据：C4 自查不实，缺少入户核查表。" in run.to_text()


def test_findings_read_back_as_they_were(done):
    inspection, run = done
    again = last_run(inspection)
    assert (again.today, again.statuses) == (run.today, run.statuses)
    assert again.table.equals(run.table)
    assert len(inspection.findings()) == run.table.num_rows
    assert set(inspection.findings("银城街道")["township_code"]) == {"361181001"}


def test_finding_ids_are_unique_and_depend_on_check_keys_and_period_only(done):
    _, run = done
    frame = run.findings
    assert frame["finding_id"].is_unique and (frame["finding_id"].str.len() == 16).all()
    row = frame[frame["check_id"] == "O1"].iloc[0]
    keys = f"O1|{row['township_code']}|{row['village_code']}|{row['household_id']}|||{row['period']}"
    assert row["finding_id"] == hashlib.sha256(keys.encode()).hexdigest()[:16]


def test_no_person_data_in_what_people_read(done):
    _, run = done
    for row in run.table.to_pylist():
        text = row["explanation"] + row["observed"] + row["expected"]
        assert not any(digit * 11 in text for digit in "0123456789")
        assert "甲" not in text and "36118119" not in text and "6228" not in text


def test_sources_name_file_sheet_and_row_once_each(done):
    _, run = done
    for row in run.table.to_pylist():
        assert row["sources"] and len(set(row["sources"])) == len(row["sources"])
        for source in row["sources"]:
            file, sheet, number = source.split("#")
            assert file.endswith(".xlsx") and sheet == "表" and int(number) >= 2


def test_a_second_run_and_any_order_of_rows_give_the_same_bytes(done, tmp_path):
    inspection, _ = done
    first = (inspection.folder / "findings.parquet").read_bytes()
    run_checks(inspection, bad_county.TODAY)
    assert (inspection.folder / "findings.parquet").read_bytes() == first
    for seed in (1, 2):
        other = Inspection.create(tmp_path / str(seed))
        tables = bad_county.rows(other)
        for rows in tables.values():
            random.Random(seed).shuffle(rows)
        run_checks(Inspection.open(bad_county.write(other, tables)), bad_county.TODAY)
        assert (other.folder / "findings.parquet").read_bytes() == first


def test_without_evidence_every_check_says_what_is_missing(inspection):
    run = run_checks(inspection, bad_county.TODAY)
    assert len(run.findings) == 0 and list(run.findings.columns) == COLUMNS
    assert all(status.state == "未具备数据" and status.missing for status in run.statuses)
    missing = {status.id: status.missing for status in run.statuses}
    assert missing["O8"] == ("低保对象台账(家庭)", "家庭成员表", "机动车登记数据")
    assert "未具备数据：C2 备案不全，缺少基层干部名册、基层干部及其亲属享受低保待遇情况备案表。" in run.to_text()


def test_an_empty_table_is_a_missing_one_and_registers_are_told_apart(inspection):
    tables = bad_county.rows(inspection)
    tables["registers"] = [row for row in tables["registers"] if row["reg"] != "机动车"]
    bad_county.write(inspection, tables)
    missing = {status.id: status.missing for status in run_checks(inspection, bad_county.TODAY).statuses}
    assert missing["O8"] == ("机动车登记数据",) and missing["O4"] == ()


def test_evidence_imported_before_a_form_grew_is_checked_all_the_same(done, tmp_path):
    """Columns that came later are empty, whatever table they are of; no run ends in an error of SQL."""
    _, run = done
    other = Inspection.create(tmp_path / "old")
    bad_county.write(other, bad_county.rows(other))
    dropped = {"reviews": "abstain", "payments": "paid_on", "households": "acct"}
    for name, column in dropped.items():
        file = other.evidence / f"{name}.parquet"
        old = pq.read_table(file)
        assert column in old.schema.names
        pq.write_table(old.drop_columns(column), file)
    again = run_checks(Inspection.open(other.folder), bad_county.TODAY)
    assert [status.missing for status in again.statuses] == [status.missing for status in run.statuses]
    assert set(again.findings["check_id"]) >= {"S2", "O1", "P3", "F3"}


def test_a_day_without_any_month_to_inspect_is_refused(inspection):
    with pytest.raises(InputRefused, match="没有可查的月份"):
        run_checks(inspection, dt.date(2010, 1, 15))


def test_a_failed_write_leaves_the_old_findings(done, monkeypatch):
    inspection, _ = done
    before = (inspection.folder / "findings.parquet").read_bytes()

    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", broken)
    with pytest.raises(OSError, match="disk full"):
        # a day later, so that there is something new to write
        run_checks(inspection, bad_county.TODAY + dt.timedelta(1))
    assert (inspection.folder / "findings.parquet").read_bytes() == before


def test_a_file_that_no_run_wrote_is_named_and_left_alone(inspection):
    bad_county.write(inspection, bad_county.rows(inspection))
    run_checks(inspection, bad_county.TODAY)
    file = inspection.folder / "findings.parquet"
    resaved = pq.read_table(file).replace_schema_metadata(None).slice(1)
    pq.write_table(resaved, file)
    with pytest.raises(InputRefused) as refusal:
        last_run(inspection)
    assert str(refusal.value) == (
        "检查结果 findings.parquet 不是 dibao check 写出的原件，可能已损坏或被其他软件改写。"
        "请把它移到别处，再运行 dibao check。"
    )
    assert pq.read_table(file).equals(resaved)
    file.write_bytes(b"PAR1 half a file")
    with pytest.raises(InputRefused, match=r"^findings\.parquet 无法读取，可能已损坏"):
        run_checks(inspection, bad_county.TODAY)


def test_findings_that_were_never_made_are_asked_for(inspection):
    with pytest.raises(InputRefused, match="请先运行 dibao check"):
        last_run(inspection)


HOSTILE = ("'; DROP TABLE lead; --", "<script>", "=cmd|' /C'!A0", "$today", "../x", "a|b", "{0}", "\\n%s")


def test_hostile_values_are_only_values(inspection):
    tables = bad_county.rows(inspection, households=len(HOSTILE))
    hostile = {f"D{number:03d}": value for number, value in enumerate(HOSTILE)}
    for row in [row for table in tables.values() for row in table]:
        row["source_sheet"] = hostile.get(row.get("hh_id"), "表")
        if row.get("hh_id") in hostile:
            row["hh_id"] = hostile[row["hh_id"]]
    for row in tables["households"]:
        row.update(head=row["hh_id"], cause=row["hh_id"])
    bad_county.write(inspection, tables)
    findings = run_checks(inspection, bad_county.TODAY).findings
    assert set(HOSTILE) <= set(findings["household_id"].dropna())
    for value in HOSTILE:
        assert not findings["explanation"].str.contains(value, regex=False).any()
        assert any(f"#{value}#" in source for sources in findings["sources"] for source in sources)


def test_the_plan_decides(inspection):
    bad_county.write(inspection, bad_county.rows(inspection))
    before = run_checks(inspection, bad_county.TODAY).findings
    plan = inspection.folder / "plan.toml"
    text = plan.read_text(encoding="utf-8").replace("panel_minimum = 20", "panel_minimum = 15")
    plan.write_text(text, encoding="utf-8")
    after = run_checks(Inspection.open(inspection.folder), bad_county.TODAY).findings
    small = before[before["check_id"] == "P3"], after[after["check_id"] == "P3"]
    assert [len(part) for part in small] == [2, 1]


def test_every_check_can_be_read_by_an_auditor(done):
    """Each query stands alone: run in SQL over the same relations it gives as many rows as the run counted."""
    from dibao_lib.checks.views import open_views

    inspection, run = done
    connection = open_views(inspection, bad_county.TODAY)
    counts = {status.id: status.findings for status in run.statuses if not status.missing}
    for rule in (rule for rule in rules() if rule.id in counts):
        query = rule(inspection.plan, bad_county.TODAY)
        rows = connection.execute(query.sql, dict(query.parameters)).fetchall()
        assert len(rows) == counts[rule.id], rule.id
    connection.close()


def test_money_keeps_integers(done):
    _, run = done
    assert run.findings["amount_fen"].dtype == pd.Int64Dtype()
