"""Publishes the log as tables beside the evidence; whoever queries sees typed and imported records alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from dibao_lib.evidence.snapshots import snapshot_bytes, write_whole
from dibao_lib.evidence.tables import table_schema
from dibao_lib.records import tabulate
from dibao_lib.records.events import Record
from dibao_lib.records.kinds import record_form
from dibao_lib.records.log import RecordLog
from dibao_lib.records.own_tables import OWN
from dibao_lib.records.review import standing
from dibao_lib.records.store import FILE
from dibao_lib.records.validate import tidy, usable
from dibao_lib.workspace import Inspection

FOLDER = "records"
_NO_VALUE = {"withdrawn", "erased", "disputed"}
# table -> kind of record, how a record becomes rows
_TABLES: Mapping[str, tuple[str, tabulate.Tabulate]] = {
    "visits": ("visit", tabulate.visit_rows),
    "hearings": ("hearing", tabulate.hearing_rows),
    "reviews": ("review", tabulate.review_rows),
    "postings": ("posting", tabulate.posting_rows),
    "complaints": ("complaint", tabulate.complaint_rows),
    "rectifications": ("rectification", tabulate.rectification_rows),
    "judgements": ("rectification", tabulate.judgement_rows),
    "township_items": ("township_item", tabulate.item_rows),
    "milestones": ("milestone", tabulate.milestone_rows),
}


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication wrote: rows by table, and records left out because two people's versions stand side by side."""

    rows: Mapping[str, int]
    disputed: int


def has_records(ins: Inspection) -> bool:
    """Whether the workspace has a log to publish; asking does not make one."""
    return bool(ins.plan.records.url) or (ins.folder / FILE).is_file()


def publish(ins: Inspection) -> Published | None:
    """Publishes the workspace's log; None, and nothing written, when there is none."""
    if not has_records(ins):
        return None
    with RecordLog.open(ins) as log:
        return publish_tables(ins, log)


def publish_tables(ins: Inspection, log: RecordLog) -> Published:
    """Writes records/<table>.parquet and records/checkpoint.parquet into the workspace.

    Records that were withdrawn or erased, or are disputed, are left out; what cannot be read in one is left blank. A
    row's source is records.db, the kind's Chinese title, and its number among the rows of that kind.
    """
    folder = ins.folder / FOLDER
    every = log.records()
    counts: dict[str, int] = {}
    for table, (kind, rows_of) in _TABLES.items():
        title = record_form(kind).title
        found = [row for record in every if record.kind == kind for row in _rows(record, rows_of)]
        counts[table] = len(found)
        _write(folder / f"{table}.parquet", OWN.get(table) or table_schema(table), title, found)
    checkpoint = log.checkpoint()
    seal = {"count": checkpoint.count, "digest": checkpoint.digest, "printed": str(checkpoint)}
    write_whole(folder / "checkpoint.parquet", snapshot_bytes(pa.Table.from_pylist([seal], OWN["checkpoint"])))
    return Published(counts, sum(record.status == "disputed" for record in every))


def _rows(record: Record, rows_of: tabulate.Tabulate) -> list[dict[str, Any]]:
    if record.status in _NO_VALUE or not record.data:
        return []
    form = record_form(record.kind)
    return list(rows_of(record, usable(form, tidy(form, record.data)), standing(record)))


def _write(path: Path, schema: pa.Schema, title: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """A table of no rows is written only over one that had some."""
    if not rows and not path.is_file():
        return
    numbered = [
        {**row, "source_file": FILE, "source_sheet": title, "source_row": number}
        for number, row in enumerate(rows, start=1)
    ]
    write_whole(path, snapshot_bytes(pa.Table.from_pylist(numbered, schema)))
