"""The faults of a draft after one change: rows that stayed as they were are not judged again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from dibao_lib.records.form import Field, RecordForm, is_asked, is_empty
from dibao_lib.records.validate import tidy, usable, validate
from dibao_lib.widgets.sight import completed

# what a case gives for a row that somebody added
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, what the case gave for it, and what was found about it."""

    typed: Mapping[str, Any]
    given: Mapping[str, Any]
    tidied: Mapping[str, Any]
    usable: Mapping[str, Any]
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """The rows of a draft as judged last; a row is known by being the very same object.

    Args:
        form: the kind.
        rows: by table and identity of the typed row.
    """

    form: RecordForm
    rows: dict[tuple[str, int], Row]

    def faults(self, typed: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, str]:
        """What `validate` finds in the tidy draft.

        Args:
            typed: what is on the screen; unchanged rows must be the objects of the call before.
            known: the shown values.
        """
        tables = [field for field in self.form.fields if field.type == "table"]
        if not tables or not all(_is_table(typed.get(field.name)) for field in tables):
            return validate(self.form, tidy(self.form, completed(self.form.fields, typed, known)))
        plain = _without_tables(self.form)
        names = {field.name for field in tables}
        head = tidy(plain, completed(plain.fields, {k: v for k, v in typed.items() if k not in names}, known))
        kept = {field.name: self._rows_of(field, typed, known) if is_asked(field, head) else [] for field in tables}
        self.rows.clear()
        self.rows.update({(name, id(row.typed)): row for name, rows in kept.items() for row in rows})
        sound = {**usable(plain, head), **{name: [row.usable for row in rows] for name, rows in kept.items()}}
        found = validate(plain, head) | dict(_of_tables(tables, kept, head))
        for rule in self.form.rules:
            for path, message in rule(sound):
                found.setdefault(path, message)
        return found

    def _rows_of(self, field: Field, typed: Mapping[str, Any], known: Mapping[str, Any]) -> list[Row]:
        given, rows = known.get(field.name) or [], []
        for row, base in zip_longest(typed[field.name], given[: len(typed[field.name])], fillvalue=_NOTHING):
            kept = self.rows.get((field.name, id(row)))
            if kept is None or kept.typed is not row or kept.given is not base:
                kept = self._judged(field, row, base)
            rows.append(kept)
        return rows

    def _judged(self, field: Field, typed: Mapping[str, Any], given: Mapping[str, Any]) -> Row:
        form = RecordForm("", "", "", None, field.columns)
        tidied = tidy(form, completed(field.columns, typed, given))
        return Row(typed, given, tidied, usable(form, tidied), validate(form, tidied))


def _without_tables(form: RecordForm) -> RecordForm:
    fields = tuple(field for field in form.fields if field.type != "table")
    return replace(form, fields=fields, rules=(), derive=None)


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _of_tables(
    tables: list[Field], kept: Mapping[str, list[Row]], head: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    for field in tables:
        rows = kept[field.name]
        if is_empty(rows) and is_asked(field, head):
            yield from validate(
                RecordForm("", "", "", None, (replace(field, relevant=None),)), {field.name: []}
            ).items()
        for place, row in enumerate(rows):
            for path, message in row.faults.items():
                yield f"{field.name}.{place}.{path}", message


def packed(faults: Mapping[str, str], data: Mapping[str, Any]) -> dict[str, str]:
    """The faults for the browser: one entry `cases.*.agree` where every row of a table has the same."""
    whole: dict[tuple[str, str, str], int] = {}
    for path, message in faults.items():
        table, place, column = (*path.split(".", 2), "", "")[:3]
        if place.isdigit():
            whole[table, column, message] = whole.get((table, column, message), 0) + 1
    full = {key for key, count in whole.items() if count > 1 and count == len(data.get(key[0]) or ())}
    short: dict[str, str] = {}
    for path, message in faults.items():
        table, place, column = (*path.split(".", 2), "", "")[:3]
        all_rows = place.isdigit() and (table, column, message) in full
        short[f"{table}.*.{column}" if all_rows else path] = message
    return short
