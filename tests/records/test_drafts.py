"""Drafts: what was typed last is there after a crash, late messages change nothing, a dropped draft leaves no bytes."""

import pytest
from record_writing import workspace

from dibao_lib.errors import InputRefused
from dibao_lib.records.drafts import Drafts


@pytest.fixture
def inspection(tmp_path):
    return workspace(tmp_path / "甲")


@pytest.fixture
def drafts(inspection):
    drafts = Drafts.open(inspection)
    yield drafts
    drafts.close()


def test_the_last_draft_is_what_counts_even_for_another_kernel(drafts, inspection):
    drafts.put("visit", "R1", 1, {"note": "情况"})
    drafts.put("visit", "R1", 2, {"note": "情况属实"})
    other = Drafts.open(inspection)
    assert other.get("visit", "R1") == (2, {"note": "情况属实"})
    other.close()


def test_a_message_that_arrives_late_changes_nothing(drafts):
    drafts.put("visit", "R1", 2, {"note": "后写的"})
    drafts.put("visit", "R1", 1, {"note": "先写的"})
    assert drafts.get("visit", "R1") == (2, {"note": "后写的"})


def test_a_dropped_draft_is_gone_from_the_disk(drafts, inspection):
    drafts.put("visit", "R1", 1, {"id_no": "362330196001010018"})
    drafts.put("hearing", "R2", 1, {})
    drafts.drop("visit", "R1")
    left = b"".join(path.read_bytes() for path in inspection.folder.glob("drafts.db*"))
    assert drafts.get("visit", "R1") is None and b"362330196001010018" not in left
    assert (drafts.listed("visit"), drafts.listed("hearing")) == ([], ["R2"])


def test_a_damaged_draft_file_is_said_in_a_sentence(inspection):
    (inspection.folder / "drafts.db").write_bytes(b"not a database" * 500)
    with pytest.raises(InputRefused, match=r"草稿没有存下：drafts\.db 所在文件打不开、被占用或已损坏"):
        Drafts.open(inspection)
