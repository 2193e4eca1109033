"""Problems from lead to closure: where each stands, what the plan proposes for it, which are overdue (R63-R65, R72)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.plan import Plan
from dibao_lib.records.dispositions import UPHELD, Proposal, facts_of, propose
from dibao_lib.records.events import Record
from dibao_lib.records.given import place_name, register_values
from dibao_lib.records.kinds import record_form
from dibao_lib.records.kinds.rectification import state_of
from dibao_lib.records.log import RecordLog
from dibao_lib.records.publish import has_records
from dibao_lib.records.review import standing
from dibao_lib.records.validate import usable
from dibao_lib.workspace import Inspection

_OPEN = {"未整改", "整改中", "已整改"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the ledger: the record and what its events say of it."""

    record: Record
    data: Mapping[str, Any]
    state: str
    closed_by: str
    closed_on: str

    def overdue_days(self, today: dt.date) -> int:
        """Days past its deadline without closure; 0 when it is in time, closed or not upheld."""
        due = _day(self.data["due"])
        return max((today - due).days, 0) if due and self.state in _OPEN else 0


def problems(log: RecordLog) -> list[Problem]:
    """Every problem of the log that has content, in the order it was opened."""
    return [problem_of(record) for record in log.records("rectification") if record.data]


def problems_of(ins: Inspection, place: str = "") -> list[Problem]:
    """The problems of a workspace, or of a township or village by name or code; none when nothing was recorded yet."""
    if not has_records(ins):
        return []
    word = place.strip()
    with RecordLog.open(ins) as log:
        return [one for one in problems(log) if word in (one.data["place"] or "") or word == one.data["twn_id"]]


def problem_of(record: Record) -> Problem:
    """A record of the kind rectification as a line of the ledger."""
    data = usable(record_form("rectification"), record.data)
    told = standing(record)
    return Problem(record, data, state_of(data, closed=bool(told.approver)), told.approver, told.approved_on)


def overdue(found: Iterable[Problem], today: dt.date) -> list[Problem]:
    """Upheld problems not closed by their deadline, longest first."""
    late = [problem for problem in found if problem.overdue_days(today)]
    return sorted(late, key=lambda problem: (-problem.overdue_days(today), problem.data["fid"]))


def rectification_given(ins: Inspection, finding_id: str) -> dict[str, Any]:
    """The shown values of a problem opened from a lead, and what can be filled in beforehand.

    Raises:
        InputRefused: there is no such finding, or the checks have not been run.
    """
    found = rectifications_given(ins, [finding_id])
    if not found:
        raise InputRefused("检查结果中没有这个编号的线索。请核对编号，或重新运行 dibao check 后再查。")
    return found[0]


def rectifications_given(ins: Inspection, finding_ids: Sequence[str]) -> list[dict[str, Any]]:
    """The same for several leads at once, in the order asked for; unknown ones are left out.

    Raises:
        InputRefused: the checks have not been run.
    """
    if "findings" not in ins.sources():
        raise InputRefused("尚无检查结果。请先运行 dibao check。")
    frame = ins.sql("SELECT * FROM findings WHERE list_contains($ids, finding_id)", {"ids": list(finding_ids)})
    leads = {lead["finding_id"]: lead for lead in frame.astype(object).where(frame.notna(), None).to_dict("records")}
    known = register_values(ins, [lead["household_id"] for lead in leads.values() if lead["household_id"]])
    return [_given(ins, leads[asked], known) for asked in finding_ids if asked in leads]


def _given(ins: Inspection, lead: Mapping[Any, Any], known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    # what concerns no township concerns the county's own office
    place = lead["village_code"] or lead["township_code"] or ins.plan.place.code
    hh_id = lead["household_id"]
    household = known.get(hh_id or "", {})
    return {
        "fid": lead["finding_id"],
        "finding_id": lead["finding_id"],
        "twn_id": lead["township_code"] or place,
        "place": place_name(ins, place),
        "hh_id": hh_id,
        "head": household.get("head"),
        "check_id": lead["check_id"],
        "facts": lead["explanation"],
        "what": lead["explanation"],
        "basis": lead["clause"],
        "households": 1 if hh_id else None,
        "persons": household.get("register_people"),
        "amt": None if lead["amount_fen"] is None else int(lead["amount_fen"]),
        "route": "数据比对",
    }


def proposals(plan: Plan, found: Sequence[Problem], today: dt.date) -> dict[str, tuple[Proposal, ...]]:
    """Problem's number -> rows of the decision table that fit it as of a day; a named person decides (D1-D7)."""
    cases = Counter(_cadre(problem.data) for problem in found if problem.data["judgement"] in UPHELD)
    return {
        problem.data["fid"]: propose(plan, facts_of(problem.data, cases[_cadre(problem.data)]), today)
        for problem in found
    }


def _cadre(data: Mapping[str, Any]) -> tuple[str, str]:
    """A cadre is known by township and name as written; two of one name in a township are for a person to tell apart."""
    return data["twn_id"] or "", data["cadre"] or ""


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
