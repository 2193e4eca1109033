"""听证: hearings held, who came, what was concluded, and where a hearing falls short (R60, R61)."""

from __future__ import annotations

from dibao_lib.report.blocks import Block, Blocks, Heading, blocks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table

# an imported list may have one line a hearing or one a case, a conclusion for each
_HELD = """
WITH held AS (
    SELECT hear_id, any_value(vil_id) AS village_code, any_value(vil_id)[1:9] AS township_code, min("on") AS held_on,
           max(att_recip) AS recipients, max(att_panel) AS panel, max(att_rep) AS representatives,
           greatest(count(*), count(DISTINCT household)) AS cases, count(*) FILTER (conclusion = '维持') AS kept,
           count(*) FILTER (conclusion = '调整') AS adjusted, count(*) FILTER (conclusion = '清退') AS removed,
           count(*) FILTER (conclusion = '待核') AS pending
    FROM (SELECT *, unnest(coalesce(nullif(case_hh, []), [NULL])) AS household FROM hearings)
    WHERE $township IS NULL OR vil_id[1:9] = $township GROUP BY hear_id
)
"""
_TOTAL = (
    _HELD
    + """
SELECT count(*) AS hearings, count(DISTINCT village_code) AS villages, coalesce(sum(cases), 0)::BIGINT AS cases,
       coalesce(sum(kept), 0)::BIGINT AS kept, coalesce(sum(adjusted), 0)::BIGINT AS adjusted,
       coalesce(sum(removed), 0)::BIGINT AS removed, coalesce(sum(pending), 0)::BIGINT AS pending FROM held
"""
)
_EACH = (
    _HELD
    + """
SELECT v.name AS "村（居）", held_on AS 日期, recipients AS 低保对象, panel AS 评议团, representatives AS 村民代表,
       cases AS 听证户数, kept AS 维持, adjusted AS 调整, removed AS 清退, pending AS 待核
FROM held h LEFT JOIN village v ON v.code = h.village_code ORDER BY held_on, h.village_code, hear_id
"""
)
_BY_TOWNSHIP = (
    _HELD
    + """
SELECT t.name AS "乡镇（街道）", count(*) AS 场次, sum(cases)::BIGINT AS 听证户数, sum(kept)::BIGINT AS 维持,
       sum(adjusted)::BIGINT AS 调整, sum(removed)::BIGINT AS 清退, sum(pending)::BIGINT AS 待核
FROM held h JOIN township t ON t.code = h.township_code GROUP BY t.code, t.name ORDER BY t.code
"""
)
_FAULTS = """
SELECT village, explanation FROM findings WHERE check_id = 'C6' AND ($township IS NULL OR township_code = $township)
ORDER BY village_code, finding_id
"""

_WIDTHS = (7, 6.4, 3.2, 3.2, 3.2, 3.2, 2.6, 2.6, 2.6, 2.6)


def section(subject: Subject) -> Blocks:
    """Hearings and their outcome; nothing when none was held."""
    found = subject.row(_TOTAL)
    if not found.hearings:
        return Blocks()
    text = "在{villages}个村（居）召开听证会**{hearings}场**，听证{cases}户，结论为维持{kept}户、调整{adjusted}户、清退{removed}户、待核{pending}户。"
    listed = subject.sql(_EACH if subject.township else _BY_TOWNSHIP)
    return blocks(
        Heading("听证"),
        paragraph(text, **vars(found)),
        table(listed, caption="听证会召开情况", widths=_WIDTHS if subject.township else None),
        *_shortcomings(subject),
    )


def _shortcomings(subject: Subject) -> list[Block]:
    faults = subject.sql(_FAULTS)
    if faults.empty:
        return [paragraph("听证会均有低保对象、评议团成员、村（居）民代表三方参加，有记录、有签名。")]
    told = "；".join(f"{row['village'] or ''}{row['explanation'].rstrip('。')}" for row in faults.to_dict("records"))
    return [paragraph("不合要求的有{n}场：{told}。", n=len(faults), told=told)]
