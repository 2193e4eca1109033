"""What of a record the browser may have: shown values stay in Python until those who visit have entered their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dibao_lib.records.form import Field, RecordForm, is_empty, is_revealed
from dibao_lib.units import yuan


def hidden(form: RecordForm, saved: Mapping[str, Any]) -> list[str]:
    """Names of the shown values that must not be seen yet.

    Args:
        form: the kind.
        saved: the data last saved, empty when there is none.
    """
    return [field.name for field in form.fields if field.type == "shown" and not is_revealed(form, field.name, saved)]


def seen(form: RecordForm, data: Mapping[str, Any], saved: Mapping[str, Any]) -> dict[str, Any]:
    """The data without what must not be seen yet."""
    return {**data, **dict.fromkeys(hidden(form, saved))}


def completed(fields: Sequence[Field], typed: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, with the shown values as Python knows them, whatever the browser sent for those."""
    data = {**typed}
    for field in fields:
        value, given = typed.get(field.name), known.get(field.name)
        if field.type == "shown":
            data[field.name] = given
        elif field.type == "table" and any(column.type == "shown" for column in field.columns):
            data[field.name] = _rows(field, value, given)
    return data


def _rows(field: Field, typed: Any, known: Any) -> Any:
    """Rows that a case gave keep their number and their shown values."""
    if not isinstance(typed, list) or not all(isinstance(row, Mapping) for row in typed):
        return typed
    given = known if isinstance(known, list) else []
    extra: list[dict[str, Any]] = [{}] * (len(typed) - len(given))
    return [completed(field.columns, row, base) for row, base in zip(typed, [*given, *extra], strict=False)]


def compared(form: RecordForm, *versions: Mapping[str, Any]) -> list[list[str]]:
    """One row a typed answer on which versions differ: what it is, then what each says."""
    return list(_differing(form.fields, versions, ""))


def _differing(fields: Sequence[Field], versions: Sequence[Mapping[str, Any]], before: str) -> Iterator[list[str]]:
    for field in fields:
        answers = [version.get(field.name) for version in versions]
        if field.type == "shown" or all(one == answers[0] or is_empty(one) and is_empty(answers[0]) for one in answers):
            continue
        if field.type == "table":
            yield from _rows_differing(field, [rows or [] for rows in answers])
        else:
            yield [f"{before}{field.label}", *(said(field, answer) for answer in answers)]


def _rows_differing(field: Field, tables: Sequence[Sequence[Mapping[str, Any]]]) -> Iterator[list[str]]:
    if len({len(rows) for rows in tables}) > 1:
        yield [field.label, *(f"{len(rows)}行" for rows in tables)]
    for number, rows in enumerate(zip(*tables, strict=False), start=1):
        yield from _differing(field.columns, rows, f"{field.label}第{number}行：")


def said(field: Field, value: Any) -> str:
    """An answer as people write it."""
    if is_empty(value):
        return "（未填）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.type == "money" and isinstance(value, int):
        return f"{yuan(value)}元"
    if field.type == "counts":
        return "，".join(f"{role}{count}" for role, count in value.items() if count is not None)
    if field.type == "files":
        return "、".join(str(file.get("name", "")) for file in value)
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
