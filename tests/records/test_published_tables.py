"""Typed records as tables beside the evidence: which rows, with which source, and what is left out."""

import datetime as dt

import pyarrow as pa
import pytest
from record_writing import workspace, write
from sound_records import CASE, PHOTO, POSTING, put, sound

from dibao_lib.checks import run_checks
from dibao_lib.evidence.snapshots import snapshot_bytes
from dibao_lib.evidence.tables import table_schema
from dibao_lib.records.kinds.township_item import given_items
from dibao_lib.records.log import RecordLog
from dibao_lib.records.publish import publish, publish_tables

TODAY = dt.date(2011, 6, 30)


@pytest.fixture
def inspection(tmp_path):
    return workspace(tmp_path / "工作区")


@pytest.fixture
def log(inspection):
    with RecordLog.open(inspection) as log:
        yield log


def rows(inspection, log, table):
    publish_tables(inspection, log)
    return inspection.table(table).to_dict("records")


def test_a_workspace_without_records_publishes_nothing_and_gets_no_log(inspection):
    assert publish(inspection) is None
    assert not (inspection.folder / "records.db").exists()
    assert not (inspection.folder / "records").exists()


def test_a_visit_becomes_a_row_with_the_comparison_and_its_source(inspection, log):
    put(log, "visit", answers={"income": "350", "photo": [PHOTO]})
    (row,) = rows(inspection, log, "visits")
    assert (row["hh_id"], row["income"], list(row["team"])) == ("A1", 35000, ["张三", "李四"])
    assert list(row["diff"]) == ["家庭月收入：核实350元，台账300元"]
    assert row["photo"] == "0" * 12
    assert (row["source_file"], row["source_sheet"], row["source_row"]) == ("records.db", "入户核查表", 1)


def test_a_hearing_becomes_a_row_a_case(inspection, log):
    put(log, "hearing", answers={"cases": [CASE, CASE | {"hh_id": "A2", "conclusion": "待核", "reason": "再查"}]})
    found = rows(inspection, log, "hearings")
    assert [(list(row["case_hh"]), row["conclusion"], row["att_panel"]) for row in found] == [
        (["A1"], "维持", 12),
        (["A2"], "待核", 12),
    ]
    assert found[0]["vote"] == {"agree": 14, "disagree": 5, "abstain": 1}
    assert [row["source_row"] for row in found] == [1, 2]


def test_a_board_that_was_not_there_is_a_row_too(inspection, log):
    put(log, "posting")
    up = {"up": True, "from": "2011-04-10", "format_ok": True, "n_list": 12, "private": False, "note": ""}
    phones = {"tel_civil": True, "tel_supervision": False, "tel_petitions": True}
    write(log, "R2", sound("posting", **POSTING | up | phones | {"board": "退保对象"}), kind="posting")
    absent, row = rows(inspection, log, "postings")
    assert (absent["board"], absent["up"], absent["format_ok"]) == ("低保对象", False, None)
    assert (row["up"], row["board"], row["n_list"]) == (True, "退保对象", 12)
    assert row["tel3"] == {"civil": True, "supervision": False, "petitions": True}


def test_only_upheld_problems_stand_in_the_ledger_but_every_judgement_is_kept(inspection, log):
    put(log, "rectification", "R1")
    put(log, "rectification", "R2", answers={"fid": "2", "judgement": "不属实"})
    put(log, "rectification", "R3", answers={"fid": "3", "judgement": "待核"})
    publish_tables(inspection, log)
    assert [(r["fid"], r["state"]) for r in inspection.table("rectifications").to_dict("records")] == [("1", "未整改")]
    judged = inspection.table("judgements").to_dict("records")
    assert [(r["fid"], r["state"]) for r in judged] == [("1", "未整改"), ("2", "不属实"), ("3", "待核")]


def test_township_items_and_milestones_are_tables_of_their_own(inspection, log):
    items = [row | {"state": "未落实", "note": "没有"} for row in given_items()]
    data = {"twn_id": "361181100", "on": "2011-06-01", "items": items}
    write(log, "R1", data, kind="township_item")
    write(log, "R2", {"twn_id": "361181100", "milestone": "M6", "on": "2011-05-09"}, kind="milestone")
    publish_tables(inspection, log)
    assert len(inspection.table("township_items")) == len(given_items())
    assert inspection.table("milestones").loc[0, "milestone"] == "M6"


def test_withdrawn_and_disputed_records_are_left_out(inspection, log):
    put(log, "visit", "R1")
    write(log, "R1", {}, action="withdraw", reason="重复")
    put(log, "visit", "R2")
    assert [row["source_row"] for row in rows(inspection, log, "visits")] == [1]
    write(log, "R2", {}, action="withdraw", reason="重复")
    assert rows(inspection, log, "visits") == []


def test_what_cannot_be_read_in_a_record_is_left_blank(inspection, log):
    write(log, "R1", {"hh_id": "A1", "on": "不知道", "income": "许多", "assets": "车", "extra": 1})
    (row,) = rows(inspection, log, "visits")
    assert row["hh_id"] == "A1"
    assert str(row["on"]) == "NaT"
    assert row["assets"] is None


def test_the_checkpoint_of_the_log_lies_beside_the_tables(inspection, log):
    put(log, "visit")
    publish_tables(inspection, log)
    (told,) = inspection.table("checkpoint").to_dict("records")
    assert told == {"count": 1, "digest": log.checkpoint().digest, "printed": str(log.checkpoint())}


def test_typed_and_imported_rows_are_one_table_and_can_be_told_apart(inspection, log, write_evidence):
    imported = {"hh_id": "B1", "found": "外出", "source_file": "入户.xlsx", "source_sheet": "表1", "source_row": 4}
    table = pa.Table.from_pylist([imported], table_schema("visits"))
    (inspection.evidence / "visits.parquet").write_bytes(snapshot_bytes(table))
    put(log, "visit")
    found = rows(inspection, log, "visits")
    assert sorted((row["hh_id"], row["source_file"]) for row in found) == [("A1", "records.db"), ("B1", "入户.xlsx")]


def test_checks_read_typed_records(inspection, log):
    problem = {"due": "2011-06-20"}
    put(log, "rectification", "R1", answers=problem)
    put(log, "hearing", "R2", answers={"signatures": False})
    put(log, "complaint", "R3")
    publish_tables(inspection, log)
    run_checks(inspection, TODAY)
    found = inspection.findings().set_index("check_id")["explanation"].to_dict()
    assert found["C7"] == "应于2011年6月20日前整改，状态为未整改，已逾期10天。"
    assert found["C6"] == "2011年6月10日听证会：没有签名。"
    assert found["P12"].startswith("一件异议2011年5月1日登记，至今已60天")


def test_publishing_twice_changes_no_byte(inspection, log):
    put(log, "visit")
    publish_tables(inspection, log)
    before = {path.name: path.read_bytes() for path in (inspection.folder / "records").iterdir()}
    publish_tables(inspection, log)
    assert {path.name: path.read_bytes() for path in (inspection.folder / "records").iterdir()} == before
