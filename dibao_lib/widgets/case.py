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
from dibao_lib.rectification import rectification_given, seen_problems
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


_LEADS = """
SELECT f.*, coalesce(f.village, f.township, '') AS place FROM findings f
WHERE ($place = '' OR f.township_code = $place OR f.village_code = $place)
  AND ($all OR list_contains($units, f.household_id) OR list_contains($units, f.village_code)
       OR list_contains($units, f.township_code))
ORDER BY f.severity, coalesce(f.amount_fen, 0) DESC, f.check_id, f.finding_id
"""


def problem_cases(ins: Inspection, draw: str = "", place: str = "") -> list[Case]:
    """What is to be judged and put right: what people saw first, then leads, most serious first.

    Args:
        ins: the workspace.
        draw: name of a draw; only leads about what it drew.
        place: only this township or village, by name or code.

    Raises:
        UsageError: there is no such draw.
        InputRefused: the checks have not been run, or there is no such place.
    """
    if "findings" not in ins.sources():
        raise InputRefused("尚无检查结果，列不出要核实整改的线索。请先运行 dibao check，再打开本页。")
    code, units = _place(ins, place), _drawn(ins, draw) if draw else []
    leads = ins.sql(_LEADS, {"place": code, "units": units, "all": not draw}).to_dict("records")
    return [
        *(_seen(given) for given in seen_problems(ins) if _within(ins, given, code, units)),
        *(
            Case(
                case_id("rectification", str(row["finding_id"])),
                f"{row['check_id']}　{str(row['finding_id'])[:8]}",
                str(row["place"]),
                str(row["explanation"]),
                _problem(ins, str(row["finding_id"])),
            )
            for row in leads
        ),
    ]


def _seen(given: Mapping[str, Any]) -> Case:
    title = f"{given['route']}　{given['fid'][:8]}"
    return Case(case_id("rectification", given["fid"]), title, given["place"], given["what"], lambda: given)


def _within(ins: Inspection, given: Mapping[str, Any], code: str, units: Sequence[str]) -> bool:
    """Whether a problem lies in the place asked for and in what was drawn."""
    here = given["place"] == place_name(ins, code) if len(code) > 9 else not code or given["twn_id"] == code
    return here and (not units or bool({given["twn_id"], given["hh_id"]} & {*units}))


def _problem(ins: Inspection, finding_id: str) -> Callable[[], Mapping[str, Any]]:
    return lambda: rectification_given(ins, finding_id)
