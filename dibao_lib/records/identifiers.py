"""Names that no two devices make twice: UUIDv7, ordered by the time of making."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable


def new_id(now: dt.datetime, randomness: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """A UUIDv7: 48 bits of milliseconds, then 74 random bits.

    Args:
        now: the time that orders it; a naive time is local.
        randomness: gives that many bytes.
    """
    octets = bytearray(int(now.timestamp() * 1000).to_bytes(6, "big") + randomness(10))
    octets[6] = octets[6] & 0x0F | 0x70
    octets[8] = octets[8] & 0x3F | 0x80
    text = octets.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
