"""处理建议: what the plan says should follow, by kind of problem; the software proposes, a named person decides (R34-R38, R63-R65)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from dibao_lib.checks import Rule, rules
from dibao_lib.report.blocks import Blocks, Heading, blocks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table
from dibao_lib.units import chinese_date

# check -> (row of the plan's decision table, what to do first); other checks: verify, then D6
_MEASURES = {
    "S2": ("", "由市民政局核对标准文件，明确执行标准；按错误标准发放的逐户重算，多发少发一并更正。"),
    "O1": ("D6", "入户复核收入，确已超过标准的按程序停发，处在渐退期或单人保的补记依据。"),
    "O2": ("D6", "按核定收入和现行标准重新计算补差，更正台账和发放金额。"),
    "O3": ("", "核对户口簿和家庭成员，更正家庭人口、保障人口和收入。"),
    "O4": ("D6", "自死亡次月起停发本人部分，追回多发金额；家庭其他成员重新核定。"),
    "O5": ("D6", "核实供养身份和工资，计入家庭收入后重新核定，不符合的清退。"),
    "O6": ("D2", "核实亲属关系和家庭收入，补填备案表；属隐瞒不报的清退并上报。"),
    "O8": ("D6", "核实车辆归属、用途和价值，残疾人代步车、已转让未过户的注明。"),
    "O12": ("D6", "核实实际所在家庭，保留一处，停发其余并追回重复发放的部分。"),
    "O18": ("", "重新逐户核定补差，不得平均发放。"),
    "P1": ("", "补齐缺失的程序和记录；程序倒置的重新评议、评审、审批。"),
    "P3": ("", "补足评议团成员后重新召开评议会。"),
    "P4": ("", "增补村（居）民代表，达到三分之二以上后重新评议。"),
    "P6": ("", "对未评议的在册对象补开评议会，投票结果登记入表。"),
    "F1": ("", "查明漏发、错发的原因，漏发的补发，不按规定月份发放的立即纠正。"),
    "F3": ("", "逐笔核对应发和实发，少发的补足，多发的追回。"),
    "F7": ("D3", "核实账户和代领人，存折（卡）交还本人；属干部控制低保对象的从严处理。"),
    "C2": ("D4", "限期补报备案表，无亲属享受的也要零报告；拒不填报的通报。"),
    "C3": ("D4", "乡镇对照明细更正统计表并书面说明；弄虚作假的从重处理。"),
}


def section(subject: Subject) -> Blocks:
    """A line a kind of problem found: first measure, proposed disposition, whose job, by when."""
    findings = subject.findings()
    heading = Heading("处理建议")
    if findings.empty:
        return blocks(heading, paragraph("没有需要提出处理建议的问题线索，按动态管理要求做好日常复核。"))
    due = _due(subject)
    return blocks(
        heading,
        paragraph(
            "下列建议依据方案的处理规定由程序提出，是否属实、如何处理由负责人审定并签字。"
            "自查自纠中发现并及时整改的，不再追究责任；自查自纠之后仍不整改的，视为顶风违纪（R64、R72）。整改限期为{due}。",
            due=chinese_date(due),
        ),
        _measures(subject, findings),
    )


def _due(subject: Subject) -> dt.date:
    """End of the rectification stage; once that is past, the end of the campaign."""
    stage_end = subject.plan.date("rectification_end")
    return stage_end if subject.today <= stage_end else subject.plan.date("campaign_due")


def _measures(subject: Subject, findings: pd.DataFrame) -> Blocks:
    """A row a kind of problem with a measure of its own, and a sentence about the others."""
    counts = findings["check_id"].value_counts()
    found = [rule for rule in rules() if rule.id in counts.index]
    own = [rule for rule in found if rule.id in _MEASURES]
    rows = [_row(subject, rule, int(counts[rule.id]), *_MEASURES[rule.id]) for rule in own]
    return blocks(
        table(pd.DataFrame(rows), caption="处理建议", widths=(9, 13, 9, 6)) if rows else (),
        _others(
            subject, [(rule, int(counts[rule.id])) for rule in found if rule.id not in _MEASURES], after=bool(rows)
        ),
    )


def _row(subject: Subject, rule: Rule, count: int, key: str, measure: str) -> dict[str, str]:
    proposal, clauses = _disposition(subject, key)
    return {
        "问题": f"{rule.title}（{count}条）",
        "先做什么": measure,
        "处理建议": f"{key} {proposal}" if proposal else "限期整改，逐条销号",
        "依据": "、".join(sorted({*rule.clauses, *clauses})),
    }


def _others(subject: Subject, found: Sequence[tuple[Rule, int]], *, after: bool) -> Blocks:
    if not found:
        return Blocks()
    proposal, clauses = _disposition(subject, "D6")
    return blocks(
        paragraph(
            "{which}{kinds}类问题逐条核实，属实的按规定处理（{disposition}{clauses}）：{told}。",
            which="其余" if after else "下列",
            kinds=len(found),
            disposition=f"D6 {proposal}" if proposal else "限期整改，逐条销号",
            clauses=f"，{'、'.join(clauses)}" if clauses else "",
            told="；".join(f"{rule.title}{count}条" for rule, count in found),
        )
    )


def _disposition(subject: Subject, key: str) -> tuple[str, tuple[str, ...]]:
    """What the plan proposes under a key of its decision table, and the clauses it rests on; nothing for no such row."""
    chosen = next((row for row in subject.plan.dispositions if row.id == key), None)
    return (chosen.proposal, tuple(chosen.clauses)) if chosen else ("", ())
