"""Frozen records as plain JSON and back; what does not fit the declared types is refused, never guessed."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import types
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]


def encode(value: Any) -> Any:
    """A record, or a value in one, as JSON: defaults are left out, and a record with nothing but a text is that text."""
    kind: Any = type(value)
    if kind is str:
        return value
    if kind is tuple:
        return [encode(item) for item in value]
    if kind is bytes:
        return base64.b64encode(value).decode()
    if (defaults := _defaults(kind)) is None:
        return value
    fields = {name: encode(v) for name, default in defaults.items() if (v := getattr(value, name)) != default}
    return fields["text"] if fields.keys() == {"text"} else fields


def decode(kind: type[T], data: Any) -> T:
    """JSON as a record of this kind.

    Raises:
        ValueError: a field is unknown, missing or of another type than declared.
    """
    if isinstance(data, str):
        data = {"text": data}
    record: Any = kind
    readers = _readers(record)
    if not isinstance(data, Mapping) or not data.keys() <= readers.keys():
        raise ValueError(kind.__name__)
    try:
        made: T = record(**{name: readers[name](item) for name, item in data.items()})
    except TypeError:
        raise ValueError(kind.__name__) from None
    return made


@cache
def _defaults(kind: Any) -> dict[str, Any] | None:
    """The default of each field of a record (MISSING where there is none); None for what is no record."""
    return {f.name: f.default for f in dataclasses.fields(kind)} if dataclasses.is_dataclass(kind) else None


@cache
def _readers(kind: Any) -> dict[str, Reader]:
    hints = get_type_hints(kind)
    return {f.name: _reader(hints[f.name]) for f in dataclasses.fields(kind)}


def _reader(hint: Any) -> Reader:
    """What makes a value of the declared type out of JSON."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        given = _reader(arguments[0])
        return lambda data: None if data is None else given(data)
    if origin is tuple:
        item = _reader(arguments[0])
        return lambda data: tuple(map(item, _of(list, data)))
    if origin is Literal:
        return lambda data: arguments[arguments.index(data)]
    if dataclasses.is_dataclass(hint):
        return partial(decode, hint)  # type: ignore[arg-type]
    if hint is bytes:
        return lambda data: _bytes(_of(str, data))
    if hint is float:
        return lambda data: float(data) if type(data) is int else _of(float, data)
    return partial(_of, hint)


def _of(kind: type[T], data: Any) -> T:
    if type(data) is not kind:
        raise ValueError(kind.__name__)
    return data


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("base64") from None
