"""The draws of the workspace as relations the rules read: what was drawn, and who inspects whom (R56-R58, R60)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dibao_lib.errors import InputRefused

TITLE = "抽样记录（draws/*.json）"
_LEVELS = {9: "township", 12: "village"}
_TEAMS = "teams"
_DRAWN = pa.schema([(name, pa.string()) for name in ("draw", "unit", "level", "source")])
_INSPECTING = pa.schema([(name, pa.string()) for name in ("draw", "team", "unit", "source")])


def register_draws(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Adds `drawn`, one row a drawn unit, and `inspecting`, one row a team and the township it inspects.

    Columns of drawn: draw (name), unit (code or certificate number; replacements in place of those they replaced),
    level (township, village, household), source. Columns of inspecting: draw, team, unit (codes), source.

    Raises:
        InputRefused: a record of a draw or of the teams cannot be read.
    """
    files = [file for file in sorted(folder.rglob("*.json")) if not file.name.endswith(".commitment.json")]
    teams = [file for file in files if file.parent == folder / _TEAMS]
    drawn = [row for file in files if file not in teams for row in _read(file, folder, _units)]
    inspecting = [row for file in teams for row in _read(file, folder, _pairs)]
    connection.register("drawn", pa.Table.from_pylist(drawn, _DRAWN))
    connection.register("inspecting", pa.Table.from_pylist(inspecting, _INSPECTING))


def _read(file: Path, folder: Path, rows: Callable[[Mapping[str, Any]], list[dict[str, str]]]) -> list[dict[str, str]]:
    place = f"draws/{file.relative_to(folder).as_posix()}"
    try:
        found = rows(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InputRefused(
            f"抽样记录 {place} 读不出来，可能损坏或被改动。请用 dibao draw verify 核验，从备份恢复后重新检查。"
        ) from None
    return [row | {"source": f"{place}##{number}"} for number, row in enumerate(found, 1)]


def _units(record: Mapping[str, Any]) -> list[dict[str, str]]:
    replaced = {change["unit"]: change["by"] for change in record["replacements"]}
    units = [_last(row["unit"], replaced) for row in record["sample"]]
    return [{"draw": record["name"], "unit": unit, "level": _level(unit)} for unit in units]


def _pairs(record: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"draw": record["name"], "team": team, "unit": unit} for team, unit in record.get("pairs", [])]


def _level(unit: str) -> str:
    return _LEVELS.get(len(unit), "household") if unit.isdigit() else "household"


def _last(unit: str, replaced: Mapping[str, str]) -> str:
    """The unit that stands for a drawn one in the end."""
    seen = {unit}
    while unit in replaced and replaced[unit] not in seen:
        unit = replaced[unit]
        seen.add(unit)
    return unit
