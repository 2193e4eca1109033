"""A report made where a fork server runs already that was started by somebody else, without the template."""

import multiprocessing
import sys
from pathlib import Path

from batch_renderers import render_nothing

from dibao_lib.batch.farm import run_jobs
from dibao_lib.batch.job import Job

if __name__ == "__main__":
    somebody = multiprocessing.get_context("forkserver").Process(target=int)
    somebody.start()
    somebody.join()
    notebook, folder = map(Path, sys.argv[1:])
    for outcome in run_jobs([Job(notebook, {}, folder, "一")], render_nothing):
        print(outcome.status)
