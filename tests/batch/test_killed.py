"""Ctrl-C, SIGTERM or kill -9 of a batch leaves no process and no half report; the next batch finds a clean place."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest
from batch_notebooks import save
from batch_renderers import render_nothing

from dibao_lib.batch.farm import run_jobs
from dibao_lib.batch.job import Job

HERE = Path(__file__).parent
READY = "import pathlib, subprocess; subprocess.Popen(['sleep', '300']); pathlib.Path('{}').touch()\n"
BUSY = "while True: pass"
# exponential, inside one C call
STUCK = "import re; re.match('(a+)+$', 'a' * 60 + 'b')"


def relatives(token):
    """Processes that were started with this token in their environment."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if token.encode() in (entry / "environ").read_bytes():
                    found.add(int(entry.name))
            except OSError:
                continue
    return found


def wait_until(true, seconds):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def batch(tmp_path):
    save(tmp_path / "quick.ipynb", "1")
    save(tmp_path / "busy.ipynb", READY.format(tmp_path / "busy.ready") + BUSY)
    save(tmp_path / "stuck.ipynb", READY.format(tmp_path / "stuck.ready") + STUCK)
    token = uuid4().hex
    process = subprocess.Popen(
        [sys.executable, HERE / "killed_batch.py", tmp_path],
        env={**os.environ, "DIBAO_TEST": token},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        assert process.stdout.readline() == "quick done\n"
        wait_until(lambda: len(list(tmp_path.glob("*.ready"))) == 2, 60)
        # the batch, its template and tracker, two reports with a sleep each
        assert len(relatives(token)) >= 7
        yield tmp_path, process, token


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_killed_batch_leaves_no_process_and_no_half_report(batch, end):
    folder, process, token = batch
    process.send_signal(end)
    process.wait(10)
    wait_until(lambda: relatives(token) == set(), 5)
    reports = folder / "reports"
    assert [path.name for path in reports.iterdir() if not path.name.startswith(".")] == ["quick"]
    assert sorted(path.name for path in (reports / "quick").iterdir()) == [".done.json", "report.ipynb"]
    if end != signal.SIGKILL:
        assert [path.name for path in reports.iterdir()] == ["quick"]
    # what is left is swept by the next batch
    again = [Job(folder / "quick.ipynb", {}, reports / "again", "again")]
    assert [outcome.status for outcome in run_jobs(again, render_nothing)] == ["done"]
    assert sorted(path.name for path in reports.iterdir()) == ["again", "quick"]
