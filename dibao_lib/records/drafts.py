"""What is being typed: one draft a record and what changed since, kept beside the log and dropped once it is saved."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.workspace import Inspection

FILE = "drafts.db"
# a draft as a whole, and the changes made to it afterwards: a long hearing is not written anew for each key
_TABLES = (
    """CREATE TABLE IF NOT EXISTS draft(
  kind TEXT NOT NULL, record_id TEXT NOT NULL, seq INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY(kind, record_id)
) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS change(
  kind TEXT NOT NULL, record_id TEXT NOT NULL, seq INTEGER NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY(kind, record_id, seq)
) WITHOUT ROWID""",
)
# number of the last draft, -1 when there is none
_SEQ = """max(coalesce((SELECT seq FROM draft WHERE kind = :kind AND record_id = :id), -1),
coalesce((SELECT max(seq) FROM change WHERE kind = :kind AND record_id = :id), -1))"""
_PUT = f"""INSERT INTO draft SELECT :kind, :id, :seq, :data WHERE :seq > {_SEQ}
ON CONFLICT(kind, record_id) DO UPDATE SET seq = excluded.seq, data = excluded.data"""
_AMEND = f"INSERT INTO change SELECT :kind, :id, :seq, :data WHERE :seq > :after AND {_SEQ} = :after"
_OVERTAKEN = """DELETE FROM change WHERE kind = :kind AND record_id = :id
AND seq < (SELECT seq FROM draft WHERE kind = :kind AND record_id = :id)"""
_GET = """SELECT seq, data FROM draft WHERE kind = :kind AND record_id = :id
UNION ALL SELECT * FROM (SELECT seq, data FROM change WHERE kind = :kind AND record_id = :id ORDER BY seq)"""


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of a workspace on this computer; never merged, never part of the log."""

    connection: sqlite3.Connection

    @classmethod
    def open(cls, ins: Inspection) -> Drafts:
        """The drafts of a workspace; close them, so that the file is let go.

        Raises:
            InputRefused: the file cannot be opened.
        """
        with _spoken():
            connection = sqlite3.connect(ins.folder / FILE, isolation_level=None, timeout=30, check_same_thread=False)
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON"):
                connection.execute(f"PRAGMA {pragma}")
            for table in _TABLES:
                connection.execute(table)
        return cls(connection)

    def close(self) -> None:
        """Lets go of the file."""
        self.connection.close()

    def put(self, kind: str, record_id: str, seq: int, data: Mapping[str, Any]) -> None:
        """Keeps what is on the screen; a message that arrives late (with a smaller `seq`) changes nothing.

        Raises:
            InputRefused: it cannot be stored.
        """
        whole = {"kind": kind, "id": record_id, "seq": seq, "data": json.dumps(data, separators=(",", ":"))}
        with _spoken():
            self.connection.execute("BEGIN IMMEDIATE")
            with self.connection:
                self.connection.execute(_PUT, whole)
                self.connection.execute(_OVERTAKEN, whole)

    def amend(self, kind: str, record_id: str, after: int, seq: int, changes: Sequence[Sequence[Any]]) -> bool:
        """Keeps what changed; False, and nothing kept, when the last draft is not the one that the changes are of.

        Args:
            kind: of the record.
            record_id: of the record.
            after: number of the draft that was on the screen before.
            seq: number of the draft they make, larger.
            changes: path and new value each, in order.

        Raises:
            InputRefused: it cannot be stored.
        """
        text = json.dumps(changes, separators=(",", ":"))
        amended = {"kind": kind, "id": record_id, "after": after, "seq": seq, "data": text}
        with _spoken():
            return self.connection.execute(_AMEND, amended).rowcount > 0

    def get(self, kind: str, record_id: str) -> tuple[int, dict[str, Any]] | None:
        """Number and content of the last draft, None when there is none."""
        with _spoken():
            found = self.connection.execute(_GET, {"kind": kind, "id": record_id}).fetchall()
        if not found:
            return None
        data = json.loads(found[0][1])
        for _, text in found[1:]:
            for path, value in json.loads(text):
                data = patched(data, path, value)
        return found[-1][0], data

    def drop(self, kind: str, record_id: str) -> None:
        """Forgets a draft; its bytes are overwritten in the file and in its log."""
        with _spoken():
            for table in ("draft", "change"):
                self.connection.execute(f"DELETE FROM {table} WHERE kind = ? AND record_id = ?", (kind, record_id))
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def listed(self, kind: str) -> list[str]:
        """The record ids with a draft of a kind."""
        with _spoken():
            found = self.connection.execute("SELECT record_id FROM draft WHERE kind = ? ORDER BY record_id", (kind,))
            return [record_id for (record_id,) in found]


def patched(data: Any, path: str, value: Any) -> Any:
    """A copy of the data with one value replaced; everything beside the path stays the same object.

    Raises:
        LookupError: the path leads nowhere.
        ValueError: it names a row by something else than a number.
        TypeError: it goes on below a plain value.
    """
    name, _, rest = path.partition(".")
    if isinstance(data, list):
        place = int(name)
        return [*data[:place], patched(data[place], rest, value) if rest else value, *data[place + 1 :]]
    if not isinstance(data, Mapping):
        raise TypeError(path)
    return {**data, name: patched(data[name], rest, value) if rest else value}


@contextmanager
def _spoken() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        told = "磁盘已满" if "full" in str(error) else "文件打不开、被占用或已损坏"
        raise InputRefused(f"草稿没有存下：{FILE} 所在{told}。已填写的内容仍在浏览器中，请处理后继续填写。") from None
