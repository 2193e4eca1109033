"""The import: files -> snapshots, quarantine and manifest; importing again replaces, the same bytes change nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from dibao_lib.evidence.answer_file import answer_path
from dibao_lib.evidence.answers import ANY_SHEET, SheetAnswer
from dibao_lib.evidence.arrow import QUARANTINE, QUARANTINE_SCHEMA
from dibao_lib.evidence.blank.returns import FOLDER, write_returns
from dibao_lib.evidence.commit import commit, only_import
from dibao_lib.evidence.file import FileReading
from dibao_lib.evidence.forms import FORMS
from dibao_lib.evidence.gazetteer import Gazetteer
from dibao_lib.evidence.guided import Given, Knowledge, highest_standard, read_guided, remembered_from
from dibao_lib.evidence.identities import doubts
from dibao_lib.evidence.inbox import Incoming, absent, expand, keep, left_out
from dibao_lib.evidence.jobs import Progress
from dibao_lib.evidence.limits import Limits
from dibao_lib.evidence.manifest import Manifest, forms_digest
from dibao_lib.evidence.proposals import with_proposals
from dibao_lib.evidence.report import FileReport, ImportReport
from dibao_lib.evidence.snapshots import read_snapshot, replaced, snapshot_bytes, write_whole
from dibao_lib.evidence.tables import table_names, table_schema, table_title
from dibao_lib.plan import Plan
from dibao_lib.workspace import Inspection

__all__ = ["ImportReport", "expand", "import_files", "try_answer"]


def import_files(
    ins: Inspection,
    paths: Sequence[Path],
    now: dt.datetime,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> ImportReport:
    """Imports files, folders and patterns into the evidence of a workspace.

    Args:
        ins: the workspace.
        paths: what the user named.
        now: time of the import, for the manifest.
        dry_run: only say what would happen.
        progress: called with the name of each file that is done.
        limits: bounds on each file.

    Returns:
        What happened to every file; refusals are in it, never raised.

    Raises:
        InputRefused: another import is running, or the evidence is damaged.
    """
    with nullcontext() if dry_run else only_import(ins.evidence, ins.inbox):
        ins.tables()
        report = _import(ins, paths, now, dry_run, progress, limits)
        return report if dry_run else replace(report, doubts=_doubts(ins))


def _doubts(ins: Inspection) -> tuple[str, ...]:
    return tuple(f"{where}：{what}。{remedy}。" for what, where, remedy in doubts(ins).itertuples(index=False))


def try_answer(ins: Inspection, source_file: str, sheet: str, answer: SheetAnswer) -> FileReport:
    """How a file of inbox/ would be read if this were said about one of its sheets; nothing is written."""
    found = Given.found(ins.inbox / source_file, source_file, ins.inbox)
    said = replace(found.answer, sheets={**found.answer.sheets, sheet or ANY_SHEET: answer}, problem="")
    manifest = Manifest.load(ins.evidence)
    known = Knowledge(_gazetteer(ins, [], set()), remembered_from(manifest.files.values()), highest_standard(ins.plan))
    return read_guided([replace(found, answer=said)], known, None, None)[source_file].report


def _import(
    ins: Inspection,
    paths: Sequence[Path],
    now: dt.datetime,
    dry_run: bool,
    progress: Progress | None,
    limits: Limits | None,
) -> ImportReport:
    manifest = Manifest.load(ins.evidence)
    incoming, problems = _named_once(expand(paths), ins.inbox)
    given = {name: Given.found(one.path, name, ins.inbox) for name, one in incoming.items()}
    stale = manifest.forms != forms_digest(FORMS)
    unchanged = {
        name
        for name, one in given.items()
        if not stale
        and name in manifest.files
        and (manifest.files[name].sha256, manifest.files[name].answer) == (_digest(one.path), one.answer.digest)
    }
    new = [one for name, one in given.items() if name not in unchanged]
    if progress:
        for name in sorted(unchanged):
            progress(name)
    readings, knowledge = _read_all(ins, new, manifest, stale, limits, progress)
    reports = [replace(manifest.files[name], unchanged=True) for name in unchanged - readings.keys()]
    reports += [_stamped(reading.report, manifest, now) for name, reading in readings.items() if name in incoming]
    if not dry_run:
        _commit(ins, readings, {one.source_file: one for one in new}, manifest, knowledge, now)
    ordered = tuple(sorted(reports, key=lambda report: report.source_file))
    return ImportReport(ordered, (*absent(paths), *problems), dry_run, left_out=tuple(left_out(paths)))


def _named_once(found: Iterable[Incoming], inbox: Path) -> tuple[dict[str, Incoming], list[str]]:
    """Source file -> the file; of two files of one name the second is refused."""
    named: dict[str, Incoming] = {}
    problems = []
    for one in found:
        name = one.source_file(inbox)
        if named.setdefault(name, one) is not one:
            problems.append(f"{one.path}：与同一批的另一个文件同名（{name}），未导入。请改名后重新导入。")
    return named, problems


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_all(
    ins: Inspection,
    new: Sequence[Given],
    manifest: Manifest,
    stale: bool,
    limits: Limits | None,
    progress: Progress | None,
) -> tuple[dict[str, FileReading], Knowledge]:
    """Reads the new files; when they or the plan change what is known, all files are read with the new knowledge."""
    places = _gazetteer(ins, [], {one.source_file for one in new})
    before = Knowledge(places, remembered_from(manifest.files.values()), highest_standard(ins.plan))
    readings = read_guided(new, before, limits, progress)
    accepted = {name: reading for name, reading in readings.items() if reading.report.accepted}
    settled = Knowledge(
        _gazetteer(ins, list(readings.values()), set(accepted)),
        remembered_from({**manifest.files, **{name: one.report for name, one in accepted.items()}}.values()),
        before.standard,
    )
    if _places_digest(settled.gazetteer) != _places_digest(places) or settled.remembered != before.remembered:
        readings = read_guided(new, settled, limits, None)
    known = (manifest.gazetteer, manifest.answers)
    if stale or (_places_digest(settled.gazetteer), settled.answers_digest) != known:
        # also those refused so far: what was learned since may be what they lacked
        arrived = {**manifest.files, **manifest.refused}
        kept = [name for name in arrived if name not in readings and (ins.inbox / name).is_file()]
        again = read_guided([Given.found(ins.inbox / n, n, ins.inbox) for n in kept], settled, limits, None)
        readings |= {name: reading for name, reading in again.items() if reading.report.accepted}
    return readings, settled


def _gazetteer(ins: Inspection, readings: Sequence[FileReading], without: set[str]) -> Gazetteer:
    """The plan's places, those of imported lists, and those of lists just read.

    Args:
        ins: the workspace.
        readings: files just read.
        without: source files whose earlier rows no longer count.
    """
    plan: Plan = ins.plan
    entries = [(one.code, one.name, one.aliases) for one in plan.townships]
    entries += [(one.code, one.name, ()) for one in plan.villages]
    for table, code, name in (("townships", "twn_id", "twn"), ("villages", "vil_id", "vil")):
        parts = [reading.tables[table] for reading in readings if table in reading.tables]
        rows = replaced(read_snapshot(ins.evidence, table, table_schema(table)), parts, without)
        entries += [(c, n, ()) for c, n in zip(rows[code].to_pylist(), rows[name].to_pylist(), strict=True)]
    return Gazetteer.of(plan.place.name, entries)


def _places_digest(gazetteer: Gazetteer) -> str:
    """Changes whenever some way of writing a place leads elsewhere."""
    books = json.dumps([gazetteer.place, gazetteer.townships, gazetteer.villages], sort_keys=True, default=dict)
    return hashlib.sha256(books.encode()).hexdigest()


def _stamped(report: FileReport, manifest: Manifest, now: dt.datetime) -> FileReport:
    """The report with the time these bytes were first imported."""
    name = report.source_file
    known = [
        one for one in (manifest.files.get(name), manifest.refused.get(name)) if one and one.sha256 == report.sha256
    ]
    return replace(report, imported_at=known[0].imported_at if known else now.isoformat(timespec="seconds"))


def _commit(
    ins: Inspection,
    readings: Mapping[str, FileReading],
    new: Mapping[str, Given],
    manifest: Manifest,
    knowledge: Knowledge,
    now: dt.datetime,
) -> None:
    """Keeps the files, then puts all tables and the manifest in place at once."""
    accepted = {name: reading for name, reading in readings.items() if reading.report.accepted}
    for name in accepted.keys() & new.keys():
        keep(new[name].path, name, ins.inbox)
        if new[name].answer.content:
            write_whole(answer_path(ins.inbox / name), new[name].answer.content)
    tables = {}
    for table in (*table_names(), QUARANTINE):
        schema = QUARANTINE_SCHEMA if table == QUARANTINE else table_schema(table)
        parts = [reading.tables[table] for reading in accepted.values() if table in reading.tables]
        tables[table] = replaced(read_snapshot(ins.evidence, table, schema), parts, accepted.keys())
    tables[QUARANTINE] = with_proposals(tables[QUARANTINE], {n: t for n, t in tables.items() if n != QUARANTINE})
    contents = {table: snapshot_bytes(rows) for table, rows in tables.items()}
    for table, rows in tables.items():
        manifest.tables[table] = {
            "title": "隔离清单" if table == QUARANTINE else table_title(table),
            "rows": rows.num_rows,
            "sha256": hashlib.sha256(contents[table]).hexdigest(),
        }
    for reading in readings.values():
        report = _stamped(reading.report, manifest, now)
        if report.accepted:
            manifest.accept(report)
        else:
            manifest.refuse(report)
    manifest.forms, manifest.gazetteer = forms_digest(FORMS), _places_digest(knowledge.gazetteer)
    manifest.answers = knowledge.answers_digest
    commit(ins.evidence, contents, manifest.content())
    aside = read_snapshot(ins.evidence, QUARANTINE, QUARANTINE_SCHEMA)
    write_returns(ins.folder / FOLDER, aside, manifest, knowledge.gazetteer)
