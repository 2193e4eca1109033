"""The append-only event log of a workspace: a save is acknowledged when it is on the disk, nothing is ever rewritten."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import platform
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa

from dibao_lib.errors import InputRefused
from dibao_lib.records import schema
from dibao_lib.records.audit import audit
from dibao_lib.records.checkpoint import Checkpoint, heads_of, keep
from dibao_lib.records.erasure import apply_erasure, reject_unknown
from dibao_lib.records.events import Conflict, Event, Record, Saved
from dibao_lib.records.history import by_record, conflict_in, heads, ordered, record_from, revision, settled
from dibao_lib.records.identifiers import new_id
from dibao_lib.records.parts import salted
from dibao_lib.records.rows import insert, read_events, sealed
from dibao_lib.records.store import FILE, Store, open_store
from dibao_lib.workspace import Inspection

_NEEDS_REASON = {"reject": "退回", "withdraw": "撤回", "erase": "抹除个人信息"}
_LONGEST = 200


class RecordMoved(InputRefused):
    """Somebody saved the record after the writer had opened it."""


@dataclass(frozen=True, slots=True)
class RecordLog:
    """The log of one workspace; `store` is its database, `place` tells this computer and folder from others.

    Close it, or use it as a context, so that the file is let go.
    """

    store: Store
    place: str
    randomness: Callable[[int], bytes] = secrets.token_bytes

    @classmethod
    def open(cls, ins: Inspection, randomness: Callable[[int], bytes] = secrets.token_bytes) -> RecordLog:
        """The log that plan.toml names under [records], else records.db in the workspace.

        Raises:
            InputRefused: the database cannot be opened.
        """
        url = ins.plan.records.url
        store = open_store(ins.folder, url)
        return cls(store, _place(ins.folder, on_file=not url), randomness)

    def close(self) -> None:
        """Lets go of the database."""
        self.store.close()

    def __enter__(self) -> Self:
        """The log itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes it."""
        self.close()

    def save(
        self,
        kind: str,
        record_id: str,
        data: Mapping[str, Any],
        *,
        who: str,
        now: dt.datetime,
        submission: str,
        base: str = "",
        reason: str = "",
        action: str = "save",
    ) -> Saved:
        """Appends one event; returns when it is durable.

        Args:
            kind: the record kind's name.
            record_id: the record; a new one for a record that does not exist (`new_id`).
            data: what was entered, JSON without floats; for `erase` {"fields": [...]}, empty for everything.
            who: the person.
            now: the time by this computer.
            submission: made by the writer once a click, so that a second click is not a second event.
            base: the revision the writer had before him, empty for a new record.
            reason: why; required for reject, withdraw, erase, and for a save after an approval or signature.
            action: save, submit, approve, reject, sign, withdraw, erase.

        Raises:
            RecordMoved: the record is not at `base`; says who saved when.
            InputRefused: something is missing or cannot be stored.
        """
        about = {"who": who, "kind": kind, "record_id": record_id, "action": action, "submission": submission}
        _reject_unfit(about, reason)
        parts = salted(data, reason, self.randomness)
        with self.store.writing() as connection:
            if earlier := read_events(connection, schema.event.c.submission == submission):
                return Saved(earlier[0].record_id, earlier[0].hash, new=False)
            events = read_events(connection, schema.event.c.record_id == record_id)
            _reject_moved(events, base)
            _reject_unexplained(events, action, reason)
            if action == "erase":
                reject_unknown(events, data)
            row, body = sealed({**about, **self._next(connection, now)}, base.split("+") if base else (), parts)
            insert(connection, [row], [body])
            if action == "erase":
                apply_erasure(connection, record_id)
        if action == "erase":
            self.store.scrub()
        return Saved(record_id, row["hash"], new=True)

    def records(self, kind: str | None = None) -> list[Record]:
        """All records, or those of one kind, by id (which is by time of making)."""
        return [record_from(events) for events in by_record(self._events(kind))]

    def record(self, record_id: str) -> Record | None:
        """One record, None when nobody saved it."""
        events = self._of(record_id)
        return record_from(events) if events else None

    def history(self, record_id: str) -> list[Event]:
        """The events of a record, each after those it was written upon."""
        return ordered(self._of(record_id))

    def conflicts(self) -> list[Conflict]:
        """Records that people changed without knowing of each other, to be decided by a named person."""
        found = (conflict_in(ordered(events)) for events in by_record(self._events(None)))
        return [conflict for conflict in found if conflict]

    def checkpoint(self) -> Checkpoint:
        """Count and digest of all events, for reports and signature sheets; the log notes what it handed out."""
        with self.store.writing() as connection:
            return keep(connection, heads_of(connection))

    def verify(self, *checkpoints: Checkpoint) -> list[str]:
        """What does not hold in the log, as Chinese sentences; empty when it is sound.

        Args:
            checkpoints: from printed pages (`Checkpoint.parse`).
        """
        return audit(self.store, checkpoints)

    def _events(self, kind: str | None) -> list[Event]:
        with self.store.reading() as connection:
            return read_events(connection, None if kind is None else schema.event.c.kind == kind)

    def _of(self, record_id: str) -> list[Event]:
        with self.store.reading() as connection:
            return read_events(connection, schema.event.c.record_id == record_id)

    def _next(self, connection: sa.Connection, now: dt.datetime) -> dict[str, Any]:
        """Device, place in its chain, link, id and time of the event to be written."""
        device = self._device(connection, now)
        columns = schema.event.c
        query = sa.select(columns.seq, columns.hash).where(columns.device == device).order_by(columns.seq.desc())
        last = connection.execute(query.limit(1)).first()
        seq, prev = (last.seq, last.hash) if last else (0, "")
        at = now.isoformat(timespec="seconds")
        return {"device": device, "seq": seq + 1, "prev": prev, "event_id": new_id(now, self.randomness), "at": at}

    def _device(self, connection: sa.Connection, now: dt.datetime) -> str:
        """The chain this computer and folder write; a copied workspace starts one of its own."""
        columns = schema.device.c
        known = connection.execute(sa.select(columns.device).where(columns.place == self.place)).scalar()
        if known is None:
            known = new_id(now, self.randomness)
            connection.execute(schema.device.insert(), {"place": self.place, "device": known})
        return str(known)


def _place(folder: Path, *, on_file: bool) -> str:
    """A digest that changes when the workspace is copied or carried to another computer."""
    inode = (folder / FILE).stat().st_ino if on_file else 0
    words = (platform.node(), os.fspath(folder), str(inode))
    return hashlib.sha256("\0".join(words).encode(errors="surrogateescape")).hexdigest()


def _reject_unfit(about: Mapping[str, str], reason: str) -> None:
    titles = {"who": "记录人", "kind": "记录种类", "record_id": "记录编号", "action": "操作", "submission": "提交编号"}
    for name, value in about.items():
        if not value.strip() or len(value) > _LONGEST or not value.isprintable():
            raise InputRefused(
                f"{titles[name]}应为1至{_LONGEST}个字、不换行，这次没有保存。请填写{titles[name]}后再保存。"
            )
    if about["action"] in _NEEDS_REASON and not reason.strip():
        raise InputRefused(f"{_NEEDS_REASON[about['action']]}须写明理由，这次没有保存。请填写理由后再试。")


def _reject_moved(events: list[Event], base: str) -> None:
    if revision(events) == base:
        return
    if not events:
        raise InputRefused("记录库中没有要更正的这条记录，这次没有保存。请重新打开记录清单，从中选择后再保存。")
    last = ordered(events)[-1]
    raise RecordMoved(
        f"{last.who}已于{last.at.replace('T', ' ')}保存过这条记录，您看到的不是最新内容，这次没有保存。"
        "请重新打开该记录，核对后再保存；您填写的内容仍在草稿中。"
    )


def _reject_unexplained(events: list[Event], action: str, reason: str) -> None:
    if action != "save" or reason.strip():
        return
    if settled(events):
        raise InputRefused("这条记录已审核或签字，更正须写明理由，这次没有保存。请填写更正理由后再保存。")
    if len(heads(events)) > 1:
        raise InputRefused("这条记录有不同的人分别填写的几份，定稿须写明理由，这次没有保存。请填写理由后再保存。")
