"""The log: what is saved stays, nothing is rewritten, nobody overwrites another; the same on both databases."""

import datetime as dt
import json
import shutil
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_writing import NINE, write

from dibao_lib.errors import InputRefused
from dibao_lib.plan import Plan
from dibao_lib.records.canonical import canonical
from dibao_lib.records.identifiers import new_id
from dibao_lib.records.log import RecordLog, RecordMoved
from dibao_lib.records.parts import joined, salted
from dibao_lib.records.store import open_store
from dibao_lib.workspace import Inspection

HOSTILE = [
    "<b>户主</b>",
    "=cmd|' /C calc'!A0",
    "$x^{2",
    "../../etc",
    "'; DROP TABLE event; --",
    "\x00\x07",
    "😀𠮷",
    "１２３",
]


def refusal(*words, error=InputRefused, **more):
    with pytest.raises(error) as refused:
        write(*words, **more)
    return str(refused.value)


def test_a_saved_record_is_read_back_as_it_was_typed(log):
    data = {"cases": [{"name": text, "fen": 33000} for text in HOSTILE], "present": True, "absent": None, "note": ""}
    saved = write(log, "R1", data)
    record = log.record("R1")
    assert (record.data, record.kind, record.who, record.status) == (data, "visit", "张组长", "saved")
    assert (record.revision, record.at, saved.new) == (saved.revision, "2011-05-01T09:00:00", True)


def test_a_correction_is_a_new_event_and_the_old_one_stays(log):
    write(log, "R1", {"people": 3})
    write(log, "R1", {"people": 4}, who="李组员", reason="漏记一人")
    assert log.record("R1").data == {"people": 4}
    assert [(e.who, e.data, e.reason) for e in log.history("R1")] == [
        ("张组长", {"people": 3}, ""),
        ("李组员", {"people": 4}, "漏记一人"),
    ]


def test_a_double_click_is_one_event(log):
    first = write(log, submission="one-click")
    again = write(log, submission="one-click", base="")
    assert (again.revision, again.new, len(log.history("R1"))) == (first.revision, False, 1)


def test_the_second_of_two_writers_is_told_who_saved_when_and_nothing_of_what(log):
    opened = write(log, data={"name": "户主甲"}).revision
    write(log, data={"name": "户主乙"}, who="李组员", now=NINE + dt.timedelta(hours=1), base=opened)
    told = refusal(log, data={"name": "户主丙"}, base=opened, error=RecordMoved)
    assert told.startswith("李组员已于2011-05-01 10:00:00保存过这条记录，您看到的不是最新内容，这次没有保存。")
    assert "户主" not in told
    assert log.record("R1").data == {"name": "户主乙"}


def test_a_record_that_exists_is_not_made_anew(log):
    write(log)
    assert "保存过这条记录" in refusal(log, base="", error=RecordMoved)


def test_a_record_that_does_not_exist_is_not_corrected(log):
    assert "没有要更正的这条记录" in refusal(log, "R9", base="0" * 64)


@pytest.mark.parametrize("settled", ["approve", "sign"])
def test_after_an_approval_or_a_signature_a_correction_needs_a_reason(log, settled):
    write(log)
    write(log, data={}, who="审核员", action=settled)
    assert refusal(log) == "这条记录已审核或签字，更正须写明理由，这次没有保存。请填写更正理由后再保存。"
    write(log, data={"conclusion": "不符合"}, reason="户口簿复印件补到")
    assert (log.record("R1").status, log.record("R1").data) == ("changed", {"conclusion": "不符合"})


def test_a_rejection_without_a_reason_is_refused_and_one_with_a_reason_keeps_the_data(log):
    write(log, data={"people": 3})
    assert "退回须写明理由" in refusal(log, data={}, action="reject")
    write(log, data={}, action="reject", reason="缺少照片")
    assert (log.record("R1").status, log.record("R1").data) == ("rejected", {"people": 3})


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("who", " ", "记录人应为1至200个字"),
        ("who", "张\n三", "记录人应为1至200个字、不换行"),
        ("kind", "", "记录种类应为"),
        ("submission", "x" * 201, "提交编号应为"),
    ],
)
def test_a_save_without_a_person_a_kind_or_a_click_is_refused(log, field, value, told):
    assert refusal(log, **{field: value}).startswith(told)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (1.5, "float"),
        (float("nan"), "float"),
        (dt.date(2011, 5, 1), "date"),
        ({1: "甲"}, "项目名应为文字"),
        ("\ud800", "不完整的字符"),
    ],
)
def test_a_value_that_has_two_spellings_is_refused_and_nothing_is_stored(log, value, told):
    assert told in refusal(log, data={"value": value})
    assert log.record("R1") is None


@pytest.mark.parametrize("name", ["a.b", "=a", "a\nb"])
def test_a_field_name_that_could_be_taken_for_a_part_is_refused(log, name):
    assert "项目名含有点号、等号或换行" in refusal(log, data={name: 1})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET who = 'x'",
        "DELETE FROM event",
        "UPDATE body SET parts = '{}'",
        "DELETE FROM body",
        "UPDATE checkpoint SET count = 0",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete(log, statement):
    write(log)
    log.checkpoint()
    with pytest.raises(InputRefused, match="只能追加：已写入的事件不能修改或删除"), log.store.writing() as connection:
        connection.exec_driver_sql(statement)
    assert log.verify() == []


def test_records_of_one_kind_are_listed_by_id(log):
    for record_id, kind in (("R3", "visit"), ("R1", "visit"), ("R2", "hearing")):
        write(log, record_id, kind=kind)
    assert [record.record_id for record in log.records("visit")] == ["R1", "R3"]
    assert [record.record_id for record in log.records()] == ["R1", "R2", "R3"]


def test_a_log_opened_again_goes_on_with_its_chain(inspection):
    for record_id in ("R1", "R2"):
        with RecordLog.open(inspection) as log:
            write(log, record_id)
    with RecordLog.open(inspection) as log:
        events = [event for record in log.records() for event in record.events]
        assert [event.seq for event in events] == [1, 2]
        assert events[0].device == events[1].device and events[1].prev == events[0].hash


def test_a_copied_workspace_writes_a_chain_of_its_own(logs_of, tmp_path):
    write(logs_of("甲"))
    logs_of("甲").close()
    shutil.copytree(tmp_path / "甲", tmp_path / "副本")
    with RecordLog.open(Inspection.open(tmp_path / "副本")) as log:
        write(log, "R2")
        assert [(record.record_id, record.events[0].seq) for record in log.records()] == [("R1", 1), ("R2", 1)]
        assert log.verify() == []


def test_a_file_store_is_durable_alone_and_wipes_what_it_deletes(tmp_path):
    store = open_store(tmp_path)
    with store.reading() as connection:
        asked = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "trusted_schema")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    store.close()
    assert found == ["wal", 2, 1, 1, 0]


def test_a_file_that_is_no_log_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "records.db").write_bytes(b"not a database" * 500)
    with pytest.raises(InputRefused, match=r"记录库 records\.db 已损坏或不是本软件写的"):
        open_store(tmp_path)


def test_a_full_disk_is_said_in_a_sentence_and_the_log_goes_on_afterwards(logs_of):
    log = logs_of("甲")
    write(log)
    with log.store.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    log.store.engine.dispose()
    with log.store.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
    told = refusal(log, "R2", {"note": "情况属实" * 9000})
    assert told == "记录库 records.db 所在磁盘已满，这次没有保存。请腾出空间后再保存；已保存的记录没有受影响。"
    log.store.engine.dispose()
    write(log, "R2")
    assert (len(log.records()), log.verify()) == (2, [])


def test_a_busy_store_is_said_in_a_sentence(logs_of, tmp_path, monkeypatch):
    monkeypatch.setattr("dibao_lib.records.store._WAIT_SECONDS", 0.05)
    log = logs_of("甲")
    other = sqlite3.connect(tmp_path / "甲" / "records.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    told = refusal(log, base="")
    other.close()
    assert "正在被别的程序占用" in told and "这次没有保存" in told
    assert write(log).new


@pytest.mark.parametrize("url", ["postgresql://dibao:secret@db/dibao", "postgresql://dibao@db/x?password=secret"])
def test_a_password_in_the_plan_is_refused_and_not_repeated(tmp_path, url):
    path = tmp_path / "plan.toml"
    path.write_text(f'{Plan.template("dexing")}\n[records]\nurl = "{url}"\n', "utf-8")
    with pytest.raises(InputRefused) as refused:
        Plan.read(path)
    assert "url 中不能写口令，请删去，改放在环境变量 DIBAO_RECORDS_PASSWORD 或 pgpass" in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["mysql://x/y", "records.db", "postgresql://[x"])
def test_an_address_of_another_kind_of_database_is_refused(tmp_path, url):
    path = tmp_path / "plan.toml"
    path.write_text(f'{Plan.template("dexing")}\n[records]\nurl = "{url}"\n', "utf-8")
    with pytest.raises(InputRefused, match="url 应写成"):
        Plan.read(path)


def test_ids_made_later_sort_later_and_are_uuids_of_version_7():
    ids = [new_id(NINE + dt.timedelta(milliseconds=n), bytes) for n in range(3)]
    assert ids == sorted(set(ids))
    assert [(text[14], text[19]) for text in ids] == [("7", "8")] * 3


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcé户", max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abc户", min_size=1, max_size=3), VALUES, max_size=4))
def test_any_data_is_split_into_parts_and_put_together_again(data):
    assert joined(json.loads(canonical(salted(data, "理由", bytes)))) == (data, "理由", ())
