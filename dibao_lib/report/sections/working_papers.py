"""取证单: one working paper a problem judged true - clause, facts, rows of the files, opinion, room to sign (R62, R63)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from dibao_lib.checks import rules
from dibao_lib.report.blocks import Attachment, Blocks, PageBreak, Table, Title, blocks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.pieces import Cell, Column
from dibao_lib.report.subject import Subject
from dibao_lib.report.text import shown
from dibao_lib.units import chinese_date, chinese_month, yuan

TITLE = "问题取证单"
# papers in a report and rows of the files in a paper; a signed report stays as thick as a report
_MOST, _ROWS = 10, 6
_FOUR = (Column(4.2), Column(11), Column(4.2), Column(11))
_MONTH = re.compile(r"\b\d{4}-\d\d\b(?!-)")
_SIGNED = "\n\n　　年　　月　　日"
_UPHELD = """
SELECT j.fid, j.hh_id, j.check_id, j.judgement, j.grounds, j.judged_by, j.judged_on, j.opinion, j.owner, j.due, j.amt,
       f.clause, f.period, f.observed, f.expected, f.explanation, f.sources, r.what, h.head,
       coalesce(t.name, '') || coalesce(v.name, '') AS place
FROM judgements j LEFT JOIN findings f ON f.finding_id = j.finding_id
LEFT JOIN (FROM rectifications QUALIFY row_number() OVER (
               PARTITION BY fid ORDER BY source_file, source_sheet, source_row) = 1) r ON r.fid = j.fid
LEFT JOIN household h ON h.hh_id = j.hh_id
LEFT JOIN township t ON t.code = j.twn_id LEFT JOIN village v ON v.code = coalesce(h.village_code, f.village_code)
WHERE j.judgement IN ('属实', '部分属实') AND ($township IS NULL OR j.twn_id = $township)
ORDER BY f.severity NULLS LAST, j.amt DESC NULLS LAST, j.fid
"""


def section(subject: Subject) -> Blocks:
    """The annex with the papers that weigh most; nothing while no lead is judged true."""
    made = working_papers(subject)
    if not made:
        return Blocks()
    shown_here = made[:_MOST]
    rest = f"；此处列涉及金额较大的{_MOST}份，其余见 ledger.xlsx 的问题整改台账" if len(made) > _MOST else ""
    return blocks(
        Attachment(TITLE),
        paragraph(
            "核实属实的问题逐个取证，共{n}份{rest}。需要逐份签字、盖章的，用 dibao sheets 取证单 目录 打印。",
            n=len(made),
            rest=rest,
        ),
        (part for number, paper in enumerate(shown_here) for part in ((PageBreak(), paper) if number else (paper,))),
    )


def working_papers(subject: Subject, place: str = "") -> list[Table]:
    """A form a problem judged true, those that can be proven from records and the largest sums first.

    Args:
        subject: a township, or the city for those of all townships.
        place: part of the name of the township or village whose papers are wanted; blank for all.
    """
    found = subject.sql(_UPHELD)
    rows = found[found["place"].str.contains(place, regex=False)].astype(object)
    rows = rows.where(rows.notna(), None)
    return [_paper(subject, row, number) for number, row in enumerate(rows.itertuples(), start=1)]


def paper_sheets(subject: Subject, place: str = "") -> Blocks:
    """The same to print and sign, each on a page of its own under its title; empty when there is none."""
    title = Title(f"{subject.plan.place.name}{TITLE}")
    pages = ((PageBreak(), title, paper) for paper in working_papers(subject, place))
    return Blocks(tuple(part for page in pages for part in page)[1:])


def _paper(subject: Subject, row: Any, number: int) -> Table:
    household = f"{row.head or ''}（低保证号{row.hh_id}）" if row.hh_id else "—"
    lines = (
        _pair("问题编号", row.fid[:16], "事项", _matter(row)),
        _pair("被检查单位", row.place or subject.name, "涉及对象", household),
        _across("依据条款", _clauses(subject, row.clause)),
        _across("事实经过", _facts(row)),
        _across("证据来源", _sources(row.sources)),
        _across("核实情况", _verified(row)),
        _across("处理意见", _opinion(row)),
        _across("被检查单位意见", "\n\n　　　　　　　　　　　　　　（签字、盖章）　　年　　月　　日"),
        _pair("取证人", _SIGNED, "复核人", _SIGNED),
        _pair("被取证人", _SIGNED, "附件", "\n\n共　　件，　　页"),
    )
    head = (
        Cell(f"{subject.plan.place.name}低保专项治理检查取证单　第{number}号", colspan=4, align="center"),
        None,
        None,
        None,
    )
    return Table(_FOUR, (head,), lines)


def _label(text: str) -> Cell:
    return Cell(text, fill="F2F2F2", align="center")


def _pair(first: str, value: str, second: str, other: str) -> tuple[Cell | None, ...]:
    return (_label(first), Cell(value), _label(second), Cell(other))


def _across(label: str, text: str) -> tuple[Cell | None, ...]:
    return (_label(label), Cell(text, colspan=3), None, None)


def _matter(row: Any) -> str:
    """What kind of problem, for which time."""
    titles = {rule.id: rule.title for rule in rules()}
    title = f"{row.check_id} {titles[row.check_id]}" if row.check_id in titles else "现场发现的问题"
    period = str(row.period or "")
    return title + (f"（{chinese_month(period)}起）" if len(period) == 7 else "")


def _clauses(subject: Subject, clauses: str | None) -> str:
    """Each clause with its words, as the one who signs wants to read it."""
    known = subject.plan.clauses
    named = [name for name in (clauses or "").split("、") if name]
    return "\n".join(f"{name}　{known[name].text}" if name in known else name for name in named) or "由检查组填写"


def _facts(row: Any) -> str:
    told = str(row.explanation or row.what or "")
    compared = f"应为：{row.expected}；实际：{row.observed}。" if row.expected and row.observed else ""
    compared = _MONTH.sub(lambda month: chinese_month(month[0]), compared)
    money = f"涉及金额{yuan(int(row.amt))}元。" if row.amt is not None else ""
    return "\n".join(line for line in (told, compared + money) if line)


def _sources(sources: Any) -> str:
    """Where the rows stand that prove it: file, sheet, row."""
    found = [str(source).rsplit("#", 2) for source in (sources if sources is not None else ())]
    lines = [
        f"{number}．{file}" + (f"，工作表“{sheet}”" if sheet else "") + f"，第{line}行"
        for number, (file, sheet, line) in enumerate(found[:_ROWS], start=1)
    ]
    more = [f"共{len(found)}处，其余见问题线索台账。"] if len(found) > _ROWS else []
    return "\n".join([*lines, *more]) or "现场核查记录，见附件"


def _verified(row: Any) -> str:
    who = "、".join(row.judged_by if row.judged_by is not None else ())
    signed = "，".join(part for part in (who, _day(row.judged_on)) if part)
    return f"{shown(row.grounds, '')}核实结论：{row.judgement}" + (f"（{signed}）。" if signed else "。")


def _opinion(row: Any) -> str:
    due = f"整改时限：{_day(row.due)}。" if row.due is not None else ""
    owner = f"整改责任人：{row.owner}。" if row.owner else ""
    return f"{shown(row.opinion, '')}{owner}{due}" or "待定"


def _day(value: Any) -> str:
    return chinese_date(dt.date(value.year, value.month, value.day)) if value is not None else ""
