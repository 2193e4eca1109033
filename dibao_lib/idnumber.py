"""Citizen id numbers (GB 11643): the check character, 15 -> 18 digits, how they stand in a text, the form shown to people."""

from __future__ import annotations

import datetime as dt
import re

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
# as people write them, digits of full width too: 18 in one or in groups of 6, 8 and 4, or the 15 of before 1999
IN_TEXT = re.compile(
    r"(?<![0-9A-Za-z])(?:\d{6}[ -]?\d{8}[ -]?\d{3}[\dXxＸ]|\d{8}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3})(?![0-9A-Za-z])"
)


def check_character(first17: str) -> str:
    """The 18th character of an id whose first 17 digits are given (ISO 7064 MOD 11-2)."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def from_15(old: str) -> str:
    """The 18-digit form of a 15-digit id: century 19 and check character added."""
    first17 = old[:6] + "19" + old[6:]
    return first17 + check_character(first17)


def birth_date(pid: str) -> dt.date | None:
    """Birth date in an 18-digit id, None when it is no date."""
    try:
        return dt.date(int(pid[6:10]), int(pid[10:12]), int(pid[12:14]))
    except ValueError:
        return None


def fault(pid: str) -> str:
    """Why an 18-character string is not a valid id (a Chinese phrase); '' when it is valid."""
    if len(pid) != 18:
        return f"应为18位，实为{len(pid)}位"
    if not (
        pid[:17].isascii() and pid[:17].isdigit() and (pid[17] == "X" or (pid[17].isascii() and pid[17].isdigit()))
    ):
        return "含有数字和末位X以外的字符"
    if birth_date(pid) is None:
        return "第7至14位不是日期"
    if check_character(pid[:17]) != pid[17]:
        return "末位校验码不符，录入有误"
    return ""


def masked(pid: str) -> str:
    """First 6 and last 4 characters, the rest as stars; anything that is not 18 long becomes stars only."""
    return pid[:6] + "*" * 8 + pid[-4:] if len(pid) == 18 else "*" * len(pid)
