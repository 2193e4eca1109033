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


IDS = (b"362330196001010018", b"362330195501010019")
CASES = {"place": "某村", "cases": [{"head": "甲", "agree": ""}, {"head": "乙", "agree": ""}]}


def test_changes_are_kept_beside_the_draft_and_found_by_another_kernel(drafts, inspection):
    drafts.put("hearing", "R1", 1, CASES)
    assert drafts.amend("hearing", "R1", 1, 2, [["cases.1.agree", "14"], ["place", "另一村"]])
    assert drafts.amend("hearing", "R1", 2, 3, [["cases.1.agree", "15"]])
    other = Drafts.open(inspection)
    cases = [CASES["cases"][0], {"head": "乙", "agree": "15"}]
    assert other.get("hearing", "R1") == (3, {"place": "另一村", "cases": cases})
    other.close()


@pytest.mark.parametrize(("after", "seq"), [(1, 4), (3, 4), (2, 2), (2, 1)])
def test_changes_of_another_draft_than_the_last_are_not_kept(drafts, after, seq):
    drafts.put("hearing", "R1", 1, CASES)
    drafts.put("hearing", "R1", 2, {"place": "他人所写"})
    assert not drafts.amend("hearing", "R1", after, seq, [["place", "某村"]])
    assert drafts.get("hearing", "R1") == (2, {"place": "他人所写"})


def test_a_whole_draft_takes_the_place_of_changes_and_a_late_one_does_not(drafts):
    drafts.put("hearing", "R1", 1, CASES)
    drafts.amend("hearing", "R1", 1, 5, [["place", "另一村"]])
    drafts.put("hearing", "R1", 4, {"place": "迟到的"})
    assert drafts.get("hearing", "R1") == (5, CASES | {"place": "另一村"})
    drafts.put("hearing", "R1", 6, {"place": "全部重写"})
    assert drafts.get("hearing", "R1") == (6, {"place": "全部重写"})


def test_a_dropped_draft_is_gone_from_the_disk(drafts, inspection):
    drafts.put("visit", "R1", 1, {"id_no": "362330196001010018"})
    drafts.amend("visit", "R1", 1, 2, [["id_no", "362330195501010019"]])
    drafts.put("hearing", "R2", 1, {})
    drafts.drop("visit", "R1")
    left = b"".join(path.read_bytes() for path in inspection.folder.glob("drafts.db*"))
    assert drafts.get("visit", "R1") is None and not any(number in left for number in IDS)
    assert (drafts.listed("visit"), drafts.listed("hearing")) == ([], ["R2"])


def test_a_damaged_draft_file_is_said_in_a_sentence(inspection):
    (inspection.folder / "drafts.db").write_bytes(b"not a database" * 500)
    with pytest.raises(InputRefused, match=r"草稿没有存下：drafts\.db 所在文件打不开、被占用或已损坏"):
        Drafts.open(inspection)
