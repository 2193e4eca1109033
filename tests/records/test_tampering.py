"""Tampering: fourteen attacks are named against a printed checkpoint, honest logs raise no alarm, erasure is lawful."""

import datetime as dt
import random
import shutil
import sqlite3

import pytest
from attacks import ATTACKS, as_version_1, change_a_type
from hypothesis import given, settings
from hypothesis import strategies as st
from record_writing import NINE, workspace, write

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.records.checkpoint import Checkpoint, checkpoint_of
from dibao_lib.records.log import RecordLog
from dibao_lib.records.parts import erased_text
from dibao_lib.workspace import Inspection

VOTE = {"yes": 3, "note": "该户情况属实"}


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """(workspace folder, checkpoint): twelve events, one printed checkpoint, and a copy of the day before."""
    folder = tmp_path_factory.mktemp("printed") / "甲"
    inspection = workspace(folder)
    with RecordLog.open(inspection) as log:
        for number in range(8):
            write(log, f"R{number % 4}", {**VOTE, "round": number})
    shutil.copyfile(folder / "records.db", folder / "records.db.yesterday")
    with RecordLog.open(inspection) as log:
        for number in range(4):
            write(log, f"R{number}", {**VOTE, "round": number + 8})
        return folder, log.checkpoint()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
@pytest.mark.parametrize("trial", range(3))
def test_an_attack_is_named_against_a_printed_checkpoint(printed, tmp_path, attack, trial):
    folder, checkpoint = printed
    shutil.copytree(folder, tmp_path / "甲")
    attack(tmp_path / "甲" / "records.db", random.Random(trial))
    with RecordLog.open(Inspection.open(tmp_path / "甲")) as log:
        told = log.verify(checkpoint)
    assert any(ATTACKS[attack] in sentence for sentence in told), told


def test_a_log_that_went_on_after_the_printing_still_holds_the_checkpoint(printed, tmp_path):
    folder, checkpoint = printed
    shutil.copytree(folder, tmp_path / "甲")
    with RecordLog.open(Inspection.open(tmp_path / "甲")) as log:
        write(log, "R9", VOTE)
        assert log.verify(checkpoint) == []
        assert log.verify(Checkpoint.parse(str(checkpoint))) == []


def test_each_of_several_checkpoints_is_held_against_the_log(log):
    write(log, "R1", VOTE)
    early = log.checkpoint()
    write(log, "R2", VOTE)
    told = log.verify(early, Checkpoint(1, "0" * 32), log.checkpoint())
    assert len(told) == 1 and "查不到这个校验点（1条）" in told[0]


def test_a_checkpoint_of_another_log_is_an_alarm(log):
    write(log)
    told = log.verify(Checkpoint(1, "0" * 32))
    assert told == ["记录库现有1条，但查不到这个校验点（1条）：全部记录被改写、调换了记录库，或校验点输入有误。"]


def test_a_store_with_fewer_events_than_the_page_says_is_named(log):
    write(log)
    assert "少于校验点所记的5条" in log.verify(Checkpoint(5, "0" * 32))[0]


def test_a_checkpoint_is_read_as_people_type_it():
    assert Checkpoint.parse(" 12－AAAAaaaa bbbbbbbb—cccccccc-dddddddd ") == Checkpoint(
        12, "a" * 8 + "b" * 8 + "c" * 8 + "d" * 8
    )


@pytest.mark.parametrize("text", ["", "12", "12-abc", "x-" + "a" * 32, "12-" + "g" * 32])
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(UsageError, match="校验点应为“条数-8位-8位-8位-8位”"):
        Checkpoint.parse(text)


def test_the_checkpoint_does_not_depend_on_the_order_of_devices():
    heads = {"b": (2, "f" * 64), "a": (1, "e" * 64)}
    assert checkpoint_of(heads) == checkpoint_of(dict(sorted(heads.items())))


# an honest history: saves, reviews and corrections of a few records, by people with any clock
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["R1", "R2", "R3"]),
        st.sampled_from(["save", "submit", "approve", "reject", "sign", "withdraw", "erase"]),
        st.integers(-3, 3),
    ),
    max_size=12,
)


@settings(max_examples=8, deadline=None)
@given(STEPS)
def test_an_honest_history_raises_no_alarm(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("honest") / "甲"
    with RecordLog.open(workspace(folder)) as log:
        write(log, "R1", VOTE)
        early = log.checkpoint()
        for record_id, action, days in steps:
            if action == "save" or log.record(record_id):
                now = NINE + dt.timedelta(days=days)
                write(log, record_id, VOTE if action == "save" else {}, action=action, now=now, reason="依据核实情况")
        assert log.verify(early, log.checkpoint()) == []


def test_an_erased_field_is_gone_and_the_chain_still_verifies(log):
    write(log, "R1", {"name": "户主甲", "people": 3, "cases": [{"name": "成员乙"}, {"name": "成员丙"}]})
    write(log, "R1", {"name": "户主甲", "people": 4}, reason="更正")
    checkpoint = log.checkpoint()
    write(log, "R1", {"fields": ["name", "cases.0"]}, who="主任", action="erase", reason="本人依法申请删除")
    first, second, order = log.history("R1")
    assert (first.data, first.erased) == ({"people": 3, "cases": [{}, {"name": "成员丙"}]}, ("cases.0", "name"))
    assert (second.data, second.reason, second.erased) == ({"people": 4}, "更正", ("name",))
    assert (order.who, order.reason) == ("主任", "本人依法申请删除")
    assert log.verify(checkpoint) == []


def test_a_log_of_the_first_version_verifies_is_continued_and_loses_what_is_erased(logs_of, tmp_path):
    path = tmp_path / "甲" / "records.db"
    with logs_of("甲") as log:
        write(log, "R1", {"name": "户主甲", "people": 3})
        write(log, "R1", {"name": "户主甲", "people": 4}, reason="更正")
    as_version_1(path)
    with RecordLog.open(Inspection.open(tmp_path / "甲")) as log:
        checkpoint = log.checkpoint()
        assert log.verify(checkpoint) == []
        write(log, "R1", {"name": "户主甲", "people": 5})
        write(log, "R1", {"fields": ["name"]}, action="erase", reason="本人依法申请删除")
        assert log.verify(checkpoint) == []
        assert [event.data.get("people") for event in log.history("R1")] == [3, 4, 5, None]
        assert "户主甲" not in repr(log.history("R1"))


def test_a_changed_log_of_the_first_version_is_an_alarm(logs_of, tmp_path):
    path = tmp_path / "甲" / "records.db"
    with logs_of("甲") as log:
        for number in range(4):
            write(log, f"R{number}", VOTE)
    as_version_1(path)
    change_a_type(path, random.Random(1))
    with RecordLog.open(Inspection.open(tmp_path / "甲")) as log:
        assert [sentence.partition("：")[2] for sentence in log.verify()] == ["填写内容被改动。"]


def test_a_second_erasure_of_one_event_verifies_too(log):
    write(log, "R1", {"name": "户主甲", "tel": "0793-1", "people": 3})
    for field in ("name", "tel"):
        write(log, "R1", {"fields": [field]}, action="erase", reason="本人依法申请删除")
        assert log.verify() == []
    assert log.record("R1").data == {"people": 3}


def test_an_erasure_of_everything_leaves_no_byte_in_the_file(logs_of, tmp_path):
    log = logs_of("甲")
    write(log, "R1", {"id_no": "362330196001010018"})
    write(log, "R2", {"id_no": "362330195501010019"})
    write(log, "R1", {}, action="erase", reason="本人依法申请删除")
    left = b"".join(path.read_bytes() for path in (tmp_path / "甲").glob("records.db*"))
    assert b"362330196001010018" not in left and b"362330195501010019" in left
    assert (log.record("R1").status, log.record("R1").data, log.verify()) == ("erased", {}, [])


def test_an_erasure_of_a_field_the_record_does_not_have_is_refused(log):
    write(log, "R1", {"name": "户主甲"})
    with pytest.raises(InputRefused, match="要抹除的项目在这条记录中没有"):
        write(log, "R1", {"fields": ["nmae"]}, action="erase", reason="本人申请")
    assert log.record("R1").data == {"name": "户主甲"}


def test_a_part_that_vanishes_without_an_erasure_is_an_alarm(printed, tmp_path):
    shutil.copytree(printed[0], tmp_path / "甲")
    link = sqlite3.connect(tmp_path / "甲" / "records.db")
    link.execute("DROP TRIGGER body_no_update")
    hashed, parts = link.execute("SELECT hash, parts FROM body LIMIT 1").fetchone()
    link.execute("UPDATE body SET parts = ? WHERE hash = ?", (erased_text(parts, [["note"]]), hashed))
    link.commit()
    link.close()
    with RecordLog.open(Inspection.open(tmp_path / "甲")) as log:
        assert [sentence.partition("：")[2] for sentence in log.verify()] == ["部分内容被抹去，但没有抹除记录。"]


def test_an_event_that_cannot_be_read_is_refused_in_a_sentence(printed, tmp_path):
    shutil.copytree(printed[0], tmp_path / "甲")
    link = sqlite3.connect(tmp_path / "甲" / "records.db")
    link.execute("DROP TRIGGER body_no_update")
    link.execute("UPDATE body SET parts = 'x'")
    link.commit()
    link.close()
    with RecordLog.open(Inspection.open(tmp_path / "甲")) as log:
        with pytest.raises(InputRefused, match="第1条无法读取，已损坏或被改动。请运行 dibao verify 查明"):
            log.records()
        assert "填写内容缺失或无法读取" in log.verify()[0]


@pytest.mark.parametrize("trial", range(40))
def test_a_flipped_bit_is_noticed_or_changes_nothing(printed, tmp_path, trial):
    choice = random.Random(trial)
    folder = printed[0]
    with RecordLog.open(Inspection.open(folder)) as log:
        before = log.records()
    shutil.copytree(folder, tmp_path / "甲")
    flip(tmp_path / "甲" / "records.db", choice)
    try:
        with RecordLog.open(Inspection.open(tmp_path / "甲")) as log:
            assert log.verify(printed[1]) or log.records() == before
    except InputRefused as refused:
        assert str(refused).startswith("记录库 records.db ")


def flip(path, choice):
    content = bytearray(path.read_bytes())
    content[choice.randrange(len(content))] ^= 1 << choice.randrange(8)
    path.write_bytes(content)
