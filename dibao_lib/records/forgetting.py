"""Erasing a person's data wherever this workspace keeps it: log, draft, photos, published tables (个人信息保护法第四十七条)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dibao_lib.errors import InputRefused
from dibao_lib.records.attachments import Attachments
from dibao_lib.records.drafts import Drafts
from dibao_lib.records.events import Record
from dibao_lib.records.exchange import referenced
from dibao_lib.records.kinds import record_form
from dibao_lib.records.log import RecordLog
from dibao_lib.records.publish import publish_tables
from dibao_lib.workspace import Inspection


def named_fields(record: Record, asked: Sequence[str]) -> dict[str, str]:
    """Name -> label of the fields that a person asked for by either; a row of a table is `cases.3`.

    Raises:
        InputRefused: the record has no such field.
    """
    labels = {field.name: field.label for field in record_form(record.kind).fields}
    names = {label: name for name, label in labels.items()}
    found: dict[str, str] = {}
    for word in asked:
        head, dot, row = word.partition(".")
        name = names.get(head, head)
        if name not in labels:
            known = "、".join(labels.values())
            raise InputRefused(f"这种记录没有“{head[:20]}”一项，什么也没有抹除。可选的项目：{known}。")
        found[f"{name}{dot}{row}"] = f"{labels[name]}第{int(row) + 1}行" if row.isdigit() else labels[name]
    return found


def forget(
    ins: Inspection,
    log: RecordLog,
    record: Record,
    fields: Sequence[str],
    *,
    who: str,
    now: dt.datetime,
    submission: str,
    reason: str,
) -> int:
    """Erases fields of a record, all when none is named, from all its events; returns how many files went with them.

    Raises:
        InputRefused: no reason is given, the record moved on, or has none of the fields.
    """
    files = _files([record])
    log.save(
        record.kind,
        record.record_id,
        {"fields": list(fields)} if fields else {},
        who=who,
        now=now,
        submission=submission,
        base=record.revision,
        reason=reason,
        action="erase",
    )
    drafts = Drafts.open(ins)
    try:
        drafts.drop(record.kind, record.record_id)
    finally:
        drafts.close()
    gone = files - _files(log.records())
    for sha256 in gone:
        Attachments.open(ins).path(sha256).unlink(missing_ok=True)
    publish_tables(ins, log)
    return len(gone)


def _files(records: Sequence[Record]) -> set[str]:
    return referenced([event.data for record in records for event in record.events])
