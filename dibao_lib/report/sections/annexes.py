"""附件与签署: the full ledger of leads, which checks ran, how to read the figures, and who signs."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

import dibao_lib
from dibao_lib.checks import clause_matrix, rules
from dibao_lib.report.audience import Audience, person_id
from dibao_lib.report.blocks import Attachment, Block, Blocks, Signatures, blocks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table
from dibao_lib.units import chinese_date, chinese_month

LEDGER = "问题线索台账"


def signatures(subject: Subject) -> Blocks:
    """Who signs the report, and who issues it on which day; above it, where the log of field records stood."""
    boxes = ("检查人员", f"{subject.name}负责人", "审核人") if subject.township else ("起草人", "审核人", "签发人")
    return blocks(*_checkpoint(subject), Signatures(boxes, subject.plan.organiser.office, chinese_date(subject.today)))


def _checkpoint(subject: Subject) -> list[Block]:
    return [
        paragraph(
            "本报告所引现场记录共{count:,}次保存，校验点为{printed}，可用 dibao verify 核对记录是否被改动。",
            align="left",
            count=row["count"],
            printed=row["printed"],
        )
        for row in subject.sql('SELECT "count", printed FROM checkpoint').to_dict("records")
    ]


def issued(subject: Subject) -> Blocks:
    """Who issues a document nobody signs by hand, and when."""
    return blocks(Signatures((), subject.plan.organiser.office, chinese_date(subject.today)))


def section(subject: Subject) -> Blocks:
    """The annexes; which check, date, form or person serves each clause stands in the city's report only."""
    parts = blocks(
        Attachment(LEDGER, 1, landscape=True), _ledger(subject), Attachment("检查项与数据说明", 2), *_method(subject)
    )
    return parts if subject.township else blocks(parts, Attachment("方案条款落实对照", 3), *_clauses(subject))


def _ledger(subject: Subject) -> Blocks:
    """Every finding; the city's list leaves out person and source, which stand in the township's."""
    findings = subject.findings()
    titles = {rule.id: rule.title for rule in rules()}
    persons = [person_id(person, Audience.INTERNAL) for person in findings["person_id"]]
    # eight characters tell leads apart, and `explain` understands them
    columns: dict[str, tuple[float, Sequence[object]]] = {
        "问题编号": (4, [number[:8] for number in findings["finding_id"]]),
        "乡镇（街道）": (4, findings["township"].to_list()),
        "村（居）": (4.6, findings["village"].to_list()),
        "低保证号": (5.4, findings["household_id"].to_list()),
        "户主": (3, findings["head"].to_list()),
        "身份证号": (6.4, persons),
        "检查项": (4.6, [f"{check} {titles[check]}" for check in findings["check_id"]]),
        "类": (1.6, findings["severity"].to_list()),
        "期间": (3.4, findings["period"].to_list()),
        "情况": (17, findings["explanation"].to_list()),
        "涉及金额（元）": (4, findings["amount_fen"].to_list()),
        "条款": (2.8, findings["clause"].to_list()),
        "来源": (12, [_sources(sources) for sources in findings["sources"]]),
    }
    for name in ("乡镇（街道）",) if subject.township else ("身份证号", "期间", "来源"):
        del columns[name]
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
    if not subject.township:
        return "身份证号、期间和来源见各乡镇（街道）报告的附件1。"
    return "本表含完整身份证号，只供内部核查使用，不得公开。来源为“文件#工作表#行号”，多于两处的列前两处。"


def _sources(sources: object) -> str:
    found = [str(source) for source in sources] if sources is not None else []  # type: ignore[attr-defined]
    return "；".join(found[:2]) + (f"等{len(found)}处" if len(found) > 2 else "")


def _method(subject: Subject) -> Blocks:
    first, last = subject.plan.period(subject.today)
    rows = []
    missing_by_check = {status.id: status.missing for status in subject.statuses}
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
    return blocks(
        table(pd.DataFrame(rows), caption="检查项进行情况", widths=(11, 12.5, 2.4, 10), align={"性质": "center"}),
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
    return blocks(
        paragraph(
            "方案共{n}条，逐条列出由哪些检查项、时限、表册或处理规则落实，其中{people}条须由人判断。检查项编号见附件2。",
            n=len(matrix),
            people=sum(not each.served for each in matrix),
        ),
        table(frame, caption="方案条款落实对照", widths=(5.2, 3.4, 18.4, 13)),
    )
