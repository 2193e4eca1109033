"""Whether two written names may be one person's: a character a computer could not write stands for any (no. 13)."""

from __future__ import annotations

_UNKNOWN = frozenset("?？□■〓*＊\ufffd")


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names agree; ?, □ and private characters agree with any one character."""
    if not one or not other or len(one) != len(other):
        return False
    return all(a == b or _is_unknown(a) or _is_unknown(b) for a, b in zip(one, other, strict=True))


def is_readable(name: str) -> bool:
    """Whether every character of a name is known."""
    return not any(map(_is_unknown, name))


def _is_unknown(character: str) -> bool:
    return character in _UNKNOWN or "\ue000" <= character <= "\uf8ff" or "\U000f0000" <= character <= "\U0010fffd"
