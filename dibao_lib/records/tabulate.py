"""Records as rows of the evidence tables, so that checks, draws and reports read typed and imported ones alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dibao_lib.records.dispositions import UPHELD
from dibao_lib.records.events import Record
from dibao_lib.records.kinds.rectification import state_of
from dibao_lib.records.review import Standing

Row = dict[str, Any]

_JUDGED = (
    "fid",
    "finding_id",
    "twn_id",
    "hh_id",
    "check_id",
    "route",
    "judgement",
    "judged_by",
    "grounds",
    "dispositions",
    "decided_by",
    "cadre",
    "owner",
    "opinion",
    "amt",
    "recovered",
    "disc",
)


def visit_rows(record: Record, data: Mapping[str, Any], standing: Standing) -> Iterator[Row]:
    """visits: one row a visit."""
    names = ("hh_id", "team", "found", "income", "house", "assets", "book", "got", "known", "diff", "view", "sign")
    yield _named(data, names) | {"on": _day(data["on"]), "photo": _files(data["photo"])}


def hearing_rows(record: Record, data: Mapping[str, Any], standing: Standing) -> Iterator[Row]:
    """hearings: one row a case, the hearing's own columns in each."""
    groups = {"att_recip": "低保对象", "att_panel": "评议团成员", "att_rep": "村（居）民代表"}
    common = _named(data, ("vil_id", "host", "clerk", "group_no", "signatures"))
    common |= {name: data["attended"][group] for name, group in groups.items()}
    common |= {"hear_id": record.record_id, "on": _day(data["on"]), "attach": _files(data["attach"])}
    for case in data["cases"]:
        told = _named(case, ("statement", "opinions", "conclusion"))
        yield common | told | {"case_hh": [case["hh_id"]], "vote": _named(case, ("agree", "disagree", "abstain"))}


def review_rows(record: Record, data: Mapping[str, Any], standing: Standing) -> Iterator[Row]:
    """reviews: one row a household voted on."""
    common = _named(data, ("vil_id", "present", "sig_rep", "sig_dir", "sig_twn")) | {"met_on": _day(data["met_on"])}
    for case in data["votes"]:
        yield common | _named(case, ("hh_id", "head", "agree", "disagree", "abstain", "result", "note"))


def posting_rows(record: Record, data: Mapping[str, Any], standing: Standing) -> Iterator[Row]:
    """postings: one row a board, of one that was not there too."""
    phones = {name: data[f"tel_{name}"] for name in ("civil", "supervision", "petitions")}
    days = {name: _day(data[name]) for name in ("from", "to", "seen_on")}
    yield (
        _named(data, ("vil_id", "natural", "board", "up", "format_ok", "n_list"))
        | days
        | {"tel3": phones, "photo": _files(data["photo"])}
    )


def complaint_rows(record: Record, data: Mapping[str, Any], standing: Standing) -> Iterator[Row]:
    """complaints: one row an objection."""
    names = ("no", "via", "about", "hh_id", "content", "recheck", "handler")
    yield _named(data, names) | {name: _day(data[name]) for name in ("on", "recheck_on", "reposted")}


def rectification_rows(record: Record, data: Mapping[str, Any], standing: Standing) -> Iterator[Row]:
    """rectifications: one row a problem that was upheld; leads that proved unfounded owe nothing."""
    if data["judgement"] not in UPHELD:
        return
    names = ("fid", "twn_id", "check_id", "what", "basis", "amt", "route", "opinion", "owner", "recovered", "disc")
    yield (
        _named(data, names)
        | {name: _day(data[name]) for name in ("found_on", "due", "done_on")}
        | {
            "n_hh": _named(data, ("households", "persons")),
            "state": state_of(data, closed=bool(standing.approver)),
            "proof": _files(data["proof"]),
            "verifier": standing.approver or None,
        }
    )


def judgement_rows(record: Record, data: Mapping[str, Any], standing: Standing) -> Iterator[Row]:
    """judgements: one row a lead or problem with what people made of it."""
    closed = {"closed_by": standing.approver or None, "closed_on": _day(standing.approved_on)}
    days = {name: _day(data[name]) for name in ("found_on", "judged_on", "due", "done_on")}
    state = state_of(data, closed=bool(standing.approver))
    yield _named(data, _JUDGED) | days | closed | {"state": state, "record_id": record.record_id}


def item_rows(record: Record, data: Mapping[str, Any], standing: Standing) -> Iterator[Row]:
    """township_items: one row an item of a township."""
    for item in data["items"]:
        told = _named(item, ("clause", "item", "state", "proof", "note")) | {"since": _day(item["since"])}
        yield {"twn_id": data["twn_id"], "on": _day(data["on"])} | told


def milestone_rows(record: Record, data: Mapping[str, Any], standing: Standing) -> Iterator[Row]:
    """milestones: one row a meeting or a deadline met."""
    yield _named(data, ("twn_id", "sort", "milestone", "title", "present", "note")) | {"on": _day(data["on"])}


Tabulate = Callable[[Record, Mapping[str, Any], Standing], Iterator[Row]]


def _named(data: Mapping[str, Any], names: tuple[str, ...]) -> Row:
    """Answers under their own names; what was left blank is no value."""
    return {name: None if data[name] in ("", []) else data[name] for name in names}


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _files(files: list[Mapping[str, Any]]) -> str | None:
    """Attachments by the first 12 digits of their sha256; their names may be person data."""
    return "、".join(file["sha256"][:12] for file in files) or None
