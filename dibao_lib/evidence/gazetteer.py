"""Names of townships and villages -> their codes, in every way offices shorten them (dirty-data.md, no. 23)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dibao_lib.evidence.cell import Cell, squeezed

_TOWNSHIP_TAIL = re.compile(
    r"(?:街道办事处|街道办|街道|办事处|镇人民政府|乡人民政府|镇政府|乡政府|镇|乡|垦殖场|农场|林场|场)$"
)
# kind of place -> its ending in official names, and the endings offices use
_VILLAGE_TAILS = (
    (re.compile(r"村(?:民委员会|委会|委员会)?$|行政村$"), ("村民委员会", "村委会", "行政村", "村")),
    (
        re.compile(r"(?:社区)?(?:居民|居居|居)?委(?:员)?会$|社区$|居$"),
        ("社区居民委员会", "社区居委会", "社区委员会", "居民委员会", "居委会", "社区", "居"),
    ),
)
# a name written in several ways for several places
_AMBIGUOUS = ""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Where the county's places can be looked up.

    Args:
        place: name of the county or city, which heads many names and marks its total rows.
        townships: every spelling -> 9-digit code.
        villages: 9-digit township code (blank: the whole county) -> every spelling -> 12-digit code.
        names: code -> name.
        entries: what it was built from, to hand on and to compare.
    """

    place: str
    townships: Mapping[str, str]
    villages: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]
    entries: tuple[tuple[str, str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, place: str, entries: Iterable[tuple[str, str, Iterable[str]]]) -> Gazetteer:
        """A gazetteer of (code, name, other names): 9-digit codes are townships, 12-digit ones villages."""
        listed = _united(entries)
        townships: dict[str, str] = {}
        villages: dict[str, dict[str, str]] = {"": {}}
        for code, name, aliases in listed:
            for spelling in (spelling for known in (name, *aliases) for spelling in _spellings(code, known)):
                for book in (villages.setdefault(code[:9], {}), villages[""]) if len(code) == 12 else (townships,):
                    book[spelling] = code if book.get(spelling, code) == code else _AMBIGUOUS
        return cls(place, townships, villages, {code: name for code, name, _ in listed}, listed)

    def township(self, cell: Cell) -> str | None:
        """Code of the township a cell names or whose code it is; None when it is unknown or ambiguous."""
        written = self._bare(cell)
        if written.isdigit():
            code = written[:9] if len(written) == 9 or (len(written) == 12 and written.endswith("000")) else ""
            return code if code in self.names else None
        return self.townships.get(written) or self.townships.get(_TOWNSHIP_TAIL.sub("", written)) or None

    def village(self, cell: Cell, township: str | None = None) -> str | None:
        """Code of the village a cell names, within a township when that is known."""
        written = self._bare(cell)
        if written.isdigit():
            return written if written in self.names and len(written) == 12 else None
        for book in (self.villages.get(township, {}),) if township else (self.villages[""],):
            if code := book.get(written):
                return code
        return self._village_after_township(written, township)

    def _village_after_township(self, written: str, township: str | None) -> str | None:
        """绕二镇双河社区: the township's own name in front says where to look."""
        for length in range(len(written) - 1, 1, -1):
            code = self.townships.get(written[:length])
            if code and township in {None, code} and (found := self.villages.get(code, {}).get(written[length:])):
                return found
        return None

    def township_in(self, words: str) -> str | None:
        """Code of the one township whose full name stands in a sheet, file or folder name."""
        text = squeezed(words)
        exact = self.township(text)
        found = {c for spelling, c in self.townships.items() if _TOWNSHIP_TAIL.search(spelling) and spelling in text}
        return exact or (found.pop() if len(found) == 1 else None) or None

    def is_place(self, cell: Cell) -> bool:
        """Whether a cell names the county itself, as total rows do."""
        return bool(self.place) and squeezed(cell) in {self.place, self.place[:-1]}

    def nearest(self, cell: Cell, township: str | None = None, *, villages: bool = False) -> str:
        """The listed name closest to what was written; blank when none is close."""
        names = [
            name
            for code, name in self.names.items()
            if (len(code) == 12) == villages and code.startswith(township or "")
        ]
        close = difflib.get_close_matches(self._bare(cell), names, 1, 0.5)
        return close[0] if close else ""

    def _bare(self, cell: Cell) -> str:
        written = squeezed(cell)
        before, place, after = written.partition(self.place) if self.place else ("", "", "")
        return after if place and after and len(before) < 8 else written

    def to_json(self) -> dict[str, Any]:
        """What `from_json` builds it from again."""
        return {"place": self.place, "entries": self.entries}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Gazetteer:
        """The gazetteer another process wrote down."""
        return cls.of(data["place"], [(code, name, aliases) for code, name, aliases in data["entries"]])


def _united(entries: Iterable[tuple[str, str, Iterable[str]]]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """One entry a code, in the order of codes: its first name, then every other name it was given."""
    known: dict[str, dict[str, None]] = {}
    for code, name, aliases in entries:
        known.setdefault(code, {}).update(dict.fromkeys(squeezed(word) for word in (name, *aliases) if squeezed(word)))
    return tuple((code, next(iter(names)), tuple(names)[1:]) for code, names in sorted(known.items()) if names)


def _spellings(code: str, name: str) -> Iterator[str]:
    """Every way to write one name: as it is, without its ending, and with each ending of its kind."""
    yield name
    if len(code) == 9:
        if len(bare := _TOWNSHIP_TAIL.sub("", name)) > 1:
            yield bare
        return
    for ending, tails in _VILLAGE_TAILS:
        base = ending.sub("", name)
        if base and base != name:
            yield from (base, *(base + tail for tail in tails))
            return
