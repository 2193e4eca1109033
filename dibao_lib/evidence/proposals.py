"""What a faulty id may have been: proposed beside the quarantined cell for a person to judge, never applied (nos. 1, 10).

Digits lost: an id of another table with the same first 15 digits and the same name. A slip: an id of another table that
one wrong, missing, added or swapped character away has been typed, the name being the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dibao_lib.evidence.form import Kind
from dibao_lib.evidence.names import same_name
from dibao_lib.evidence.tables import SOURCE_FIELDS, table_fields

COLUMN = "proposed"
_LOST = re.compile(r"(\d{15})\?{3}")
_SLIP = re.compile(r"[0-9X]{17,19}")
# the field with the name that belongs to an id
_NAME_OF = {"pid": ("name", "head"), "head_pid": ("head",)}
_Place = tuple[str, str, str, int]
Known = Mapping[str, set[str]]


def with_proposals(quarantine: pa.Table, tables: Mapping[str, pa.Table]) -> pa.Table:
    """The quarantine with its column of proposals filled: one or more ids, parted by 、, or null.

    Args:
        quarantine: lines of quarantine.parquet.
        tables: every evidence table by name.
    """
    lines = quarantine.select(["table", "field", "reason", "value", "source_file", "source_sheet", "source_row"])
    faulty = [line if line["reason"] in {"digits_lost", "bad_id"} else None for line in lines.to_pylist()]
    proposed: list[str | None] = [None] * len(faulty)
    if any(faulty):
        names, people = _names([line for line in faulty if line], tables), _people(tables)
        proposed = ["、".join(_proposed(line, names, people)) or None if line else None for line in faulty]
    place = quarantine.schema.get_field_index(COLUMN)
    return quarantine.set_column(place, quarantine.schema.field(COLUMN), pa.array(proposed, pa.string()))


def _proposed(line: dict[str, str], names: Mapping[_Place, str], people: dict[str, Known]) -> list[str]:
    name = names.get((line["table"], line["source_file"], line["source_sheet"], int(line["source_row"])))
    value = line["value"].upper()
    if line["field"] not in _NAME_OF or not name:
        return []
    if lost := _LOST.fullmatch(value):
        candidates = people["prefix"].get(lost[1], set())
    elif _SLIP.fullmatch(value):
        candidates = {pid for pid in _neighbours(value) if pid in people["names"]}
    else:
        return []
    return sorted(pid for pid in candidates if any(same_name(name, other) for other in people["names"][pid]))


def _neighbours(written: str) -> Iterator[str]:
    """Everything of 18 characters one slip away: one character wrong, missing or too many, or two swapped."""
    places = range(len(written))
    letters = "0123456789X"
    made: dict[int, Callable[[], Iterator[str]]] = {
        17: lambda: (written[:i] + c + written[i:] for i in range(18) for c in letters),
        18: lambda: (written[:i] + c + written[i + 1 :] for i in places for c in letters),
        19: lambda: (written[:i] + written[i + 1 :] for i in places),
    }
    yield from made[len(written)]()
    if len(written) == 18:
        yield from (written[:i] + written[i + 1] + written[i] + written[i + 2 :] for i in range(17))


def _pairs(tables: Mapping[str, pa.Table]) -> Iterator[tuple[str, pa.Table, str, str]]:
    """Table, its rows, and the fields of each id with its name."""
    for table, rows in tables.items():
        fields = table_fields(table)
        for pid, candidates in _NAME_OF.items():
            name = next((one for one in candidates if one in fields), None)
            if pid in fields and fields[pid].kind is Kind.PID and name:
                yield table, rows, pid, name


def _people(tables: Mapping[str, pa.Table]) -> dict[str, Known]:
    """`names`: id -> names it goes by; `prefix`: first 15 digits -> ids."""
    names: dict[str, set[str]] = defaultdict(set)
    prefix: dict[str, set[str]] = defaultdict(set)
    for _, rows, pid, name in _pairs(tables):
        for one, called in zip(rows[pid].to_pylist(), rows[name].to_pylist(), strict=True):
            if one and called:
                names[one].add(called)
                prefix[one[:15]].add(one)
    return {"names": names, "prefix": prefix}


def _names(lines: Sequence[Mapping[str, Any]], tables: Mapping[str, pa.Table]) -> dict[_Place, str]:
    """Table, file, sheet and row of these lines -> the name in it; a row of several people is left out."""
    found: dict[_Place, set[str]] = defaultdict(set)
    for table, rows, _, name in _pairs(tables):
        wanted = pa.array([line["source_row"] for line in lines if line["table"] == table], pa.int64())
        near = rows.select([*SOURCE_FIELDS, name]).filter(pc.is_in(rows["source_row"], value_set=wanted))
        for line in near.to_pylist():
            if line[name]:
                found[table, line["source_file"], line["source_sheet"], line["source_row"]].add(line[name])
    return {place: called.copy().pop() for place, called in found.items() if len(called) == 1}
