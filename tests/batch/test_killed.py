"""Ctrl-C, SIGTERM or kill -9 of a batch leaves no process and no half report; the next batch finds a clean place."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest
from batch_notebooks import save
from batch_renderers import render_nothing, render_text
from resumed_batch import NAMES, jobs

from dibao_lib.batch.farm import run_jobs
from dibao_lib.batch.freshness import MARKER, changed
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


def started(script, token, *words):
    return subprocess.Popen(
        [sys.executable, HERE / script, *words],
        env={**os.environ, "DIBAO_TEST": token},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


@pytest.fixture
def batch(tmp_path):
    save(tmp_path / "quick.ipynb", "1")
    save(tmp_path / "busy.ipynb", READY.format(tmp_path / "busy.ready") + BUSY)
    save(tmp_path / "stuck.ipynb", READY.format(tmp_path / "stuck.ready") + STUCK)
    token = uuid4().hex
    with started("killed_batch.py", token, tmp_path) as process:
        assert process.stdout.readline() == "quick done\n"
        wait_until(lambda: len(list(tmp_path.glob("*.ready"))) == 2, 60)
        # the batch, its template and tracker, two reports with a sleep each (whose environment shows only after exec)
        wait_until(lambda: len(relatives(token)) >= 7, 60)
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


# when a report was made; beside its digest the marker has one of the notebook, which holds the times
TIMES = re.compile(r'"(start_time|end_time|duration|report.ipynb)": ("[^"]*"|[\d.]+)')


def finished(reports):
    """Report -> when its marker was written; each of them is as it was sealed."""
    folders = [folder for folder in reports.glob("[!.]*") if folder.is_dir()]
    assert [name for folder in folders for name in changed(folder)] == []
    return {folder.name: (folder / MARKER).stat().st_mtime_ns for folder in folders}


def contents(reports):
    files = {path.relative_to(reports).as_posix(): path.read_text() for path in reports.rglob("*") if path.is_file()}
    return {name: TIMES.sub("", text) if name.endswith(("ipynb", "json")) else text for name, text in files.items()}


def test_a_batch_killed_again_and_again_ends_in_the_bytes_of_one_left_alone(tmp_path):
    source = save(tmp_path / "in.ipynb", ("town = ''", ["parameters"]), "import time; time.sleep(0.05); print(town)")
    alone, killed, when = tmp_path / "alone", tmp_path / "killed", random.Random(8)
    assert all(outcome.done for outcome in run_jobs(jobs(source, alone), render_text, ["html", "txt"]))
    done = {}
    for end in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT):
        token = uuid4().hex
        with started("resumed_batch.py", token, source, killed) as process:
            for _ in range(when.randint(1, 2)):
                assert process.stdout.readline()
            time.sleep(when.uniform(0, 0.1))
            process.send_signal(end)
            process.wait(10)
            wait_until(lambda token=token: relatives(token) == set(), 5)
        assert done.items() < finished(killed).items()
        done = finished(killed)
    assert len(done) < len(NAMES)
    with started("resumed_batch.py", uuid4().hex, source, killed) as process:
        made = [line.split()[0] for line in process.stdout]
    assert sorted(made) == sorted(set(NAMES) - set(done))
    assert done.items() < finished(killed).items()
    assert contents(killed) == contents(alone)
    assert json.loads((killed / NAMES[0] / MARKER).read_text())["digest"] == "同"
