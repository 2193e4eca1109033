"""What a report is about: the whole city or one township as of a day, and the questions its sections ask."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pandas as pd

from dibao_lib.checks import RuleStatus, ranked
from dibao_lib.checks.findings import last_statuses
from dibao_lib.errors import InputRefused
from dibao_lib.plan import Plan, Township
from dibao_lib.report.audience import Audience, told_rows
from dibao_lib.report.relations import open_relations, open_slice
from dibao_lib.workspace import Inspection

# in a batch: the folder of the township's data, cut out beforehand so that a report costs the same in a large place
SLICE = "DIBAO_SLICE"
# in a batch: a folder where the questions of a large place may put what does not fit into `MEMORY`
SPILL = "DIBAO_SPILL"
# what the relations of the whole place may take, however large it is
MEMORY = "2GB"


@dataclass(frozen=True)
class Subject:
    """One report's subject; `area` is the unit its tables list: villages of a township, townships of the city.

    Args:
        plan: the plan in force.
        today: the day the report speaks of.
        township: the township, None for the whole city.
        statuses: what became of each check in the last run.
        connection: DuckDB with the evidence tables, the findings and the views of the checks.
        folder: the workspace; its draws/ holds what was drawn.
        audience: who reads the report.
    """

    plan: Plan
    today: dt.date
    township: Township | None
    statuses: tuple[RuleStatus, ...]
    connection: duckdb.DuckDBPyConnection
    folder: Path
    audience: Audience = Audience.INTERNAL

    @property
    def name(self) -> str:
        """What the report calls its subject."""
        return self.township.name if self.township else self.plan.place.name

    @property
    def area(self) -> str:
        """Column that names a line of its tables."""
        return "village" if self.township else "township"

    @property
    def area_title(self) -> str:
        """That column in Chinese."""
        return "村（居）" if self.township else "乡镇（街道）"

    def sql(self, query: str, **parameters: object) -> pd.DataFrame:
        """The answer to a question as the report's readers may see it.

        `$township` is the subject's code or NULL, `$today` its day. Ids that people wrote into a text are shown in
        the form for these readers as well: every word about a person comes through here.
        """
        given = {"township": self.township.code if self.township else None, "today": self.today, **parameters}
        used = {name: value for name, value in given.items() if f"${name}" in query}
        return told_rows(self.connection.execute(query, used).df(), self.audience)

    def row(self, query: str, **parameters: object) -> Any:
        """The single row of an answer, its columns as attributes."""
        (found,) = self.sql(query, **parameters).to_dict("records")
        return SimpleNamespace(**{str(name): value for name, value in found.items()})

    def township_names(self) -> dict[str, str]:
        """Code -> name of every township."""
        rows = self.sql("SELECT code, name FROM township")
        return dict(zip(rows["code"], rows["name"], strict=True))

    def findings(self) -> pd.DataFrame:
        """Findings about the subject in the order of `ranked`; `head` is the household's head."""
        return self._findings.copy()

    @cached_property
    def _findings(self) -> pd.DataFrame:
        return ranked(
            self.sql(
                "SELECT f.*, h.head FROM findings f LEFT JOIN household h ON h.hh_id = f.household_id"
                " WHERE $township IS NULL OR f.township_code = $township"
            )
        )


def open_subject(workspace: str, township: str, today: str, audience: Audience = Audience.INTERNAL) -> Subject:
    """The subject of a report notebook.

    Args:
        workspace: folder of the inspection.
        township: code or name of a township; '' for the whole city.
        today: ISO date the report speaks of.
        audience: who reads the report.

    Raises:
        InputRefused: no such township, no valid date, or no findings yet.
    """
    spill = os.environ.get(SPILL)
    inspection = Inspection.open(workspace, memory=MEMORY, spill=Path(spill)) if spill else Inspection.open(workspace)
    day = _day(today)
    statuses = last_statuses(inspection)
    prepared = Path(os.environ.get(SLICE, ""))
    connection = open_slice(prepared) if township and prepared.name else open_relations(inspection, day)
    chosen = find_township(connection, inspection.plan, township) if township else None
    return Subject(inspection.plan, day, chosen, statuses, connection, inspection.folder, audience)


def find_townships(connection: duckdb.DuckDBPyConnection, plan: Plan, named: Sequence[str]) -> list[Township]:
    """The townships of these codes or names, each once; all of them when none is named.

    Raises:
        InputRefused: there is no such township.
    """
    rows = connection.execute("SELECT code, name, names FROM township ORDER BY code").fetchall()
    called = {word: (code, name) for code, name, names in reversed(rows) for word in (code, name, *names)}
    planned = {township.code: township for township in plan.townships}
    found = []
    for each in dict.fromkeys(named or [code for code, _, _ in rows]):
        if each not in called:
            raise InputRefused(
                f"没有名为“{each}”的乡镇。可用的有：{'、'.join(name for _, name, _ in rows)}。请核对名称或代码。"
            )
        code, name = called[each]
        found.append(replace(planned[code], name=name) if code in planned else Township(code, name, "", ()))
    return found


def find_township(connection: duckdb.DuckDBPyConnection, plan: Plan, named: str) -> Township:
    """The township of that code, name or alias, by the evidence first and the plan next.

    Raises:
        InputRefused: there is none.
    """
    (township,) = find_townships(connection, plan, [named])
    return township


def _day(today: str) -> dt.date:
    try:
        return dt.date.fromisoformat(today)
    except ValueError:
        raise InputRefused(f"报告日期“{today}”写法不对，应为 2011-06-30 这样的年-月-日。") from None
