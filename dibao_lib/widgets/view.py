"""One tab of a browser as Python knows it: what it shows, what it was told, and what changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dibao_lib.records.drafts import patched
from dibao_lib.widgets.judging import Judged, packed


@dataclass(slots=True)
class View:
    """One open record in one tab: what was typed by its last message, and the faults it was told."""

    judged: Judged
    record_id: str = ""
    seq: int = 0
    typed: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


def on_screen(message: Mapping[str, Any], view: View) -> Mapping[str, Any] | None:
    """All that was typed, from a whole message or from what changed since the last one; None when that was not seen."""
    if "d" in message:
        return dict(message["d"])
    if (view.record_id, view.seq) != (message["id"], message.get("after")):
        return None
    typed: Any = view.typed
    try:
        for path, value in message["set"]:
            typed = patched(typed, path, value)
    except (LookupError, ValueError, TypeError):
        return None
    return dict(typed)


def as_sent(reply: dict[str, Any], view: View) -> dict[str, Any]:
    """The reply as it is sent; the view is told these faults."""
    if "opened" in reply:
        return reply | {"opened": as_sent(reply["opened"], view)}
    if "errors" not in reply:
        return reply
    view.faults = reply["errors"]
    return reply | {"errors": packed(view.faults, reply.get("d") or view.typed)}
