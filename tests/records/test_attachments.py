"""Attachments: chunks may come twice but not with a gap, a file is named by its content, stray uploads are swept."""

import datetime as dt
import hashlib

import pytest
from record_writing import workspace

from dibao_lib.errors import InputRefused
from dibao_lib.records.attachments import LARGEST, Attachments

PHOTO = bytes(range(256)) * 40
SHA256 = hashlib.sha256(PHOTO).hexdigest()
UPLOAD = "0b7f-upload"


@pytest.fixture
def attachments(tmp_path):
    return Attachments.open(workspace(tmp_path / "甲"))


def received(attachments, size=4096):
    for start in range(0, len(PHOTO), size):
        attachments.chunk(UPLOAD, start, PHOTO[start : start + size])
    return attachments.finish(UPLOAD, len(PHOTO))


def test_a_photo_in_chunks_is_stored_under_its_sha256(attachments):
    assert received(attachments) == SHA256
    assert attachments.path(SHA256).read_bytes() == PHOTO


def test_each_chunk_is_acknowledged_with_what_is_held(attachments):
    assert attachments.chunk(UPLOAD, 0, PHOTO[:100]) == 100
    assert attachments.chunk(UPLOAD, 0, PHOTO[:100]) == 100
    assert attachments.chunk(UPLOAD, 100, PHOTO[100:300]) == 300


def test_a_finish_asked_twice_answers_the_same(attachments):
    assert received(attachments) == attachments.finish(UPLOAD, len(PHOTO))


def test_a_gap_is_refused(attachments):
    attachments.chunk(UPLOAD, 0, PHOTO[:100])
    with pytest.raises(InputRefused, match="附件上传中断：已收到100字节，又收到从第200字节起"):
        attachments.chunk(UPLOAD, 200, PHOTO[200:300])


def test_a_photo_that_did_not_arrive_whole_is_not_stored(attachments):
    attachments.chunk(UPLOAD, 0, PHOTO[:100])
    with pytest.raises(InputRefused, match=f"应有{len(PHOTO)}字节，收到100字节"):
        attachments.finish(UPLOAD, len(PHOTO))


def test_a_file_over_the_limit_is_refused_before_it_is_written(attachments):
    with pytest.raises(InputRefused, match="附件超过30兆字节"):
        attachments.chunk(UPLOAD, 0, bytes(LARGEST + 1))
    assert not attachments.folder.exists()


@pytest.mark.parametrize("name", ["../../plan.toml", "a/b", "", "x" * 65])
def test_an_upload_cannot_name_another_file(attachments, name):
    with pytest.raises(InputRefused, match="附件上传编号不对"):
        attachments.chunk(name, 0, b"x")


def test_a_changed_and_a_missing_file_are_named(attachments):
    received(attachments)
    attachments.path(SHA256).write_bytes(PHOTO[:-1] + b"!")
    assert attachments.damaged({SHA256, "0" * 64}) == ["0" * 64, SHA256]


def test_uploads_nobody_finished_are_swept_after_two_days_and_wanted_files_stay(attachments):
    received(attachments)
    attachments.chunk("0b7f-stray", 0, b"half")
    now = dt.datetime.now()
    assert attachments.sweep(now) == 0
    assert attachments.sweep(now + dt.timedelta(days=3), wanted={SHA256}) == 2
    assert attachments.path(SHA256).is_file()
    assert attachments.sweep(now + dt.timedelta(days=3), wanted=set()) == 1
