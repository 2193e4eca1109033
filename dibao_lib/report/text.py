"""Text that every format can hold, and values as people read them."""

from __future__ import annotations

import datetime as dt
import re

MISSING = "—"

# Control characters, invisible format characters, direction overrides, lone surrogates, non-characters:
# no format can carry them all, and shown as they are they would make a text look different from what it is.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
# what Windows refuses in a name, and names it keeps for devices
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\ufffd]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST_NAME = 50
_LINE_END = re.compile("\r\n|[\r\u2028\u2029]")


def clean(text: str) -> str:
    r"""The same text with line ends as '\n', tabs as spaces and every invisible character shown as U+FFFD."""
    if text.isprintable():
        return text
    return _INVISIBLE.sub("\ufffd", _LINE_END.sub("\n", text).replace("\t", " "))


def file_name(text: str) -> str:
    """A text as the name of a file or folder on every system: one part of a path, legal, never empty, not too long."""
    name = _NOT_IN_NAMES.sub("", clean(text))[:_LONGEST_NAME].strip(".") or "未注明"
    return f"_{name}" if _DEVICES.match(name) else name


def is_missing(value: object) -> bool:
    """Whether a value is None, NaN, NaT or pandas' NA: what does not equal itself, or cannot say so."""
    if value is None:
        return True
    try:
        return bool(value != value)  # noqa: PLR0124
    except TypeError:
        return True
    except ValueError:
        return False


def shown(value: object, missing: str = MISSING) -> str:
    """A value as a reader of the report expects it: 是/否, 2011-07-20, 12.5; never 'nan' or 'None'."""
    if is_missing(value):
        return missing
    # numpy's bool as well, without importing numpy
    if type(value).__name__ in {"bool", "bool_"}:
        return "是" if value else "否"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.15g}" if abs(value) < 1e15 else repr(float(value))
    return clean(str(value))
