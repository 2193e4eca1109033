"""Lawful erasure (个人信息保护法第四十七条): the personal parts go, their salted digests stay, the chain still verifies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from dibao_lib.errors import InputRefused
from dibao_lib.records.events import Event
from dibao_lib.records.parts import erased_text
from dibao_lib.records.rows import read_events, read_rows
from dibao_lib.records.schema import body, event


def apply_erasure(connection: sa.Connection, record_id: str) -> None:
    """Takes out of a record's stored parts what its erase events name; again and again with the same result."""
    events = read_events(connection, event.c.record_id == record_id)
    orders = [erased_fields(each) for each in events if each.action == "erase"]
    for row, parts in list(read_rows(connection, event.c.record_id == record_id)):
        # an erase event is the proof of itself and keeps its own words
        if parts is None or row["action"] == "erase":
            continue
        if (left := erased_text(parts, orders)) != parts:
            connection.execute(body.delete().where(body.c.hash == row["hash"]))
            connection.execute(body.insert(), {"hash": row["hash"], "parts": left})


def erased_fields(order: Event) -> tuple[str, ...]:
    """The fields that an erase event names; none means all."""
    fields = order.data.get("fields") or ()
    return tuple(str(field) for field in fields)


def reject_unknown(events: Iterable[Event], data: Mapping[str, Any]) -> None:
    """Lets through an erasure of fields that the record has.

    Raises:
        InputRefused: it names none of them, or names them wrongly.
    """
    fields = data.get("fields", [])
    have = {name for event in events for name in event.data}
    if not isinstance(fields, list | tuple) or any(str(field).partition(".")[0] not in have for field in fields):
        raise InputRefused("要抹除的项目在这条记录中没有，什么也没有抹除。请从记录的项目中选择；整条抹除的不写项目。")
