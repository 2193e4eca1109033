"""What a record's events amount to: causal order, the versions nobody has replaced, the record as it stands."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from dibao_lib.records.events import Conflict, Event, Record, Side

_DONE = {"save": "saved", "submit": "submitted", "approve": "approved", "reject": "rejected", "sign": "signed"}
_DONE |= {"withdraw": "withdrawn", "erase": "erased"}
# after these a correction needs a reason
_SETTLED = {"approve", "sign"}


def heads(events: Sequence[Event]) -> tuple[str, ...]:
    """The events no other event was written upon: one, or several where people did not know of each other."""
    known = {each for event in events for each in event.base}
    return tuple(sorted(event.hash for event in events if event.hash not in known))


def revision(events: Sequence[Event]) -> str:
    """What a writer must have had before him; empty for a record that does not exist."""
    return "+".join(heads(events))


def ordered(events: Iterable[Event]) -> list[Event]:
    """Events with each after those it was written upon and after its device's earlier ones, whatever the clocks say."""
    known = {event.hash: event for event in events}
    waiting = {each: _before(event, known) for each, event in known.items()}
    after: dict[str, list[str]] = {}
    for each, before in waiting.items():
        for earlier in before:
            after.setdefault(earlier, []).append(each)
    ready = [(known[each].order, each) for each, before in waiting.items() if not before]
    heapq.heapify(ready)
    result = []
    while ready:
        _, done = heapq.heappop(ready)
        result.append(known[done])
        for each in after.get(done, ()):
            waiting[each].discard(done)
            if not waiting[each]:
                heapq.heappush(ready, (known[each].order, each))
    return result


def _before(event: Event, known: Mapping[str, Event]) -> set[str]:
    same_device = (other for other in known.values() if other.device == event.device and other.seq < event.seq)
    nearest = max(same_device, key=lambda other: other.seq, default=None)
    return {each for each in event.base if each in known} | ({nearest.hash} if nearest else set())


def ancestry(event: Event, events: Sequence[Event]) -> list[Event]:
    """The event and all it was written upon, in causal order."""
    known = {each.hash: each for each in events}
    seen, waiting = {event.hash}, [event]
    while waiting:
        for each in waiting.pop().base:
            if each in known and each not in seen:
                seen.add(each)
                waiting.append(known[each])
    return ordered(each for each in events if each.hash in seen)


def record_from(events: Sequence[Event]) -> Record:
    """The record that its events leave.

    Args:
        events: all events of one record, in any order.
    """
    line = ordered(events)
    last = line[-1]
    status = "disputed" if conflict_in(line) else _status(line)
    return Record(last.record_id, line[0].kind, entered(line), revision(line), last.who, last.at, status, tuple(line))


def entered(line: Sequence[Event]) -> Mapping[str, Any]:
    """The data of the last save."""
    return next((event.data for event in reversed(line) if event.action == "save"), {})


def settled(line: Sequence[Event]) -> bool:
    """True when the record was approved or signed, so that a correction needs a reason."""
    return any(event.action in _SETTLED for event in line)


def _status(line: Sequence[Event]) -> str:
    action = line[-1].action
    return "changed" if action == "save" and settled(line) else _DONE.get(action, action)


def conflict_in(line: Sequence[Event]) -> Conflict | None:
    """The dispute in a record's events, None when everyone's last word is the same."""
    if len(tips := [event for event in line if event.hash in heads(line)]) < 2:
        return None
    sides = [(tip, entered(ancestry(tip, line))) for tip in tips]
    names = sorted({name for _, data in sides for name in data})
    fields = tuple(name for name in names if any(data.get(name) != sides[0][1].get(name) for _, data in sides))
    if not fields and len({tip.action for tip in tips}) == 1:
        return None
    told = tuple(Side(tip.who, tip.at, tip.device, tip.action, data) for tip, data in sides)
    return Conflict(line[0].record_id, line[0].kind, fields, told, revision(line))


def by_record(events: Iterable[Event]) -> list[list[Event]]:
    """Events grouped by record; records in the order of their ids."""
    line = sorted(events, key=lambda event: event.record_id)
    return [list(group) for _, group in groupby(line, key=lambda event: event.record_id)]
