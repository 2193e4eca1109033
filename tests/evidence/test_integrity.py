"""One import at a time; killed at any moment it leaves the old evidence or the new; a flipped byte is never read."""

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time

import books
import pytest
from books import HEAD, P1, ROWS

from dibao_lib import Inspection
from dibao_lib.errors import InputRefused
from dibao_lib.evidence import commit as committing
from dibao_lib.evidence.intake import import_files

NOW = dt.datetime(2011, 6, 1, 9, 0)


@pytest.fixture
def imported(workspace, tmp_path):
    path = books.xlsx(tmp_path / "绕二镇.xlsx", {"台账": [HEAD, *ROWS]})
    import_files(workspace, [path], NOW)
    return workspace


def replacement(folder):
    rows = [(f"D{n}", "绕二镇", "张三", P1, 2, 330) for n in range(50)]
    return books.xlsx(folder / "绕二镇.xlsx", {"台账": [HEAD, *rows]})


def left_behind(workspace):
    known = {"manifest.json", ".import.lock"}
    return [f.name for f in workspace.evidence.iterdir() if f.name.startswith(".") and f.name not in known]


def test_a_second_import_is_told_to_wait_and_changes_nothing(imported, tmp_path):
    waiting = pytest.raises(InputRefused, match="另一个导入正在进行，本次未开始，什么也没有改动。请等它结束后再导入。")
    with committing.only_import(imported.evidence, imported.inbox), waiting:
        import_files(imported, [replacement(tmp_path)], NOW)
    assert len(imported.table("households")) == 2
    import_files(imported, [replacement(tmp_path)], NOW)
    assert len(imported.table("households")) == 50


def test_a_dry_run_needs_not_wait(imported, tmp_path):
    with committing.only_import(imported.evidence, imported.inbox):
        assert import_files(imported, [replacement(tmp_path)], NOW, dry_run=True).totals["read"] == 50


@pytest.mark.parametrize("place", [0, 5, 200, -1, -5, -200])
def test_a_flipped_byte_is_reported_with_the_name_of_the_table(imported, place):
    path = imported.evidence / "households.parquet"
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(bytes(content))
    for ask in (lambda: imported.table("households"), lambda: Inspection.open(imported.folder).connect()):
        with pytest.raises(InputRefused) as refused:
            ask()
        assert str(refused.value) == (
            "证据表“低保对象台账(家庭)”（evidence/households.parquet）与导入时写下的内容不一致，已损坏或被改动，不能使用。"
            "请从备份恢复 evidence 文件夹，或删除该文件夹后重新导入 inbox。"
        )
    with pytest.raises(InputRefused, match="低保对象台账"):
        import_files(imported, [imported.inbox], NOW)


def test_a_table_that_was_imported_and_is_gone_is_never_called_not_yet_imported(imported):
    (imported.evidence / "households.parquet").unlink()
    for ask in (lambda: imported.table("households"), lambda: Inspection.open(imported.folder).connect()):
        with pytest.raises(InputRefused) as refused:
            ask()
        assert str(refused.value) == (
            "证据表“低保对象台账(家庭)”（evidence/households.parquet）不见了，可能被删除或移走，不能使用。"
            "请从备份恢复 evidence 文件夹，或删除该文件夹后重新导入 inbox。"
        )


def test_what_the_sentence_asks_for_mends_it(imported):
    import shutil

    (imported.evidence / "households.parquet").write_bytes(b"PAR1")
    shutil.rmtree(imported.evidence)
    import_files(imported, [imported.inbox], NOW)
    assert len(imported.table("households")) == 2


def test_a_damaged_manifest_is_reported_before_anything_is_read(imported):
    (imported.evidence / "manifest.json").write_bytes(b'{"tables": [')
    with pytest.raises(InputRefused, match=r"manifest\.json 已损坏，不能核对证据表"):
        imported.table("households")


@pytest.mark.parametrize("steps", range(12))
def test_an_import_that_ends_between_any_two_steps_leaves_the_old_or_the_new(imported, tmp_path, monkeypatch, steps):
    left = iter(range(steps))
    whole, rename = committing.write_whole, type(imported.evidence).replace

    def stop(call):
        def one(*given):
            if next(left, None) is None:
                raise KeyboardInterrupt
            return call(*given)

        return one

    monkeypatch.setattr(committing, "write_whole", stop(whole))
    monkeypatch.setattr(type(imported.evidence), "replace", stop(rename))
    try:
        import_files(imported, [replacement(tmp_path)], NOW)
    except KeyboardInterrupt:
        pass
    monkeypatch.undo()
    again = Inspection.open(imported.folder)
    assert len(again.table("households")) in {2, 50}
    import_files(again, [tmp_path / "绕二镇.xlsx"], NOW)
    assert len(again.table("households")) == 50
    assert left_behind(again) == []


def test_an_import_killed_at_any_moment_leaves_the_old_or_the_new(imported, tmp_path):
    path = replacement(tmp_path)
    code = (
        "import datetime as dt, sys; from pathlib import Path; from dibao_lib import Inspection\n"
        "from dibao_lib.evidence.intake import import_files\n"
        "ins = Inspection.open(sys.argv[1]); print('ready', flush=True)\n"
        "import_files(ins, [Path(sys.argv[2])], dt.datetime(2011, 6, 1)); print('done')"
    )
    draw = random.Random(1)
    for _ in range(6):
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(imported.folder), str(path)], stdout=subprocess.PIPE, env=os.environ
        )
        child.stdout.readline()
        time.sleep(draw.uniform(0.0, 1.2))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        assert len(Inspection.open(imported.folder).table("households")) in {2, 50}
    import_files(imported, [path], NOW)
    assert len(Inspection.open(imported.folder).table("households")) == 50
    assert left_behind(imported) == []
