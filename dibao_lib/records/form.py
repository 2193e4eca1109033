"""How a record kind is declared: fields, what is asked when, what may be seen when, and the rules over them (R60-R63)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from dibao_lib.plan import Plan

Rule = Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]]

# how each type of field looks before anybody wrote into it
_EMPTY: Mapping[str, Any] = {"text": "", "longtext": "", "date": "", "month": "", "choice": ""}
_LISTS = ("choices", "people", "files", "table")


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form.

    Args:
        name: key of its answer in the data.
        label: what the form prints beside it.
        type: text, longtext, date ('YYYY-MM-DD'), month ('YYYY-MM'), int, money (fen in the data, yuan on screen),
            choice, choices (several), flag (true, false, None), counts (number by role), people (names), files
            (name, size and sha256 of each), table (rows of `columns`), shown (given or computed, never typed).
        required: must be answered whenever it is asked; a shown value must have been given.
        hint: a line of help below the label.
        choices: what may be chosen.
        keys: roles of `counts`.
        columns: fields of each row of a table.
        relevant: (sibling, values): asked only while that sibling has one of these values; a flag has 是 or 否.
        unit: of a shown number, written behind it; 元 stands for an amount in fen.
        blind: shown values kept out of sight until this field is filled and saved; a value that several fields name
            waits for all of them.
    """

    name: str
    label: str
    type: str
    required: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    columns: tuple[Field, ...] = ()
    relevant: tuple[str, tuple[str, ...]] | None = None
    unit: str = ""
    blind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordForm:
    """One kind of record.

    Args:
        kind: its name in the log.
        title: its name on paper and on screen.
        clause: the plan's clause it serves.
        table: evidence table its records are published to; None for none.
        fields: its questions, in order.
        rules: each gives (path, Chinese message) for what contradicts itself.
        key: fields that name the case the record is about.
        derive: shown values that follow from what was typed.
        under: further rules that need the plan's numbers and dates.
        advise: shown values that follow from what was typed by the plan.
    """

    kind: str
    title: str
    clause: str
    table: str | None
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...] = ()
    key: tuple[str, ...] = ()
    derive: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    under: Callable[[Plan], tuple[Rule, ...]] | None = None
    advise: Callable[[Plan, Mapping[str, Any]], Mapping[str, Any]] | None = None


def schema(form: RecordForm) -> dict[str, Any]:
    """What a renderer needs to draw the form: kind, title, clause, key and fields, as plain JSON data without rules."""
    return {
        "kind": form.kind,
        "title": form.title,
        "clause": form.clause,
        "key": list(form.key),
        "fields": [asdict(field) for field in form.fields],
    }


def blank(form: RecordForm, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The data of a form nobody wrote into yet; what is given is filled in, row by row in tables.

    Args:
        form: the kind.
        given: values known beforehand; names the form does not have are left out.
    """
    return _blank_row(form.fields, given or {})


def _blank_row(fields: Iterable[Field], given: Mapping[str, Any]) -> dict[str, Any]:
    return {field.name: _blank_value(field, given.get(field.name)) for field in fields}


def _blank_value(field: Field, given: Any) -> Any:
    if field.type == "table":
        return [_blank_row(field.columns, row) for row in given or ()]
    if field.type == "counts":
        return {role: (given or {}).get(role) for role in field.keys}
    if given is not None:
        return given
    return [] if field.type in _LISTS else _EMPTY.get(field.type)


def is_empty(value: Any) -> bool:
    """Whether a field was left unanswered; 0 and 否 are answers."""
    if isinstance(value, Mapping):
        return all(part is None or part == "" for part in value.values())
    return value is None or value in ("", [])


def is_asked(field: Field, data: Mapping[str, Any]) -> bool:
    """Whether a field is asked, given the answers beside it."""
    if field.relevant is None:
        return True
    sibling, values = field.relevant
    return _word(data.get(sibling)) in values


def _word(value: Any) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else str(value or "")


def is_revealed(form: RecordForm, name: str, saved: Mapping[str, Any]) -> bool:
    """Whether a shown value may be seen: every field that hides it is filled, or not asked, in the data last saved."""
    hiding = [field for field in form.fields if name in field.blind]
    if not hiding:
        return True
    return bool(saved) and all(not is_empty(saved.get(field.name)) or not is_asked(field, saved) for field in hiding)
