"""A header as a person's answer reads it: the answer's own file first, then what was said about such headers before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.answers import LEAVE_OUT, NOTHING_SAID, Guidance, SheetAnswer
from dibao_lib.evidence.cell import RawSheet, column_letter
from dibao_lib.evidence.form import Form
from dibao_lib.evidence.header import Header, candidates, header_at
from dibao_lib.evidence.labels import label_of
from dibao_lib.evidence.mapping import Mapped, Match, Vocabulary

# ranks of columns a person decided on, before those of headers and synonyms
CONFIRMED, RECALLED = -2, -1
_LETTERS = re.compile("[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class Said:
    """What holds for one header.

    Args:
        own: what the file's own answer says.
        recalled: what was said about such headers before.
    """

    own: SheetAnswer = NOTHING_SAID
    recalled: SheetAnswer = NOTHING_SAID

    @property
    def form(self) -> str:
        """Title of the form a person named; blank when nobody did."""
        return self.own.form or self.recalled.form


@dataclass(slots=True)
class Answered:
    """A header as one form reads it, and the answers it was read with."""

    mapped: Mapped
    said: Said = field(default_factory=Said)


def readings(sheet: RawSheet, vocabulary: Vocabulary, guidance: Guidance) -> list[Answered]:
    """Every header of a sheet as each form reads it, within what people said.

    Raises:
        InputRefused: the answer names a row, column or field that is not there.
    """
    own = guidance.own(sheet.name)
    headers = [header_at(sheet, *own.header_rows)] if own.header_rows else [*candidates(sheet)]
    known = [header for header in headers if guidance.recalled(header) != NOTHING_SAID]
    found, unfit = [], ""
    for header in known or headers:
        said = Said(own, guidance.recalled(header))
        for mapped in _mapped(header, said, vocabulary):
            try:
                _apply(mapped, said)
                found.append(Answered(mapped, said))
            except InputRefused as error:
                unfit = unfit or str(error)
    if unfit and not found:
        raise InputRefused(unfit)
    return found


def _mapped(header: Header, said: Said, vocabulary: Vocabulary) -> list[Mapped]:
    mapped = vocabulary.read(header)
    if not said.form:
        return mapped
    named = [one for one in mapped if one.form.title == said.form]
    return named or [Mapped(form, header) for form in vocabulary.forms if form.title == said.form]


def _apply(mapped: Mapped, said: Said) -> None:
    for word in (*said.own.units, *said.own.months, *said.own.constants, *said.recalled.units):
        field_named(mapped.form, word)
    for answer, rank in ((said.recalled, RECALLED), (said.own, CONFIRMED)):
        for word, meaning in answer.columns.items():
            column = _column(mapped.header, word)
            name = "" if meaning == LEAVE_OUT else field_named(mapped.form, meaning)
            _release(mapped, column, name)
            if name:
                mapped.columns[name] = Match(column, "".join(mapped.header.paths[column]), rank, 1.0)


def _release(mapped: Mapped, column: int, name: str) -> None:
    """Takes a column from whatever it was known as, and a field from whatever column it had."""
    for known in [key for key, match in mapped.columns.items() if match.column == column or key == name]:
        del mapped.columns[known]
    mapped.doubled.pop(name, None)
    for known, matches in [*mapped.doubled.items()]:
        left = [match for match in matches if match.column != column]
        if len(left) == 1:
            mapped.columns.setdefault(known, left[0])
        mapped.doubled[known] = left
        if len(left) < 2:
            del mapped.doubled[known]
    for group in mapped.groups.values():
        for known in [key for key, place in group.items() if place == column]:
            del group[known]


def _column(header: Header, word: str) -> int:
    """Index of the column with that letter or header."""
    labels = ["".join(path) for path in header.paths]
    if _LETTERS.fullmatch(word):
        letters = [column_letter(index) for index in range(len(labels))]
        if word in letters:
            return letters.index(word)
    if (label := label_of(word)) in labels:
        return labels.index(label)
    there = "、".join(f"{column_letter(index)}“{label}”" for index, label in enumerate(labels) if label)
    raise InputRefused(f"对应关系中写的列“{word}”不在表头中。表头有：{there}。请改正后重新导入。")


def field_named(form: Form, word: str) -> str:
    """Name of the field with that name or header.

    Raises:
        InputRefused: the form has none.
    """
    for one in form.fields:
        if word == one.name or label_of(word) == label_of(one.header):
            return one.name
    there = "、".join(one.header for one in form.fields)
    raise InputRefused(f"“{form.title}”没有“{word}”这一项。可用的有：{there}。请改正后重新导入。")


def fields_of(form: Form, said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(name of the field, what was said) of each entry of an answer."""
    return ((field_named(form, word), value) for word, value in said.items())
