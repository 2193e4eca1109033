"""各乡镇情况: checks against townships at a glance (R67)."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes

from dibao_lib.checks import rules
from dibao_lib.report.blocks import Blocks, Figure, Heading, Paragraph, blocks
from dibao_lib.report.figures import chart, figure
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject


def section(subject: Subject) -> Blocks:
    """How many leads each check has in each area, as a shaded table."""
    findings = subject.findings()
    placed = findings[findings["township"].fillna("").ne("")]
    if placed.empty:
        return blocks(Heading("各乡镇情况"), paragraph("没有可按乡镇列示的问题线索。"))
    counts = placed.groupby(["township", "check_id"]).size().unstack(fill_value=0)
    order = subject.sql("SELECT name FROM township ORDER BY code")["name"]
    counts = counts.reindex(index=order, columns=[r.id for r in rules() if r.id in counts.columns], fill_value=0)
    return blocks(Heading("各乡镇情况"), _sentence(counts), _picture(counts))


def _sentence(counts: pd.DataFrame) -> Paragraph:
    totals = counts.sum(axis=1).sort_values(ascending=False, kind="stable")
    return paragraph(
        "{n}个乡镇（街道）中，{hit}个有问题线索。线索最多的是{most}；检查项之间轻重不同，条数只说明核实工作量，不作为排名依据。",
        n=len(totals),
        hit=int((totals > 0).sum()),
        most="、".join(f"{name}（{count}条）" for name, count in totals.head(3).items()),
    )


def _picture(counts: pd.DataFrame) -> Figure:
    canvas, axes = chart(150, 24 + 5.4 * len(counts))
    axes.grid(visible=False)
    axes.imshow([[math.sqrt(n) for n in row] for row in counts.to_numpy()], cmap="Blues", aspect="auto")
    _numbers(axes, counts)
    titles = {rule.id: rule.title for rule in rules()}
    axes.set_xticks(
        range(counts.shape[1]), [f"{c} {titles[c]}" for c in counts.columns], rotation=60, ha="right", fontsize=7.5
    )
    axes.set_yticks(range(len(counts)), counts.index)
    most, township, check = _largest(counts)
    alt = f"乡镇与检查项的问题线索数，最多的是{township}的{titles[check]}，{most}条"
    return figure(canvas, "各乡镇各检查项问题线索数（条，颜色越深越多）", alt=alt, width=150)


def _numbers(axes: Axes, counts: pd.DataFrame) -> None:
    dark = counts.to_numpy().max() * 0.4
    for y, row in enumerate(counts.to_numpy()):
        for x, count in enumerate(row):
            if count:
                axes.text(
                    x, y, str(count), ha="center", va="center", fontsize=7, color="white" if count > dark else "#222222"
                )


def _largest(counts: pd.DataFrame) -> tuple[int, str, str]:
    """The largest count, its township and its check."""
    by_township = counts.to_dict("index")
    return max((int(n), str(place), str(check)) for place, row in by_township.items() for check, n in row.items())
