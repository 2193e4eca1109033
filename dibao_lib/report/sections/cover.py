"""标题与引言: whose report it is, on what basis, over which months (R01, R05)."""

from __future__ import annotations

from dibao_lib.report.blocks import Blocks, Title, blocks
from dibao_lib.report.letterhead import addressee, red_head
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.units import chinese_date, chinese_month

_CIRCULAR = "关于{}城乡低保资金发放\n专项治理检查情况的通报"


def section(subject: Subject) -> Blocks:
    """Red head where the document is issued, title, whom it goes to, and opening paragraph."""
    first, last = subject.plan.period(subject.today)
    plan = subject.plan
    about = f"{plan.place.name}{subject.name}" if subject.township else plan.place.name
    opening = (
        "按照{document}的要求，对{name}城乡低保资金发放情况进行了检查。检查的资金期间为{first}至{last}，"
        "表册和记录截至{today}。检查以表册比对为主，所列问题是需要逐条核实的线索，核实前不作为处理依据。现将{closing}。"
    )
    title = f"{about}\n城乡低保资金发放专项治理检查报告" if subject.township else _CIRCULAR.format(about)
    return blocks(
        red_head(subject),
        Title(title),
        addressee(subject),
        paragraph(
            opening,
            document=plan.document,
            name=subject.name if subject.township else f"全市{_townships(subject)}个乡镇（街道）",
            first=chinese_month(first),
            last=chinese_month(last),
            today=chinese_date(subject.today),
            closing="情况报告如下" if subject.township else "有关情况通报如下",
        ),
    )


def _townships(subject: Subject) -> int:
    return int(subject.row("SELECT count(*) AS n FROM township").n)
