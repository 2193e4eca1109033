"""五查结果: chapter by chapter what the checks found, with figures and examples (R06-R25)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.ticker import MaxNLocator

from dibao_lib.checks import Rule, RuleStatus, rules
from dibao_lib.report.blocks import Blocks, Heading, Paragraph, Table, blocks
from dibao_lib.report.figures import PALETTE, bars, chart, figure, legend, name_rows
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table
from dibao_lib.report.text import is_missing, shown
from dibao_lib.units import yuan

SEVERITIES = {"A": "A类（记录可以认定）", "B": "B类（需要核实）", "C": "C类（数据质量）"}
_EXAMPLES = 3
# more bars would push half a page of text onto the next one
_BARS = 12


def section(subject: Subject) -> Blocks:
    """Overview with a chart, then one part a chapter; a chapter no check of this version covers is named."""
    findings = subject.findings()
    chapters = [_chapter(subject, chapter, findings) for chapter in subject.plan.check_titles]
    return blocks(Heading("五查结果"), _overview(findings), *_bars(findings), *(b for part in chapters for b in part))


def _overview(findings: pd.DataFrame) -> Paragraph:
    if findings.empty:
        return paragraph("本次检查没有发现问题线索。")
    counts = findings["severity"].value_counts()
    return paragraph(
        "共发现问题线索**{n:,}条**，其中{kinds}{extent}。同一户涉及几项检查的，金额在各项中分别计算。",
        n=len(findings),
        kinds="、".join(f"{title}{counts[letter]:,}条" for letter, title in SEVERITIES.items() if letter in counts),
        extent=_extent(findings),
    )


def _bars(findings: pd.DataFrame) -> Blocks:
    if findings.empty:
        return Blocks()
    titles = {rule.id: f"{rule.id} {rule.title}" for rule in rules()}
    counts = findings.groupby(["check_id", "severity"]).size().unstack(fill_value=0)
    shown = counts.sum(axis=1).nlargest(_BARS, keep="first").index
    left_out = len(counts) - len(shown)
    counts = counts.reindex([check for check in titles if check in shown][::-1])
    canvas, axes = chart(140, 20 + 6.2 * len(counts), grid="x")
    colours = zip(counts.columns, (PALETTE[1], PALETTE[0], PALETTE[6]), strict=False)
    totals = bars(axes, {f"{letter}类": (counts[letter].tolist(), colour) for letter, colour in colours})
    for place, total in enumerate(totals):
        axes.text(total + 0.008 * max(totals), place, f"{total:,.0f}", va="center", ha="left", fontsize=8)
    name_rows(axes, [titles[check] for check in counts.index])
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    legend(axes)
    most, worst = max((int(total), str(check)) for check, total in zip(counts.index, totals, strict=True))
    alt = f"各检查项问题线索数，最多的是{titles[worst]}，{most}条"
    which = f"，线索较多的{len(shown)}项，其余{left_out}项见各查" if left_out else ""
    return blocks(figure(canvas, f"各检查项问题线索数（条{which}）", alt=alt))


def _chapter(subject: Subject, chapter: str, findings: pd.DataFrame) -> Blocks:
    ours = [status for status in subject.statuses if status.chapter == chapter]
    done = [rule for rule in rules() if rule.id in {status.id for status in ours if not status.missing}]
    found = findings[findings["check_id"].isin([status.id for status in ours])]
    return blocks(
        Heading(f"{chapter}：{subject.plan.check_titles[chapter]}", 2),
        _facts(len(ours), len(done), found),
        *_not_run([status for status in ours if status.missing]),
        *([_counts(done, found, chapter)] if len(found) else []),
        *_examples(subject, found),
    )


def _facts(ours: int, done: int, found: pd.DataFrame) -> Paragraph:
    if not ours:
        return paragraph("本查内容由检查组现场查看资料后填写，表册比对没有对应的检查项。")
    if not done:
        return paragraph("本查设检查项{n}项，因缺少资料均未能进行。", n=ours)
    if found.empty:
        return paragraph("本查设检查项{n}项，进行了{done}项，没有发现问题线索。", n=ours, done=done)
    return paragraph(
        "本查设检查项{n}项，进行了{done}项，发现问题线索**{found:,}条**{extent}。",
        n=ours,
        done=done,
        found=len(found),
        extent=_extent(found),
    )


def _extent(found: pd.DataFrame) -> str:
    """How many households and how much money, as far as there are any."""
    households, amount_fen = found["household_id"].nunique(), int(found["amount_fen"].fillna(0).sum())
    parts = [f"涉及{households:,}户"] if households else []
    parts += [f"涉及金额{yuan(amount_fen)}元"] if amount_fen else []
    return "".join(f"，{part}" for part in parts)


def _not_run(idle: list[RuleStatus]) -> list[Paragraph]:
    if not idle:
        return []
    named = "；".join(f"{status.title}（缺{'、'.join(status.missing)}）" for status in idle)
    return [paragraph("未具备数据而未进行的检查项：{named}。", named=named)]


def _counts(done: list[Rule], found: pd.DataFrame, chapter: str) -> Table:
    """Each check of a chapter with its findings by severity; a severity nobody found has no column."""
    told = ("check_id", "severity", "household_id", "amount_fen")
    mine: dict[str, list[tuple[Any, ...]]] = {rule.id: [] for rule in done}
    for check, *values in zip(*(found[name] for name in told), strict=True):
        mine.setdefault(check, []).append(tuple(values))
    letters = [letter for letter in SEVERITIES if letter in "AB" or found["severity"].eq(letter).any()]
    rows = [
        {"检查项": f"{rule.id} {rule.title}", **_sums(mine[rule.id], letters), "条款": "、".join(rule.clauses)}
        for rule in done
    ]
    widths = (11, *[4] * len(letters), 5, 8, 7)
    return table(pd.DataFrame(rows), caption=f"{chapter}检查项结果", money=("涉及金额（元）",), widths=widths)


def _sums(mine: Sequence[tuple[Any, ...]], letters: Sequence[str]) -> dict[str, int]:
    """Findings of one check (severity, household, fen): how many of each severity, of how many households, how much."""
    severities = [severity for severity, _, _ in mine]
    return {
        **{f"{letter}类": severities.count(letter) for letter in letters},
        "涉及户数": len({household for _, household, _ in mine if not is_missing(household)}),
        "涉及金额（元）": sum(int(amount) for _, _, amount in mine if not is_missing(amount)),
    }


def _examples(subject: Subject, found: pd.DataFrame) -> list[Paragraph]:
    """One sentence each of the most serious findings, of different checks first."""
    again = found["check_id"].duplicated()
    chosen = found.loc[again.sort_values(kind="stable").index[:_EXAMPLES]]
    titles = {rule.id: rule.title for rule in rules()}
    return [
        paragraph(
            "{lead}{title}：{place}{explanation}",
            lead="例如，" if number == 0 else "",
            title=titles[row["check_id"]],
            place=_place(subject, row),
            explanation=row["explanation"],
        )
        for number, row in enumerate(chosen.to_dict("records"))
    ]


def _place(subject: Subject, row: Mapping[Any, Any]) -> str:
    """Where a finding lies, as far as the report's name does not say it already."""
    names = ("village",) if subject.township else ("township", "village")
    where = "".join(shown(row[name], "") for name in names)
    household = shown(row["household_id"], "")
    where += f"（低保证号{household}）" if household else ""
    return f"{where}，" if where else ""
