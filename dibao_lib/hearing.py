"""听证: which cases a village's hearing takes up, what a hearing's record departs from, and how all hearings went (R60, R61)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from dibao_lib.errors import InputRefused
from dibao_lib.plan import Plan
from dibao_lib.records.given import find_village, leads_of, place_name, register_values
from dibao_lib.records.kinds import record_form
from dibao_lib.records.kinds.review import faults as review_faults
from dibao_lib.records.log import RecordLog
from dibao_lib.records.meeting import GROUPS, conclusion_fault, missing_groups, tally_fault
from dibao_lib.records.publish import has_records
from dibao_lib.records.review import standing
from dibao_lib.records.validate import usable
from dibao_lib.workspace import Inspection

__all__ = ["GROUPS", "hearing_cases", "hearing_faults", "hearing_given", "hearings", "hearings_of", "review_faults"]

_CASES = """
SELECT household_id AS hh_id, count(*) AS leads, min(severity) AS worst FROM findings
WHERE village_code = $village AND household_id IS NOT NULL GROUP BY household_id ORDER BY worst, leads DESC, hh_id
"""


def hearing_cases(ins: Inspection, village: str) -> list[str]:
    """Certificate numbers of a village's households with leads, most serious first.

    Raises:
        InputRefused: no such village, or the checks have not been run.
    """
    code = find_village(ins, village).code
    if "findings" not in ins.sources():
        raise InputRefused("尚无检查结果，列不出要听证的户。请先运行 dibao check。")
    return [str(hh_id) for hh_id in ins.sql(_CASES, {"village": code})["hh_id"]]


def hearing_given(ins: Inspection, village: str, households: Collection[str] | None = None) -> dict[str, Any]:
    """The shown values of a hearing in a village: its place and a row a case with head and leads.

    Args:
        ins: the workspace.
        village: code or name.
        households: certificate numbers to be heard; the village's households with leads when left out.

    Raises:
        InputRefused: no such village.
    """
    code = find_village(ins, village).code
    chosen = hearing_cases(ins, code) if households is None else list(households)
    known, leads = register_values(ins, chosen), leads_of(ins, chosen)
    cases = [
        {"hh_id": hh_id, "head": known.get(hh_id, {}).get("head"), "leads": leads.get(hh_id, [])} for hh_id in chosen
    ]
    return {"vil_id": code, "place": place_name(ins, code), "cases": cases}


def hearing_faults(plan: Plan, data: Mapping[str, Any]) -> list[str]:
    """What a hearing as recorded departs from, also where the record explains it: groups, votes, conclusions."""
    each = plan.number("hearing_minimum_each", plan.date("campaign_start"))
    found = [f"没有{group}参加" for group in missing_groups(data["attended"], each)]
    for number, case in enumerate(data["cases"], start=1):
        votes = [case[name] for name in ("agree", "disagree", "abstain")]
        fault = tally_fault(votes, data["voters"], "有表决权的到会人员") or conclusion_fault(
            case["conclusion"], votes[0], votes[1]
        )
        found += [f"第{number}户：{fault}"] if fault else []
    return found + ([] if data["signatures"] else ["与会人员没有签名"])


def hearings_of(ins: Inspection) -> pd.DataFrame:
    """All hearings of a workspace as `hearings` tells them; none when nothing was recorded yet."""
    if not has_records(ins):
        return pd.DataFrame()
    with RecordLog.open(ins) as log:
        return hearings(log, ins.plan)


def hearings(log: RecordLog, plan: Plan) -> pd.DataFrame:
    """All hearings of the log, one a row, by day: place, day, attendance, conclusions, standing, departures."""
    rows = []
    for record in log.records("hearing"):
        if record.data:
            data = usable(record_form("hearing"), record.data)
            concluded = [case["conclusion"] for case in data["cases"]]
            rows.append(
                {
                    "编号": record.record_id,
                    "村（居）": data["place"],
                    "会议日期": data["on"],
                    **{group: data["attended"][group] for group in GROUPS},
                    "听证户数": len(concluded),
                    **{word: concluded.count(word) for word in ("维持", "调整", "清退", "待核")},
                    "状态": standing(record).state,
                    "不合要求之处": "；".join(hearing_faults(plan, data)),
                }
            )
    columns = [
        "编号",
        "村（居）",
        "会议日期",
        *GROUPS,
        "听证户数",
        "维持",
        "调整",
        "清退",
        "待核",
        "状态",
        "不合要求之处",
    ]
    return pd.DataFrame(rows, columns=columns).sort_values(["会议日期", "编号"], ignore_index=True)
