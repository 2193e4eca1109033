"""findings_resolved.parquet: findings of earlier runs that are gone, 已消除, with the import that removed them."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dibao_lib.checks.findings import FINDINGS, write_findings
from dibao_lib.evidence.manifest import Manifest
from dibao_lib.workspace import Inspection

_NAME = "findings_resolved.parquet"
RESOLVED = pa.schema([*FINDINGS, ("state", pa.string()), ("resolved_on", pa.date32()), ("resolved_by", pa.string())])


def keep_resolved(inspection: Inspection, current: pa.Table, today: dt.date) -> None:
    """Notes which findings of the file about to be replaced are gone; one that came back is noted no more."""
    old = inspection.folder / "findings.parquet"
    if not old.is_file():
        return
    before = resolved(inspection)
    gone = pq.read_table(old).replace_schema_metadata(None)
    gone = gone.filter(pc.invert(pc.is_in(gone["finding_id"], current["finding_id"])))
    kept = before.filter(pc.invert(pc.is_in(before["finding_id"], current["finding_id"])))
    kept = kept.filter(pc.invert(pc.is_in(kept["finding_id"], gone["finding_id"])))
    if gone.num_rows or kept.num_rows < before.num_rows:
        write_findings(inspection.folder / _NAME, pa.concat_tables([kept, _noted(inspection, gone, today)]))


def resolved(inspection: Inspection) -> pa.Table:
    """Findings that are gone: the columns of findings.parquet, then state, resolved_on and resolved_by."""
    file = inspection.folder / _NAME
    return pq.read_table(file) if file.is_file() else RESOLVED.empty_table()


def _noted(inspection: Inspection, gone: pa.Table, today: dt.date) -> pa.Table:
    imported = {name: report.imported_at for name, report in Manifest.load(inspection.evidence).files.items()}
    by = [_import_of(sources, imported) for sources in gone["sources"].to_pylist()]
    count = gone.num_rows
    return pa.table(
        [
            *gone.cast(FINDINGS).columns,
            pa.array(["已消除"] * count),
            pa.array([today] * count, pa.date32()),
            pa.array(by, pa.string()),
        ],
        schema=RESOLVED,
    )


def _import_of(sources: list[str], imported: dict[str, str]) -> str:
    """The newest import among the finding's own files; where none of them is known, among all."""
    own = {file: imported[file] for file in (source.partition("#")[0] for source in sources) if file in imported}
    file, at = max((own or imported or {"": ""}).items(), key=lambda each: (each[1], each[0]))
    return f"{file}（{at}导入）" if file else ""
