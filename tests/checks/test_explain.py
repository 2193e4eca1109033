"""A finding's source rows side by side, and findings that are gone."""

import bad_county
import pytest

from dibao_lib import Inspection
from dibao_lib.checks import explain, resolved, run_checks
from dibao_lib.errors import InputRefused


def test_the_rows_of_a_finding_stand_side_by_side(done):
    inspection, run = done
    finding = next(row for row in run.table.to_pylist() if row["check_id"] == "O1")
    frame = explain(inspection, finding["finding_id"])
    assert [source for _, source in frame.columns] == finding["sources"]
    assert [table for table, _ in frame.columns] == ["低保对象台账(家庭)", "家庭经济状况核定表", "保障标准表"]
    register, assessment, standard = (frame[column] for column in frame.columns)
    assert register["低保证号"] == assessment["低保证号"] == finding["household_id"]
    assert (register["保障人口"], assessment["核定日期"], standard["保障标准"]) == ("2", "2011-03-01", "340")
    assert standard["低保证号"] == ""


def test_every_finding_can_be_explained(done):
    inspection, run = done
    for finding in {row["check_id"]: row for row in run.table.to_pylist()}.values():
        assert {source for _, source in explain(inspection, finding["finding_id"]).columns} == set(finding["sources"])


def test_an_unknown_number_is_asked_for_again(done):
    inspection, _ = done
    for number in ("", "0" * 16, "'; DROP TABLE findings; --"):
        with pytest.raises(InputRefused, match="没有这个编号的线索"):
            explain(inspection, number)


def test_corrected_evidence_moves_findings_to_the_resolved(inspection):
    tables = bad_county.rows(inspection, households=20)
    bad_county.write(inspection, tables)
    first = run_checks(inspection, bad_county.TODAY).table
    for row in tables["case_events"]:
        row["review"] = row["apply"]
    bad_county.write(inspection, tables)
    second = run_checks(Inspection.open(inspection.folder), bad_county.TODAY).table
    gone = set(first["finding_id"].to_pylist()) - set(second["finding_id"].to_pylist())
    told = resolved(inspection).to_pylist()
    assert gone and {row["finding_id"] for row in told} == gone
    assert {(row["state"], row["resolved_on"]) for row in told} == {("已消除", bad_county.TODAY)}


def test_a_finding_that_comes_back_is_resolved_no_more(inspection):
    tables = bad_county.rows(inspection, households=20)
    bad_county.write(inspection, tables)
    run_checks(inspection, bad_county.TODAY)
    payments = [row["amt"] for row in tables["payments"]]
    for row in tables["payments"]:
        row["amt"] = 1
    bad_county.write(inspection, tables)
    run_checks(inspection, bad_county.TODAY)
    assert resolved(inspection).num_rows
    for row, amount in zip(tables["payments"], payments, strict=True):
        row["amt"] = amount
    bad_county.write(inspection, tables)
    again = run_checks(inspection, bad_county.TODAY).table
    ids = set(resolved(inspection)["finding_id"].to_pylist())
    assert not ids & set(again["finding_id"].to_pylist())


def test_a_run_that_loses_nothing_writes_nothing(done):
    inspection, _ = done
    run_checks(inspection, bad_county.TODAY)
    assert not (inspection.folder / "findings_resolved.parquet").exists()
