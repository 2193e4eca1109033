"""A batch to be killed: two endless reports, one of them in a C call that holds the interpreter's lock."""

import signal
import sys
from pathlib import Path

from batch_renderers import render_nothing

from dibao_lib.batch.farm import run_jobs
from dibao_lib.batch.job import Job

folder = Path(sys.argv[1])
# a shell that starts us in the background has SIGINT ignored
signal.signal(signal.SIGINT, signal.default_int_handler)
jobs = [Job(folder / f"{name}.ipynb", {}, folder / "reports" / name, name) for name in ("quick", "busy", "stuck")]
for outcome in run_jobs(jobs, render_nothing, workers=3):
    print(outcome.job.name, outcome.status, flush=True)
