"""What the program knows of a case before anybody goes there: the shown values of a blank form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from dibao_lib.errors import InputRefused
from dibao_lib.plan import Village
from dibao_lib.workspace import Inspection

# the last assessment and the last month paid are what the visitor's figures are compared with
_REGISTER = """
WITH wanted AS (
    SELECT *, row_number() OVER (PARTITION BY hh_id ORDER BY source_file, source_sheet, source_row) AS rank
    FROM households WHERE list_contains($households, hh_id)
)
SELECT w.hh_id, w.head, w.twn_id, w.vil_id, w.size AS register_people,
       (coalesce(a.pci, w.pci) * w.size)::BIGINT AS register_income, p.amt AS register_amount
FROM wanted w
LEFT JOIN ({assessments}) a ON a.hh_id = w.hh_id
LEFT JOIN ({payments}) p ON p.hh_id = w.hh_id
WHERE w.rank = 1 ORDER BY w.hh_id
"""
_ASSESSED = """
SELECT hh_id, arg_max(coalesce(pci, NULL), "date") AS pci FROM assessments WHERE pci IS NOT NULL GROUP BY hh_id
"""
_PAID = """
SELECT hh_id, arg_max(amt, period) AS amt
FROM (SELECT hh_id, period, sum(amt)::BIGINT AS amt FROM payments WHERE ptype IS NULL OR ptype = '正常' GROUP BY ALL)
GROUP BY hh_id
"""
_NONE_ASSESSED = "SELECT NULL::VARCHAR AS hh_id, NULL::BIGINT AS pci"
_NONE_PAID = "SELECT NULL::VARCHAR AS hh_id, NULL::BIGINT AS amt"
_LEADS = """
SELECT household_id, check_id, explanation FROM findings
WHERE list_contains($households, household_id) ORDER BY severity, check_id, finding_id
"""


def place_name(ins: Inspection, code: str) -> str:
    """A village's or township's name with its township's before it; the code itself when the plan does not list it."""
    townships = {township.code: township.name for township in ins.plan.townships}
    villages = {village.code: village.name for village in ins.plan.villages}
    return townships.get(code[:9], "") + villages.get(code, "" if code in townships else code)


def find_village(ins: Inspection, named: str) -> Village:
    """The village of a code, a name, or township and name together.

    Raises:
        InputRefused: there is none, or several have that name.
    """
    wanted = named.strip()
    found = [one for one in ins.plan.villages if wanted in {one.code, one.name, place_name(ins, one.code)}]
    found = found or [one for one in ins.plan.villages if wanted and place_name(ins, one.code).startswith(wanted)]
    found = found or [one for one in ins.plan.villages if wanted and one.name.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputRefused("方案中没有这个村（居）。请写村（居）全称或12位代码，如“绕二镇”加村名。")
    several = "、".join(place_name(ins, one.code) for one in found[:5])
    raise InputRefused(f"有{len(found)}个村（居）符合所写的名称：{several}。请写明乡镇和村（居）全称，或用12位代码。")


def register_values(ins: Inspection, households: Collection[str]) -> dict[str, dict[str, Any]]:
    """Certificate number -> what the register says: head, place, people, income and last payment (fen a month).

    Households the register does not have are left out; a value it does not have is None.
    """
    known = ins.sources()
    if "households" not in known or not households:
        return {}
    query = _REGISTER.format(
        assessments=_ASSESSED if "assessments" in known else _NONE_ASSESSED,
        payments=_PAID if "payments" in known else _NONE_PAID,
    )
    frame = ins.sql(query, {"households": list(households)})
    return {
        row["hh_id"]: _plain(row) | {"place": place_name(ins, row["vil_id"] or row["twn_id"] or "")}
        for row in _rows(frame)
    }


def leads_of(ins: Inspection, households: Collection[str]) -> dict[str, list[str]]:
    """Certificate number -> ids and sentences of the leads about it; empty before the checks were run."""
    if "findings" not in ins.sources() or not households:
        return {}
    found: dict[str, list[str]] = {}
    for row in _rows(ins.sql(_LEADS, {"households": list(households)})):
        found.setdefault(row["household_id"], []).append(f"{row['check_id']} {row['explanation']}")
    return found


def visit_given(ins: Inspection, hh_id: str) -> dict[str, Any]:
    """The shown values of a visit: the register's figures (blind) and which checks have leads, without their figures.

    Raises:
        InputRefused: the register has no such household.
    """
    known = register_values(ins, [hh_id]).get(hh_id)
    if known is None:
        raise InputRefused("低保对象台账中没有这个低保证号。请核对证号，或先导入该乡镇的台账。")
    checks = [lead.partition(" ")[0] for lead in leads_of(ins, [hh_id]).get(hh_id, [])]
    return known | {"leads": "、".join(dict.fromkeys(checks))}


def _rows(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records")


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Numbers of the data frame as whole numbers, nothing as None."""
    names = ("register_people", "register_income", "register_amount")
    return {
        "hh_id": row["hh_id"],
        "head": row["head"],
        **{name: None if pd.isna(row[name]) else int(row[name]) for name in names},
    }
