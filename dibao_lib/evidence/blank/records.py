"""Rows of an evidence table as people read them, township by township, for a template to be filled with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from dibao_lib.errors import UsageError
from dibao_lib.evidence.arrow import QUARANTINE
from dibao_lib.evidence.blank.template import Value, fields_of, fill
from dibao_lib.evidence.form import Field, Kind
from dibao_lib.evidence.snapshots import read_snapshot
from dibao_lib.evidence.tables import table_fields, table_names, table_schema, table_title
from dibao_lib.workspace import Inspection


def fill_template(ins: Inspection, template: Path, table: str, folder: Path, today: dt.date) -> list[Path]:
    """Fills a template with a table's rows, one workbook for each township that has any.

    Args:
        ins: the workspace.
        template: the workbook with `{{…}}` and `{{.…}}` cells.
        table: an evidence table, by name or Chinese title.
        folder: where to; made.
        today: the date of {{日期}}.

    Raises:
        UsageError: no such table, no rows in it, or a `{{.…}}` cell names no column of it.
        InputRefused: the template cannot be read or asks for what is not there.
    """
    name = _table_named(table)
    known = _names(name)
    _reject_unknown_columns(template, fields_of(template)[1], known)
    rows = read_snapshot(ins.evidence, name, table_schema(name)).to_pylist()
    if not rows:
        raise UsageError(f"“{table_title(name)}”还没有导入，没有可填的内容。请先导入该表册。")
    places = {one.code: one.name for one in ins.plan.townships} | {one.code: one.name for one in ins.plan.villages}
    households = read_snapshot(ins.evidence, "households", table_schema("households"))
    home = dict(zip(households["hh_id"].to_pylist(), households["twn_id"].to_pylist(), strict=True))
    parts: dict[str, list[dict[str, Value]]] = {}
    for row in rows:
        code = row.get("twn_id") or (row.get("vil_id") or "")[:9] or home.get(row.get("hh_id")) or ""
        shown = {label: shown_value(one, row, places) for label, one in known.items()}
        parts.setdefault(code, []).append(shown | {"序号": len(parts.get(code, ())) + 1})
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for code, shown_rows in sorted(parts.items()):
        township = places.get(code, "未注明乡镇")
        fields: dict[str, Value] = {
            "市": ins.plan.place.name,
            "乡镇": township,
            "年份": ins.plan.year,
            "日期": today,
            "行数": len(shown_rows),
        }
        path = folder / f"{township}-{template.name}"
        path.write_bytes(fill(template, fields, shown_rows))
        written.append(path)
    return written


def _table_named(table: str) -> str:
    titles = {table_title(name): name for name in table_names()}
    if table not in {*titles, *titles.values()} or table == QUARANTINE:
        raise UsageError(f"没有名为“{table}”的表。可用的表：{'、'.join(titles)}。")
    return titles.get(table, table)


def _names(table: str) -> dict[str, Field]:
    """Every name a column may be called by in a template: its field name and its header."""
    fields = table_fields(table)
    return {one.header: one for one in fields.values()} | fields


def _reject_unknown_columns(template: Path, asked: set[str], known: Mapping[str, Field]) -> None:
    if unknown := sorted(asked - known.keys() - {"序号"}):
        headers = "、".join(dict.fromkeys(one.header for one in known.values()))
        raise UsageError(
            f"模板“{template.name}”中的{'、'.join('{{.' + name + '}}' for name in unknown)}不是该表的列。可用的列：序号、{headers}。"
        )


def shown_value(one: Field, row: Mapping[str, Any], places: Mapping[str, str]) -> Value:
    """What a row has in a field, as people write it: yuan, 是 and 否, names of places.

    Args:
        one: the field.
        row: a row of its table, as Parquet has it.
        places: code -> name of townships and villages.
    """
    stem, _, member = one.name.partition(".")
    value = (row.get(stem) or {}).get(member) if member else row.get(stem)
    shown: Value = value
    if value is None:
        return None
    if one.kind is Kind.MONEY:
        shown = Decimal(value) / 100
    elif one.kind is Kind.BOOL:
        words = [spellings[0] for spellings in one.choices.values()] or ["是", "否"]
        shown = words[0 if value else 1]
    elif one.kind is Kind.LIST:
        shown = "、".join(value)
    elif one.kind in {Kind.TOWNSHIP, Kind.VILLAGE}:
        shown = places.get(value, value)
    return shown
