"""红头与版记: the red head, who it goes to, and the closing lines of a document that is issued (R67; GB/T 9704)."""

from __future__ import annotations

from dibao_lib.report.blocks import Blocks, Colophon, Masthead, blocks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.units import chinese_date

_NEXT_LINE = "\n领导小组"


def is_issued(subject: Subject) -> bool:
    """Whether the document goes out under a red head; the plan decides."""
    chosen = subject.plan.letterhead
    return chosen.townships if subject.township else chosen.circular


def red_head(subject: Subject) -> Blocks:
    """The red line and the number, or room for one; nothing for a document that is not issued."""
    if not is_issued(subject):
        return Blocks()
    plan = subject.plan
    # the name of a leading group fills two lines
    issuer = plan.letterhead.issuer or f"{plan.organiser.office.replace('领导小组', _NEXT_LINE, 1)}文件"
    return blocks(Masthead(issuer, plan.letterhead.number or f"　　　　〔{plan.year}〕　　号"))


def addressee(subject: Subject) -> Blocks:
    """主送, flush with the margin."""
    if not is_issued(subject):
        return Blocks()
    named = subject.plan.letterhead.addressee or "各乡镇人民政府、街道办事处"
    return blocks(paragraph("{named}：", named=named, indent=False, align="left"))


def colophon(subject: Subject) -> Blocks:
    """抄送 and 印发, at the foot of the last page."""
    if not is_issued(subject):
        return Blocks()
    chosen = subject.plan.letterhead
    printer = chosen.printer or subject.plan.organiser.office
    return blocks(Colophon(chosen.copies or "领导小组各成员单位", printer, chinese_date(subject.today)))
