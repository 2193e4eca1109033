"""evidence/manifest.json: what was imported, from which bytes, how each sheet was read, and what came before.

Keys: `files` (source_file -> FileReport), `history` (source_file -> earlier versions, newest last), `refused`
(source_file -> FileReport of the last refusal), `tables` (name -> title, rows, sha256), `forms`, `gazetteer` and
`answers` (digests of what the files were read with; when they change, all files are read again).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.form import Form
from dibao_lib.evidence.report import FileReport
from dibao_lib.intact import MANIFEST


@dataclass(slots=True)
class Manifest:
    """The manifest of a workspace."""

    files: dict[str, FileReport] = field(default_factory=dict)
    history: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    refused: dict[str, FileReport] = field(default_factory=dict)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    forms: str = ""
    gazetteer: str = ""
    answers: str = ""

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """The manifest in a folder of evidence; an empty one when nothing was imported yet.

        Raises:
            InputRefused: it cannot be read.
        """
        path = folder / MANIFEST
        if not path.is_file():
            return cls()
        try:
            data = json.loads(path.read_bytes())
            files, refused = ({n: FileReport.from_json(f) for n, f in data[k].items()} for k in ("files", "refused"))
            return cls(
                files,
                data["history"],
                refused,
                data["tables"],
                data["forms"],
                data["gazetteer"],
                data.get("answers", ""),
            )
        except (ValueError, KeyError, TypeError):
            raise InputRefused(
                "evidence/manifest.json 已损坏。请从备份恢复，或删除 evidence 文件夹后重新导入 inbox。"
            ) from None

    def content(self) -> bytes:
        """The file; the same manifest gives the same bytes."""
        parts = (f"{json.dumps(one.name)}: {_lines(getattr(self, one.name))}" for one in fields(self))
        return ("{\n" + ",\n".join(parts) + "\n}").encode()

    def accept(self, report: FileReport) -> None:
        """Notes a file whose rows are now in the tables, and the version it replaces."""
        name = report.source_file
        old = self.files.get(name)
        if old and old.sha256 != report.sha256:
            version = {"sha256": old.sha256, "size": old.size, "imported_at": old.imported_at, "read": old.read}
            self.history.setdefault(name, []).append(version | {"quarantined": old.set_aside})
        self.files[name] = report
        self.refused.pop(name, None)

    def refuse(self, report: FileReport) -> None:
        """Notes a file that was refused; rows of an earlier version stay."""
        self.refused[report.source_file] = report


def _lines(part: Mapping[str, Any] | str) -> str:
    """A part of the manifest as JSON, one line an entry: files may be many, and JSON indented throughout is slow."""
    if isinstance(part, str):
        return json.dumps(part)
    lines = (f"{_json(name)}: {_json(entry)}" for name, entry in sorted(part.items()))
    return "{\n" + ",\n".join(lines) + "\n}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_record)


def _record(record: Any) -> dict[str, Any]:
    return {one.name: getattr(record, one.name) for one in fields(record)}


def forms_digest(forms: Sequence[Form]) -> str:
    """Changes whenever a declaration changes."""
    return hashlib.sha256(repr(forms).encode()).hexdigest()
