"""公开内容: what everybody may read: who receives how much, who left, and how many problems were found (R49-R52)."""

from __future__ import annotations

import pandas as pd

from dibao_lib.checks import rules
from dibao_lib.report.audience import LEAST_GROUP, group_sizes
from dibao_lib.report.blocks import Attachment, Blocks, Heading, Paragraph, Title, blocks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table
from dibao_lib.units import chinese_date, chinese_month

_RECIPIENTS = """
SELECT coalesce(v.name, '未注明') AS 村居, h.head AS 户主姓名, h.kind AS 类别, h.covered AS 保障人口,
       h.monthly AS 月保障金额, h.start AS 起始年月
FROM household h LEFT JOIN village v ON v.code = h.village_code
WHERE h.active AND ($township IS NULL OR h.township_code = $township) ORDER BY h.village_code, h.hh_id
"""
_LEAVERS = """
SELECT coalesce(v.name, '未注明') AS 村居, h.head AS 户主姓名, e.exit_on AS 退保日期
FROM exits e JOIN household h ON h.hh_id = e.hh_id LEFT JOIN village v ON v.code = h.village_code
WHERE e.exit_on <= $today AND ($township IS NULL OR h.township_code = $township)
ORDER BY h.village_code, e.exit_on, e.hh_id
"""


def opening(subject: Subject) -> Blocks:
    """Title, what the notice is about, and where to object."""
    first, last = subject.plan.period(subject.today)
    return blocks(
        Title(f"{subject.plan.place.name}{subject.name}\n城乡低保资金发放专项治理情况公示"),
        paragraph(
            "按照{document}的要求，现将{name}低保对象、退保对象和专项治理检查情况予以公示。检查的资金期间为{first}至{last}，"
            "数据截至{today}。对公示内容有异议的，请向市民政局、监察局、信访局反映，每件都登记、复核、答复。",
            document=subject.plan.document,
            name=subject.name,
            first=chinese_month(first),
            last=chinese_month(last),
            today=chinese_date(subject.today),
        ),
    )


def found(subject: Subject) -> Blocks:
    """How many leads each of the five checks gave; small groups are not told."""
    findings = subject.findings()
    chapters = {rule.id: rule.chapter for rule in rules()}
    if findings.empty:
        return blocks(Heading("检查情况"), paragraph("本次检查没有发现问题线索。"))
    per_chapter = findings["check_id"].map(chapters).value_counts()
    titles = subject.plan.check_titles
    counts = [int(per_chapter.get(chapter, 0)) for chapter in titles]
    frame = pd.DataFrame(
        {
            "检查内容": [f"{chapter}：{title}" for chapter, title in titles.items()],
            "问题线索（条）": group_sizes(counts, subject.audience),
        }
    )
    return blocks(
        Heading("检查情况"),
        _sentence(len(findings)),
        table(
            frame,
            caption="问题线索",
            align={"问题线索（条）": "right"},
            note=f"少于{LEAST_GROUP}条的不单列，以免对号入座。",
        ),
    )


def _sentence(total: int) -> Paragraph:
    return paragraph("检查共发现需要核实的问题线索{n:,}条，正在逐条核实，属实的按规定处理。", n=total)


def boards(subject: Subject) -> Blocks:
    """The two boards: recipients with their amounts, and those who left."""
    titles = {"村居": "村（居）", "月保障金额": "月保障金额（元）"}
    receiving, left = (subject.sql(query).rename(columns=titles) for query in (_RECIPIENTS, _LEAVERS))
    left["退保日期"] = [chinese_date(day.date()) if day is not pd.NaT else "" for day in left["退保日期"]]
    return blocks(
        Attachment("低保对象公示", 1),
        table(
            receiving,
            caption=f"{subject.name}低保对象",
            money=("月保障金额（元）",),
            widths=(8, 5, 3.5, 4, 6, 5),
            empty="无在册低保对象",
        ),
        Attachment("退保对象公示", 2),
        table(left, caption=f"{subject.name}退保对象", widths=(9, 6, 8), empty="无退保对象"),
    )
