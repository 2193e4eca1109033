"""The draws of the workspace as a relation the rules read: which townships and villages were drawn (R57, R58, R60)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dibao_lib.errors import InputRefused

TITLE = "抽样记录（draws/*.json）"
_LEVELS = {9: "township", 12: "village"}
_SCHEMA = pa.schema([(name, pa.string()) for name in ("draw", "unit", "level", "source")])


def register_draws(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Adds `drawn`: one row a drawn unit, replacements in place of those they replaced.

    Columns: draw (name), unit (code or certificate number), level (township, village, household), source.

    Raises:
        InputRefused: a record of a draw cannot be read.
    """
    files = sorted(file for file in folder.glob("*.json") if not file.name.endswith(".commitment.json"))
    rows = [row for file in files for row in _rows(file)]
    connection.register("drawn", pa.Table.from_pylist(rows, _SCHEMA))


def _rows(file: Path) -> Iterator[dict[str, str]]:
    try:
        record: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        replaced = {change["unit"]: change["by"] for change in record["replacements"]}
        for number, row in enumerate(record["sample"], 1):
            unit = _last(row["unit"], replaced)
            level = _LEVELS.get(len(unit), "household") if unit.isdigit() else "household"
            yield {"draw": record["name"], "unit": unit, "level": level, "source": f"draws/{file.name}##{number}"}
    except (OSError, ValueError, KeyError, TypeError):
        raise InputRefused(
            f"抽样记录 draws/{file.name} 读不出来，可能损坏或被改动。请用 dibao draw verify 核验，从备份恢复后重新检查。"
        ) from None


def _last(unit: str, replaced: Mapping[str, str]) -> str:
    """The unit that stands for a drawn one in the end."""
    seen = {unit}
    while unit in replaced and replaced[unit] not in seen:
        unit = replaced[unit]
        seen.add(unit)
    return unit
