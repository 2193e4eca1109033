"""Lawful erasure (个人信息保护法第四十七条): the personal parts go, their salted digests stay, the chain still verifies."""

from __future__ import annotations

import json

import sqlalchemy as sa

from dibao_lib.records.canonical import canonical
from dibao_lib.records.events import Event
from dibao_lib.records.parts import without
from dibao_lib.records.rows import read_events, read_rows
from dibao_lib.records.schema import body, event


def apply_erasure(connection: sa.Connection, record_id: str) -> None:
    """Takes out of a record's stored parts what its erase events name; again and again with the same result."""
    events = read_events(connection, event.c.record_id == record_id)
    orders = [each for each in events if each.action == "erase"]
    for row, parts in list(read_rows(connection, event.c.record_id == record_id)):
        # an erase event is the proof of itself and keeps its own words
        if parts is None or row["action"] == "erase":
            continue
        stored = json.loads(parts)
        for order in orders:
            stored = without(stored, erased_fields(order))
        if (left := canonical(stored)) != parts:
            connection.execute(body.delete().where(body.c.hash == row["hash"]))
            connection.execute(body.insert(), {"hash": row["hash"], "parts": left})


def erased_fields(order: Event) -> tuple[str, ...]:
    """The fields that an erase event names; none means all."""
    fields = order.data.get("fields") or ()
    return tuple(str(field) for field in fields)
