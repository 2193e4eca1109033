"""findings.parquet: its columns, how it is replaced and read back; its metadata say which checks ran (contract 4.2)."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dibao_lib.checks.basis import Basis
from dibao_lib.checks.outcome import CheckRun, RuleStatus
from dibao_lib.errors import InputRefused
from dibao_lib.evidence.snapshots import write_whole
from dibao_lib.workspace import Inspection

FINDINGS = pa.schema(
    [
        ("finding_id", pa.string()),
        ("check_id", pa.string()),
        ("clause", pa.string()),
        ("severity", pa.string()),
        ("certainty", pa.string()),
        ("township_code", pa.string()),
        ("township", pa.string()),
        ("village_code", pa.string()),
        ("village", pa.string()),
        ("household_id", pa.string()),
        ("person_id", pa.string()),
        ("period", pa.string()),
        ("observed", pa.string()),
        ("expected", pa.string()),
        ("amount_fen", pa.int64()),
        ("match_key", pa.string()),
        ("explanation", pa.string()),
        ("sources", pa.list_(pa.string())),
        ("rule_version", pa.string()),
    ]
)

_KEY = b"dibao.checks"


def write_run(inspection: Inspection, run: CheckRun) -> Path:
    """Replaces findings.parquet; a crash leaves the old file or the new one, never half of one."""
    about = Basis.of(inspection, run.today).to_json() | {"statuses": [asdict(status) for status in run.statuses]}
    table = run.table.replace_schema_metadata({_KEY: json.dumps(about, ensure_ascii=False, sort_keys=True).encode()})
    target = inspection.folder / "findings.parquet"
    write_findings(target, table)
    return target


def write_findings(target: Path, table: pa.Table) -> None:
    """Puts a Parquet file in the place of an older one, whole or not at all."""
    content = io.BytesIO()
    pq.write_table(table, content, compression="zstd")
    write_whole(target, content.getvalue())


def last_run(inspection: Inspection) -> CheckRun:
    """The last run as it was written.

    Raises:
        InputRefused: the checks have not been run, or the file is not what they wrote.
    """
    table = read_findings(_written(inspection))
    today = basis_of(table).today
    return CheckRun(inspection.plan, today, table.replace_schema_metadata(None), _statuses(_about(table.schema)))


def read_findings(file: Path) -> pa.Table:
    """A table of findings with what its run noted.

    Raises:
        InputRefused: the file cannot be read.
    """
    try:
        return pq.read_table(file)
    except (pa.ArrowInvalid, OSError):
        raise _not_ours(file, "无法读取") from None


def last_statuses(inspection: Inspection) -> tuple[RuleStatus, ...]:
    """What became of each check in the last run, without its findings.

    Raises:
        InputRefused: the checks have not been run.
    """
    return _statuses(_about(pq.read_schema(_written(inspection))))


def _written(inspection: Inspection) -> Path:
    file = inspection.folder / "findings.parquet"
    if not file.is_file():
        raise InputRefused("尚无检查结果。请先运行 dibao check。")
    return file


def basis_of(table: pa.Table) -> Basis:
    """What the run rested on that wrote a table of findings.

    Raises:
        InputRefused: no run wrote it.
    """
    if "today" not in (about := _about(table.schema)):
        raise _not_ours(Path("findings.parquet"), "不是 dibao check 写出的原件")
    return Basis.from_json(about)


def _not_ours(file: Path, found: str) -> InputRefused:
    return InputRefused(
        f"检查结果 {file.name} {found}，可能已损坏或被其他软件改写。请把它移到别处，再运行 dibao check。"
    )


def _about(schema: pa.Schema) -> dict[str, Any]:
    """What a run noted about itself in the metadata of its file."""
    about: dict[str, Any] = json.loads((schema.metadata or {}).get(_KEY, b"{}"))
    return about


def _statuses(about: Mapping[str, Any]) -> tuple[RuleStatus, ...]:
    return tuple(RuleStatus(**{**status, "missing": tuple(status["missing"])}) for status in about.get("statuses", ()))
