"""A batch to be killed and started again: twelve small reports, of which only those that are missing are made."""

import signal
import sys
from pathlib import Path

from batch_renderers import render_text

from dibao_lib.batch.farm import run_jobs
from dibao_lib.batch.freshness import is_current
from dibao_lib.batch.job import Job

NAMES = [f"{number:02}乡" for number in range(12)]


def jobs(notebook, reports):
    """The reports of a batch."""
    return [Job(notebook, {"town": name}, reports / name, name, digest="同") for name in NAMES]


if __name__ == "__main__":
    # a shell that starts us in the background has SIGINT ignored
    signal.signal(signal.SIGINT, signal.default_int_handler)
    missing = [job for job in jobs(*map(Path, sys.argv[1:])) if not is_current(job.folder, job.digest)]
    for outcome in run_jobs(missing, render_text, ["html", "txt"]):
        print(outcome.job.name, outcome.status, flush=True)
