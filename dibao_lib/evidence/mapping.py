"""Columns of a header -> fields of a form, by declared headers and synonyms (no. 23 of names, not of places)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dibao_lib.evidence.form import Form, Repeat
from dibao_lib.evidence.header import Header
from dibao_lib.evidence.labels import label_of, spellings

_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)} | {str(n): n for n in range(1, 10)}
_NUMBER = "[1-9一二三四五六七八九]"


@dataclass(frozen=True, slots=True)
class Match:
    """A column that a form knows.

    Args:
        column: its index.
        label: the label it was known by.
        rank: how exact the label is: 0 the form's own header, then its synonyms in order.
        weight: how much the label says about the table: 1 when no form of another knows it.
    """

    column: int
    label: str
    rank: int
    weight: float


@dataclass(slots=True)
class Mapped:
    """A header as one form reads it.

    Args:
        form: the form.
        header: the header.
        columns: field -> its column.
        doubled: field -> columns with equal claims to it.
        groups: number of the group -> field of the repeat's table -> column.
    """

    form: Form
    header: Header
    columns: dict[str, Match] = field(default_factory=dict)
    doubled: dict[str, list[Match]] = field(default_factory=dict)
    groups: dict[int, dict[str, int]] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """How much of the header speaks for the form."""
        grouped = sum(len(group) for group in self.groups.values())
        return sum(match.weight for match in self.columns.values()) + 0.1 * grouped - 0.01 * self.header.depth

    def unmapped(self) -> list[tuple[int, str]]:
        """(column, label) of the labelled columns this form has no use for."""
        used = {match.column for match in self.columns.values()}
        used |= {column for group in self.groups.values() for column in group.values()}
        return [(c, "".join(path)) for c, path in enumerate(self.header.paths) if path and c not in used]


class Vocabulary:
    """All labels all forms know."""

    def __init__(self, forms: Sequence[Form]) -> None:  # noqa: D107
        self.forms = forms
        # the files of one county bear the same few hundred labels
        self._claims = lru_cache(maxsize=8192)(self._read_path)
        self._known: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
        for number, form in enumerate(forms):
            for field_ in form.fields:
                for rank, word in enumerate((field_.header, *field_.synonyms)):
                    self._known[label_of(word)].append((number, field_.name, rank))

    def field_of(self, form: Form, label: str) -> str | None:
        """The field of one form a label stands for, with or without what it has in brackets."""
        number = next(place for place, one in enumerate(self.forms) if one is form)
        for spelling in spellings(label_of(label)):
            for known, name, _ in self._known.get(spelling, ()):
                if known == number:
                    return name
        return None

    def read(self, header: Header) -> list[Mapped]:
        """The header as each form that knows at least two of its columns reads it."""
        claims: dict[int, dict[str, list[Match]]] = defaultdict(lambda: defaultdict(list))
        for column, path in enumerate(header.paths):
            for number, name, label, rank, weight in self._claims(path):
                claims[number][name].append(Match(column, label, rank, weight))
        mapped = [_decided(self.forms[number], header, by_field) for number, by_field in sorted(claims.items())]
        return [one for one in mapped if len(one.columns) + len(one.doubled) >= 2]

    def _read_path(self, path: tuple[str, ...]) -> tuple[tuple[int, str, str, int, float], ...]:
        """Form number, and the field a column is most exactly known as, with label, rank and weight, by its labels."""
        claims: dict[int, tuple[int, str, str, int, float]] = {}
        for label in _joined(path):
            known = self._known.get(label, ())
            weight = 1 / len({self.forms[number].table for number, _, _ in known}) if known else 0.0
            for number, name, rank in known:
                claims.setdefault(number, (number, name, label, rank, weight))
        return tuple(claims.values())


def _joined(path: tuple[str, ...]) -> Iterator[str]:
    """Every way to say a column's labels in one, the most specific first: 清退合户保户数, 合户保户数, 户数, 合户保, 清退."""
    if len(path) > 1:
        for start in range(len(path) - 1):
            yield from spellings("".join(path[start:]))
        yield from spellings(path[0] + path[-1])
        yield from spellings(path[-1] + path[-2])
    for label in reversed(path):
        yield from spellings(label)


def _decided(form: Form, header: Header, claims: Mapping[str, list[Match]]) -> Mapped:
    mapped = Mapped(form, header)
    for name, matches in claims.items():
        best = min(match.rank for match in matches)
        leading = [match for match in matches if match.rank == best]
        if len(leading) == 1:
            mapped.columns[name] = leading[0]
        else:
            mapped.doubled[name] = leading
    if form.repeat:
        _group(form.repeat, mapped)
    return mapped


def _group(repeat: Repeat, mapped: Mapped) -> None:
    """Finds 姓名1 身份证号1 姓名2 …, or unnumbered pairs side by side, among the columns."""
    plain: dict[str, list[int]] = defaultdict(list)
    taken = {match.column for match in mapped.columns.values()}
    for column, path in enumerate(mapped.header.paths):
        for name, number in _numbered(repeat, path):
            if number:
                mapped.groups.setdefault(number, {}).setdefault(name, column)
            elif column not in taken:
                plain[name].append(column)
            break
    first = next(iter(repeat.headers))
    if not mapped.groups and len(plain[first]) > 1:
        for name, columns in plain.items():
            if len(columns) == len(plain[first]):
                for number, column in enumerate(columns, 1):
                    mapped.groups.setdefault(number, {})[name] = column
    if mapped.groups:
        for name in [name for name, matches in mapped.doubled.items() if _inside(matches, mapped)]:
            del mapped.doubled[name]


def _inside(matches: Iterable[Match], mapped: Mapped) -> bool:
    grouped = {column for group in mapped.groups.values() for column in group.values()}
    return all(match.column in grouped for match in matches)


@lru_cache(maxsize=256)
def _with_number(stem: str) -> re.Pattern[str]:
    """Every way to number a header: 姓名1, 成员1姓名, 第1人姓名(1)."""
    return re.compile(rf"(?:家庭)?(?:成员)?第?({_NUMBER})?人?{re.escape(label_of(stem))}\(?({_NUMBER})?\)?")


def _numbered(repeat: Repeat, path: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """(field, number) a column's labels stand for in a repeating group; number 0 when they bear none."""
    for label in dict.fromkeys(("".join(path), *reversed(path))):
        for name, stems in repeat.headers.items():
            for stem in stems:
                found = _with_number(stem).fullmatch(label)
                if found and not (found[1] and found[2]):
                    number = _DIGITS.get(found[1] or found[2] or "", 0)
                    if number <= repeat.most:
                        yield name, number
