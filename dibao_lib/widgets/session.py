"""What a desk answers: opens, keeps drafts, saves, reviews. No rule of a record kind lives here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dibao_lib.errors import DibaoError, InputRefused
from dibao_lib.plan import Plan
from dibao_lib.records.attachments import Attachments, new_id
from dibao_lib.records.drafts import Drafts
from dibao_lib.records.events import Record
from dibao_lib.records.form import RecordForm, blank
from dibao_lib.records.history import conflict_in
from dibao_lib.records.log import RecordLog, RecordMoved
from dibao_lib.records.validate import tidy, validate
from dibao_lib.widgets.case import Case
from dibao_lib.widgets.judging import Judged
from dibao_lib.widgets.listed import listed, told
from dibao_lib.widgets.reviewing import act, actions, state_of
from dibao_lib.widgets.sight import compared, completed, hidden, seen
from dibao_lib.widgets.view import View, as_sent, on_screen

Message = Mapping[str, Any]
Reply = dict[str, Any]
_LOCKED = {"erased"}


@dataclass(frozen=True, slots=True)
class Session:
    """One desk at work; every message of the browser gets its replies, each naming the view that asked.

    Args:
        form: the record kind, with the plan's rules.
        plan: the plan.
        cases: what is to be recorded, by record id.
        log: where records are kept.
        drafts: where what is being typed is kept.
        attachments: where photos are kept.
        now: the clock.
        known: shown values by record id, as last opened or saved.
        views: by view of a browser, what it showed and was told last.
    """

    form: RecordForm
    plan: Plan
    cases: Mapping[str, Case]
    log: RecordLog
    drafts: Drafts
    attachments: Attachments
    now: Callable[[], dt.datetime]
    known: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)

    def answer(self, message: Message, buffers: Sequence[bytes | memoryview]) -> list[Reply]:
        """Replies to one message; a refusal is a reply, never an exception."""
        handlers: Mapping[str, Callable[[Message], list[Reply]]] = {
            "hello": self._hello,
            "list": lambda _: [self._list()],
            "open": lambda m: [self._open(str(m["id"]))],
            "new": self._new,
            "draft": self._draft,
            "save": self._save,
            "act": self._act,
            "adopt": self._adopt,
            "discard": self._discard,
            "chunk": lambda m: self._chunk(m, buffers),
        }
        try:
            replies = handlers[message["t"]](message)
        except DibaoError as error:
            replies = [{"t": "error", "id": message.get("id"), "message": str(error)}]
        view = self._view(message)
        return [{**as_sent(reply, view), "me": message.get("me"), "call": message.get("call")} for reply in replies]

    def close(self) -> None:
        """Lets go of the log and the drafts."""
        self.log.close()
        self.drafts.close()

    def _view(self, message: Message) -> View:
        return self.views.setdefault(str(message.get("me")), View(Judged(self.form, {})))

    def _hello(self, message: Message) -> list[Reply]:
        """The record that was open before the page was loaded again, else the list."""
        opened = str(message.get("open") or "")
        if opened and (opened.partition(".")[0] in self.cases or self._record(opened) or self._draft_of(opened)):
            return [self._open(opened)]
        return [self._list()]

    def rows(self) -> list[dict[str, Any]]:
        """The rows of the list."""
        return listed(self.form, self.cases, self.log.records(self.form.kind), self._faulty_drafts())

    def _list(self) -> Reply:
        empty = "没有需要填写的对象。请核对抽样名称、乡镇和村，或先导入台账并运行 dibao check。"
        return {"t": "list", "rows": self.rows(), "fresh": self._fresh(), "empty": empty}

    def _fresh(self) -> bool:
        """Whether a record can be begun without a case."""
        return not any(field.type == "shown" and field.required for field in self.form.fields)

    def _new(self, message: Message) -> list[Reply]:
        """A blank record; of a case that has one already, a further one."""
        case = str(message.get("like") or "").partition(".")[0]
        made = new_id(self.now())
        return [self._open(f"{case}.{made}" if case in self.cases else made)]

    def _open(self, record_id: str) -> Reply:
        """Everything the browser needs to show a record."""
        record, draft = self._record(record_id), self._draft_of(record_id)
        saved = record.data if record else {}
        given = self._given(record_id, saved)
        typed = completed(self.form.fields, draft[1], given) if draft else given
        faults = self._judge(given, typed)
        reply = {
            "t": "opened",
            "id": record_id,
            "d": seen(self.form, typed, saved),
            "hidden": hidden(self.form, saved),
            "seq": draft[0] if draft else 0,
            "draft": draft is not None,
            "base": record.revision if record else "",
            "errors": faults,
            "status": state_of(record) if record else "待填",
            "locked": record is not None and record.status in _LOCKED,
            "actions": actions(record) if record else [],
            "events": [told(event) for event in record.events] if record else [],
            "sids": [event.submission for event in record.events] if record else [],
        }
        return reply | self._dispute(record)

    def _given(self, record_id: str, saved: Mapping[str, Any]) -> Mapping[str, Any]:
        """The data before anybody typed: what was saved, else a blank form with what the case knows."""
        if not saved:
            case = self.cases.get(record_id.partition(".")[0])
            saved = blank(self.form, case.given() if case else None)
        self.known[record_id] = saved
        return saved

    def _dispute(self, record: Record | None) -> Reply:
        """The versions of a record that people changed without knowing of each other, side by side."""
        conflict = conflict_in(record.events) if record else None
        if conflict is None:
            return {}
        heads = [f"第{number}份　{told(side)}" for number, side in enumerate(conflict.sides, start=1)]
        message = "这条记录由不同的人分别填写，内容不一致，各份都保留着。请核实后选用一份，或在下面改为正确内容；写明原因，按“保存更正”。"
        rows = compared(self.form, *(side.data for side in conflict.sides))
        return {"clash": {"message": message, "heads": heads, "rows": rows}}

    def _adopt(self, message: Message) -> list[Reply]:
        """Puts one of the versions of a disputed record on the screen, as a draft to be saved with a reason."""
        record = self._record(str(message["id"]))
        conflict = conflict_in(record.events) if record else None
        if conflict is None or conflict.revision != message["base"]:
            raise InputRefused("这条记录的分歧刚由他人裁定。请返回清单重新打开，核对后再办理。")
        side = conflict.sides[int(message["side"])]
        self.drafts.put(self.form.kind, conflict.record_id, message["seq"], side.data)
        note = f"已载入{side.who}填写的一份，还没有保存。请核对，写明更正原因，按“保存更正”。"
        return [self._open(conflict.record_id) | {"note": note}]

    def _draft(self, message: Message) -> list[Reply]:
        """Keeps what is on the screen and says what changed about its faults."""
        record_id, view = str(message["id"]), self._view(message)
        typed = on_screen(message, view)
        if typed is None:
            return [{"t": "draft", "id": record_id, "need": "all"}]
        self._keep_draft(message, typed)
        view.record_id, view.seq, view.typed = record_id, message["seq"], typed
        before, faults = view.faults, view.judged.faults(typed, self._shown(record_id))
        view.faults = faults
        changed: dict[str, str | None] = {path: told for path, told in faults.items() if before.get(path) != told}
        changed |= {path: None for path in before if path not in faults}
        return [{"t": "draft", "id": record_id, "seq": message["seq"], "changed": changed}]

    def _keep_draft(self, message: Message, typed: Mapping[str, Any]) -> None:
        """Writes down what changed, or all of it where another tab or kernel wrote the draft in between."""
        kind, record_id, seq = self.form.kind, str(message["id"]), message["seq"]
        if "set" not in message or not self.drafts.amend(kind, record_id, message["after"], seq, message["set"]):
            self.drafts.put(kind, record_id, seq, typed)

    def _save(self, message: Message) -> list[Reply]:
        """Appends the record to the log, or says why not; what was typed stays in the draft until it is saved."""
        record_id = str(message["id"])
        data = tidy(self.form, completed(self.form.fields, message["d"], self._shown(record_id)))
        faults = validate(self.form, data) or self._same_case(record_id, data)
        if faults:
            self._keep(message)
            told = f"没有保存：还有 {len(faults)} 处需要更正，已在各项旁边写明。填写的内容留在草稿中。"
            return [{"t": "refused", "id": record_id, "errors": faults, "message": told}]
        try:
            saved = self._append(message, data)
        except RecordMoved as error:
            return [self._moved(message, data, error)]
        self.drafts.drop(self.form.kind, record_id)
        note = "已保存。" if saved else "已保存过，没有重复保存。"
        return [self._saved(message, note)]

    def _keep(self, message: Message) -> None:
        """What could not be saved stays a draft."""
        view = self._view(message)
        view.record_id, view.seq, view.typed = str(message["id"]), message["seq"], message["d"]
        self.drafts.put(self.form.kind, view.record_id, view.seq, view.typed)

    def _append(self, message: Message, data: Mapping[str, Any]) -> bool:
        """Whether this submission is new."""
        return self.log.save(
            self.form.kind,
            str(message["id"]),
            data,
            who=str(message["who"]),
            now=self.now(),
            submission=str(message["sid"]),
            base=str(message["base"]),
            reason=str(message.get("reason") or ""),
        ).new

    def _saved(self, message: Message, note: str) -> Reply:
        opened = self._open(str(message["id"])) | {"me": message.get("me"), "note": note}
        return {"t": "saved", "id": opened["id"], "seq": message.get("seq"), "base": opened["base"], "opened": opened}

    def _moved(self, message: Message, data: Mapping[str, Any], error: RecordMoved) -> Reply:
        """Somebody saved in between: both versions, for the writer to choose."""
        self._keep(message)
        record = self._record(str(message["id"]))
        theirs, base = (record.data, record.revision) if record else ({}, "")
        rows = compared(self.form, data, theirs)
        return {"t": "moved", "id": message["id"], "message": str(error), "rows": rows, "base": base}

    def _same_case(self, record_id: str, data: Mapping[str, Any]) -> dict[str, str]:
        """The fault of a second record about one case: it must be the first one, corrected."""
        key = self.form.key
        if not key or self._record(record_id):
            return {}
        for other in self.log.records(self.form.kind):
            same = other.record_id != record_id and all(other.data.get(name) == data.get(name) for name in key)
            if same and other.status not in ("withdrawn", "erased"):
                return {key[-1]: f"{other.who}已为同一对象保存过一份记录，请返回清单打开那一份更正，不要另建"}
        return {}

    def _act(self, message: Message) -> list[Reply]:
        """Submits, approves, rejects, signs or closes."""
        record = self._record(str(message["id"]))
        if record is None or record.revision != message["base"]:
            raise InputRefused("这条记录刚被他人改动，没有办理。请返回清单重新打开，核对后再办理。")
        done = act(self.log, self.plan, record, message, self.now())
        return [self._saved(message, done)]

    def _discard(self, message: Message) -> list[Reply]:
        self.drafts.drop(self.form.kind, str(message["id"]))
        return [self._open(str(message["id"])) | {"note": "已放弃未保存的改动。"}]

    def _chunk(self, message: Message, buffers: Sequence[bytes | memoryview]) -> list[Reply]:
        """Stores a piece of a photo; the last one gives its SHA-256."""
        upload, total = str(message["upload"]), int(message["size"])
        held = self.attachments.chunk(upload, int(message["at"]), bytes(buffers[0]))
        finished = {"sha256": self.attachments.finish(upload, total)} if held >= total else {}
        return [{"t": "chunk", "held": held} | finished]

    def _judge(self, known: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, str]:
        return validate(self.form, tidy(self.form, completed(self.form.fields, typed, known)))

    def _shown(self, record_id: str) -> Mapping[str, Any]:
        """The shown values of a record, read anew when this kernel did not open it."""
        if record_id not in self.known:
            record = self._record(record_id)
            self._given(record_id, record.data if record else {})
        return self.known[record_id]

    def _record(self, record_id: str) -> Record | None:
        found = self.log.record(record_id)
        return found if found and found.kind == self.form.kind else None

    def _draft_of(self, record_id: str) -> tuple[int, dict[str, Any]] | None:
        return self.drafts.get(self.form.kind, record_id)

    def _faulty_drafts(self) -> dict[str, int]:
        """Record id -> number of faults in its draft; what the case itself gives is not counted."""
        shown = {field.name for field in self.form.fields if field.type == "shown"}
        found = {}
        for record_id in self.drafts.listed(self.form.kind):
            draft = self._draft_of(record_id)
            faults = validate(self.form, tidy(self.form, draft[1])) if draft else {}
            found[record_id] = sum(path.rpartition(".")[2] not in shown for path in faults)
        return found
