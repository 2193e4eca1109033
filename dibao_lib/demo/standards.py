"""The table of standards as the office keeps it: the plan's own, each ending when the next begins."""

from __future__ import annotations

import datetime as dt

from dibao_lib.demo.model import Row
from dibao_lib.plan import Plan

_AREA = "全市"


def standard_rows(plan: Plan) -> list[Row]:
    """The standards of the plan, oldest first."""
    rows = []
    for standard in sorted(plan.standards, key=lambda s: (s.kind, s.effective)):
        later = [s.effective for s in plan.standards if s.kind == standard.kind and s.effective > standard.effective]
        row = standard_row(plan, standard.kind, standard.effective, standard.std_fen, standard.doc_no)
        row["expiry"] = min(later) - dt.timedelta(1) if later else None
        rows.append(row | {"floor": standard.floor_fen, "subsidy_avg": standard.subsidy_avg_fen})
    return rows


def standard_row(plan: Plan, kind: str, effective: dt.date, std_fen: int, doc_no: str) -> Row:
    """One standard with a complete issue trail."""
    trail = {"issuer": f"{plan.place.name}人民政府", "issued": effective - dt.timedelta(25)}
    trail |= {"published": effective - dt.timedelta(12), "survey": True, "consult": True}
    row: Row = {"kind": kind, "area": _AREA, "effective": effective, "expiry": None, "std": std_fen, "floor": None}
    return row | {"subsidy_avg": None, "doc_no": doc_no} | trail
