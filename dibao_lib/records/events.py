"""What the log holds: events as written, and the records, conflicts and answers read from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """One thing one person did to one record; never changed afterwards.

    `hash` covers every other field; the personal part (`data`, `reason`) through salted digests, so that
    it can be erased by law while the chain still verifies. `base` holds the hashes of the events that the
    writer had before him, `prev` the hash of the device's event before.
    """

    device: str
    seq: int
    event_id: str
    at: str
    who: str
    kind: str
    record_id: str
    action: str
    submission: str
    base: tuple[str, ...]
    prev: str
    body_digest: str
    hash: str
    data: Mapping[str, Any]
    reason: str = ""
    erased: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, str, int]:
        """Where it stands among events that do not know each other; clocks may be wrong, so this is only a label."""
        return self.at, self.device, self.seq


@dataclass(frozen=True, slots=True)
class Saved:
    """The receipt of a save; `new` is False when this submission was stored before."""

    record_id: str
    revision: str
    new: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A record as its events leave it.

    `data` is that of the last save, without what was erased. `revision` is what a writer hands back as `base`.
    `status` is what was done last: saved, submitted, approved, rejected, signed, withdrawn, erased; `changed` for a
    save after an approval or signature; `disputed` while two people's versions stand side by side.
    """

    record_id: str
    kind: str
    data: Mapping[str, Any]
    revision: str
    who: str
    at: str
    status: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the versions of a disputed record."""

    who: str
    at: str
    device: str
    action: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record that people changed without knowing of each other; a save upon `revision` with a reason decides it."""

    record_id: str
    kind: str
    fields: tuple[str, ...]
    sides: tuple[Side, ...]
    revision: str
