"""The process that reads files: jobs come in on standard input, results go out on standard output.

`python -m dibao_lib.evidence.reader`. The first line sets it up (gazetteer, limits); each further line is a job. A result
is one line of JSON (report, names of the tables, whether it is the last) and each table as an Arrow stream. It ends with
its input.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import pyarrow as pa

from dibao_lib.evidence.ahead import any_left_behind
from dibao_lib.evidence.answers import NO_GUIDANCE, Guidance
from dibao_lib.evidence.file import FileReading, read_file
from dibao_lib.evidence.forms import FORMS
from dibao_lib.evidence.gazetteer import Gazetteer
from dibao_lib.evidence.limits import Limits
from dibao_lib.evidence.mapping import Vocabulary


class _WithoutPandas(MetaPathFinder):
    """Spares this process pandas, which pyarrow would load for half a second although no table here ever meets it."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def main() -> None:
    """Serves jobs until standard input ends."""
    sys.meta_path.insert(0, _WithoutPandas())
    # millions of cells make no cycles: looking for some among them, over and over, took a third of the time
    gc.disable()
    answers = os.fdopen(os.dup(1), "wb")
    # whatever a library prints must not get between the answers
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    setup = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**setup["limits"])
    gazetteer = Gazetteer.from_json(setup["gazetteer"])
    vocabulary = Vocabulary(FORMS)
    _bound_memory(limits)
    # what lies here now stays; looked through after every file, it took longer than a small file does
    gc.freeze()
    for line in sys.stdin.buffer:
        result = _read(json.loads(line), vocabulary, gazetteer, limits)
        # a workbook may have been refused while a thread still reads it
        last = any_left_behind()
        _answer(answers, result, last)
        if last:
            os._exit(0)
        gc.collect()


def _bound_memory(limits: Limits) -> None:
    """Caps the address space, where the system knows how."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(
    job: Mapping[str, Any], vocabulary: Vocabulary, gazetteer: Gazetteer, limits: Limits
) -> FileReading | dict[str, Any]:
    try:
        limits = replace(limits, overlap_from_bytes=None) if job.get("careful") else limits
        guidance = Guidance.from_json(job["guidance"]) if "guidance" in job else NO_GUIDANCE
        return read_file(Path(job["path"]), job["source_file"], vocabulary, gazetteer, limits, guidance)
    except MemoryError:
        return {"failed": "memory"}
    except FileNotFoundError:
        return {"failed": "gone"}
    except OSError:
        return {"failed": "unreadable"}
    except Exception as error:  # noqa: BLE001
        # a fault of ours; its text may quote data, so only its kind and place leave this process
        last = traceback.extract_tb(error.__traceback__)[-1]
        return {"failed": "bug", "place": f"{type(error).__name__}，{Path(last.filename).name}:{last.lineno}"}


def _answer(answers: BinaryIO, result: FileReading | dict[str, Any], last: bool) -> None:
    if isinstance(result, dict):
        answers.write(json.dumps(result | {"last": last}).encode() + b"\n")
    else:
        head = {"report": asdict(result.report), "tables": [*result.tables], "last": last}
        answers.write(json.dumps(head).encode() + b"\n")
        for table in result.tables.values():
            with pa.ipc.new_stream(answers, table.schema) as writer:
                writer.write_table(table)
    answers.flush()


if __name__ == "__main__":
    main()
