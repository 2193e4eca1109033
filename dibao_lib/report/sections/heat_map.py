"""各乡镇情况: checks against townships at a glance (R67)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache

import pandas as pd
from matplotlib import colormaps
from matplotlib.colors import to_hex

from dibao_lib.checks import rules
from dibao_lib.report.blocks import Blocks, Figure, Heading, Paragraph, blocks
from dibao_lib.report.figures import cells, chart, figure, name_columns, name_rows
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.units import yuan

# more names than that would run into each other
_NAMED = 24


def section(subject: Subject) -> Blocks:
    """How many leads each check has in each area, as a shaded table."""
    findings = subject.findings()
    placed = findings[findings["township"].fillna("").ne("")]
    if placed.empty:
        return blocks(Heading("各乡镇情况"), paragraph("没有可按乡镇列示的问题线索。"))
    order = subject.sql("SELECT name FROM township ORDER BY code")["name"].to_list()
    counts = township_by_check(placed, order)
    return blocks(Heading("各乡镇情况"), _sentence(counts), counts_map(counts))


def township_by_check(findings: pd.DataFrame, townships: Sequence[str]) -> pd.DataFrame:
    """Leads counted: one row a township in the order given, one column a check of the catalogue that found something."""
    counts = findings.groupby(["township", "check_id"]).size().unstack(fill_value=0)
    columns = [rule.id for rule in rules() if rule.id in counts.columns]
    return counts.reindex(index=list(townships), columns=columns, fill_value=0)


def money_by_check(findings: pd.DataFrame, townships: Sequence[str]) -> pd.DataFrame:
    """The same with the money at risk, in fen; only checks that give an amount."""
    amounts = findings.assign(amount_fen=findings["amount_fen"].fillna(0).astype("int64"))
    wide = amounts.pivot_table(index="township", columns="check_id", values="amount_fen", aggfunc="sum", fill_value=0)
    columns = [rule.id for rule in rules() if rule.id in wide.columns and wide[rule.id].any()]
    return wide.reindex(index=list(townships), columns=columns, fill_value=0)


def counts_map(counts: pd.DataFrame) -> Figure:
    """`township_by_check` as a shaded table."""
    most, township, check = _largest(counts)
    alt = f"乡镇与检查项的问题线索数，最多的是{township}的{_titles()[check]}，{most}条"
    return _picture(counts, "各乡镇各检查项问题线索数（条，颜色越深越多）", alt, str)


def money_map(amounts: pd.DataFrame) -> Figure:
    """`money_by_check` as a shaded table, in thousands of yuan; of many checks those with the largest amounts."""
    shown = amounts.sum().nlargest(_NAMED, keep="first").index
    which = f"，金额较多的{len(shown)}项" if len(shown) < amounts.shape[1] else ""
    amounts = amounts[[check for check in amounts.columns if check in shown]]
    most, township, check = _largest(amounts)
    alt = f"乡镇与检查项的涉及金额，最多的是{township}的{_titles()[check]}，{yuan(most)}元"
    return _picture(amounts, f"各乡镇各检查项涉及金额（千元，颜色越深越多{which}）", alt, _thousands)


def _thousands(fen: int) -> str:
    """1.2 up to 99.9, whole ones from 100 on, so that a number fits its cell; <0.1 for less than 50 yuan."""
    tenths = (fen + 5_000) // 10_000
    if tenths >= 1_000:
        return f"{(fen + 50_000) // 100_000:,}"
    return f"{tenths // 10}.{tenths % 10}" if tenths else "<0.1"


def _sentence(counts: pd.DataFrame) -> Paragraph:
    totals = counts.sum(axis=1).sort_values(ascending=False, kind="stable")
    return paragraph(
        "{n}个乡镇（街道）中，{hit}个有问题线索。线索最多的是{most}；检查项之间轻重不同，条数只说明核实工作量，不作为排名依据。",
        n=len(totals),
        hit=int((totals > 0).sum()),
        most="、".join(f"{name}（{count}条）" for name, count in totals.head(3).items()),
    )


def _picture(values: pd.DataFrame, caption: str, alt: str, told: Callable[[int], str]) -> Figure:
    canvas, axes = chart(150, 24 + 5.4 * len(values))
    rows: list[list[int]] = values.to_numpy().tolist()
    most = max(map(max, rows)) or 1
    table = [[(_shade(math.sqrt(value / most)), told(value) if value else "") for value in row] for row in rows]
    cells(axes, table, 7 if values.shape[1] <= _NAMED else 5.5)
    if values.shape[1] <= _NAMED:
        titles = _titles()
        name_columns(axes, [f"{c} {titles[c]}" for c in values.columns], rotation=60, ha="right", fontsize=7.5)
    else:
        name_columns(axes, list(values.columns), rotation=90, fontsize=6)
        caption = f"{caption.removesuffix('）')}；横轴为检查项编号）"
    name_rows(axes, list(values.index))
    return figure(canvas, caption, alt=alt, width=150)


@cache
def _shade(share: float) -> str:
    """Almost white for nothing, dark blue for 1."""
    return to_hex(colormaps["Blues"](share))


def _titles() -> dict[str, str]:
    return {rule.id: rule.title for rule in rules()}


def _largest(counts: pd.DataFrame) -> tuple[int, str, str]:
    """The largest count, its township and its check."""
    by_township = counts.to_dict("index")
    return max((int(n), str(place), str(check)) for place, row in by_township.items() for check, n in row.items())
