"""Closure (销号): a second person has seen the proof (R63)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.errors import InputRefused
from dibao_lib.records.events import Record, Saved
from dibao_lib.records.log import RecordLog
from dibao_lib.rectification.problems import Problem, problem_of


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
