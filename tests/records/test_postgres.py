"""What is particular to the office's shared database: where its password may come from and where it may not appear."""

import pytest
from postgres_server import PASSWORD, emptied
from record_writing import workspace, write

from dibao_lib.errors import InputRefused
from dibao_lib.records.checkpoint import heads_of
from dibao_lib.records.log import RecordLog


def test_the_password_comes_from_the_environment_and_appears_nowhere(server, tmp_path, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    inspection = workspace(tmp_path / "甲", emptied(server))
    with RecordLog.open(inspection) as log:
        write(log)
        assert PASSWORD not in f"{log!r} {log.store.engine.url!r} {log.store.engine.url}"
    written = b"".join(path.read_bytes() for path in inspection.folder.rglob("*") if path.is_file())
    assert PASSWORD.encode() not in written


def test_a_wrong_password_is_refused_without_the_address(server, tmp_path, monkeypatch):
    monkeypatch.setenv("DIBAO_RECORDS_PASSWORD", "wrong-one")
    with pytest.raises(InputRefused) as refused:
        RecordLog.open(workspace(tmp_path / "甲", emptied(server)))
    assert str(refused.value).startswith("单位共用的记录库没有接受登录。请把口令放在环境变量")
    assert "wrong-one" not in str(refused.value) and str(server) not in str(refused.value)


def test_a_server_that_is_away_is_said_in_a_sentence(tmp_path):
    inspection = workspace(tmp_path / "甲", f"postgresql://dibao@/x?host={tmp_path}")
    with pytest.raises(InputRefused, match=r"单位共用的记录库连接不上。请核对网络和 plan\.toml"):
        RecordLog.open(inspection)


def test_two_computers_on_one_database_write_two_chains_into_one_log(shared, tmp_path):
    first, second = (workspace(tmp_path / name, shared) for name in "甲乙")
    with RecordLog.open(first) as one, RecordLog.open(second) as two:
        write(one, "R1")
        write(two, "R1", {"conclusion": "不符合"}, who="李组员")
        events = one.history("R1")
        assert len({event.device for event in events}) == 2
        assert (one.record("R1").data, two.verify(one.checkpoint())) == ({"conclusion": "不符合"}, [])


def test_what_is_saved_during_a_look_into_the_log_does_not_disturb_the_look(shared, tmp_path):
    first, second = (workspace(tmp_path / name, shared) for name in "甲乙")
    with RecordLog.open(first) as one, RecordLog.open(second) as two:
        write(one, "R1")
        with one.store.reading() as connection:
            before = heads_of(connection)
            write(two, "R2")
            assert heads_of(connection) == before
        assert one.checkpoint().count == 2
