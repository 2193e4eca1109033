"""The ledger, the overdue list and the proposals as tables, for a screen or a query (R63)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from dibao_lib.plan import Plan
from dibao_lib.records.dispositions import UPHELD
from dibao_lib.rectification.problems import Problem, overdue, proposals
from dibao_lib.units import yuan


def ledger(found: Sequence[Problem], today: dt.date) -> pd.DataFrame:
    """The ledger (问题整改台账) as of a day, one upheld problem a row; amounts in fen.

    Columns: 问题编号, 单位, 问题, 涉及金额, 发现途径, 处理意见, 责任人, 时限, 状态, 逾期天数, 追缴金额, 追责情况, 销号人.
    """
    rows = [
        {
            "问题编号": problem.data["fid"],
            "单位": problem.data["place"],
            "问题": problem.data["what"],
            "涉及金额": problem.data["amt"],
            "发现途径": problem.data["route"],
            "处理意见": problem.data["opinion"],
            "责任人": problem.data["owner"],
            "时限": problem.data["due"],
            "状态": problem.state,
            "逾期天数": problem.overdue_days(today),
            "追缴金额": problem.data["recovered"],
            "追责情况": problem.data["disc"],
            "销号人": problem.closed_by,
        }
        for problem in found
        if problem.data["judgement"] in UPHELD
    ]
    columns = [
        "问题编号",
        "单位",
        "问题",
        "涉及金额",
        "发现途径",
        "处理意见",
        "责任人",
        "时限",
        "状态",
        "逾期天数",
        "追缴金额",
        "追责情况",
        "销号人",
    ]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"涉及金额": "Int64", "追缴金额": "Int64", "逾期天数": "Int64"})


def ledger_table(found: Sequence[Problem], today: dt.date) -> pd.DataFrame:
    """The ledger as people read it: amounts in yuan, blanks for what is not known, short numbers."""
    frame = ledger(found, today).astype(object)
    for name in ("涉及金额", "追缴金额"):
        frame[name] = [None if pd.isna(value) else yuan(int(value)) for value in frame[name]]
    frame["逾期天数"] = [days or None for days in frame["逾期天数"]]
    frame["问题编号"] = [str(number)[:8] for number in frame["问题编号"]]
    frame = frame.rename(columns={"涉及金额": "涉及金额（元）", "追缴金额": "追缴金额（元）"})
    return frame.where(frame.notna(), "")


def overdue_table(found: Sequence[Problem], today: dt.date) -> pd.DataFrame:
    """Upheld problems not closed by their deadline as of a day, longest first."""
    columns = ["问题编号", "单位", "问题", "责任人", "时限", "逾期天数", "状态"]
    rows = [
        (
            problem.data["fid"][:8],
            problem.data["place"],
            problem.data["what"],
            problem.data["owner"],
            problem.data["due"],
            problem.overdue_days(today),
            problem.state,
        )
        for problem in overdue(found, today)
    ]
    return pd.DataFrame(rows, columns=columns)


def proposals_table(plan: Plan, found: Sequence[Problem], today: dt.date) -> pd.DataFrame:
    """What the decision table proposes for each upheld problem as of a day, with the facts, and what was decided."""
    columns = ["问题编号", "单位", "建议", "所依据的事实", "条款", "已采用", "审定人"]
    proposed = proposals(plan, found, today)
    rows = [
        (
            problem.data["fid"][:8],
            problem.data["place"],
            f"{proposal.rule} {proposal.proposal}",
            "；".join(proposal.facts),
            "、".join(proposal.clauses),
            "是" if proposal.rule in {words[:2] for words in problem.data["dispositions"]} else "",
            problem.data["decided_by"],
        )
        for problem in found
        for proposal in proposed[problem.data["fid"]]
    ]
    return pd.DataFrame(rows, columns=columns)
