"""The buttons of a record's review; what each may do, records.review decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dibao_lib.plan import Plan
from dibao_lib.records import review
from dibao_lib.records.events import Record
from dibao_lib.records.log import RecordLog
from dibao_lib.rectification import close

_SUBMIT = {"action": "submit", "label": "提交审核", "reason": False}
_APPROVE = {"action": "approve", "label": "审核通过", "reason": False}
_REJECT = {"action": "reject", "label": "退回", "reason": True}
_SIGN = {"action": "sign", "label": "签字", "reason": False}
_CLOSE = {"action": "close", "label": "销号", "reason": False}
_WITHDRAW = {"action": "withdraw", "label": "撤回", "reason": True}
_BY_STATUS: Mapping[str, tuple[dict[str, Any], ...]] = {
    "saved": (_SUBMIT, _SIGN, _WITHDRAW),
    "rejected": (_SUBMIT, _WITHDRAW),
    "changed": (_SUBMIT, _SIGN, _WITHDRAW),
    "submitted": (_APPROVE, _REJECT, _WITHDRAW),
    "approved": (_SIGN, _WITHDRAW),
    "signed": (_SUBMIT, _SIGN, _WITHDRAW),
    "withdrawn": (_SUBMIT,),
}
_SAID = {
    "submit": "已提交审核。",
    "approve": "已审核通过。",
    "reject": "已退回。",
    "sign": "已签字。",
    "close": "已销号。",
    "withdraw": "已撤回，这条记录不再计入检查和报告；经过仍然留存。",
}


def state_of(record: Record) -> str:
    """Where a record stands, in the words of its list."""
    return review.standing(record).state


def actions(record: Record) -> list[dict[str, Any]]:
    """The buttons a record offers as it stands: action, label, whether a reason is needed."""
    if record.kind == "rectification":
        open_still = [_CLOSE] if record.status in ("saved", "changed", "signed") else []
        return [*open_still, *(one for one in _BY_STATUS.get(record.status, ()) if one is _WITHDRAW)]
    return [*_BY_STATUS.get(record.status, ())]


def act(log: RecordLog, plan: Plan, record: Record, message: Mapping[str, Any], now: dt.datetime) -> str:
    """Does what a button says and returns the sentence for the reviewer.

    Raises:
        InputRefused: the record does not allow it, or not by this person.
    """
    action, record_id = str(message["action"]), record.record_id
    said: dict[str, Any] = {"who": str(message["who"]), "now": now, "submission": str(message["sid"])}
    match action:
        case "submit":
            review.submit(log, plan, record_id, **said)
        case "sign":
            review.sign(log, plan, record_id, **said)
        case "approve":
            review.approve(log, record_id, **said)
        case "reject":
            review.reject(log, record_id, **said, reason=str(message.get("reason") or ""))
        case "withdraw":
            review.withdraw(log, record_id, **said, reason=str(message.get("reason") or ""))
        case "close":
            close(log, record_id, verifier=said["who"], now=now, submission=said["submission"])
    return _SAID.get(action, "")
