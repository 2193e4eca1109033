"""Files waiting to be read, by a few guarded processes side by side."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from dibao_lib.evidence.answers import NO_GUIDANCE, Guidance
from dibao_lib.evidence.file import FileReading
from dibao_lib.evidence.gazetteer import Gazetteer
from dibao_lib.evidence.guard import GuardedReader
from dibao_lib.evidence.limits import Limits

Progress = Callable[[str], object]
# each may use the memory its limits allow
_MOST_READERS = 2


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read: a new one, or one of inbox/ that must be read again."""

    path: Path
    source_file: str
    guidance: Guidance = NO_GUIDANCE


def read_jobs(
    jobs: Sequence[Job], gazetteer: Gazetteer, limits: Limits | None, progress: Progress | None
) -> dict[str, FileReading]:
    """Source file -> what it gave, in the order of the jobs; `progress` hears the name of each that is done."""
    readings: dict[str, FileReading] = {}
    free: SimpleQueue[GuardedReader] = SimpleQueue()

    def read(job: Job) -> FileReading:
        reader = free.get()
        try:
            return reader.read(job.path, job.source_file, job.guidance)
        finally:
            free.put(reader)

    with ExitStack() as stack:
        count = min(_MOST_READERS, os.cpu_count() or 1, len(jobs))
        for _ in range(count):
            free.put(stack.enter_context(GuardedReader(gazetteer, limits)))
        threads = stack.enter_context(ThreadPoolExecutor(max(count, 1)))
        for job, reading in zip(jobs, threads.map(read, jobs), strict=True):
            readings[job.source_file] = reading
            if progress:
                progress(job.source_file)
    return readings
