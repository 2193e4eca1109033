"""The only rule engine of the forms: what a person typed made tidy, then every fault beside its field in Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dibao_lib.records.answers import fault, tidied
from dibao_lib.records.form import Field, RecordForm, blank, is_asked, is_empty

_PICKED = ("choice", "choices", "date", "month", "flag", "shown")


def tidy(form: RecordForm, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as it is saved: full-width digits, dates and yuan in one notation, unasked answers emptied.

    An amount typed as text counts in yuan, one that is a number in fen. What cannot be read stays as typed, for
    `validate` to name. Values that follow from others are computed anew; keys the form does not have are kept, for
    `validate` to refuse.
    """
    read = _tidy_row(form.fields, data)
    if form.derive:
        read |= form.derive(usable(form, read))
    return read


def _tidy_row(fields: Sequence[Field], data: Mapping[str, Any]) -> dict[str, Any]:
    read = {**data}
    for field in fields:
        value = data.get(field.name)
        if field.type == "table" and isinstance(value, list):
            read[field.name] = [_tidy_row(field.columns, row) if isinstance(row, Mapping) else row for row in value]
        elif field.type == "counts":
            given = value if isinstance(value, Mapping) else {}
            read[field.name] = {role: tidied("int", given.get(role)) for role in field.keys}
        else:
            read[field.name] = tidied(field.type, value)
    for field in fields:
        if not is_asked(field, read):
            read |= _nothing(field)
    return read


def _nothing(field: Field) -> dict[str, Any]:
    return blank(RecordForm("", "", "", None, (field,)))


def validate(form: RecordForm, data: Mapping[str, Any]) -> dict[str, str]:
    """What is missing, unreadable or contradictory in tidy data.

    Returns:
        Path of the field ('votes.0.yes', 'attended.村民代表') -> one Chinese sentence; empty when the record may be saved.
    """
    found = dict(_faults(form.fields, data, ""))
    sound = _usable_row(form.fields, data)
    for rule in form.rules:
        for path, message in rule(sound):
            found.setdefault(path, message)
    return found


def usable(form: RecordForm, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with everything unreadable left empty, so that rules may compute with it."""
    return _usable_row(form.fields, data)


def _faults(fields: Sequence[Field], data: Mapping[str, Any], before: str) -> Iterator[tuple[str, str]]:
    known = {field.name for field in fields}
    yield from ((f"{before}{name}", "表单没有这一项，请刷新页面后重新填写") for name in data if name not in known)
    for field in fields:
        value: Any = data.get(field.name)
        if not is_asked(field, data):
            continue
        path = f"{before}{field.name}"
        if is_empty(value):
            if field.required:
                yield path, _missing(field)
        elif wrong := fault(field, value):
            yield path, wrong
        elif field.type == "table":
            for place, row in enumerate(value):
                yield from _faults(field.columns, row, f"{path}.{place}.")
        elif field.type == "counts":
            yield from _counts(field, value, path)


def _counts(field: Field, value: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    for role in field.keys:
        if wrong := fault(Field(role, role, "int"), value[role]) if value.get(role) is not None else "":
            yield f"{path}.{role}", wrong
        elif value.get(role) is None and field.required:
            yield f"{path}.{role}", f"请填写“{role}”的人数，没有的填0"


def _missing(field: Field) -> str:
    if field.type == "shown":
        return f"缺少“{field.label}”，请从任务清单打开这张表"
    if field.type == "table":
        return f"“{field.label}”还没有一行，请至少填写一行"
    if field.type == "files":
        return f"请添加“{field.label}”"
    return f"请{'选择' if field.type in _PICKED else '填写'}“{field.label}”"


def _usable_row(fields: Sequence[Field], data: Mapping[str, Any]) -> dict[str, Any]:
    return {field.name: _usable(field, data.get(field.name)) for field in fields}


def _usable(field: Field, value: Any) -> Any:
    if field.type == "table":
        rows = value if isinstance(value, list) else []
        return [_usable_row(field.columns, row if isinstance(row, Mapping) else {}) for row in rows]
    if field.type == "counts":
        given = value if isinstance(value, Mapping) else {}
        return {role: _usable(Field(role, role, "int"), given.get(role)) for role in field.keys}
    return value if not is_empty(value) and not fault(field, value) else _nothing(field)[field.name]
