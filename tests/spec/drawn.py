"""Examples drawn as small tables: text -> evidence tables -> the findings of one check.

    households | hh_id | kind | twn_id | base
               | D1    | 城市 | T1     | 420

A column `source_file` says where a row comes from. A line that names a table gives its columns; the lines below it are rows. Blank cells are missing, money is in yuan,
是/否 are booleans, `p7` is a valid 18-digit id. Row 2 of <table>.xlsx is the first row drawn.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import duckdb
import pyarrow as pa

from dibao_lib import Inspection
from dibao_lib.checks import match_strength, rules
from dibao_lib.checks.run import ask
from dibao_lib.checks.views import open_views
from dibao_lib.evidence.form import Kind
from dibao_lib.evidence.tables import table_fields, table_schema
from dibao_lib.idnumber import check_character
from dibao_lib.plan import Plan
from dibao_lib.units import fen

TODAY = dt.date(2011, 6, 20)


def pid(number: int) -> str:
    """A valid id: p7 in a drawn table is pid(7)."""
    first17 = f"36118119600101{number:03d}"
    return first17 + check_character(first17)


def draw(text: str) -> dict[str, list[dict[str, Any]]]:
    """Drawn text -> rows by table."""
    tables: dict[str, list[dict[str, Any]]] = {}
    table, columns = "", list[str]()
    for line in filter(str.strip, text.splitlines()):
        name, *cells = (cell.strip() for cell in line.split("|"))
        if name:
            table, columns = name, cells
            tables.setdefault(table, [])
        else:
            assert len(cells) == len(columns), f"{table}: {line.strip()}"
            tables[table].append(_row(table, dict(zip(columns, cells)), len(tables[table]) + 2))
    return tables


def lines(table: str, columns: str, rows: Iterable[str]) -> str:
    """Drawn text of many similar rows."""
    return "\n".join([f"{table} | {columns}", *(f" | {row}" for row in rows)]) + "\n"


def _row(table: str, cells: dict[str, str], number: int) -> dict[str, Any]:
    fields = table_fields(table)
    row: dict[str, Any] = {"source_file": f"{table}.xlsx", "source_sheet": "表", "source_row": number}
    for name, cell in cells.items():
        if name == "source_file":
            row[name] = cell or row[name]
            continue
        value = _value(fields[name].kind, cell)
        stem, _, member = name.partition(".")
        if member:
            row.setdefault(stem, {})[member] = value
        else:
            row[name] = value
    return row


def _value(kind: Kind, cell: str) -> Any:
    if not cell:
        return None
    match kind:
        case Kind.MONEY:
            return fen(cell)
        case Kind.INT:
            return int(cell)
        case Kind.BOOL:
            return cell == "是"
        case Kind.DATE:
            return dt.date.fromisoformat(cell)
        case Kind.PID if cell[0] == "p":
            return pid(int(cell[1:]))
        case Kind.LIST:
            return cell.split("、")
    return cell


@dataclass(slots=True)
class Example:
    """What is drawn, standing in for a workspace; one DuckDB serves all examples, each in a catalogue of its own."""

    plan: Plan
    shared: duckdb.DuckDBPyConnection
    drawn: dict[str, list[dict[str, Any]]]
    folder: Path

    def tables(self) -> dict[str, Any]:
        """Names of the drawn tables."""
        return self.drawn

    def sources(self) -> dict[str, Any]:
        """The same: nothing was recorded in the field."""
        return self.drawn

    def connect(self) -> duckdb.DuckDBPyConnection:
        """The shared connection in a fresh catalogue that holds the drawn tables."""
        self.shared.execute("USE memory; DETACH DATABASE IF EXISTS example; ATTACH ':memory:' AS example; USE example")
        for name, rows in self.drawn.items():
            self.shared.register(name, pa.Table.from_pylist(rows, table_schema(name)))
        return self.shared


def find(
    plan: Plan,
    shared: duckdb.DuckDBPyConnection,
    check_id: str,
    text: str,
    today: dt.date = TODAY,
    draws: Mapping[str, Sequence[str]] | None = None,
    teams: Mapping[str, Sequence[tuple[str, str]]] | None = None,
) -> list[dict[str, Any]]:
    """The findings of one check over what is drawn, the units of each draw and the teams; it must have had its evidence.

    A draw named 听证/361181103 is one of a second stage.
    """
    with TemporaryDirectory() as folder:
        _save_draws(Path(folder), draws or {}, teams or {})
        connection = open_views(cast(Inspection, Example(plan, shared, draw(text), Path(folder))), today)
    table, (status,) = ask(connection, [rule for rule in rules() if rule.id == check_id], plan, today)
    assert not status.missing, status.missing
    found: list[dict[str, Any]] = table.to_pylist()
    assert len({finding["finding_id"] for finding in found}) == len(found)
    _must_rest_on_rows(found)
    return found


def _save_draws(
    folder: Path, draws: Mapping[str, Sequence[str]], teams: Mapping[str, Sequence[tuple[str, str]]]
) -> None:
    """Records of draws and of teams as far as checks read them."""
    records: dict[str, Any] = {
        name: {"name": name, "sample": [{"unit": unit} for unit in units], "replacements": []}
        for name, units in draws.items()
    }
    records |= {f"teams/{name}": {"name": name, "pairs": pairs} for name, pairs in teams.items()}
    for name, record in records.items():
        file = folder / "draws" / f"{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(record), encoding="utf-8")


def _must_rest_on_rows(found: list[dict[str, Any]]) -> None:
    for finding in found:
        assert finding["sources"] and all(source.count("#") == 2 for source in finding["sources"])
        assert finding["explanation"].endswith("。") and finding["observed"] and finding["expected"]
        assert match_strength(finding["match_key"]) != "弱" or finding["severity"] != "A"
        assert not any(person in finding["explanation"] for person in _person_data(finding))


def _person_data(finding: dict[str, Any]) -> Iterator[str]:
    yield from (finding[name] for name in ("household_id", "person_id") if finding[name])
