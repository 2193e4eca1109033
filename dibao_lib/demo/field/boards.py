"""Boards as the teams found them: right but for one without a phone, one of its own format and one not hung (R49-R52)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import duckdb

from dibao_lib.demo.field.pen import Pen
from dibao_lib.demo.hidden import Planted
from dibao_lib.records.given import place_name
from dibao_lib.workspace import Inspection

_ABSENT = {"up": False, "note": "村委会未制作，墙上没有"}
# names due on the two boards of a village on a day, as check P10 counts them
_DUE = """
WITH here AS (
    SELECT village_code, count(*) FILTER (active_on(start, left_on, stopped, $day)) AS recipients,
           count(*) FILTER (left_on BETWEEN $begun AND $day) AS removed
    FROM household GROUP BY village_code
), single AS (
    SELECT h.village_code, count(*) AS n FROM household h JOIN departure d ON d.hh_id = h.hh_id
    WHERE d.single AND d.exit_on BETWEEN $begun AND $day GROUP BY h.village_code
)
SELECT h.village_code, h.recipients, h.removed + coalesce(s.n, 0) FROM here h LEFT JOIN single s USING (village_code)
"""


def names_due(connection: duckdb.DuckDBPyConnection, begun: dt.date, day: dt.date) -> dict[str, tuple[int, int]]:
    """Village -> households on the register, and removals since the campaign began, on a day."""
    rows = connection.execute(_DUE, {"begun": begun, "day": day}).fetchall()
    return {code: (recipients, removed) for code, recipients, removed in rows}


def write_boards(
    pen: Pen,
    ins: Inspection,
    villages: Sequence[str],
    due: Mapping[str, tuple[int, int]],
    day: dt.date,
    group: int,
    *,
    irregular: bool,
) -> list[Planted]:
    """Two boards a village; with `irregular` one lacks a phone, one has a format of its own and one does not hang."""
    planted = []
    for number, village in enumerate(villages):
        for board, count in zip(("低保对象", "退保对象"), due[village], strict=True):
            odd = irregular and number == 1 and board == "退保对象"
            silent = irregular and number == 0 and board == "低保对象"
            answers: dict[str, object] = {
                "vil_id": village,
                "place": place_name(ins, village),
                "board": board,
                "seen_on": day.isoformat(),
            }
            absent = irregular and number == 2 and board == "退保对象"
            answers |= _ABSENT if absent else _hanging(pen, count, silent=silent, uniform=not odd)
            record_id = pen.write("posting", answers, pen.teams[group - 1][0], day)
            if number % 2 == 0:
                pen.approve(record_id, pen.teams[group - 1][0], day + dt.timedelta(1))
            if odd or silent or absent:
                planted.append(Planted("P11", village[:9], village))
    return planted


def _hanging(pen: Pen, count: int, *, silent: bool, uniform: bool) -> dict[str, object]:
    since = pen.plan.date("boards_due") - dt.timedelta(pen.rng.randint(0, 3))
    phones = {"tel_civil": True, "tel_supervision": True, "tel_petitions": not silent}
    return {"up": True, "from": since.isoformat(), "format_ok": uniform, "n_list": count, "private": False, **phones}
