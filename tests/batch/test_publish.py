"""A report folder appears whole or not at all, whatever was killed in between, and two batches never share a place."""

import os

import pytest

from dibao_lib.batch import publish
from dibao_lib.errors import UsageError


def folder(parent, name, content):
    (parent / name).mkdir()
    (parent / name / "report.html").write_text(content)
    return parent / name


def seen(parent):
    return {path.name: (path / "report.html").read_text() for path in parent.iterdir()}


def test_publishing_swaps_the_whole_folder(tmp_path):
    target = folder(tmp_path, "银城街道", "old")
    folder(tmp_path, ".银城街道.building", "new")
    publish.publish(target)
    assert seen(tmp_path) == {"银城街道": "new"}


def test_a_folder_that_cannot_be_published_leaves_the_old_one(tmp_path):
    target = folder(tmp_path, "银城街道", "old")
    with pytest.raises(FileNotFoundError):
        publish.publish(target)
    assert seen(tmp_path) == {"银城街道": "old"}


def test_a_batch_killed_while_building_leaves_nothing_to_the_next(tmp_path):
    folder(tmp_path, ".银城街道.building", "half")
    folder(tmp_path, "香屯街道", "whole")
    with publish.reserved({tmp_path}):
        assert seen(tmp_path) == {"香屯街道": "whole"}


def test_a_batch_killed_between_its_two_renames_has_lost_no_report(tmp_path):
    folder(tmp_path, ".银城街道.replaced", "old")
    folder(tmp_path, ".银城街道.building", "new")
    with publish.reserved({tmp_path}):
        assert seen(tmp_path) == {"银城街道": "old"}


def test_a_batch_killed_after_its_two_renames_leaves_the_new_report(tmp_path):
    folder(tmp_path, ".银城街道.replaced", "old")
    folder(tmp_path, "银城街道", "new")
    with publish.reserved({tmp_path}):
        assert seen(tmp_path) == {"银城街道": "new"}


def test_folders_of_others_are_not_swept(tmp_path):
    folder(tmp_path, ".ipynb_checkpoints", "x")
    with publish.reserved({tmp_path}):
        assert seen(tmp_path) == {".ipynb_checkpoints": "x"}


def test_a_second_batch_is_told_to_wait(tmp_path):
    with publish.reserved({tmp_path}), pytest.raises(UsageError) as refusal, publish.reserved({tmp_path}):
        pass
    assert str(refusal.value) == f"“{tmp_path.name}”正由另一个批次生成报告；请等它结束后再试。"


def test_the_place_is_free_again_afterwards(tmp_path):
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(2):
        with publish.reserved({tmp_path / "new" / "place"}):
            pass
    assert len(os.listdir("/proc/self/fd")) == before
