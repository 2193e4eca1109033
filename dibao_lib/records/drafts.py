"""What is being typed: one draft a record, kept beside the log and dropped once it is saved."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.records.canonical import canonical
from dibao_lib.workspace import Inspection

FILE = "drafts.db"
_TABLE = """CREATE TABLE IF NOT EXISTS draft(
  kind TEXT NOT NULL, record_id TEXT NOT NULL, seq INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY(kind, record_id)
) WITHOUT ROWID"""
_PUT = """INSERT INTO draft VALUES(?, ?, ?, ?) ON CONFLICT(kind, record_id)
DO UPDATE SET seq = excluded.seq, data = excluded.data WHERE excluded.seq > draft.seq"""


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of a workspace on this computer; never merged, never part of the log."""

    path: Path

    @classmethod
    def open(cls, ins: Inspection) -> Drafts:
        """The drafts of a workspace."""
        return cls(ins.folder / FILE)

    def put(self, kind: str, record_id: str, seq: int, data: Mapping[str, Any]) -> None:
        """Keeps what is on the screen; a message that arrives late (with a smaller `seq`) changes nothing.

        Raises:
            InputRefused: it cannot be stored.
        """
        text = canonical(data)
        with self._connection() as connection:
            connection.execute(_PUT, (kind, record_id, seq, text))

    def get(self, kind: str, record_id: str) -> tuple[int, dict[str, Any]] | None:
        """Number and content of the last draft, None when there is none."""
        with self._connection() as connection:
            query = "SELECT seq, data FROM draft WHERE kind = ? AND record_id = ?"
            found = connection.execute(query, (kind, record_id)).fetchone()
        return (found[0], json.loads(found[1])) if found else None

    def drop(self, kind: str, record_id: str) -> None:
        """Forgets a draft; its bytes are overwritten."""
        with self._connection() as connection:
            connection.execute("DELETE FROM draft WHERE kind = ? AND record_id = ?", (kind, record_id))

    def listed(self, kind: str) -> list[str]:
        """The record ids with a draft of a kind."""
        with self._connection() as connection:
            found = connection.execute("SELECT record_id FROM draft WHERE kind = ? ORDER BY record_id", (kind,))
            return [record_id for (record_id,) in found]

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, isolation_level=None, timeout=30)) as connection:
                for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON"):
                    connection.execute(f"PRAGMA {pragma}")
                connection.execute(_TABLE)
                yield connection
        except sqlite3.Error as error:
            told = "磁盘已满" if "full" in str(error) else "文件打不开、被占用或已损坏"
            raise InputRefused(
                f"草稿没有存下：{FILE} 所在{told}。已填写的内容仍在浏览器中，请处理后继续填写。"
            ) from None
