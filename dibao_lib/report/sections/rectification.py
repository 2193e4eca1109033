"""整改: what became of leads, what is being put right, what is overdue, and the ledger as an annex (R63-R65, R72)."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from dibao_lib.report.blocks import Attachment, Block, Blocks, Figure, Heading, blocks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.rectification_funnel import rectification_funnel
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table
from dibao_lib.units import chinese_date, yuan

LEDGER = "问题整改台账"
_OF_A_LEAD = re.compile(r"^([0-9a-f]{8})[0-9a-f]{8}$")

_PROBLEM = """
WITH problem AS (
    SELECT r.*, coalesce(v.name, t.name) AS place FROM rectifications r
    LEFT JOIN township t ON t.code = r.twn_id LEFT JOIN judgements j ON j.fid = r.fid
    LEFT JOIN household h ON h.hh_id = j.hh_id LEFT JOIN village v ON v.code = h.village_code
    WHERE $township IS NULL OR r.twn_id = $township
    QUALIFY row_number() OVER (PARTITION BY r.fid ORDER BY r.source_file, r.source_sheet, r.source_row) = 1
)
"""
_TOTAL = (
    _PROBLEM
    + """
SELECT count(*) AS n, count(*) FILTER (state = '已销号') AS closed, count(*) FILTER (state = '已整改') AS done,
       count(*) FILTER (state = '整改中') AS running, count(*) FILTER (coalesce(state, '未整改') = '未整改') AS idle,
       count(*) FILTER (state IS DISTINCT FROM '已销号' AND due < $today) AS overdue,
       coalesce(sum(amt), 0)::BIGINT AS amount, coalesce(sum(recovered), 0)::BIGINT AS recovered FROM problem
"""
)
_JUDGED = """
SELECT count(*) AS n, count(*) FILTER (judgement IN ('属实', '部分属实')) AS upheld,
       count(*) FILTER (judgement = '不属实') AS unfounded, count(*) FILTER (judgement = '待核') AS pending
FROM judgements WHERE $township IS NULL OR twn_id = $township
"""
_LEADS = "SELECT count(*) AS n FROM findings WHERE $township IS NULL OR township_code = $township"
_ROUTES = (
    _PROBLEM
    + """
SELECT coalesce(route, '未注明') AS 发现途径, count(*) AS 问题数, count(*) FILTER (state = '已销号') AS 已销号,
       count(*) FILTER (state = '已整改') AS 已整改, count(*) FILTER (state = '整改中') AS 整改中,
       count(*) FILTER (coalesce(state, '未整改') = '未整改') AS 未整改,
       count(*) FILTER (state IS DISTINCT FROM '已销号' AND due < $today) AS 逾期
FROM problem GROUP BY 1 ORDER BY 2 DESC, 1
"""
)
_OVERDUE = (
    _PROBLEM
    + """
SELECT fid AS 问题编号, place AS 单位, what AS 问题, owner AS 责任人, due AS 时限,
       date_diff('day', due, $today) AS 逾期天数, coalesce(state, '未整改') AS 状态
FROM problem WHERE state IS DISTINCT FROM '已销号' AND due < $today ORDER BY due, fid
"""
)
_LEDGER = (
    _PROBLEM
    + """
SELECT fid AS 问题编号, place AS 单位, what AS 问题, amt AS "涉及金额（元）", route AS 发现途径,
       opinion AS 处理意见, owner AS 责任人, due AS 时限, coalesce(state, '未整改') AS 状态, done_on AS 完成日期,
       CASE WHEN nullif(trim(proof), '') IS NOT NULL THEN '有' ELSE '无' END AS 佐证,
       recovered AS "追缴金额（元）", disc AS 追责情况, verifier AS 销号人
FROM problem ORDER BY twn_id, fid
"""
)


def section(subject: Subject) -> Blocks:
    """Judgements, states by route and what is overdue; nothing when no problem and no judgement is on record."""
    found, judged = subject.row(_TOTAL), subject.row(_JUDGED)
    if not found.n and not judged.n:
        return Blocks()
    return blocks(
        Heading("整改"),
        _judgements(judged),
        _states(subject, found),
        *_funnel(subject, found, judged),
        *_tables(subject, found),
    )


def _judgements(judged: Any) -> list[Block]:
    values = vars(judged)
    if not values["n"]:
        return []
    text = "对**{n}条**线索作出核实结论：属实（含部分属实）{upheld}条，不属实{unfounded}条，待核{pending}条。不属实的不列入台账。"
    return [paragraph(text, **values)]


def _states(subject: Subject, found: Any) -> list[Block]:
    values = vars(found)
    if not values["n"]:
        return []
    text = (
        "列入整改台账的问题**{n}个**，涉及金额{amount}元。截至{today}，已销号{closed}个，已整改待销号{done}个，整改中{running}个，"
        "未整改{idle}个；追缴资金{recovered}元。"
    )
    text += "超过时限没有销号的**{overdue}个**，应逐个说明原因。" if values["overdue"] else "没有超过时限的问题。"
    money = {name: yuan(values[name]) for name in ("amount", "recovered")}
    return [paragraph(text, **(values | money), today=chinese_date(subject.today))]


def _funnel(subject: Subject, found: Any, judged: Any) -> list[Figure]:
    """From leads to closure; a step that the ledger, part of it imported, has outgrown is left out."""
    if not found.n:
        return []
    leads = subject.row(_LEADS).n
    done = found.closed + found.done
    before = {"问题线索": leads, "已作核实结论": judged.n}
    steps = {name: count for name, count in before.items() if count >= found.n}
    steps |= {"属实，列入台账": found.n, "已着手整改": found.running + done, "已整改": done, "已销号": found.closed}
    return [rectification_funnel(steps)]


def _tables(subject: Subject, found: Any) -> list[Block]:
    if not found.n:
        return []
    parts: list[Block] = [table(subject.sql(_ROUTES), caption="整改进展")]
    late = subject.sql(_OVERDUE)
    if not late.empty:
        parts.append(
            table(
                _short(late),
                caption="逾期未销号的问题",
                widths=(5.4, 5, 10, 3.8, 6, 3.2, 3.8),
                align={"状态": "center"},
            )
        )
    return parts


def _short(frame: pd.DataFrame) -> pd.DataFrame:
    """Problems made from leads bear their 16 digits, of which eight tell them apart on paper; others keep their number."""
    return frame.assign(问题编号=[_OF_A_LEAD.sub(r"\1", str(number)) for number in frame["问题编号"]])


def ledger(subject: Subject) -> Blocks:
    """The ledger as an annex, landscape; nothing when it has no problem."""
    frame = subject.sql(_LEDGER)
    if frame.empty:
        return Blocks()
    widths = (5.2, 4.8, 9, 4.4, 3.4, 6.4, 4.3, 6.7, 3.4, 6.7, 2.2, 4.4, 3.4, 4.3)
    return blocks(
        Attachment(LEDGER, landscape=True),
        table(
            _short(frame),
            caption=LEDGER,
            money=("涉及金额（元）", "追缴金额（元）"),
            widths=widths,
            missing="",
            note="核实属实的问题逐个列入，凭佐证由他人销号。",
        ),
    )
