"""整改: the ledger of problems from lead to closure, what the plan proposes for each, and what is overdue (R63-R65, R72)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dibao_lib.dispositions import Facts, Proposal, propose
from dibao_lib.errors import InputRefused
from dibao_lib.plan import Plan
from dibao_lib.records.events import Record, Saved
from dibao_lib.records.given import place_name, register_values
from dibao_lib.records.kinds import record_form
from dibao_lib.records.kinds.rectification import UPHELD, state_of
from dibao_lib.records.log import RecordLog
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
    frame = ins.findings()
    found = frame[frame["finding_id"] == finding_id]
    if found.empty:
        raise InputRefused("检查结果中没有这个编号的线索。请核对编号，或重新运行 dibao check 后再查。")
    row = found.iloc[0].where(found.iloc[0].notna(), None).to_dict()
    hh_id = row["household_id"] or ""
    known = register_values(ins, [hh_id] if hh_id else []).get(hh_id, {})
    return {
        "fid": finding_id,
        "finding_id": finding_id,
        "twn_id": row["township_code"],
        "place": place_name(ins, row["village_code"] or row["township_code"] or ""),
        "hh_id": hh_id or None,
        "head": known.get("head"),
        "check_id": row["check_id"],
        "facts": row["explanation"],
        "what": row["explanation"],
        "basis": row["clause"],
        "households": 1 if hh_id else None,
        "persons": known.get("register_people"),
        "amt": None if row["amount_fen"] is None else int(row["amount_fen"]),
        "route": "数据比对",
    }


def proposals(plan: Plan, found: Sequence[Problem], today: dt.date) -> dict[str, tuple[Proposal, ...]]:
    """Problem's number -> rows of the decision table that fit it as of a day; a named person decides (D1-D7)."""
    cases = Counter(_cadre(problem.data) for problem in found if problem.data["judgement"] in UPHELD)
    return {
        problem.data["fid"]: propose(plan, facts_of(problem.data, cases[_cadre(problem.data)]), today)
        for problem in found
    }


def facts_of(data: Mapping[str, Any], cadre_cases: int = 0) -> Facts:
    """What the decision table needs of a problem's data."""
    return Facts(
        judgement=data["judgement"],
        check_id=data["check_id"] or "",
        route=data["route"],
        found_on=_day(data["found_on"]),
        due=_day(data["due"]),
        done_on=_day(data["done_on"]),
        cadre=data["cadre"],
        cadre_cases=cadre_cases if data["cadre"] else 0,
    )


def _cadre(data: Mapping[str, Any]) -> tuple[str, str]:
    """A cadre is known by township and name as written; two of one name in a township are for a person to tell apart."""
    return data["twn_id"] or "", data["cadre"] or ""


def close(log: RecordLog, record_id: str, *, verifier: str, now: dt.datetime, submission: str) -> Saved:
    """Strikes a problem off: a second person has seen the proof (R63).

    Raises:
        InputRefused: it is not put right, has no proof, or the verifier answers for it or reported it done himself.
    """
    record = log.record(record_id)
    if record is None or record.kind != "rectification":
        raise InputRefused("整改台账中没有这个问题。请从台账中重新打开。")
    problem = problem_of(record)
    _reject_unproved(problem)
    if verifier.strip() in {problem.data["owner"].strip(), *_reporters(record)}:
        raise InputRefused("销号人不能是整改责任人，也不能是填报整改结果的人。请由另一人核对佐证后销号。")
    return log.save(
        record.kind,
        record_id,
        {},
        who=verifier,
        now=now,
        submission=submission,
        base=record.revision,
        action="approve",
    )


def _reject_unproved(problem: Problem) -> None:
    if problem.state == "已销号":
        raise InputRefused("这个问题已经销号，不用再次销号。")
    if problem.state != "已整改":
        raise InputRefused(
            f"这个问题现在是“{problem.state}”，不能销号：须核实属实，填写完成日期并附佐证材料后，才能销号。"
        )
    if problem.record.status in {"disputed", "withdrawn", "erased"}:
        raise InputRefused("这条记录有分歧或已撤回，不能销号。请先裁定或重新填写。")


def _reporters(record: Record) -> set[str]:
    """Who entered that it was done, and whoever changed the record since."""
    return {event.who for event in record.events if event.action == "save" and event.data.get("done_on")}


def ledger(found: Sequence[Problem], today: dt.date) -> pd.DataFrame:
    """The ledger (问题整改台账) as of a day, one upheld problem a row; amounts in fen.

    Columns: 问题编号, 单位, 问题, 涉及金额, 发现途径, 处理意见, 责任人, 时限, 状态, 逾期天数, 追缴金额, 追责情况, 销号人.
    """
    rows = [
        {
            "问题编号": problem.data["fid"],
            "单位": problem.data["place"],
            "问题": problem.data["what"],
            "涉及金额": problem.data["amt"],
            "发现途径": problem.data["route"],
            "处理意见": problem.data["opinion"],
            "责任人": problem.data["owner"],
            "时限": problem.data["due"],
            "状态": problem.state,
            "逾期天数": problem.overdue_days(today),
            "追缴金额": problem.data["recovered"],
            "追责情况": problem.data["disc"],
            "销号人": problem.closed_by,
        }
        for problem in found
        if problem.data["judgement"] in UPHELD
    ]
    columns = [
        "问题编号",
        "单位",
        "问题",
        "涉及金额",
        "发现途径",
        "处理意见",
        "责任人",
        "时限",
        "状态",
        "逾期天数",
        "追缴金额",
        "追责情况",
        "销号人",
    ]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"涉及金额": "Int64", "追缴金额": "Int64", "逾期天数": "Int64"})


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
