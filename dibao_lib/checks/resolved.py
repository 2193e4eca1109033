"""findings_resolved.parquet: findings of earlier runs that are gone, and what removed them.

An import removes a finding (已消除). A later day, another plan or another version of a rule may do so too (不再列出);
then nobody has mended anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dibao_lib.checks.basis import Basis
from dibao_lib.checks.catalogue import rules
from dibao_lib.checks.findings import FINDINGS, basis_of, read_findings, write_findings
from dibao_lib.checks.outcome import CheckRun
from dibao_lib.evidence.manifest import Manifest
from dibao_lib.workspace import Inspection

MENDED, NOT_LISTED = "已消除", "不再列出"
_NAME = "findings_resolved.parquet"
RESOLVED = pa.schema([*FINDINGS, ("state", pa.string()), ("resolved_on", pa.date32()), ("resolved_by", pa.string())])


def keep_resolved(inspection: Inspection, run: CheckRun, found_on: Callable[[dt.date], Collection[str]]) -> None:
    """Notes which findings of the file about to be replaced are gone; one that came back is noted no more.

    Args:
        inspection: the workspace.
        run: the run about to be written.
        found_on: ids of the findings that today's evidence gives as of another day.
    """
    old = inspection.folder / "findings.parquet"
    if not old.is_file():
        return
    before, current, last = resolved(inspection), run.table["finding_id"], read_findings(old)
    gone = last.replace_schema_metadata(None).filter(pc.invert(pc.is_in(last["finding_id"], current)))
    kept = before.filter(pc.invert(pc.is_in(before["finding_id"], current)))
    kept = kept.filter(pc.invert(pc.is_in(kept["finding_id"], gone["finding_id"])))
    if gone.num_rows or kept.num_rows < before.num_rows:
        change = _change(inspection, basis_of(last), run, found_on) if gone.num_rows else None
        causes = [change.cause(row) for row in gone.to_pylist()] if change else []
        write_findings(inspection.folder / _NAME, pa.concat_tables([kept, _noted(gone, causes, run.today)]))


def resolved(inspection: Inspection) -> pa.Table:
    """Findings that are gone: the columns of findings.parquet, then state, resolved_on and resolved_by.

    `state` is 已消除 where imported evidence removed the finding, and 不再列出 where it is gone for another reason;
    `resolved_by` names the import or the reason.
    """
    file = inspection.folder / _NAME
    return read_findings(file) if file.is_file() else RESOLVED.empty_table()


@dataclass(frozen=True, slots=True)
class _Change:
    """What differs between the last run and this one.

    Args:
        imported: file -> when it was imported, of the files that changed; of all, where none is known to have changed.
        other: another change in Chinese, blank for none.
        evidence: whether files changed.
        still: findings that today's evidence still gives as of the last run's day; None when nobody can tell.
        versions: check -> version of its rule now.
        missing: check -> what it lacks now.
    """

    imported: Mapping[str, str]
    other: str
    evidence: bool
    still: Collection[str] | None
    versions: Mapping[str, str]
    missing: Mapping[str, tuple[str, ...]]

    def cause(self, finding: Mapping[str, Any]) -> tuple[str, str]:
        """(state, reason) of a finding that is gone."""
        check, version = finding["check_id"], finding["rule_version"]
        if self.versions.get(check) != version:
            return NOT_LISTED, f"检查规则有改动（原为第{version}版）"
        if missing := self.missing.get(check):
            return NOT_LISTED, f"缺少{'、'.join(missing)}，本次未能检查"
        if not self.other or (self.still is not None and finding["finding_id"] not in self.still):
            return MENDED, _import_of(finding["sources"], self.imported)
        return NOT_LISTED, self.other if self.still is not None or not self.evidence else f"资料有更新，{self.other}"


def _change(
    inspection: Inspection, before: Basis, run: CheckRun, found_on: Callable[[dt.date], Collection[str]]
) -> _Change:
    now = Basis.of(inspection, run.today)
    changed, other = before.changed_files(now), before.other_change(now)
    # an earlier day can be judged again on today's evidence, an earlier plan cannot
    again = bool(changed and other) and before.plan in ("", now.plan)
    reports = Manifest.load(inspection.evidence).files
    return _Change(
        {name: report.imported_at for name, report in reports.items() if not changed or name in changed},
        other,
        bool(changed),
        found_on(before.today) if again else None,
        {rule.id: str(rule.version) for rule in rules()},
        {status.id: status.missing for status in run.statuses if status.missing},
    )


def _noted(gone: pa.Table, causes: list[tuple[str, str]], today: dt.date) -> pa.Table:
    states, reasons = [state for state, _ in causes], [reason for _, reason in causes]
    columns = [
        pa.array(states, pa.string()),
        pa.array([today] * len(causes), pa.date32()),
        pa.array(reasons, pa.string()),
    ]
    return pa.table([*gone.cast(FINDINGS).columns, *columns], schema=RESOLVED)


def _import_of(sources: list[str], imported: Mapping[str, str]) -> str:
    """The newest import among the finding's own files; where none of them is known, among all."""
    own = {file: imported[file] for file in (source.partition("#")[0] for source in sources) if file in imported}
    file, at = max((own or imported or {"": ""}).items(), key=lambda each: (each[1], each[0]))
    return f"{file}（{at}导入）" if file else ""
