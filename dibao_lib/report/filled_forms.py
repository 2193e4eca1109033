"""The plan's forms filled in from what was imported, a folder a township: 备案表, 统计表, 汇总表, 公示栏, 台账 (plan-clauses.md, 1.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from dibao_lib.checks.views import open_views
from dibao_lib.evidence.blank import BLANKS, BlankForm, Filling, write_paper
from dibao_lib.evidence.blank.records import shown_value
from dibao_lib.report.relations import owner_of
from dibao_lib.report.subject import find_townships
from dibao_lib.report.text import file_name
from dibao_lib.workspace import Inspection

Row = Mapping[str, Any]

_BOARDS = {
    "低保对象公示栏": (
        "SELECT village_code AS vil_id, head, kind, covered, base, monthly AS total, start FROM household"
        " WHERE active AND township_code = $township ORDER BY village_code, hh_id"
    ),
    "退保公示栏": (
        "SELECT v.name AS vil, h.head, e.exit_on, e.reason, e.route FROM exits e"
        " JOIN household h ON h.hh_id = e.hh_id LEFT JOIN village v ON v.code = h.village_code"
        " WHERE e.exit_on <= $today AND h.township_code = $township ORDER BY h.village_code, e.exit_on, e.hh_id"
    ),
}
# a sheet's name may not hold these
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_filled(inspection: Inspection, today: dt.date, folder: Path, townships: Sequence[str] = ()) -> list[Path]:
    """Writes every form that has rows, one workbook a form and township, a sheet a village where the form is a village's.

    Args:
        inspection: the workspace.
        today: the day as of which somebody is on the register.
        folder: where to: `<folder>/<township>/<form>.xlsx`.
        townships: codes or names; none means all.
    """
    plan = inspection.plan
    written = []
    with closing(open_views(inspection, today)) as connection:
        named = "SELECT code, name FROM township UNION ALL SELECT code, name FROM village"
        places = {code: name or code for code, name in connection.execute(named).fetchall()}
        for code in [each.code for each in find_townships(connection, plan, townships)]:
            for blank in BLANKS:
                rows = _rows(connection, blank, code, today)
                if rows:
                    path = folder / file_name(places[code]) / f"{blank.title}.xlsx"
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(write_paper(blank, plan, list(_sheets(blank, rows, places, places[code]))))
                    written.append(path)
    return written


def _rows(connection: duckdb.DuckDBPyConnection, blank: BlankForm, township: str, today: dt.date) -> list[Row]:
    # names of tables and expressions are words of this program, values are bound
    query = _BOARDS.get(blank.title) or (
        f'SELECT * FROM "{blank.form.table}" t WHERE {owner_of(blank.form.table)} = $township'
        " ORDER BY source_file, source_sheet, source_row"
    )
    values = {"township": township, "today": today}
    found = connection.sql(query, params={name: value for name, value in values.items() if f"${name}" in query})
    rows: list[Row] = found.to_arrow_table().to_pylist()
    return rows


def _sheets(blank: BlankForm, rows: Sequence[Row], places: Mapping[str, str], township: str) -> Iterator[Filling]:
    """A sheet for each different set of values above the table."""
    above = [one for one in (*blank.form.fields, *blank.fields) if one.name in blank.above]
    key: Callable[[Row], tuple[str, ...]] = lambda row: tuple(str(row.get(one.name) or "") for one in above)
    names: list[str] = []
    for _, group in groupby(sorted(rows, key=key), key):
        members = list(group)
        head = {one.name: shown_value(one, members[0], places) for one in above}
        village = next((str(head[name]) for name in ("vil_id", "vil") if head.get(name)), "")
        names.append(_sheet_name(village or blank.title, names))
        yield Filling(
            names[-1],
            {"": township, **head},
            [{one.name: shown_value(one, row, places) for one in blank.fields} for row in members],
        )


def _sheet_name(wanted: str, taken: Sequence[str]) -> str:
    """A legal name of a sheet that no other sheet has."""
    plain = wanted.translate(_FORBIDDEN)[:28].strip("' ") or "表"
    same = sum(name.startswith(plain) for name in taken)
    return f"{plain}{same + 1}" if same else plain
