"""Files are read in a process of their own, within bounds of time and memory: a crash or a hang costs only its file."""

from __future__ import annotations

import hashlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa

import dibao_lib
from dibao_lib.evidence.answers import NO_GUIDANCE, Guidance
from dibao_lib.evidence.file import FileReading
from dibao_lib.evidence.gazetteer import Gazetteer
from dibao_lib.evidence.limits import Limits
from dibao_lib.evidence.report import FileReport

_FAILED = {
    "memory": "读取时内存超过限制，未导入。请拆分成几个文件或删除表格以外的多余内容后再报。",
    "gone": "文件不见了，可能刚被移走或改名。请放回后重新导入。",
    "unreadable": "文件打不开，可能正被其他程序占用或没有读取权限。请关闭占用它的程序后重新导入。",
    "crash": "文件使读取程序异常中止，内容不正常，未导入。请用 Excel 或 WPS 打开后另存为新文件再报。",
    "late": "读取超过{seconds}秒仍未完成，已放弃。请拆分成几个文件，或用 Excel、WPS 打开后另存为新文件再报。",
    "bug": "程序处理时出错（{place}），未导入。请把这一行告知维护人员；其余文件不受影响。",
}
# up to here looking at a workbook first costs less than a process that may have to be started again
_OVERLAP_FROM = 8 << 20


class GuardedReader:
    """Reads files one after another in one child process, which is started again after it died.

    Args:
        gazetteer: the county's places.
        limits: bounds on each file.
    """

    def __init__(self, gazetteer: Gazetteer, limits: Limits | None = None) -> None:  # noqa: D107
        given = limits or Limits()
        overlap = _OVERLAP_FROM if given.overlap_from_bytes is None else given.overlap_from_bytes
        self._limits = replace(given, overlap_from_bytes=overlap)
        self._setup = {"gazetteer": gazetteer.to_json(), "limits": asdict(self._limits)}
        self._process: subprocess.Popen[bytes] | None = None
        self._listener: threading.Thread | None = None
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        """The reader; its process starts with the first file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the process."""
        self._stop()

    def read(self, path: Path, source_file: str, guidance: Guidance = NO_GUIDANCE) -> FileReading:
        """One file; whatever happens to the process becomes a sentence in the report."""
        job = {"path": str(path), "source_file": source_file, "guidance": guidance.to_json()}
        answer = self._answer(job)
        if not isinstance(answer, FileReading) and answer["failed"] in {"crash", "memory"}:
            # looked at first, it may be refused for a reason
            answer = self._answer({**job, "careful": True})
        return answer if isinstance(answer, FileReading) else self._failed(path, source_file, answer)

    def _answer(self, job: Mapping[str, Any]) -> Any:
        """The reading, or how it failed; a process that will not go on is ended."""
        try:
            self._send(job)
            answer, last = self._answers.get(timeout=self._limits.seconds)
        except (queue.Empty, BrokenPipeError) as error:
            answer, last = {"failed": "late" if isinstance(error, queue.Empty) else "crash"}, True
        if last:
            self._stop()
        return answer

    def _send(self, message: Mapping[str, Any]) -> None:
        if self._process is None:
            self._start()
        self._write(message)

    def _start(self) -> None:
        root = str(Path(dibao_lib.__file__).resolve().parent.parent)
        paths = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "dibao_lib.evidence.reader"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )
        self._answers = queue.SimpleQueue()
        self._listener = threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True)
        self._listener.start()
        self._write(self._setup)

    def _write(self, message: Mapping[str, Any]) -> None:
        assert self._process and self._process.stdin
        self._process.stdin.write(json.dumps(message).encode() + b"\n")
        self._process.stdin.flush()

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        if self._listener:
            self._listener.join()
        for pipe in (process.stdin, process.stdout):
            try:
                if pipe:
                    pipe.close()
            except BrokenPipeError:
                pass

    def _failed(self, path: Path, source_file: str, answer: Mapping[str, str]) -> FileReading:
        reason = _FAILED[answer["failed"]].format(seconds=f"{self._limits.seconds:g}", place=answer.get("place", ""))
        content = path.read_bytes() if path.is_file() else b""
        digest = hashlib.sha256(content).hexdigest()
        return FileReading(FileReport(source_file, digest, len(content), refused=f"{source_file}：{reason}"))


def _listen(process: subprocess.Popen[bytes], answers: queue.SimpleQueue[Any]) -> None:
    """Turns what the child writes into results until it stops writing."""
    pipe = process.stdout
    try:
        while pipe and (line := pipe.readline()):
            head = json.loads(line)
            if "failed" in head:
                answers.put((head, head["last"]))
                continue
            tables = {name: pa.ipc.open_stream(pipe).read_all() for name in head["tables"]}
            answers.put((FileReading(FileReport.from_json(head["report"]), tables), head["last"]))
    except (ValueError, OSError, pa.ArrowInvalid):
        # the child died in the middle of a result
        pass
    answers.put(({"failed": "crash"}, True))
