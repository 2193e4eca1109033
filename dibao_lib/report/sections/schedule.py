"""工作安排与时限: the stages and milestones of the campaign, and where it stands (R26-R31, R55, R56, R66)."""

# mypy: allow-untyped-calls

from __future__ import annotations

import datetime as dt

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, MonthLocator, date2num

from dibao_lib.plan import Milestone
from dibao_lib.report.blocks import Blocks, Figure, Heading, blocks
from dibao_lib.report.figures import PALETTE, chart, figure, name_rows
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table
from dibao_lib.units import chinese_date

_LATE = """
SELECT count(*) AS n, count(DISTINCT township_code) AS townships FROM findings
WHERE check_id = 'C1' AND ($township IS NULL OR township_code = $township)
"""


def section(subject: Subject) -> Blocks:
    """Which stage it is, the timeline, and every milestone with its day."""
    plan, today = subject.plan, subject.today
    stage = plan.stage(today)
    late = subject.row(_LATE)
    return blocks(
        Heading("工作安排与时限"),
        paragraph(
            "专项治理自{start}开始，至{end}结束，分{n}个阶段。截至{today}，{stage}；已到期的时限{due}项，未到期的{left}项。{late}",
            start=chinese_date(plan.stages[0].start),
            end=chinese_date(plan.date("campaign_due")),
            n=len(plan.stages),
            today=chinese_date(today),
            stage=f"正处在{stage.name}" if stage else "不在各阶段时段内",
            due=sum(each.due <= today for each in plan.milestones),
            left=sum(each.due > today for each in plan.milestones),
            late=f"比对发现时限方面的线索{late.n}条。" if late.n else "",
        ),
        _timeline(subject),
        table(
            pd.DataFrame(
                {
                    "时限": [_window(each) for each in plan.milestones],
                    "事项": [each.item for each in plan.milestones],
                    "责任单位": [each.who for each in plan.milestones],
                    "进度": [_state(each.due, today) for each in plan.milestones],
                    "条款": ["、".join(each.clauses) for each in plan.milestones],
                }
            ),
            caption="时限安排",
            widths=(9.6, 12, 6.6, 4.4, 7),
        ),
    )


def _window(each: Milestone) -> str:
    day = f"{each.due.month}月{each.due.day}日"
    if each.start is None or each.start == each.due:
        return day
    return f"{each.start.month}月{each.start.day}日至{day}"


def _state(due: dt.date, today: dt.date) -> str:
    left = (due - today).days
    return "已到期" if left < 0 else "今日到期" if left == 0 else f"还有{left}天"


def _timeline(subject: Subject) -> Figure:
    """Stages as bars, milestones as marks, today as a line."""
    plan, today = subject.plan, subject.today
    canvas, axes = chart(150, 62, grid="x")
    for row, stage in enumerate(plan.stages):
        start, end = date2num(stage.start), date2num(stage.end + dt.timedelta(days=1))
        axes.barh(row, end - start, left=start, height=0.5, color=PALETTE[0] if stage.start <= today else PALETTE[5])
    bottom = len(plan.stages)
    for number, each in enumerate(plan.milestones):
        done = each.due <= today
        # neighbours in time stand on different lines
        y = bottom + 0.1 + 0.42 * (number % 3)
        axes.plot(date2num(each.due), y, "o", markersize=5, color=PALETTE[0] if done else "white", mec=PALETTE[0])
        axes.annotate(each.id, (date2num(each.due), y), (4, -3), textcoords="offset points", fontsize=7.5)
    axes.axvline(date2num(today), color=PALETTE[1], linewidth=1)
    name_rows(axes, [*(stage.name for stage in plan.stages), "时限"], [*range(bottom), bottom + 0.5])
    axes.invert_yaxis()
    _months(axes, plan.stages[0].start, plan.date("campaign_due"), today)
    return figure(
        canvas,
        "工作进度（实心为已到期的时限，红线为报告截止日）",
        alt=f"四个阶段和{len(plan.milestones)}项时限，报告截止日为{chinese_date(today)}",
        width=150,
    )


def _months(axes: Axes, start: dt.date, end: dt.date, today: dt.date) -> None:
    first, last = min(start, today).replace(day=1), max(end, today) + dt.timedelta(days=3)
    # a report of another year would squeeze the campaign to a line
    if (last - first).days <= 400:
        axes.set_xlim(date2num(first), date2num(last))
    axes.xaxis.set_major_locator(MonthLocator())
    axes.xaxis.set_major_formatter(DateFormatter("%-m月"))
