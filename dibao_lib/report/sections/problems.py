"""问题清单: the findings that weigh most, each with its clause (R63); the full list is an annex."""

from __future__ import annotations

import pandas as pd

from dibao_lib.checks import rules
from dibao_lib.report.blocks import Blocks, Heading, Table, blocks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table

_MOST = 20
_LISTED = "问题线索按严重程度和涉及金额排列。下面列出前{shown}条，全部{n:,}条见附件的问题线索台账。"


def section(subject: Subject) -> Blocks:
    """Findings by area; in a township's report then the most serious ones, which the circular has as major cases."""
    findings = subject.findings()
    if findings.empty:
        return blocks(Heading("问题清单"), paragraph("没有需要列入清单的问题线索。"))
    return blocks(
        Heading("问题清单"),
        paragraph(
            "{listed}线索经核实属实的，转入整改台账逐条销号。",
            listed=_LISTED.format(shown=min(_MOST, len(findings)), n=len(findings)) if subject.township else "",
        ),
        _by_area(subject, findings),
        *([_foremost(subject, findings.head(_MOST))] if subject.township else []),
    )


def _by_area(subject: Subject, findings: pd.DataFrame) -> Table:
    named = findings.assign(
        area=findings[subject.area].replace("", None).fillna("全乡镇" if subject.township else "全市")
    )
    rows = (
        named.groupby("area", sort=False)
        .agg(
            条数=("finding_id", "size"),
            A类=("severity", lambda s: int(s.eq("A").sum())),
            B类=("severity", lambda s: int(s.eq("B").sum())),
            户数=("household_id", "nunique"),
            金额=("amount_fen", "sum"),
        )
        .sort_values(["A类", "条数", "金额"], ascending=False, kind="stable")
        .reset_index(names=subject.area_title)
    )
    rows = rows.rename(columns={"户数": "涉及户数", "金额": "涉及金额（元）"})
    return table(
        rows,
        caption=f"各{subject.area_title}问题线索",
        money=("涉及金额（元）",),
        note="按A类条数、总条数、涉及金额从多到少排列。",
    )


def _foremost(subject: Subject, findings: pd.DataFrame) -> Table:
    titles = {rule.id: rule.title for rule in rules()}
    rows = pd.DataFrame(
        {
            "序号": range(1, len(findings) + 1),
            subject.area_title: findings[subject.area].to_list(),
            "检查项": [titles[check] for check in findings["check_id"]],
            "类": findings["severity"].to_list(),
            "情况": findings["explanation"].to_list(),
            "涉及金额（元）": findings["amount_fen"].to_list(),
            "条款": findings["clause"].to_list(),
        }
    )
    return table(
        rows,
        caption="主要问题线索",
        money=("涉及金额（元）",),
        widths=(2.4, 5, 4.5, 2, 15, 5, 3.6),
        align={"类": "center"},
    )
