"""The record desk: list and forms of one record kind, live in JupyterLab, a table anywhere else."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from dibao_lib.records.attachments import LARGEST, Attachments
from dibao_lib.records.drafts import Drafts
from dibao_lib.records.form import schema
from dibao_lib.records.kinds import record_form
from dibao_lib.records.log import RecordLog
from dibao_lib.widgets.case import Case
from dibao_lib.widgets.session import Session
from dibao_lib.workspace import Inspection

_STATIC = Path(__file__).parent / "static"
_SCRIPTS = ("dom.js", "kept.js", "fields.js", "form.js", "list.js", "desk.js")
_COLUMNS = {"title": "对象", "place": "地点", "note": "待核实的线索", "state": "状态", "who": "填表人", "at": "时间"}


def script() -> str:
    """The renderer: its files as one module, in their order."""
    return "\n".join((_STATIC / name).read_text(encoding="utf-8") for name in _SCRIPTS)


def stylesheet() -> str:
    """How it looks."""
    return (_STATIC / "desk.css").read_text(encoding="utf-8")


class RecordDesk(anywidget.AnyWidget):
    """What a notebook cell shows to record visits, hearings and the like.

    Args:
        session: what answers the browser.
        place: tells this workspace from others in what the browser keeps.
    """

    schema = traitlets.Dict().tag(sync=True)
    place = traitlets.Unicode().tag(sync=True)
    limit = traitlets.Int(LARGEST).tag(sync=True)

    def __init__(self, session: Session, place: str) -> None:  # noqa: D107
        self._esm, self._css = script(), stylesheet()
        super().__init__(schema=schema(session.form), place=place)
        self.session = session
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, message: Mapping[str, Any], buffers: Sequence[memoryview]) -> None:
        for reply in self.session.answer(message, buffers):
            self.send(reply)

    def _repr_mimebundle_(self, **more: Any) -> Any:
        """The live desk, and the table that stands for it in a saved notebook or a report."""
        bundle: Any = super()._repr_mimebundle_(**more) or {}
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**data, "text/html": self.to_html(), "text/plain": repr(self)}, metadata

    def __repr__(self) -> str:
        """How many records there are."""
        return f"{self.session.form.title}：{len(self.session.rows())}份"

    def to_html(self) -> str:
        """The list as a table; what was typed into records is not in it."""
        head = "".join(f"<th>{name}</th>" for name in _COLUMNS.values())
        rows = "".join(
            f"<tr>{''.join(f'<td>{escape(str(row[key]))}</td>' for key in _COLUMNS)}</tr>"
            for row in self.session.rows()
        )
        title = escape(self.session.form.title)
        return f"<h4>{title}</h4><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def record_desk(
    ins: Inspection, kind: str, cases: Iterable[Case] = (), now: Callable[[], dt.datetime] = dt.datetime.now
) -> RecordDesk:
    """The desk of a record kind in a workspace.

    Args:
        ins: the workspace.
        kind: "visit", "hearing" and so on.
        cases: what is to be recorded.
        now: the clock.

    Raises:
        UsageError: there is no such kind.
        InputRefused: the records cannot be opened.
    """
    attachments = Attachments.open(ins)
    attachments.sweep(now())
    form, waiting = record_form(kind, ins.plan), {case.record_id: case for case in cases}
    session = Session(form, ins.plan, waiting, RecordLog.open(ins), Drafts.open(ins), attachments, now)
    return RecordDesk(session, f"{hashlib.sha256(str(ins.folder).encode()).hexdigest()[:12]}:{kind}")
