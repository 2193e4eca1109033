"""`find(check_id, drawn)` for every spec test, under the example plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import drawn
import duckdb
import pytest

from dibao_lib.plan import Plan


@dataclass(frozen=True, slots=True)
class Finder:
    """`find(check_id, drawn, today)`, under the example plan or, by `find.under(plan)`, another one."""

    plan: Plan
    shared: duckdb.DuckDBPyConnection

    def __call__(
        self,
        check_id: str,
        text: str,
        today: dt.date = drawn.TODAY,
        draws: Mapping[str, Sequence[str]] | None = None,
        teams: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    ) -> list[dict[str, Any]]:
        """The findings of one check over what is drawn."""
        return drawn.find(self.plan, self.shared, check_id, text, today, draws, teams)

    def under(self, plan: Plan) -> Finder:
        """The same under another plan."""
        return Finder(plan, self.shared)


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    file: Path = tmp_path_factory.mktemp("spec") / "plan.toml"
    file.write_text(Plan.template("dexing"), encoding="utf-8")
    return Plan.read(file)


@pytest.fixture(scope="session")
def shared() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": "1", "autoinstall_known_extensions": "false"}) as connection:
        yield connection


@pytest.fixture(scope="session")
def find(plan: Plan, shared: duckdb.DuckDBPyConnection) -> Finder:
    return Finder(plan, shared)
