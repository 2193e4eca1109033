"""The personal part of an event: split into parts, each hashed with a salt of its own, so that one can be erased."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.records.canonical import canonical, digest

REASON = "=reason"
_SALT_BYTES = 16
# name -> [salt, canonical JSON], or the digest alone once erased
Parts = Mapping[str, "list[str] | str"]


def salted(data: Mapping[str, Any], reason: str, randomness: Callable[[int], bytes]) -> dict[str, list[str] | str]:
    """The parts of what a person entered: one a field, one a row of a table (`cases.3`), and the reason.

    Raises:
        InputRefused: a field has a name that a part cannot have, or a value that is not JSON without floats.
    """
    named = dict(_split(data))
    if reason:
        named[REASON] = reason
    salts = randomness(_SALT_BYTES * len(named)).hex()
    width = 2 * _SALT_BYTES
    return {name: [salts[n * width : (n + 1) * width], canonical(named[name])] for n, name in enumerate(sorted(named))}


def _split(data: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    for field, value in data.items():
        if not isinstance(field, str) or set(field) & set(".=") or not field.isprintable():
            raise InputRefused("记录中有一个项目名含有点号、等号或换行，这次没有保存。请把这一句告知维护人员。")
        if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
            yield from ((f"{field}.{number}", row) for number, row in enumerate(value))
        else:
            yield field, value


def joined(parts: Parts) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """Data, reason and the names of erased parts; an erased row stays as an empty one, an erased field is absent."""
    data: dict[str, Any] = {}
    for name in sorted(parts, key=_place):
        field, dot, _ = name.partition(".")
        part = parts[name]
        if dot:
            data.setdefault(field, []).append({} if isinstance(part, str) else json.loads(part[1]))
        elif not isinstance(part, str):
            data[name] = json.loads(part[1])
    reason = data.pop(REASON, "")
    return data, reason, tuple(sorted(name for name, part in parts.items() if isinstance(part, str)))


def _place(name: str) -> tuple[str, int]:
    field, _, row = name.partition(".")
    return field, int(row or 0)


def part_digest(name: str, part: list[str] | str) -> str:
    """The salted digest of one part; an erased part has kept only this."""
    return part if isinstance(part, str) else digest(part[0], name, part[1])


def body_digest(parts: Parts) -> str:
    """What the event's hash covers of its personal part."""
    lines = "\n".join(f"{name}={part_digest(name, parts[name])}" for name in sorted(parts))
    return hashlib.sha256(lines.encode()).hexdigest()


def without(parts: Parts, fields: Iterable[str]) -> dict[str, list[str] | str]:
    """The parts with some of them erased: named fields, rows of them, or everything when no field is named."""
    chosen = tuple(fields)
    return {name: part_digest(name, part) if covers(chosen, name) else part for name, part in parts.items()}


def covers(fields: Iterable[str], name: str) -> bool:
    """True when an erasure of these fields erases the part; of none means of all."""
    chosen = tuple(fields)
    return not chosen or name in chosen or name.partition(".")[0] in chosen
