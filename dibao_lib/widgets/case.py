"""What is to be recorded: the villages and households of a draw, each with its leads (R57, R58, R61)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dibao_lib.checks.catalogue import rules
from dibao_lib.errors import InputRefused
from dibao_lib.hearing import hearing_given
from dibao_lib.records.canonical import digest
from dibao_lib.records.given import find_village, place_name, visit_given
from dibao_lib.workspace import Inspection


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to record.

    Args:
        record_id: the same wherever the case is opened, so that two teams on one case meet in one record.
        title: what the list calls it.
        place: township and village.
        note: its leads, without figures: visitors enter their own first.
        given: reads the shown values of its form.
    """

    record_id: str
    title: str
    place: str
    note: str
    given: Callable[[], Mapping[str, Any]]


_WANTED = """
SELECT h.hh_id, any_value(h.head) AS head, any_value(h.vil_id) AS vil_id, any_value(h.twn_id) AS twn_id,
       list_sort(list_distinct(list(f.check_id) FILTER (f.check_id IS NOT NULL))) AS leads
FROM households h LEFT JOIN {findings} f ON f.household_id = h.hh_id
WHERE h.hh_id IS NOT NULL AND ($place = '' OR h.vil_id = $place OR h.twn_id = $place)
  AND ($all OR list_contains($units, h.hh_id) OR list_contains($units, h.vil_id) OR list_contains($units, h.twn_id))
GROUP BY h.hh_id
HAVING list_contains($units, h.hh_id) OR len(leads) > 0
ORDER BY vil_id, h.hh_id
"""
_NO_FINDINGS = "(SELECT NULL::VARCHAR AS household_id, NULL::VARCHAR AS check_id)"


def visit_cases(ins: Inspection, draw: str = "", place: str = "") -> list[Case]:
    """The households to visit, by village.

    Args:
        ins: the workspace.
        draw: name of a draw; households it drew, or households with leads in the villages or townships it drew.
            Without one, all households with leads.
        place: only this township or village, by name or code.

    Raises:
        UsageError: there is no such draw.
        InputRefused: the register has not been imported, or there is no such place.
    """
    titles = {rule.id: rule.title for rule in rules()}
    return [
        Case(
            case_id("visit", str(row["hh_id"])),
            f"{row['head'] or ''}　{row['hh_id']}".strip(),
            place_name(ins, str(row["vil_id"] or row["twn_id"] or "")),
            "；".join(f"{lead} {titles.get(lead, '')}".strip() for lead in row["leads"]),
            _visit(ins, str(row["hh_id"])),
        )
        for row in _wanted(ins, draw, place)
    ]


def hearing_cases(ins: Inspection, draw: str = "", place: str = "") -> list[Case]:
    """The villages that hold a hearing, each with the households to be heard; arguments as for `visit_cases`."""
    villages: dict[str, list[str]] = {}
    for row in _wanted(ins, draw, place):
        if row["vil_id"]:
            villages.setdefault(str(row["vil_id"]), []).append(str(row["hh_id"]))
    return [
        Case(
            case_id("hearing", village),
            place_name(ins, village),
            "",
            f"听证{len(households)}户",
            _hearing(ins, village, households),
        )
        for village, households in villages.items()
    ]


def case_id(kind: str, unit: str) -> str:
    """The record id of a case; it tells nothing about the household."""
    return f"{kind}-{digest(kind, unit)[:32]}"


def _wanted(ins: Inspection, draw: str, place: str) -> list[dict[Any, Any]]:
    """Household rows: hh_id, head, vil_id, twn_id, leads (ids of checks)."""
    known = ins.tables()
    if "households" not in known:
        raise InputRefused("低保对象台账尚未导入，列不出要核查的户。请先打开“表册”导入台账，再打开本页。")
    query = _WANTED.format(findings="findings" if "findings" in known else _NO_FINDINGS)
    asked = {"place": _place(ins, place), "units": _drawn(ins, draw) if draw else [], "all": not draw}
    return ins.sql(query, asked).to_dict("records")


def _drawn(ins: Inspection, draw: str) -> list[str]:
    """The units of a draw."""
    # scipy, a second's work, comes with it: only who names a draw waits for that
    from dibao_lib.sampling.files import read_draw

    return [row.unit for row in read_draw(ins.folder / "draws", draw).rows]


def _place(ins: Inspection, place: str) -> str:
    """The code of a township or village given by name or code; "" for everywhere."""
    word = place.strip()
    for township in ins.plan.townships:
        if word in (township.code, township.name, *township.aliases):
            return township.code
    return find_village(ins, word).code if word else ""


def _visit(ins: Inspection, hh_id: str) -> Callable[[], Mapping[str, Any]]:
    return lambda: visit_given(ins, hh_id)


def _hearing(ins: Inspection, village: str, households: Sequence[str]) -> Callable[[], Mapping[str, Any]]:
    return lambda: hearing_given(ins, village, households)
