"""基本情况: how many households and people are on the register, at which standard, and what was paid (R05, R23)."""

from __future__ import annotations

import pandas as pd

from dibao_lib.report.blocks import Blocks, Heading, Paragraph, blocks
from dibao_lib.report.figures import PALETTE, bars, chart, figure, legend, name_columns
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.payments_calendar import month_labels, payments_calendar
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table
from dibao_lib.units import chinese_date, chinese_month, yuan

_REGISTER = """
SELECT count(*) AS households, coalesce(sum(covered), 0)::BIGINT AS persons, coalesce(sum(monthly), 0)::BIGINT AS monthly,
       count(*) FILTER (kind = '城市') AS urban_households, coalesce(sum(covered) FILTER (kind = '城市'), 0)::BIGINT AS urban_persons,
       count(*) FILTER (kind = '农村') AS rural_households, coalesce(sum(covered) FILTER (kind = '农村'), 0)::BIGINT AS rural_persons,
       count(DISTINCT village_code) AS villages
FROM household WHERE active AND ($township IS NULL OR township_code = $township)
"""
_PAID = """
SELECT count(*) AS payments, coalesce(sum(net), 0)::BIGINT AS paid, min(month) AS first_month, max(month) AS last_month
FROM payment WHERE $township IS NULL OR township_code = $township
"""
_AREAS = """
SELECT coalesce(a.name, '未注明') AS area, count(*) AS households, sum(covered)::BIGINT AS persons, sum(monthly)::BIGINT AS monthly,
       sum(monthly)::BIGINT // nullif(sum(covered), 0)::BIGINT AS per_person
FROM household h LEFT JOIN {area} a ON a.code = h.{area}_code
WHERE active AND ($township IS NULL OR h.township_code = $township)
GROUP BY h.{area}_code, a.name ORDER BY h.{area}_code
"""
_STANDARDS = """
SELECT DISTINCT kind AS 类别, effective AS 执行日期, std AS "标准（元/人·月）" FROM standard
WHERE effective <= $today AND ($township IS NULL OR township_code = $township) ORDER BY 1, 2
"""
_MONTHS = """
SELECT month, sum(net) FILTER (kind = '城市') AS urban, sum(net) FILTER (kind = '农村') AS rural
FROM payment, setting WHERE month BETWEEN first_month AND last_month AND ($township IS NULL OR township_code = $township)
GROUP BY month ORDER BY month
"""
_DUE = """
SELECT coalesce(a.name, '未注明') AS area, month, sum(due)::BIGINT AS due, sum(paid)::BIGINT AS paid, sum(late)::BIGINT AS late
FROM due_month d LEFT JOIN {area} a ON a.code = d.{area}_code
WHERE $township IS NULL OR d.township_code = $township
GROUP BY d.{area}_code, a.name, month ORDER BY d.{area}_code, month
"""


def section(subject: Subject) -> Blocks:
    """Figures of the register and of what was paid, by area; standards in force; payments month by month."""
    return blocks(
        Heading("基本情况"),
        _register(subject),
        *_paid(subject),
        table(
            _areas(subject),
            caption=f"各{subject.area_title}在册低保对象",
            money=("月保障金额（元）", "人均（元）"),
            note="人均为月保障金额除以保障人数。",
        ),
        *_standards(subject),
        *_months(subject),
        *_calendar(subject),
    )


def _register(subject: Subject) -> Paragraph:
    found = subject.row(_REGISTER)
    if not found.households:
        return paragraph(
            "截至{today}，未收到{name}的低保对象台账，在册情况无法统计。",
            today=chinese_date(subject.today),
            name=subject.name,
        )
    return paragraph(
        "截至{today}，{name}{villages}个村（居）在册低保对象**{households:,}户、{persons:,}人**，其中城市低保{urban_households:,}户、"
        "{urban_persons:,}人，农村低保{rural_households:,}户、{rural_persons:,}人；月保障金额{monthly}元，人均每月{each}元。",
        today=chinese_date(subject.today),
        name=subject.name,
        **{name: value for name, value in vars(found).items() if name != "monthly"},
        monthly=yuan(found.monthly),
        each=yuan(found.monthly // found.persons) if found.persons else "—",
    )


def _paid(subject: Subject) -> list[Paragraph]:
    found = subject.row(_PAID)
    if not found.payments:
        return [paragraph("未收到发放明细，资金发放情况无法核对。")]
    return [
        paragraph(
            "收到发放明细{payments:,}笔，涉及{first}至{last}，实发低保金{paid}元（已扣除扣回，不含退回的款项）。",
            payments=found.payments,
            first=chinese_month(found.first_month),
            last=chinese_month(found.last_month),
            paid=yuan(found.paid),
        )
    ]


def _areas(subject: Subject) -> pd.DataFrame:
    # the column is one of two words of this program, never a value from outside
    frame = subject.sql(_AREAS.format(area=subject.area))
    frame.columns = pd.Index([subject.area_title, "户数", "人数", "月保障金额（元）", "人均（元）"])
    total = {
        subject.area_title: "合计",
        "户数": frame["户数"].sum(),
        "人数": frame["人数"].sum(),
        "月保障金额（元）": frame["月保障金额（元）"].sum(),
        "人均（元）": frame["月保障金额（元）"].sum() // max(1, frame["人数"].sum()),
    }
    return pd.concat([frame, pd.DataFrame([total])], ignore_index=True) if len(frame) > 1 else frame


def _standards(subject: Subject) -> Blocks:
    frame = subject.sql(_STANDARDS)
    if frame.empty:
        return blocks(paragraph("未收到保障标准表，涉及标准的检查项未能进行。"))
    return blocks(table(frame, caption="执行的保障标准", money=("标准（元/人·月）",)))


def _months(subject: Subject) -> Blocks:
    months = subject.sql(_MONTHS).fillna(0)
    if months.empty:
        return Blocks()
    canvas, axes = chart(140, 62, grid="y")
    urban, rural = ((months[kind].astype("int64") / 1_000_000).tolist() for kind in ("urban", "rural"))
    bars(axes, {"农村": (rural, PALETTE[0]), "城市": (urban, PALETTE[4])}, upright=True)
    name_columns(axes, month_labels(months["month"].tolist()))
    axes.set_ylabel("万元")
    legend(axes)
    text = f"{subject.name}各月实发低保金，单位万元，农村与城市分列"
    return blocks(figure(canvas, "各月实发低保金（横轴为月份）", alt=text))


def _calendar(subject: Subject) -> Blocks:
    due = subject.sql(_DUE.format(area=subject.area))
    return Blocks() if due.empty else blocks(payments_calendar(due))
