"""The made-up campaign's field records, written through the log like anybody's: some hundred, the same for the same seed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import duckdb

from dibao_lib.checks.views import open_views
from dibao_lib.demo.field.boards import names_due, write_boards
from dibao_lib.demo.field.hearings import write_hearing, write_review
from dibao_lib.demo.field.office import write_complaints, write_items, write_milestones
from dibao_lib.demo.field.pen import Pen, working_days
from dibao_lib.demo.field.problems import write_problems
from dibao_lib.demo.field.visits import write_visits
from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.model import County
from dibao_lib.demo.season import stream
from dibao_lib.hearing import hearing_given
from dibao_lib.plan import Township
from dibao_lib.records.attachments import Attachments
from dibao_lib.records.given import register_values
from dibao_lib.records.log import RecordLog
from dibao_lib.rectification import rectifications_given
from dibao_lib.workspace import Inspection

_RANDOM, _BOARDS, _CASES, _LEADS, _OBJECTIONS = 12, 3, 5, 8, 14
# boards and hearings with irregularities of the workbooks in them are left alone
_LEFT_ALONE = {"P3", "P4", "P6", "P7", "P8", "P9", "P10", "P11", "C1", "C6"}
# what a visit would settle, so that the lead would vanish
_UNVISITED = {"G4"}

_ACTIVE = "SELECT hh_id FROM household WHERE active AND township_code = $township ORDER BY hh_id"
_VILLAGES = """
SELECT village_code FROM findings WHERE township_code = $township AND village_code IS NOT NULL
    AND household_id IS NOT NULL GROUP BY village_code ORDER BY count(DISTINCT household_id) DESC, village_code
"""
_CASES_OF = """
SELECT household_id FROM findings WHERE village_code = $village AND household_id IS NOT NULL
GROUP BY household_id ORDER BY min(severity), count(*) DESC, household_id LIMIT $most
"""
# a meeting held once more votes on whoever came since, and on some others
_NOT_REVIEWED = """
SELECT hh_id FROM household WHERE active AND village_code = $village
QUALIFY hh_id NOT IN (SELECT hh_id FROM reviews WHERE hh_id IS NOT NULL) OR row_number() OVER (ORDER BY hh_id) <= 3
ORDER BY hh_id
"""
_SERIOUS = """
SELECT finding_id FROM findings WHERE township_code = $township AND severity = 'A' AND check_id <> 'C7'
ORDER BY row_number() OVER (PARTITION BY check_id ORDER BY finding_id), finding_id LIMIT $most
"""


@dataclass(frozen=True, slots=True)
class Campaign:
    """What the teams wrote: records and events, and irregularities that the checks must find in them."""

    records: int
    events: int
    planted: tuple[Planted, ...]


def write_records(county: County, ins: Inspection, townships: Sequence[str], today: dt.date) -> Campaign:
    """Writes the campaign of the drawn townships into an empty log.

    Args:
        county: whose truth the teams find.
        ins: the workspace, imported, checked and drawn.
        townships: codes of the drawn townships.
        today: no record is later.

    Returns:
        What was written; nothing new when the log has records already.
    """
    rng = stream(county.seed, "records")
    connection = open_views(ins, today)
    try:
        with RecordLog.open(ins, rng.randbytes) as log:
            planted: list[Planted] = []
            if not log.records():
                pen = Pen(log, ins.plan, Attachments.open(ins), stream(county.seed, "field"))
                planted = _campaign(_Field(pen, county, ins, connection, today), townships)
            return Campaign(len(log.records()), log.checkpoint().count, tuple(planted))
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class _Field:
    """What every part of the campaign needs."""

    pen: Pen
    county: County
    ins: Inspection
    connection: duckdb.DuckDBPyConnection
    today: dt.date

    def column(self, query: str, **parameters: object) -> list[str]:
        return [str(value) for (value,) in self.connection.execute(query, parameters).fetchall()]

    def villages_left_alone(self) -> set[str]:
        return {one.village_code for one in self.county.truth if one.check_id in _LEFT_ALONE}


def _campaign(field: _Field, townships: Sequence[str]) -> list[Planted]:
    chosen = [township for township in field.ins.plan.townships if township.code in townships]
    days = list(islice(working_days(field.today - dt.timedelta(26), field.today - dt.timedelta(14)), len(chosen)))
    write_milestones(field.pen, chosen)
    planted = write_complaints(field.pen, _objected(field, chosen), field.today)
    for number, (township, day) in enumerate(zip(chosen, days, strict=True)):
        group = number % field.ins.plan.quotas.verification_groups + 1
        write_items(field.pen, township, day, group)
        _visit(field, township, day, group)
        planted += _boards(field, township, day, group, first=number == 0)
        planted += _meetings(field, township, day, group, first=number == 0)
        leads = field.column(_SERIOUS, township=township.code, most=_LEADS)
        given = rectifications_given(field.ins, leads)
        planted += write_problems(field.pen, given, day + dt.timedelta(1), field.today, group)
    return planted


def _visit(field: _Field, township: Township, day: dt.date, group: int) -> None:
    """Households at random, and those with a confirmed lead."""
    settled = {one.household_id for one in field.county.truth if one.check_id in _UNVISITED}
    true = {
        one.household_id: one.check_id
        for one in field.county.truth
        if one.township_code == township.code and one.household_id and one.check_id[0] in "OF"
    }
    active = field.column(_ACTIVE, township=township.code)
    free = [hh_id for hh_id in active if hh_id not in settled and hh_id not in true]
    drawn = field.pen.rng.sample(free, min(_RANDOM, len(free))) + sorted(true.keys() & {*active})[:4]
    write_visits(field.pen, _registered(field, drawn), true, day, group)


def _registered(field: _Field, households: Collection[str]) -> list[dict[str, Any]]:
    known = register_values(field.ins, households)
    return [known[hh_id] | {"leads": ""} for hh_id in households if hh_id in known]


def _objected(field: _Field, townships: Sequence[Township]) -> list[dict[str, Any]]:
    active = [hh_id for township in townships for hh_id in field.column(_ACTIVE, township=township.code)]
    return _registered(field, field.pen.rng.sample(active, min(_OBJECTIONS, len(active))))


def _boards(field: _Field, township: Township, day: dt.date, group: int, *, first: bool) -> list[Planted]:
    """Boards of some villages; only the first township has irregular ones."""
    due = names_due(field.connection, field.ins.plan.date("campaign_start"), day)
    alone = field.villages_left_alone()
    villages = [one.code for one in township.villages if one.code in due and one.code not in alone]
    chosen = field.pen.rng.sample(villages, min(_BOARDS, len(villages)))
    return write_boards(field.pen, field.ins, chosen, due, day, group, irregular=first)


def _meetings(field: _Field, township: Township, day: dt.date, group: int, *, first: bool) -> list[Planted]:
    """Hearings in the two villages with most leads; in the first township one without recipients, and a review."""
    planted = []
    villages = [
        code for code in field.column(_VILLAGES, township=township.code) if code not in field.villages_left_alone()
    ]
    for number, village in enumerate(villages[:2]):
        given = hearing_given(field.ins, village, field.column(_CASES_OF, village=village, most=_CASES))
        empty_seats = first and number == 1
        write_hearing(field.pen, given, day + dt.timedelta(number), group, empty_seats=empty_seats)
        if empty_seats:
            planted.append(Planted("C6", township.code, village))
    if first and len(villages) > 2:
        newcomers = field.column(_NOT_REVIEWED, village=villages[2])
        given = hearing_given(field.ins, villages[2], newcomers)
        write_review(field.pen, given, _panel(field.county, villages[2]), day)
    return planted


def _panel(county: County, village: str) -> Mapping[str, int]:
    """People of a village's panel by the first role each is listed with."""
    roles: dict[str, str] = {}
    for row in county.tables["panels"][village[:9]]:
        if row["vil_id"] == village:
            roles.setdefault(str(row["pid"]), str(row["role"]))
    return Counter(roles.values())
