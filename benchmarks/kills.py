"""`dibao report` killed at random, again and again, beside one that is left alone (secure.md G8).

    python benchmarks/kills.py WORKSPACE [KILLS] [SEED]

WORKSPACE is what `dibao demo` made. Each start of the batch is killed after a random time by SIGKILL (half of them),
SIGTERM or SIGINT; when a batch came to its end all the same, its reports are compared with those of the undisturbed one
and the next round begins with none. Linux only: processes are found by a word in their environment.
"""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from dibao_lib.batch.freshness import MARKER, changed

TODAY = "2011-06-30"
# twelve reports: each round ends after a few kills
TOWNSHIPS = ("361181108", "361181203", "361181004", "361181205", "361181002", "361181105")
# when a notebook ran; beside its own digest the marker has one of the notebook, which holds the times
TIMES = re.compile(rb'"(start_time|end_time|duration|report.ipynb)": ("[^"]*"|[\d.e-]+)')
PATIENCE = 5


def start(workspace: Path, token: str) -> subprocess.Popen:
    """A batch whose processes all have the token in their environment."""
    # a shell that starts us in the background has SIGINT ignored, which its children inherit
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(
        [sys.executable, "-m", "dibao_lib.cli", "-w", workspace, "report", "--today", TODAY, *TOWNSHIPS],
        env={**os.environ, "DIBAO_TEST": token},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def relatives(token: str) -> list[int]:
    """Processes with the token."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if token.encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _named(token: str) -> list[int]:
    """The same, told on the standard error."""
    found = relatives(token)
    for pid in found:
        with suppress(OSError):
            print(pid, (Path("/proc") / str(pid) / "cmdline").read_bytes()[-200:], file=sys.stderr)
    return found


def seconds_alive(token: str) -> float:
    """How long after a kill the last relative lived, at most `PATIENCE`."""
    killed = time.monotonic()
    while relatives(token) and time.monotonic() < killed + PATIENCE:
        time.sleep(0.02)
    return time.monotonic() - killed


def finished(reports: Path) -> tuple[dict[str, int], list[str]]:
    """Report -> when it was sealed, and what stands under a final name without being whole."""
    folders = [
        folder for place in (reports, reports / "public") for folder in place.glob("[!.]*") if folder.name != "public"
    ]
    half = [f"{folder.name}/{name}" for folder in folders if folder.is_dir() for name in changed(folder)]
    page = reports / "index.html"
    half += ["index.html"] if page.is_file() and "</html>" not in page.read_text(encoding="utf-8") else []
    sealed = [folder for folder in folders if (folder / MARKER).is_file()]
    return {str(folder.relative_to(reports)): (folder / MARKER).stat().st_mtime_ns for folder in sealed}, half


def contents(reports: Path) -> dict[str, bytes]:
    """Every file, bar the times in notebooks and markers."""
    # the slices of a killed batch are hidden and go away with a later one
    paths = [path for path in reports.rglob("*") if path.is_file() and ".slices" not in str(path)]
    files = {path.relative_to(reports).as_posix(): path.read_bytes() for path in paths}
    return {name: TIMES.sub(b"", data) if name.endswith((".ipynb", ".json")) else data for name, data in files.items()}


def main(workspace: Path, kills: int, seed: int) -> None:
    """Prints the figures; exit code 1 when any of them is not what it should be."""
    reports, draw = workspace / "inspection_reports", random.Random(seed)
    begun = time.monotonic()
    assert start(workspace, "-").wait() == 0
    whole, alone = time.monotonic() - begun, contents(reports)
    told, alive, remade, rounds = Counter[str](), [], 0, 0
    shutil.rmtree(reports)
    reports.mkdir()
    done: dict[str, int] = {}
    while told["kills"] < kills:
        token = uuid4().hex
        process = start(workspace, token)
        try:
            process.wait(draw.uniform(0.5, whole))
        except subprocess.TimeoutExpired:
            end = draw.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT))
            process.send_signal(end)
            process.wait()
            told["kills"] += 1
            told[end.name] += 1
            alive.append(seconds_alive(token))
            told["left alive"] += len(_named(token))
        now, half = finished(reports)
        told["half files"] += len(half)
        remade += sum(now.get(name) != sealed for name, sealed in done.items())
        told["reports made between kills"] += len(now) - len(done)
        done = now
        if process.returncode == 0:
            rounds += 1
            told["files that differ"] += _differing(contents(reports), alone)
            shutil.rmtree(reports)
            reports.mkdir()
            done = {}
    assert start(workspace, "-").wait() == 0
    told["files that differ"] += _differing(contents(reports), alone)
    figures = dict(told) | {"finished reports made again": remade, "rounds to the end": rounds + 1, "files": len(alone)}
    for name, figure in figures.items():
        print(f"| {name} | {figure} |")
    print(f"| last process gone after, s, most | {max(alive):.2f} |\n| an undisturbed batch, s | {whole:.0f} |")
    sys.exit(1 if told["left alive"] or told["half files"] or told["files that differ"] or remade else 0)


def _differing(files: dict[str, bytes], others: dict[str, bytes]) -> int:
    names = [name for name in sorted(files.keys() | others.keys()) if files.get(name) != others.get(name)]
    print(*names[:5], sep="\n", end="\n" if names else "", file=sys.stderr)
    return len(names)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "workspace"
        shutil.copytree(arguments[0], copy, ignore=shutil.ignore_patterns("inbox", "inspection_reports"))
        (copy / "inspection_reports").mkdir()
        main(copy, int((arguments[1:2] or ["30"])[0]), int((arguments[2:3] or ["1"])[0]))
