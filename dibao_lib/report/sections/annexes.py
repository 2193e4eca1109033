"""附件与签署: the full ledger of leads, which checks ran, how to read the figures, and who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

import dibao_lib
from dibao_lib.checks import clause_matrix, rules
from dibao_lib.checks.clauses import ClauseService
from dibao_lib.report.audience import Audience
from dibao_lib.report.blocks import Attachment, Block, Blocks, Paragraph, Signatures, Table, blocks
from dibao_lib.report.letterhead import colophon, is_issued
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table
from dibao_lib.units import chinese_date, chinese_month

LEDGER = "问题线索台账"


def closing(subject: Subject, annexed: Blocks) -> Blocks:
    """The list of annexes, who signs or issues the report on which day, the annexes numbered, and the closing lines.

    Args:
        subject: whose report it is.
        annexed: the annexes; those a report does not have leave no gap in the numbers.
    """
    annexes = [block for block in annexed if isinstance(block, Attachment)]
    numbers = {id(block): number for number, block in enumerate(annexes, start=1 if len(annexes) > 1 else 0)}
    numbered = (replace(b, number=numbers[id(b)]) if isinstance(b, Attachment) else b for b in annexed)
    return blocks(_checkpoint(subject), _listed(annexes), signatures(subject), numbered, colophon(subject))


def _listed(annexes: Sequence[Attachment]) -> Blocks:
    """附件说明: a line an annex, all of one paragraph so that they stay together; a single one has no number."""
    titles = [annex.title for annex in annexes]
    if len(titles) == 1:
        return blocks(paragraph("附件：{title}", title=titles[0], align="left"))
    lines = "\n　　　　　".join(f"{number}．{title}" for number, title in enumerate(titles, start=1))
    return blocks(paragraph("附件：{lines}", lines=lines, align="left"))


def signatures(subject: Subject) -> Blocks:
    """Who signs the report, and who issues it on which day.

    What goes out under a red head bears no boxes: drafts are signed on a sheet of their own.
    """
    boxes = ("检查人员", f"{subject.name}负责人", "审核人") if subject.township else ("起草人", "审核人", "签发人")
    signed = Signatures(() if is_issued(subject) else boxes, subject.plan.organiser.office, chinese_date(subject.today))
    return blocks(signed)


def _checkpoint(subject: Subject) -> list[Block]:
    """Where the log of field records stood, for who wants to prove the report."""
    return [
        paragraph(
            "本报告所引现场记录共{count:,}次保存，校验点为{printed}，可用 dibao verify 核对记录是否被改动。",
            count=row["count"],
            printed=row["printed"],
        )
        for row in subject.sql('SELECT "count", printed FROM checkpoint').to_dict("records")
    ]


def issued(subject: Subject) -> Blocks:
    """Who issues a document nobody signs by hand, and when."""
    return blocks(Signatures((), subject.plan.organiser.office, chinese_date(subject.today)))


def section(subject: Subject) -> Blocks:
    """The annexes of a report: a township's ledger of leads, and how the figures came about."""
    ledger = blocks(Attachment(LEDGER, landscape=True), _ledger(subject)) if subject.township else Blocks()
    ran = blocks(_checks(subject)) if subject.township else Blocks()
    told = blocks(_method(subject)) if subject.township else blocks(_idle(subject), _method(subject))
    # the table comes last: behind it the paragraphs would stand alone on a page
    return blocks(ledger, Attachment("检查项与数据说明"), told, ran)


def workbook(subject: Subject) -> Blocks:
    """What of the whole place stands in ledger.xlsx alone: all leads, which checks ran, what serves each clause."""
    return blocks(_ledger(subject), _checks(subject), _clauses(subject))


def _ledger(subject: Subject) -> Blocks:
    """Every finding, the id numbers as the readers may see them."""
    findings = subject.findings()
    titles = {rule.id: rule.title for rule in rules()}
    # eight characters tell leads apart, and `explain` understands them
    columns: dict[str, tuple[float, Sequence[object]]] = {
        "问题编号": (5, [number[:8] for number in findings["finding_id"]]),
        "乡镇（街道）": (4, findings["township"].to_list()),
        "村（居）": (4.8, findings["village"].to_list()),
        "低保证号": (7.6, findings["household_id"].to_list()),
        "户主": (5.2, findings["head"].to_list()),
        "身份证号": (9.6, findings["person_id"].to_list()),
        "检查项": (5.4, [f"{check} {titles[check]}" for check in findings["check_id"]]),
        "类": (1.8, findings["severity"].to_list()),
        "期间": (4.4, findings["period"].to_list()),
        "情况": (13, findings["explanation"].to_list()),
        "涉及金额（元）": (3.6, findings["amount_fen"].to_list()),
        "条款": (3, findings["clause"].to_list()),
        "来源": (13 if subject.township else 9, [_sources(sources) for sources in findings["sources"]]),
    }
    if subject.township:
        del columns["乡镇（街道）"]
    frame = pd.DataFrame({name: values for name, (_, values) in columns.items()})
    widths = [width for width, _ in columns.values()]
    return blocks(
        table(
            frame,
            caption=LEDGER,
            money=("涉及金额（元）",),
            widths=widths,
            note=_note(subject),
            missing="",
            empty="无问题线索",
        )
    )


def _note(subject: Subject) -> str:
    whole = subject.audience is Audience.INTERNAL
    ids = "含完整身份证号" if whole else "身份证号只列前6位和后4位，完整号码见各乡镇（街道）报告"
    return f"本表{ids}，只供内部核查使用，不得公开。来源为“文件#工作表#行号”，多于两处的列前两处。"


def _sources(sources: object) -> str:
    found = [str(source) for source in sources] if sources is not None else []  # type: ignore[attr-defined]
    return "；".join(found[:2]) + (f"等{len(found)}处" if len(found) > 2 else "")


def _checks(subject: Subject) -> Table:
    missing_by_check = {status.id: status.missing for status in subject.statuses}
    rows = []
    for rule in rules():
        missing = missing_by_check.get(rule.id, ("检查结果，请重新运行检查",))
        rows.append(
            {
                "检查项": f"{rule.id} {rule.title}",
                "条款": "、".join(rule.clauses),
                "性质": rule.severity,
                "进行情况": f"未具备数据：缺{'、'.join(missing)}" if missing else "已进行",
            }
        )
    return table(pd.DataFrame(rows), caption="检查项进行情况", widths=(10, 6, 2.4, 14), align={"性质": "center"})


def _idle(subject: Subject) -> Paragraph:
    """The same in a sentence."""
    idle = [status for status in subject.statuses if status.missing]
    return paragraph(
        "设检查项{n}项，进行了{done}项{idle}。各检查项的条款、性质和进行情况，全部{leads:,}条问题线索、整改台账、隔离的内容和"
        "方案条款落实对照见随附的 ledger.xlsx。",
        n=len(rules()),
        done=len(rules()) - len(idle),
        idle="".join(f"；{s.title}缺{'、'.join(s.missing)}" for s in idle),
        leads=len(subject.findings()),
    )


def _method(subject: Subject) -> Blocks:
    first, last = subject.plan.period(subject.today)
    return blocks(
        paragraph(
            "A类为记录本身可以认定的问题，B类为需要入户或查档核实的线索，C类为数据质量问题。凭姓名相同不作为线索；"
            "没有数据截止日的外部登记数据，比对结果最高列为B类。"
        ),
        paragraph(
            "资金期间为{first}至{last}；保障标准按发放月份当时执行的标准计算；金额为涉及金额，不等于应追缴金额。"
            "本报告由{tool}（版本{version}）依据方案文件（校验码{digest}）生成，资料不变时再次生成的报告内容相同。",
            first=chinese_month(first),
            last=chinese_month(last),
            tool="低保专项治理检查工作台",
            version=dibao_lib.__version__,
            digest=subject.plan.digest[:12],
        ),
    )


def _clauses(subject: Subject) -> Blocks:
    """The matrix that `dibao check --clauses` prints."""
    matrix = clause_matrix(subject.plan)
    parts = subject.plan.clauses
    rows = [(parts[each.clause].part, each.clause, each.text, each.by()) for each in matrix]
    frame = pd.DataFrame(rows, columns=["部分", "条款", "内容", "怎样落实"])
    return blocks(table(frame, caption="方案条款落实对照", widths=(5.2, 3.4, 18.4, 13), note=_counted(matrix)))


def _counted(matrix: Sequence[ClauseService]) -> str:
    by_people = sum(not each.served for each in matrix)
    return f"方案共{len(matrix)}条，逐条列出由哪些检查项、时限、表册或处理规则落实，其中{by_people}条须由人判断。"
