"""Events on their way into and out of the database's rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from dibao_lib.errors import InputRefused
from dibao_lib.records.canonical import canonical, digest, spelled
from dibao_lib.records.events import Event
from dibao_lib.records.parts import Parts, joined, opened, stored
from dibao_lib.records.schema import body, event

# the fields an event's hash covers, in the order of hashing
HASHED = (
    "device",
    "seq",
    "prev",
    "event_id",
    "at",
    "who",
    "kind",
    "record_id",
    "action",
    "submission",
    "base",
    "body_digest",
)
_FORMAT = "dibao-event-1"
_COLUMNS = (*event.c.keys(), "parts")


def event_hash(row: Mapping[str, Any]) -> str:
    """SHA-256 over everything an event says; numbers and texts differ, order counts."""
    return digest(_FORMAT, spelled([row[name] for name in HASHED]))


def sealed(row: dict[str, Any], base: Iterable[str], parts: Parts) -> tuple[dict[str, Any], dict[str, str]]:
    """The row of an event, with base, digest of its personal part and hash; and the row of that part."""
    text, covered = stored(parts)
    row = {**row, "base": canonical(sorted(base)), "body_digest": covered}
    row["hash"] = event_hash(row)
    return row, {"hash": row["hash"], "parts": text}


def read_rows(connection: sa.Connection, where: sa.ColumnElement[bool] | None = None) -> Iterator[tuple[Any, Any]]:
    """(row, parts as stored or None) of every event, by device and place in its chain."""
    query = sa.select(event, body.c.parts).outerjoin(body, body.c.hash == event.c.hash)
    if where is not None:
        query = query.where(where)
    for values in connection.execute(query.order_by(event.c.device, event.c.seq)):
        row = dict(zip(_COLUMNS, values, strict=True))
        yield row, row.pop("parts")


def read_events(connection: sa.Connection, where: sa.ColumnElement[bool] | None = None) -> list[Event]:
    """The events, with their personal parts put together."""
    return [_event(row, parts) for row, parts in read_rows(connection, where)]


def _event(row: Mapping[str, Any], parts: str | None) -> Event:
    values = {name: row[name] for name in (*HASHED, "hash") if name != "base"}
    try:
        data, reason, erased = joined(opened(parts)[1]) if parts else ({}, "", ())
        base = tuple(json.loads(row["base"]))
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise InputRefused(
            f"记录库中设备{row['device'][-6:]}第{row['seq']}条无法读取，已损坏或被改动。请运行 dibao verify 查明，并从备份恢复。"
        ) from None
    return Event(**values, base=base, data=data, reason=reason, erased=erased)


def insert(connection: sa.Connection, rows: list[dict[str, Any]], bodies: list[dict[str, str]]) -> None:
    """Appends events and their personal parts."""
    if rows:
        connection.execute(event.insert(), rows)
    if bodies:
        connection.execute(body.insert(), bodies)
