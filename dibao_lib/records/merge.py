"""Taking in other teams' events: a set union, so that any order and any number of times give the same log.

Nothing is overwritten: what two people wrote without knowing of each other stays side by side until a person decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from dibao_lib.errors import InputRefused
from dibao_lib.records.canonical import canonical
from dibao_lib.records.chain import Walk, short
from dibao_lib.records.checkpoint import Checkpoint, checkpoint_of, heads_text, read_heads
from dibao_lib.records.erasure import apply_erasure, erased_fields
from dibao_lib.records.parts import opened, readable
from dibao_lib.records.rows import HASHED, insert, read_events, read_rows
from dibao_lib.records.schema import checkpoint as notes
from dibao_lib.records.schema import event
from dibao_lib.records.store import Store

_TEXTS = tuple(name for name in (*HASHED, "hash") if name != "seq")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a merge did: events that were new and records they belong to."""

    events: int
    records: int


def written_events(store: Store) -> tuple[bytes, bytes]:
    """All events with their personal parts, and the notes of checkpoints, as two JSON files."""
    with store.reading() as connection:
        lines = [
            {**{name: row[name] for name in (*_TEXTS, "seq")}, "parts": parts} for row, parts in read_rows(connection)
        ]
        kept = [heads for (heads,) in connection.execute(sa.select(notes.c.heads))]
    return canonical(lines).encode(), canonical(sorted(kept)).encode()


def take_in(store: Store, name: str, events: bytes, checkpoints: bytes) -> Taken:
    """Adds the events that the log does not have, in one transaction.

    Args:
        store: the log's database.
        name: of the package, for sentences.
        events: as `written_events` wrote them.
        checkpoints: likewise.

    Raises:
        InputRefused: the events do not hold together or contradict what the log has; nothing was added.
    """
    rows = _read(name, events)
    with store.writing() as connection:
        known = _known(connection)
        _reject_forked(name, rows, known)
        new = [row for row in rows if (row["device"], row["seq"]) not in known]
        _reject_unsound(connection, name, new, known)
        insert(connection, [{k: v for k, v in row.items() if k != "parts"} for row in new], _bodies(new))
        wiped = _erase(connection, {row["record_id"] for row in new})
        _note(connection, checkpoints)
    if wiped:
        store.scrub()
    return Taken(len(new), len({row["record_id"] for row in new}))


def _known(connection: sa.Connection) -> dict[tuple[str, int], str]:
    """(device, number) -> hash of every event of the log."""
    columns = event.c
    query = sa.select(columns.device, columns.seq, columns.hash)
    return {(device, seq): last for device, seq, last in connection.execute(query)}


def _read(name: str, text: bytes) -> list[dict[str, Any]]:
    """The rows, by device and place in its chain."""
    try:
        rows: list[dict[str, Any]] = json.loads(text)
        rows = [{**row, "parts": _spelled(row["parts"])} for row in rows]
        if all(_fits(row) for row in rows):
            return sorted(rows, key=lambda row: (row["device"], row["seq"]))
    except (InputRefused, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    raise InputRefused(f"{name} 中的记录不完整或写法不对，未并入。请对方升级软件后重新打包。")


def _spelled(parts: Any) -> str:
    """Stored parts in their one spelling; packages of earlier versions hold the parts themselves."""
    half, found = opened(parts) if isinstance(parts, str) else ("", parts)
    return half + canonical(found)


def _fits(row: Mapping[str, Any]) -> bool:
    """True when a row has the columns of an event and nothing that a database could take for something else."""
    return (
        set(row) == {*_TEXTS, "seq", "parts"}
        and all(type(row[name]) is str and row[name].isprintable() for name in _TEXTS)
        and type(row["seq"]) is int
        and 0 < row["seq"] < 1 << 31
        and readable(opened(row["parts"])[1])
        and all(type(each) is str for each in json.loads(row["base"]))
    )


def _bodies(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    return [{"hash": row["hash"], "parts": row["parts"]} for row in rows]


def _reject_forked(name: str, rows: Sequence[Mapping[str, Any]], known: Mapping[tuple[str, int], str]) -> None:
    for row in rows:
        if known.get((row["device"], row["seq"]), row["hash"]) != row["hash"]:
            raise InputRefused(
                f"{name} 中设备{short(row['device'])}第{row['seq']}条与本机已有的不同：其中一份被改写过，未并入。"
                "请用两边印出的校验点运行 dibao verify，查明哪一份是原件。"
            )


def _reject_unsound(
    connection: sa.Connection, name: str, new: Sequence[Mapping[str, Any]], known: Mapping[tuple[str, int], str]
) -> None:
    """Every new event must follow on what the log has, with every hash right."""
    place: dict[str, tuple[int, str]] = {}
    for (device, seq), last in known.items():
        place[device] = max(place.get(device, (0, "")), (seq, last))
    walk = Walk(place, set(known.values()), thorough=True)
    for order in read_events(connection, event.c.action == "erase"):
        walk.orders.setdefault(order.record_id, []).append(erased_fields(order))
    for row in new:
        walk.step(row, row["parts"])
    if problems := walk.ended():
        more = f"（共{len(problems)}处）" if len(problems) > 1 else ""
        raise InputRefused(
            f"{name} 中的记录核验不通过，未并入：{problems[0].rstrip('。')}{more}。请对方运行 dibao verify 查明。"
        )


def _erase(connection: sa.Connection, changed: Iterable[str]) -> bool:
    """Applies erasures, wherever they were ordered, to records that got new events."""
    orders = connection.execute(sa.select(event.c.record_id).where(event.c.action == "erase").distinct()).scalars()
    touched = sorted(set(changed) & set(orders))
    for record_id in touched:
        apply_erasure(connection, record_id)
    return bool(touched)


def _note(connection: sa.Connection, text: bytes) -> None:
    """Keeps the other log's notes of its printed checkpoints, as far as this log has passed through them too."""
    have = _known(connection)
    kept = set(connection.execute(sa.select(notes.c.digest)).scalars())
    for line in json.loads(text or b"[]"):
        heads = read_heads(line)
        made: Checkpoint = checkpoint_of(heads)
        passed = all(have.get((device, seq)) == last for device, (seq, last) in heads.items())
        if heads and passed and made.digest not in kept:
            kept.add(made.digest)
            connection.execute(notes.insert(), {"digest": made.digest, "count": made.count, "heads": heads_text(heads)})
