"""One finding's source rows side by side, as the files gave them, so that a person can judge it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb
import pandas as pd

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.form import Field, Kind
from dibao_lib.evidence.tables import table_fields, table_names, table_title
from dibao_lib.units import yuan
from dibao_lib.workspace import Inspection

# reports print the first eight characters
_SOURCES = """
SELECT sources FROM findings WHERE finding_id = $id OR (length($id) >= 8 AND starts_with(finding_id, $id))
ORDER BY finding_id <> $id
"""
_PLACE = "concat_ws('#', source_file, coalesce(source_sheet, ''), source_row::VARCHAR)"


def explain(inspection: Inspection, finding_id: str) -> pd.DataFrame:
    """The rows a finding rests on.

    Args:
        inspection: the workspace, checked before.
        finding_id: as findings.parquet has it, or its first eight characters or more, as reports print it.

    Returns:
        One column a row of a table that came from a source row, labelled (Chinese name of its table, `file#sheet#row`),
        in the finding's order; one row a column of the files, by its Chinese header. Money is in yuan, places are named;
        what a row does not have is blank.

    Raises:
        InputRefused: no such finding, or the checks have not been run.
    """
    inspection.findings()
    found = inspection.sql(_SOURCES, {"id": finding_id})
    if found.empty:
        raise InputRefused("检查结果中没有这个编号的线索。请核对编号，或重新运行 dibao check 后再查。")
    if len(found) > 1 and len(finding_id) < 16:
        raise InputRefused(f"有{len(found)}条线索的编号以这几位开头。请写全16位编号（见 findings.parquet）后再查。")
    sources = list(found["sources"].iloc[0])
    names = _place_names(inspection)
    connection = inspection.connect()
    try:
        present = [table for table in table_names() if table in inspection.sources()]
        columns = [column for table in present for column in _rows(connection, table, sources, names)]
    finally:
        connection.close()
    columns.sort(key=lambda column: sources.index(column[0][1]))
    headers = list(dict.fromkeys(header for _, cells in columns for header in cells))
    # a row of a wide sheet holds several payments, and so several columns here
    told = [[cells.get(header, "") for _, cells in columns] for header in headers]
    frame = pd.DataFrame(told, index=pd.Index(headers, name="栏目"), columns=range(len(columns)))
    frame.columns = pd.MultiIndex.from_tuples([label for label, _ in columns], names=["表册", "来源"])
    return frame


def _place_names(inspection: Inspection) -> dict[str, str]:
    """Code -> name of the plan's townships and villages."""
    townships = {township.code: township.name for township in inspection.plan.townships}
    return townships | {village.code: village.name for village in inspection.plan.villages}


def _rows(
    connection: duckdb.DuckDBPyConnection, table: str, sources: list[str], names: Mapping[str, str]
) -> list[tuple[tuple[str, str], dict[str, str]]]:
    """(label, header -> text) of the rows of one table that stand among the sources."""
    places = [source.split("#") for source in sources]
    rows = connection.execute(
        f"""SELECT {_PLACE} AS place, * FROM "{table}"
            WHERE list_contains($files, source_file) AND list_contains($rows, source_row)
              AND list_contains($sources, {_PLACE}) ORDER BY place""",
        {"sources": sources, "files": [place[0] for place in places], "rows": [int(place[-1]) for place in places]},
    ).df()
    fields = table_fields(table)
    return [
        ((table_title(table), str(row["place"])), {field.header: _text(field, row, names) for field in fields.values()})
        for row in rows.to_dict("records")
    ]


def _text(field: Field, row: dict[Any, Any], names: Mapping[str, str]) -> str:
    """A cell as people write it; fields named a.b are members of the struct a; a place the plan lacks keeps its code."""
    stem, _, member = field.name.partition(".")
    value = row.get(stem)
    if member:
        value = value.get(member) if isinstance(value, dict) else None
    if field.kind is Kind.LIST and value is not None:
        return "、".join(map(str, value))
    if value is None or pd.isna(value):
        return ""
    match field.kind:
        case Kind.MONEY:
            return yuan(int(value))
        case Kind.INT:
            return str(int(value))
        case Kind.BOOL:
            return "是" if value else "否"
        case Kind.DATE:
            return str(value)[:10]
        case Kind.TOWNSHIP | Kind.VILLAGE:
            return names.get(str(value), str(value))
    return str(value)
