"""The personal part of an event: split into parts, each hashed with a salt of its own, so that one can be erased."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.records.canonical import canonical, digest

REASON = "=reason"
_FORMAT = "dibao-body-2"
_HALF = 64
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
    return data, reason, tuple(sorted(erased_names(parts)))


def _place(name: str) -> tuple[str, int]:
    field, _, row = name.partition(".")
    return field, int(row or 0)


def part_digest(name: str, part: list[str] | str) -> str:
    """The salted digest of one part; an erased part has kept only this."""
    if isinstance(part, str):
        return part
    salt, text = part
    return sha256(f"{salt}\x1f{name}\x1f{text}".encode()).hexdigest()


def body_digest(parts: Parts) -> str:
    """The digest over the digests of the parts; all that the hash of an event of earlier versions covers of them."""
    lines = [f"{name}={part_digest(name, part)}" for name, part in sorted(parts.items())]
    return sha256("\n".join(lines).encode()).hexdigest()


def stored(parts: Parts) -> tuple[str, str]:
    """The text that is kept of the parts, and the digest of them that the event's hash covers.

    The digest covers the text as a whole and the digests of its parts; in front of the text stands the half that the
    text itself does not give at once: that of the parts, or of the former whole once something was erased. So one
    SHA-256 proves a body nobody erased anything from, and the salted parts prove the others.
    """
    text, of_parts = canonical(parts), body_digest(parts)
    return of_parts + text, digest(_FORMAT, digest(text), of_parts)


def opened(text: str) -> tuple[str, dict[str, Any]]:
    """What stands in front of the stored parts, and the parts; events of earlier versions have nothing there.

    Raises:
        ValueError: it is no such text.
    """
    half, brace, rest = text.partition("{")
    return half, json.loads(brace + rest)


def whole_digest(text: str) -> str:
    """What the event's hash covers, if the stored text is to the letter what was written: no part need be looked at."""
    return digest(_FORMAT, digest(text[_HALF:]), text[:_HALF])


def covered_digest(text: str) -> str:
    """What the event's hash covers, worked out from every part or what is left of it."""
    half, parts = opened(text)
    of_parts = body_digest(parts)
    if not half:
        return of_parts
    return digest(_FORMAT, half if erased_names(parts) else digest(text[_HALF:]), of_parts)


def erased_names(parts: Parts) -> list[str]:
    """The parts of which only the digest is left."""
    return [name for name, part in parts.items() if isinstance(part, str)]


def erased_text(text: str, orders: Iterable[Iterable[str]]) -> str:
    """The stored text without what the orders name."""
    half, parts = opened(text)
    left = parts
    for fields in orders:
        left = without(left, fields)
    if left == parts:
        return text
    return (digest(text[_HALF:]) if half and not erased_names(parts) else half) + canonical(left)


def readable(parts: Any) -> bool:
    """True when parts from elsewhere have the shape that `salted` gives, so that they can be joined."""
    try:
        shaped = all(
            re.fullmatch(r"=reason|[^.=]+(\.\d{1,6})?", name)
            and (isinstance(part, str) or [*map(type, part)] == [str, str])
            for name, part in parts.items()
        )
        if shaped:
            joined(parts)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return False
    return shaped


def without(parts: Parts, fields: Iterable[str]) -> dict[str, list[str] | str]:
    """The parts with some of them erased: named fields, rows of them, or everything when no field is named."""
    chosen = tuple(fields)
    return {name: part_digest(name, part) if covers(chosen, name) else part for name, part in parts.items()}


def covers(fields: Iterable[str], name: str) -> bool:
    """True when an erasure of these fields erases the part; of none means of all."""
    chosen = tuple(fields)
    return not chosen or name in chosen or name.partition(".")[0] in chosen
