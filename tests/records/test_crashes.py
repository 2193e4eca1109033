"""Crashes: what was acknowledged is there after a kill, a power cut and a full disk; many writers lose nothing."""

import random
import shutil

import pytest
from crashing import kill_while_saving, many_writers, received, save_with_little_room, started
from powercut import after_cut, recorded
from record_writing import workspace

from dibao_lib.records.log import RecordLog


def records_in(inspection):
    with RecordLog.open(inspection) as log:
        assert log.verify() == []
        return {record.record_id for record in log.records()}


def test_what_was_acknowledged_is_there_after_kill_9(tmp_path):
    folder = workspace(tmp_path / "甲").folder
    outcome = kill_while_saving(folder, 3, random.Random(1))
    assert (outcome.kills, outcome.lost, outcome.problems) == (3, [], [])
    assert outcome.acknowledged >= 3


def test_writers_that_save_at_the_same_time_lose_nothing_and_share_one_chain(inspection):
    saved, refused, _ = many_writers(inspection.folder, 4, 5)
    assert (len(saved), refused) == (20, [])
    assert records_in(inspection) == set(saved)


def test_a_disk_that_runs_full_is_said_and_costs_nothing_that_was_saved(tmp_path):
    inspection = workspace(tmp_path / "甲")
    RecordLog.open(inspection).close()
    process, pipe = started(save_with_little_room, inspection.folder, "little", 100_000)
    told = list(received(pipe))
    process.join()
    pipe.close()
    saved = {word for kind, word, _ in told if kind == "saved"}
    assert saved and told[-1][0] == "refused"
    assert told[-1][1].startswith("记录库 records.db 所在磁盘") and "这次没有保存" in told[-1][1]
    assert records_in(inspection) == saved


@pytest.fixture(scope="module")
def strace():
    if shutil.which("strace") is None:
        pytest.skip("no strace is installed (Debian: apt-get install strace)")


@pytest.fixture(scope="module")
def steps(strace, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cut") / "甲"
    workspace(folder)
    return recorded(folder, 6)


@pytest.mark.parametrize("posix", [False, True])
@pytest.mark.parametrize("trial", range(12))
def test_what_was_acknowledged_is_there_after_a_power_cut(steps, tmp_path, trial, posix):
    choice = random.Random(trial)
    files, acknowledged = after_cut(steps, choice.randint(len(steps) // 4, len(steps)), choice, posix=posix)
    inspection = workspace(tmp_path / "甲")
    for name, content in files.items():
        (inspection.folder / name).write_bytes(content)
    assert set(acknowledged) <= records_in(inspection)


def test_the_same_cuts_would_lose_records_without_fsync(strace, tmp_path):
    steps = recorded(workspace(tmp_path / "甲").folder, 6, synchronous="OFF")

    class Nothing:
        choice = staticmethod(min)
        random = staticmethod(lambda: 0.95)

    files, acknowledged = after_cut(steps, len(steps), Nothing())
    kept = b"".join(files.values())
    assert len(acknowledged) == 6 and not any(record_id.encode() in kept for record_id in acknowledged)


def test_the_recorded_steps_rebuild_the_store_when_nothing_is_lost(steps, tmp_path):
    class Everything:
        choice = staticmethod(max)
        random = staticmethod(lambda: 0.95)

    files, acknowledged = after_cut(steps, len(steps), Everything())
    inspection = workspace(tmp_path / "甲")
    for name, content in files.items():
        (inspection.folder / name).write_bytes(content)
    assert records_in(inspection) == set(acknowledged) and len(acknowledged) == 6
