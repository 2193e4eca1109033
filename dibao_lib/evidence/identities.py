"""Ids and certificate numbers that do not stand for one person or household each: lists to clear up (nos. 11, 27)."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import pandas as pd

from dibao_lib.evidence.form import Kind
from dibao_lib.evidence.names import same_name
from dibao_lib.evidence.tables import table_fields
from dibao_lib.workspace import Inspection

_NAMES = ("name", "head")


def ids_of_several_names(ins: Inspection) -> pd.DataFrame:
    """Ids that different names go by, over all tables; names that a rare character alone tells apart count as one.

    Returns:
        One row an id and name: 身份证号, 姓名, 出处 (list of file#sheet#row).
    """
    rows = _people(ins)
    names: dict[str, set[str]] = defaultdict(set)
    for pid, name in zip(rows["身份证号"], rows["姓名"], strict=True):
        names[pid].add(name)
    several = {pid for pid, called in names.items() if not all(same_name(*pair) for pair in combinations(called, 2))}
    return rows[rows["身份证号"].isin(several)].reset_index(drop=True)


def _people(ins: Inspection) -> pd.DataFrame:
    parts = []
    for table in ins.tables():
        fields = table_fields(table)
        pid = next((name for name in ("pid", "head_pid") if name in fields and fields[name].kind is Kind.PID), None)
        name = next((name for name in _NAMES if name in fields), None)
        if pid and name:
            parts.append(f'SELECT "{pid}" AS pid, "{name}" AS name, {_SOURCE} AS source FROM "{table}"')
    if not parts:
        return pd.DataFrame(columns=["身份证号", "姓名", "出处"])
    return ins.sql(
        f"""SELECT pid AS 身份证号, name AS 姓名, list(DISTINCT source ORDER BY source) AS 出处
            FROM ({" UNION ALL ".join(parts)}) WHERE pid IS NOT NULL AND name IS NOT NULL
            GROUP BY ALL ORDER BY pid, name"""
    )


_SOURCE = "source_file || '#' || source_sheet || '#' || source_row"


def reused_certificates(ins: Inspection) -> pd.DataFrame:
    """Certificate numbers that more than one head of household holds.

    Returns:
        One row a number: 低保证号, 户数, 出处 (list of file#sheet#row).
    """
    return ins.sql(
        f"""SELECT hh_id AS 低保证号, count(DISTINCT coalesce(head_pid, head)) AS 户数,
                   list(DISTINCT {_SOURCE} ORDER BY {_SOURCE}) AS 出处
            FROM households GROUP BY hh_id HAVING count(DISTINCT coalesce(head_pid, head)) > 1 ORDER BY hh_id"""
    )
