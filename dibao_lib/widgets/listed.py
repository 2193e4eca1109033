"""The rows of a record list: cases still to do, drafts, and what was saved by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dibao_lib.records.events import Conflict, Event, Record, Side
from dibao_lib.records.form import RecordForm
from dibao_lib.records.kinds import record_form
from dibao_lib.widgets.case import Case
from dibao_lib.widgets.reviewing import state_of
from dibao_lib.widgets.sight import compared

_DONE = {"save": "保存", "submit": "提交审核", "approve": "审核通过", "reject": "退回", "sign": "签字"}
_DONE |= {"withdraw": "撤回", "erase": "抹除个人信息", "close": "销号"}


def listed(
    form: RecordForm, cases: Mapping[str, Case], records: Iterable[Record], drafts: Mapping[str, int]
) -> list[dict[str, Any]]:
    """One row a case or record: id, title, place, note, state, who, at, wrong (faults of its draft), again.

    Args:
        form: the kind.
        cases: by record id.
        records: of that kind.
        drafts: record id -> number of faults.
    """
    kept = {record.record_id: record for record in records}
    ids = [*cases, *(each for each in (*kept, *drafts) if each not in cases)]
    further = _has_typed_key(form)
    return [
        _row(each, cases.get(each.partition(".")[0]), kept.get(each), drafts, further) for each in dict.fromkeys(ids)
    ]


def _row(
    record_id: str, case: Case | None, record: Record | None, drafts: Mapping[str, int], further: bool
) -> dict[str, Any]:
    data = record.data if record else {}
    state = state_of(record) if record else "草稿" if record_id in drafts else "待填"
    return {
        "id": record_id,
        "title": case.title if case else str(data.get("head") or data.get("place") or "（新记录）"),
        "place": case.place if case else str(data.get("place") or "") if data.get("head") else "",
        "note": case.note if case else str(data.get("on") or ""),
        "state": f"{state}，有未保存的改动" if record and record_id in drafts else state,
        "who": record.who if record else "",
        "at": record.at[:16].replace("T", " ") if record else "",
        "wrong": drafts.get(record_id, 0),
        "again": bool(record and case and further),
    }


def _has_typed_key(form: RecordForm) -> bool:
    """Whether one case may have several records: a village holds hearings on several days."""
    return any(field.name in form.key and field.type != "shown" for field in form.fields)


def told(event: Event | Side) -> str:
    """One event as a line: when, who, what, why."""
    reason = f"：{event.reason}" if isinstance(event, Event) and event.reason else ""
    return f"{event.at[:16].replace('T', ' ')}　{event.who}　{_DONE.get(event.action, event.action)}{reason}"


def sides_told(conflict: Conflict) -> str:
    """A dispute as text: the record, who wrote each version when, and the answers on which they differ."""
    form = record_form(conflict.kind)
    lines = [f"{form.title} {conflict.record_id}"]
    lines += [f"  第{number}份　{told(side)}" for number, side in enumerate(conflict.sides, start=1)]
    for label, *answers in compared(form, *(side.data for side in conflict.sides)):
        lines.append(f"    {label}：" + "；".join(f"第{n}份 {answer}" for n, answer in enumerate(answers, start=1)))
    return "\n".join(lines)
