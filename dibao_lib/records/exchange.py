"""Records on their way between computers: all events and attachments into a package, and out of it into the log."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.records.attachments import Attachments
from dibao_lib.records.bundle import Content, reject_foreign, write_bundle
from dibao_lib.records.checkpoint import Checkpoint
from dibao_lib.records.keys import Card, Keys
from dibao_lib.records.log import RecordLog
from dibao_lib.records.merge import Taken, take_in, written_events
from dibao_lib.workspace import Inspection


def write_records(
    ins: Inspection, log: RecordLog, target: Path, keys: Keys, reader: Card, now: dt.datetime
) -> tuple[int, Checkpoint]:
    """A package of all records and their attachments; returns how many records, and the checkpoint that it carries.

    Raises:
        InputRefused: an attachment that a record refers to is missing or damaged.
    """
    records, attachments = log.records(), Attachments.open(ins)
    wanted = referenced([event.data for record in records for event in record.events])
    if damaged := attachments.damaged(wanted):
        raise InputRefused(f"有{len(damaged)}个附件缺失或已损坏，没有打包。请从备份恢复 attachments 文件夹后再打包。")
    checkpoint = log.checkpoint()
    events, checkpoints = written_events(log.store)
    files: dict[str, bytes | Path] = {"records/events.json": events, "records/checkpoints.json": checkpoints}
    files |= {f"attachments/{name}": attachments.path(name) for name in sorted(wanted)}
    write_bundle(target, "records", ins.plan, files, keys, reader, now)
    return len(records), checkpoint


def merge_records(ins: Inspection, log: RecordLog, content: Content) -> Taken:
    """Takes the records of an opened package into the log; attachments first, so that none is missed.

    Raises:
        InputRefused: the package is of another campaign or kind, or its events do not hold.
    """
    reject_foreign(content, ins.plan, "records")
    attachments = Attachments.open(ins)
    for name in content.files:
        folder, _, sha256 = name.partition("/")
        if folder == "attachments" and not attachments.path(sha256).is_file():
            attachments.adopt(content.read(name), sha256)
    return take_in(
        log.store, content.name, content.read("records/events.json"), content.read("records/checkpoints.json")
    )


def referenced(data: Any) -> set[str]:
    """The SHA-256 of every file that entered data refers to."""
    match data:
        case Mapping():
            named = data.get("sha256")
            here = {named} if isinstance(named, str) and re.fullmatch("[0-9a-f]{64}", named) else set()
            return here.union(*(referenced(value) for value in data.values()))
        case list() | tuple():
            return set[str]().union(*(referenced(value) for value in data))
    return set()
