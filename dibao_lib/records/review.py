"""Review: a record is submitted, approved or rejected by another person, and signed; signing freezes what was signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.plan import Plan
from dibao_lib.records.canonical import canonical, digest
from dibao_lib.records.events import Event, Record, Saved
from dibao_lib.records.history import settled
from dibao_lib.records.kinds import record_form
from dibao_lib.records.log import RecordLog
from dibao_lib.records.validate import validate

_DECISIONS = {"approve", "reject", "withdraw"}
_ENTERED = {"save", "submit"}
_STATES = {
    "saved": "未提交",
    "submitted": "待审核",
    "approved": "已审核",
    "rejected": "已退回",
    "withdrawn": "已撤回",
    "erased": "已抹除",
    "disputed": "有分歧",
    "changed": "审后修改",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed when, the digest of what was signed, and whether the record still says that."""

    who: str
    at: str
    digest: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a record stands.

    Args:
        state: 未提交, 待审核, 已审核, 已退回, 已撤回, 已抹除, 有分歧, 审后修改 or 签后修改.
        approver: who approved what the record says now; blank for nobody.
        approved_on: that day, 'YYYY-MM-DD'; blank for none.
        reason: why it was last rejected or withdrawn.
        signatures: everybody who signed, in order.
    """

    state: str
    approver: str
    approved_on: str
    reason: str
    signatures: tuple[Signature, ...]


def content_digest(data: Mapping[str, Any]) -> str:
    """SHA-256 of what a record says, as a signature freezes it."""
    return digest(canonical(dict(data)))


def standing(record: Record) -> Standing:
    """Where a record stands by its events."""
    signatures = tuple(_signatures(record))
    approval = _approval(record.events)
    decision = next((event for event in reversed(record.events) if event.action in _DECISIONS), None)
    state = "approved" if record.status == "signed" and approval else record.status
    told = _STATES.get(state, "未提交")
    if any(not signature.holds for signature in signatures) and state not in {"withdrawn", "erased", "disputed"}:
        told = "签后修改"
    return Standing(
        told,
        approval.who if approval else "",
        approval.at[:10] if approval else "",
        decision.reason if decision and decision.action != "approve" else "",
        signatures,
    )


def _signatures(record: Record) -> list[Signature]:
    now = content_digest(record.data)
    return [
        Signature(event.who, event.at, str(event.data.get("digest", "")), event.data.get("digest") == now)
        for event in record.events
        if event.action == "sign"
    ]


def _approval(events: Sequence[Event]) -> Event | None:
    """The approval of what the record says now."""
    for event in reversed(events):
        if event.action == "approve":
            return event
        if event.action in {"save", "submit", "reject", "withdraw", "erase"}:
            return None
    return None


def authors(record: Record) -> set[str]:
    """Who entered or submitted what is to be decided: everybody since the last decision."""
    found: set[str] = set()
    for event in reversed(record.events):
        if event.action in _DECISIONS and found:
            break
        if event.action in _ENTERED:
            found.add(event.who)
    return found


def submit(log: RecordLog, plan: Plan, record_id: str, *, who: str, now: dt.datetime, submission: str) -> Saved:
    """Hands a record to the reviewer.

    Raises:
        InputRefused: something in it still has to be corrected, or it stands elsewhere.
    """
    record = _existing(log, record_id)
    _reject_state(record, {"saved", "rejected", "changed", "signed", "withdrawn"}, "提交审核")
    if faults := validate(record_form(record.kind, plan), record.data):
        first = next(iter(faults.values()))
        raise InputRefused(f"这条记录还有{len(faults)}处需要更正，没有提交。第一处：{first}。请改正后再提交。")
    return _act(log, record, "submit", who, now, submission)


def approve(log: RecordLog, record_id: str, *, who: str, now: dt.datetime, submission: str) -> Saved:
    """Accepts a submitted record.

    Raises:
        InputRefused: it was not submitted, the reviewer entered it himself, or it is a problem, which is closed instead.
    """
    record = _existing(log, record_id)
    if record.kind == "rectification":
        raise InputRefused("问题整改记录不用审核，整改到位后由他人凭佐证销号。请在整改台账中选择“销号”。")
    _reject_state(record, {"submitted"}, "审核")
    _reject_author(record, who, "审核")
    return _act(log, record, "approve", who, now, submission)


def reject(log: RecordLog, record_id: str, *, who: str, now: dt.datetime, submission: str, reason: str) -> Saved:
    """Sends a submitted record back with a reason.

    Raises:
        InputRefused: it was not submitted, the reviewer entered it himself, or no reason is given.
    """
    record = _existing(log, record_id)
    _reject_state(record, {"submitted"}, "退回")
    _reject_author(record, who, "退回")
    return _act(log, record, "reject", who, now, submission, reason)


def withdraw(log: RecordLog, record_id: str, *, who: str, now: dt.datetime, submission: str, reason: str) -> Saved:
    """Takes a record out of what counts, with a reason; it stays in the log and may be corrected and submitted again.

    Before it was approved or signed, those who entered or submitted it withdraw it. Afterwards it rests on two persons'
    word, and the writer cannot take it back alone: another person withdraws it.

    Raises:
        InputRefused: it may not be withdrawn as it stands, or not by this person, or no reason is given.
    """
    record = _existing(log, record_id)
    _reject_state(record, {"saved", "submitted", "approved", "rejected", "signed", "changed"}, "撤回")
    wrote = who.strip() in authors(record)
    if settled(record.events) and wrote:
        raise InputRefused(
            "这条记录已审核或签字，撤回人不能是填报或提交它的人。请由另一人写明理由撤回；内容有误的，也可以更正。"
        )
    if not settled(record.events) and not wrote:
        raise InputRefused(
            "这条记录还没有审核，只能由填报或提交它的人撤回。请由本人撤回；要求本人修改的，待提交后选择“退回”。"
        )
    return _act(log, record, "withdraw", who, now, submission, reason)


def sign(log: RecordLog, plan: Plan, record_id: str, *, who: str, now: dt.datetime, submission: str) -> Saved:
    """Signs what the record says now; its digest goes into the log.

    Raises:
        InputRefused: something in it still has to be corrected, or it was withdrawn or is disputed.
    """
    record = _existing(log, record_id)
    _reject_state(record, {"saved", "submitted", "approved", "signed", "changed"}, "签字")
    if faults := validate(record_form(record.kind, plan), record.data):
        raise InputRefused(f"这条记录还有{len(faults)}处需要更正，不能签字。请改正并保存后再签字。")
    data = {"digest": content_digest(record.data)}
    return log.save(
        record.kind,
        record.record_id,
        data,
        who=who,
        now=now,
        submission=submission,
        base=record.revision,
        action="sign",
    )


def _existing(log: RecordLog, record_id: str) -> Record:
    record = log.record(record_id)
    if record is None:
        raise InputRefused("记录库中没有这条记录。请从记录清单中重新打开。")
    return record


def _reject_state(record: Record, allowed: set[str], action: str) -> None:
    if record.status not in allowed:
        raise InputRefused(f"这条记录现在是“{standing(record).state}”，不能{action}。请刷新记录清单，核对后再操作。")


def _reject_author(record: Record, who: str, action: str) -> None:
    if who.strip() in authors(record):
        raise InputRefused(f"{action}人不能是填报或提交这条记录的人。请由另一人{action}。")


def _act(
    log: RecordLog, record: Record, action: str, who: str, now: dt.datetime, submission: str, reason: str = ""
) -> Saved:
    return log.save(
        record.kind,
        record.record_id,
        {},
        who=who,
        now=now,
        submission=submission,
        base=record.revision,
        reason=reason,
        action=action,
    )
