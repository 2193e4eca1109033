"""Frozen records as plain JSON and back; what does not fit the declared types is refused, never guessed."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def encode(value: Any) -> Any:
    """A record, or a value in one, as JSON: defaults are left out, and a record with nothing but a text is that text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: encode(v) for f in dataclasses.fields(value) if (v := getattr(value, f.name)) != f.default}
        return fields["text"] if fields.keys() == {"text"} else fields
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def decode(kind: type[T], data: Any) -> T:
    """JSON as a record of this kind.

    Raises:
        ValueError: a field is unknown, missing or of another type than declared.
    """
    if isinstance(data, str):
        data = {"text": data}
    record: Any = kind
    hints = _hints(record)
    if not isinstance(data, Mapping) or not data.keys() <= hints.keys():
        raise ValueError(kind.__name__)
    try:
        made: T = record(**{name: _value(hints[name], item) for name, item in data.items()})
    except TypeError:
        raise ValueError(kind.__name__) from None
    return made


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in dataclasses.fields(kind)}


def _value(hint: Any, data: Any) -> Any:
    origin = get_origin(hint)
    if origin is tuple and isinstance(data, list):
        return tuple(_value(get_args(hint)[0], item) for item in data)
    if origin in (Union, types.UnionType):
        return None if data is None else _value(get_args(hint)[0], data)
    if origin is Literal and data in get_args(hint):
        return data
    if dataclasses.is_dataclass(hint):
        return decode(hint, data)  # type: ignore[arg-type]
    if hint is bytes and isinstance(data, str):
        return _bytes(data)
    if hint is float and type(data) is int:
        return float(data)
    if isinstance(hint, type) and type(data) is hint:
        return data
    raise ValueError(str(hint))


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("base64") from None
