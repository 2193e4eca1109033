"""One spelling for one value: JSON with sorted keys and no floats, which is what gets hashed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from dibao_lib.errors import InputRefused

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> str:
    """The value as JSON that is the same on every machine.

    Args:
        value: made of dict with str keys, list, tuple, str, int, bool and None.

    Raises:
        InputRefused: something else is in it; a float has more than one spelling.
    """
    _reject_ambiguous(value)
    return _ENCODER.encode(value)


def digest(*words: str) -> str:
    """SHA-256 (64 hex digits) of words; their borders count."""
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()


def _reject_ambiguous(value: Any) -> None:
    match value:
        case None | bool() | int():
            return
        case str():
            _reject_half_characters(value)
        case dict():
            for key, item in value.items():
                if not isinstance(key, str):
                    raise InputRefused("记录中的项目名应为文字，这次没有保存。请把这一句告知维护人员。")
                _reject_half_characters(key)
                _reject_ambiguous(item)
        case list() | tuple():
            for item in value:
                _reject_ambiguous(item)
        case _:
            raise InputRefused(
                f"记录中有一项是{type(value).__name__}，应为文字、整数（金额以分计）、是否、清单或空，这次没有保存。请改正后再保存。"
            )


def _reject_half_characters(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputRefused("记录中有不完整的字符，不能保存。请删去显示为方块或问号的字符后再保存。") from None
