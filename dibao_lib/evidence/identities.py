"""Ids and certificate numbers that do not stand for one person or household each: lists to clear up (nos. 11, 27).

Until they are cleared up a match on one of them proves nothing: checks make no severity-A finding of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, combinations

import duckdb
import pandas as pd

from dibao_lib.evidence.names import is_readable, same_name
from dibao_lib.evidence.tables import table_fields
from dibao_lib.workspace import Inspection

# the field with the name that belongs to an id
_NAMES = {"pid": ("name", "head"), "head_pid": ("head",), "cad_pid": ("cad",), "rel_pid": ("rel_name",)}
# what people set into names, or leave out
_SET = "·•・．. \u3000"
_CLEAR_UP = "请核对原件，更正填错的一处后以同名文件重报；更正前，凭该号码的比对只作线索"
_SHOWN = 5
_SOURCE = "source_file || '#' || coalesce(source_sheet, '') || '#' || source_row"
# one number of several heads: two ids, or without any id two names
REUSED = """SELECT hh_id FROM households WHERE hh_id IS NOT NULL GROUP BY hh_id
            HAVING count(DISTINCT head_pid) > 1 OR (count(head_pid) = 0 AND count(DISTINCT head) > 1)"""


def people_sql(tables: Iterable[str]) -> str:
    """A query for every id beside a name in some tables: pid, name, hh_id, source (file#sheet#row)."""
    parts = []
    for table in tables:
        fields = table_fields(table)
        household = "hh_id" if "hh_id" in fields else "NULL"
        for pid, name in ((pid, name) for pid, names in _NAMES.items() for name in names):
            if pid in fields and name in fields:
                parts.append(
                    f"""SELECT "{pid}" AS pid, translate("{name}", '{_SET}', '') AS name, {household} AS hh_id,
                               {_SOURCE} AS source
                        FROM "{table}" WHERE "{pid}" IS NOT NULL AND trim("{name}") <> ''"""
                )
    return " UNION ALL ".join(parts) or "SELECT '' AS pid, '' AS name, '' AS hh_id, '' AS source LIMIT 0"


def several_names(connection: duckdb.DuckDBPyConnection, people: str) -> list[str]:
    """The ids that names of different people stand beside.

    Args:
        connection: where the tables are.
        people: query as `people_sql` gives it.
    """
    found = connection.execute(
        f"SELECT pid, list(DISTINCT name) FROM ({people}) GROUP BY pid HAVING min(name) <> max(name) ORDER BY pid"
    ).fetchall()
    return [pid for pid, names in found if any(_differ(*pair) for pair in combinations(names, 2))]


def _differ(one: str, other: str) -> bool:
    """Whether two names are no way of writing one; of a name with unknown characters its length says nothing."""
    comparable = len(one) == len(other) or (is_readable(one) and is_readable(other))
    return comparable and not same_name(one, other)


def ids_of_several_names(ins: Inspection) -> pd.DataFrame:
    """Ids that different names go by, over all tables; names that a rare character alone tells apart count as one.

    Returns:
        One row an id and name: 身份证号, 姓名, 出处 (list of file#sheet#row).
    """
    people = people_sql(name for name in ins.tables() if table_fields(name))
    connection = ins.connect()
    try:
        return connection.execute(
            f"""SELECT pid AS 身份证号, name AS 姓名, list(DISTINCT source ORDER BY source) AS 出处
                FROM ({people}) WHERE list_contains($several, pid) GROUP BY pid, name ORDER BY pid, name""",
            {"several": several_names(connection, people)},
        ).df()
    finally:
        connection.close()


def reused_certificates(ins: Inspection) -> pd.DataFrame:
    """Certificate numbers that more than one head of household holds.

    Returns:
        One row a number: 低保证号, 户数, 出处 (list of file#sheet#row).
    """
    if "households" not in ins.tables():
        return pd.DataFrame(columns=["低保证号", "户数", "出处"])
    return ins.sql(
        f"""SELECT hh_id AS 低保证号, count(DISTINCT coalesce(head_pid, head)) AS 户数,
                   list(DISTINCT {_SOURCE} ORDER BY {_SOURCE}) AS 出处
            FROM households WHERE hh_id IN ({REUSED}) GROUP BY hh_id ORDER BY hh_id"""
    )


def doubts(ins: Inspection) -> pd.DataFrame:
    """Ids and certificate numbers to clear up, without any person's data.

    Returns:
        One row each: 问题, 出处 (file, sheet and row as people see them), 怎样办.
    """
    ids = ids_of_several_names(ins).groupby("身份证号", sort=True)["出处"].agg(lambda rows: sorted({*chain(*rows)}))
    rows = [("同一身份证号对应不同姓名", _places(sources), _CLEAR_UP) for sources in ids]
    rows += [
        (f"同一低保证号由{heads}名户主共用", _places(sources), _CLEAR_UP)
        for heads, sources in reused_certificates(ins)[["户数", "出处"]].itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=["问题", "出处", "怎样办"])


def _places(sources: Iterable[str]) -> str:
    """Up to five rows by name: 台账.xlsx“表”第3行."""
    parts = [source.rsplit("#", 2) for source in sources]
    shown = [f"{file}{f'“{sheet}”' if sheet else ''}第{row}行" for file, sheet, row in parts[:_SHOWN]]
    return "、".join(shown) + (f"等{len(parts)}处" if len(parts) > _SHOWN else "")
