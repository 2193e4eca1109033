"""重大典型情况: what goes to the leadership of the place, largest sums first (R67)."""

from __future__ import annotations

from typing import cast

import pandas as pd

from dibao_lib.checks import rules
from dibao_lib.report.blocks import Attachment, Blocks, blocks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table
from dibao_lib.units import yuan

# favour, control of recipients and false claims are typical whatever the sum: the plan singles them out (R24, R25, R37)
_TYPICAL = ("O6", "F4", "F6", "F7", "F8")
_MOST = 20


def section(subject: Subject) -> Blocks:
    """The annex 重大典型情况; nothing when no lead reaches the bar."""
    bar = cast(int, subject.plan.value("major_case_amount", subject.today))
    findings = subject.findings()
    proven = findings[findings["severity"].eq("A")]
    cases = proven[proven["check_id"].isin(_TYPICAL) | proven["amount_fen"].fillna(0).ge(bar)]
    if cases.empty:
        return Blocks()
    cases = cases.assign(amount=cases["amount_fen"].fillna(0)).sort_values(
        ["amount", "check_id", "finding_id"], ascending=[False, True, True], kind="stable"
    )
    shown = cases.head(_MOST)
    return blocks(
        Attachment("重大典型情况"),
        paragraph(
            "下列线索涉及金额不少于{bar}元，或属于方案点名的人情保、关系保、控制低保对象、虚报冒领等情形，共{n}条，"
            "涉及金额{amount}元{listed}。核实后由领导小组报市委、市政府领导。",
            bar=yuan(bar),
            n=len(cases),
            amount=yuan(int(cases["amount"].sum())),
            listed=f"，此处列金额较大的{len(shown)}条" if len(shown) < len(cases) else "",
        ),
        _table(subject, shown),
    )


def _table(subject: Subject, shown: pd.DataFrame) -> Blocks:
    titles = {rule.id: rule.title for rule in rules()}
    frame = pd.DataFrame(
        {
            "序号": range(1, len(shown) + 1),
            subject.area_title: shown[subject.area].to_list(),
            "类别": [titles[check] for check in shown["check_id"]],
            "情况": shown["explanation"].to_list(),
            "涉及金额（元）": shown["amount_fen"].to_list(),
            "条款": shown["clause"].to_list(),
        }
    )
    return blocks(
        table(frame, caption="重大典型情况", money=("涉及金额（元）",), widths=(2.4, 4.5, 5, 15, 4.6, 3.6), missing="—")
    )
