"""Leads on the way from the whole place to one household: overview, a township's list, a household, and the list in Excel."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dibao_lib.checks import CheckRun, by_check, explain, last_run, match_strength, ranked, rules, summary
from dibao_lib.checks.ranking import First
from dibao_lib.errors import InputRefused
from dibao_lib.evidence.snapshots import write_whole
from dibao_lib.report.blocks import Blocks, Table, blocks
from dibao_lib.report.formats.xlsx import render_tables
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.sections.heat_map import counts_map, money_by_check, money_map, township_by_check
from dibao_lib.report.tables import table
from dibao_lib.report.text import file_name
from dibao_lib.units import yuan
from dibao_lib.workspace import Inspection

FOLDER = "线索"
CERTAINTIES = {"E0": "记录即可认定", "E1": "基本可以认定", "E2": "须查档核实", "E3": "须入户了解"}


def overview(inspection: Inspection) -> Blocks:
    """五查 by township: how many leads, how much money, and where which check found them.

    Raises:
        InputRefused: the checks have not been run.
    """
    run = last_run(inspection)
    findings, told = run.findings, paragraph("{line}", line=run.headline())
    placed = findings[findings["township"].notna()]
    frame = summary(findings, run.plan).drop(columns="township_code")
    frame = frame.rename(
        columns={"township": "乡镇（街道）", "amount_fen": "涉及金额（元）", **{c: f"{c}类" for c in "ABC"}}
    )
    totals = table(frame, caption="五查线索", money=("涉及金额（元）",))
    if placed.empty:
        return blocks(told, totals)
    order = [*dict.fromkeys([*(t.name for t in run.plan.townships), *placed["township"]])]
    amounts = money_by_check(placed, order)
    return blocks(
        told, totals, counts_map(township_by_check(placed, order)), *([] if amounts.empty else [money_map(amounts)])
    )


def townships_by_leads(inspection: Inspection) -> list[str]:
    """Names of the townships with leads, those with most leads first."""
    counts = last_run(inspection).findings["township"].value_counts()
    return [str(name) for name in sorted(counts.index, key=lambda name: (-counts[name], name))]


def township_leads(inspection: Inspection, township: str, first: First = "amount") -> pd.DataFrame:
    """One township's leads from the one to look into first.

    Args:
        inspection: the workspace, checked before.
        township: its name; blank stands for the one with most leads.
        first: what decides within a class, "amount" or "certainty".

    Returns:
        Columns of findings.parquet.

    Raises:
        InputRefused: there is no lead of a township of that name.
    """
    names = townships_by_leads(inspection)
    if not names:
        raise InputRefused("没有落到乡镇的问题线索，不必逐条核实。全市范围的线索见总览。")
    chosen = township or names[0]
    if chosen not in names:
        raise InputRefused(f"没有“{chosen}”的问题线索。有线索的乡镇：{'、'.join(names)}。请核对名称。")
    findings = last_run(inspection).findings
    return ranked(findings[findings["township"] == chosen], first)


def household_leads(inspection: Inspection, household: str) -> pd.DataFrame:
    """All leads about one household, by its certificate number."""
    findings = last_run(inspection).findings
    return ranked(findings[findings["household_id"] == household])


def leads_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Leads as people read them: numbered, money in yuan, the match and how far it can be trusted in words."""
    titles = {rule.id: rule.title for rule in rules()}
    frame = pd.DataFrame(
        {
            "序号": range(1, len(findings) + 1),
            "检查项": [f"{check} {titles[check]}" for check in findings["check_id"]],
            "类": findings["severity"].to_list(),
            "把握": findings["certainty"].map(CERTAINTIES).to_list(),
            "村（居）": findings["village"].fillna("").to_list(),
            "低保证号": findings["household_id"].fillna("").to_list(),
            "情况": findings["explanation"].to_list(),
            "涉及金额（元）": findings["amount_fen"].to_list(),
            "比对依据": [_matched(key) for key in findings["match_key"]],
            "条款": findings["clause"].to_list(),
            "问题编号": findings["finding_id"].to_list(),
        }
    )
    return frame.astype({"涉及金额（元）": "Int64"})


def _matched(key: str) -> str:
    return f"{key}（{match_strength(key)}）" if key else ""


def as_table(findings: pd.DataFrame, caption: str = "") -> Table:
    """`leads_table` as a block."""
    widths = (2, 6, 1.6, 5, 5, 5, 16, 5, 6, 4, 7)
    frame = leads_table(findings)
    return table(frame, caption=caption, money=("涉及金额（元）",), widths=widths, missing="", empty="无问题线索")


def source_rows(inspection: Inspection, finding_id: str) -> Table:
    """The rows a lead rests on, side by side; what no row has is left out."""
    frame = explain(inspection, finding_id)
    frame = frame[(frame != "").any(axis=1)]
    return table(frame, missing="", empty="来源行已不在表册中")


def export_leads(inspection: Inspection, township: str = "", first: First = "amount") -> Path:
    """Writes a township's leads as a workbook ready to print into 线索/ of the workspace; the file.

    It holds certificate numbers but no names or ids.

    Raises:
        InputRefused: there is no lead of a township of that name.
    """
    findings = township_leads(inspection, township, first)
    name = str(findings["township"].iloc[0])
    target = inspection.folder / FOLDER / f"{file_name(name)}.xlsx"
    target.parent.mkdir(exist_ok=True)
    title = f"{name}问题线索"
    write_whole(target, render_tables([as_table(findings, title)], title))
    return target


def checks_table(run: CheckRun) -> pd.DataFrame:
    """Every check that was run: what it found, by class, where, with how much money."""
    clauses = {rule.id: "、".join(rule.clauses) for rule in rules()}
    ran = {status.id for status in run.statuses if not status.missing}
    frame = by_check(run.findings)
    frame = frame[frame["check_id"].isin(ran)]
    return pd.DataFrame(
        {
            "查": frame["chapter"].to_list(),
            "检查项": (frame["check_id"] + " " + frame["title"]).to_list(),
            "条款": [clauses[check] for check in frame["check_id"]],
            "线索": frame["findings"].to_list(),
            **{f"{letter}类": frame[letter].to_list() for letter in "ABC"},
            "乡镇数": frame["townships"].to_list(),
            "户数": frame["households"].to_list(),
            "涉及金额（元）": [yuan(amount) for amount in frame["amount_fen"]],
        }
    )


def idle_table(run: CheckRun) -> pd.DataFrame:
    """The checks that were not run, and the evidence each lacks."""
    idle = [status for status in run.statuses if status.missing]
    return pd.DataFrame(
        {
            "查": [status.chapter for status in idle],
            "检查项": [f"{status.id} {status.title}" for status in idle],
            "缺少的资料": ["、".join(status.missing) for status in idle],
        }
    )
