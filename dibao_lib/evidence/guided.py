"""Files read with what people said about them, and what of that is remembered for files with the same header."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from dibao_lib.evidence.answer_file import Answer, find_answer
from dibao_lib.evidence.answers import NOTHING_SAID, Guidance, SheetAnswer, remembered
from dibao_lib.evidence.file import FileReading
from dibao_lib.evidence.gazetteer import Gazetteer
from dibao_lib.evidence.jobs import Job, Progress, read_jobs
from dibao_lib.evidence.limits import Limits
from dibao_lib.evidence.report import FileReport
from dibao_lib.plan import Plan


@dataclass(frozen=True, slots=True)
class Given:
    """A file to read and the answer about it."""

    path: Path
    source_file: str
    answer: Answer

    @classmethod
    def found(cls, path: Path, source_file: str, inbox: Path) -> Given:
        """The file with the answer that lies beside it or is kept in inbox/."""
        return cls(path, source_file, find_answer(path, source_file, inbox))


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What holds for all files of an import: places, what was said about headers before, the highest standard."""

    gazetteer: Gazetteer
    remembered: Mapping[str, SheetAnswer]
    standard: int

    @property
    def answers_digest(self) -> str:
        """Changes whenever some header would be read differently."""
        told = {shape: asdict(answer) for shape, answer in self.remembered.items()}
        return hashlib.sha256(json.dumps([told, self.standard], sort_keys=True).encode()).hexdigest()


def highest_standard(plan: Plan) -> int:
    """The plan's highest standard a person a month, in fen; 0 when it names none."""
    return max((one.std_fen for one in plan.standards), default=0)


def remembered_from(reports: Iterable[FileReport]) -> dict[str, SheetAnswer]:
    """Shape of a header -> what the answers of all these files agree on about it."""
    sheets = (sheet for report in reports for sheet in report.sheets)
    return remembered((one.shape, one.answer) for one in sheets if one.shape and one.answer != NOTHING_SAID)


def read_guided(
    files: Sequence[Given], knowledge: Knowledge, limits: Limits | None, progress: Progress | None
) -> dict[str, FileReading]:
    """Source file -> what it gave; a file whose answer cannot be followed is refused unread."""
    jobs = [
        Job(one.path, one.source_file, Guidance(one.answer.sheets, knowledge.remembered, knowledge.standard))
        for one in files
        if not one.answer.problem
    ]
    readings = read_jobs(jobs, knowledge.gazetteer, limits, progress)
    for one in files:
        if one.answer.problem:
            readings[one.source_file] = _refused(one)
            continue
        reading = readings[one.source_file]
        readings[one.source_file] = replace(reading, report=replace(reading.report, answer=one.answer.digest))
    return readings


def _refused(one: Given) -> FileReading:
    content = one.path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    problem = one.answer.problem.replace("\n", "；")
    return FileReading(
        FileReport(
            one.source_file,
            digest,
            len(content),
            refused=f"{one.source_file}：未导入，因为{problem}",
            answer=one.answer.digest,
        )
    )
