"""Deciding a dispute: of the versions people wrote without knowing of each other, a named person makes one valid."""

from __future__ import annotations

import datetime as dt

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.records.events import Conflict, Saved
from dibao_lib.records.log import RecordLog


def dispute(log: RecordLog, record_id: str) -> Conflict:
    """The versions of a record that stand side by side.

    Raises:
        InputRefused: there is no dispute about it.
    """
    found = next((one for one in log.conflicts() if one.record_id == record_id), None)
    if found is None:
        raise InputRefused(
            "这条记录没有待裁定的分歧，可能已经裁定，或编号有误。请运行 dibao settle 查看清单，核对编号。"
        )
    return found


def settle(
    log: RecordLog, conflict: Conflict, number: int, *, who: str, now: dt.datetime, submission: str, reason: str
) -> Saved:
    """Makes one of the versions valid; the event's parents are all of them, and all of them are kept.

    Args:
        log: the log.
        conflict: as `dispute` found it; the log refuses when somebody decided meanwhile.
        number: the version, 1 for the first.
        who: who decides.
        now: the time.
        submission: once a decision.
        reason: why.

    Raises:
        UsageError: there is no version of that number.
        InputRefused: no reason is given, or the record moved on.
    """
    if not 1 <= number <= len(conflict.sides):
        raise UsageError(f"没有第{number}份。可选第1至第{len(conflict.sides)}份，请核对后重新输入。")
    return log.save(
        conflict.kind,
        conflict.record_id,
        conflict.sides[number - 1].data,
        who=who,
        now=now,
        submission=submission,
        base=conflict.revision,
        reason=reason,
    )
