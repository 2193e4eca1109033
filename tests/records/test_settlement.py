"""Deciding between versions that people wrote without knowing of each other, and erasing what a person asks for."""

import datetime as dt
import hashlib

import pytest
from click.testing import CliRunner
from record_writing import NINE, workspace, write
from sound_records import put

from dibao_lib.cli import cli
from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.records.attachments import Attachments
from dibao_lib.records.drafts import Drafts
from dibao_lib.records.log import RecordLog
from dibao_lib.records.merge import take_in, written_events
from dibao_lib.records.publish import publish
from dibao_lib.records.settlement import dispute, settle


@pytest.fixture
def disputed(tmp_path):
    """The office's workspace: two teams judged one visit, without knowing of each other."""
    office = workspace(tmp_path / "市办")
    for number, (who, house) in enumerate((("第一组", "砖混"), ("第二组", "土坯"))):
        with RecordLog.open(workspace(tmp_path / who)) as team, RecordLog.open(office) as log:
            put(team, "visit", who=who, now=NINE + dt.timedelta(minutes=number), answers={"house": house})
            take_in(log.store, who, *written_events(team.store))
    return office


def run(inspection, *words, typed=""):
    """What a command says, and its exception if any."""
    done = CliRunner().invoke(cli, ["-w", str(inspection.folder), *words], input=typed)
    return done.output, done.exception


def test_a_decision_names_its_person_and_keeps_every_version(disputed):
    with RecordLog.open(disputed) as log:
        conflict = dispute(log, "R1")
        assert [side.data["house"] for side in conflict.sides] == ["砖混", "土坯"]
        settle(log, conflict, 2, who="王主任", now=NINE, submission="定", reason="复看是土坯房")
        record = log.record("R1")
        assert (record.data["house"], record.who, record.status, log.conflicts()) == ("土坯", "王主任", "saved", [])
        assert set(record.events[-1].base) == {event.hash for event in record.events[:2]}
        assert (record.events[-1].reason, log.verify()) == ("复看是土坯房", [])


def test_a_dispute_is_not_decided_without_a_reason_or_twice_or_for_no_version(disputed):
    with RecordLog.open(disputed) as log:
        conflict = dispute(log, "R1")
        given = {"who": "王主任", "now": NINE}
        with pytest.raises(InputRefused, match="不同的人分别填写的几份，定稿须写明理由"):
            settle(log, conflict, 1, **given, submission="一", reason=" ")
        with pytest.raises(UsageError, match="没有第3份。可选第1至第2份"):
            settle(log, conflict, 3, **given, submission="二", reason="核实")
        settle(log, conflict, 1, **given, submission="三", reason="核实")
        with pytest.raises(InputRefused, match="王主任已于"):
            settle(log, conflict, 2, **given, submission="四", reason="核实")
        with pytest.raises(InputRefused, match="没有待裁定的分歧"):
            dispute(log, "R1")


def test_settle_lists_versions_side_by_side_and_takes_the_one_chosen(disputed):
    told, _ = run(disputed, "settle")
    assert "入户核查表 R1" in told and "住房：第1份 砖混；第2份 土坯" in told and "第一组　保存" in told
    _, wrong = run(disputed, "settle", "R1", "--use", "1")
    assert "须同时写明记录编号、--who 裁定人和 --reason 理由" in str(wrong)
    told, _ = run(disputed, "settle", "R1", "--use", "1", "--who", "王主任", "--reason", "复看")
    assert "已由王主任裁定采用第1份" in told
    assert "没有需要裁定的记录" in run(disputed, "settle")[0]
    assert disputed.table("visits").loc[0, "house"] == "砖混"


PHOTO_BYTES = b"\xff\xd8 photo"


@pytest.fixture
def visited(tmp_path):
    """A workspace with one visit, its photo and its draft."""
    inspection, sha256 = workspace(tmp_path / "甲"), hashlib.sha256(PHOTO_BYTES).hexdigest()
    Attachments.open(inspection).adopt(PHOTO_BYTES, sha256)
    photo = {"name": "照片.jpg", "size": len(PHOTO_BYTES), "sha256": sha256}
    with RecordLog.open(inspection) as log:
        put(log, "visit", answers={"photo": [photo], "house": "土坯"})
    drafts = Drafts.open(inspection)
    drafts.put("visit", "R1", 1, {"house": "土坯"})
    drafts.close()
    return inspection


def test_erase_says_what_goes_asks_and_leaves_a_log_that_verifies(visited):
    words = ("erase", "R1", "住房", "--who", "王主任", "--reason", "本人依法申请删除")
    told, _ = run(visited, *words, typed="\n")
    assert "将从“入户核查表”R1 的全部1次保存中抹除“住房”。抹除后不能恢复" in told and "什么也没有抹除" in told
    told, wrong = run(visited, *words, typed="y\n")
    assert "已抹除“住房”，由王主任办理。校验点 2-" in told and wrong is None
    with RecordLog.open(visited) as log:
        assert ("house" in log.record("R1").data, "head" in log.record("R1").data, log.verify()) == (False, True, [])
        assert log.history("R1")[-1].reason == "本人依法申请删除"
    drafts = Drafts.open(visited)
    assert drafts.get("visit", "R1") is None
    drafts.close()


def test_an_erased_record_takes_its_photos_and_its_published_row_with_it(visited):
    publish(visited)
    assert len(visited.table("visits")) == 1
    told, wrong = run(visited, "erase", "R1", "--who", "王主任", "--reason", "本人依法申请删除", "--yes")
    assert "已抹除全部填写内容，删除附件1件" in told and wrong is None
    assert not [path for path in (visited.folder / "attachments").rglob("*") if path.is_file()]
    assert visited.table("visits").empty and "记录：核验通过" in run(visited, "verify")[0]


def test_a_photo_another_record_shows_too_stays(visited):
    with RecordLog.open(visited) as log:
        write(log, "R2", dict(log.record("R1").data))
    told, _ = run(visited, "erase", "R1", "--who", "王主任", "--reason", "本人依法申请删除", "--yes")
    assert "删除附件" not in told
    assert len([path for path in (visited.folder / "attachments").rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [(("R1", "身高"), "这种记录没有“身高”一项，什么也没有抹除。可选的项目："), (("R9",), "没有这个编号的记录")],
)
def test_erase_of_what_is_not_there_is_refused(visited, words, told):
    _, wrong = run(visited, "erase", *words, "--who", "王主任", "--reason", "申请", "--yes")
    assert told in str(wrong)
    with RecordLog.open(visited) as log:
        assert len(log.history("R1")) == 1
