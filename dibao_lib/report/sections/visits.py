"""入户核查: whom the teams met, what they saw against the register, who keeps the bank book (R25, R29, R62)."""

from __future__ import annotations

from typing import Any

from dibao_lib.report.blocks import Block, Blocks, Heading, blocks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table

_MOST = 15

_LATEST = """
WITH visit AS (
    SELECT v.*, h.township_code, h.village_code FROM visits v JOIN household h ON h.hh_id = v.hh_id
    WHERE $township IS NULL OR h.township_code = $township
    QUALIFY row_number() OVER (PARTITION BY v.hh_id ORDER BY v."on" DESC NULLS LAST, v.source_file, v.source_row) = 1
)
"""
_TOTAL = (
    _LATEST
    + """
SELECT count(*) AS households, count(*) FILTER (found = '户在人在') AS met, count(DISTINCT village_code) AS villages,
       count(*) FILTER (len(coalesce(diff, [])) > 0) AS differing, count(*) FILTER (book IS NOT NULL) AS asked,
       count(*) FILTER (book <> '本人') AS kept_by_others, count(*) FILTER (known = false) AS unaware,
       count(known) AS asked_known FROM visit
"""
)
_VIEWS = """
SELECT view, count(*) AS n FROM visit WHERE view IS NOT NULL GROUP BY view ORDER BY n DESC, view
"""
_BY_AREA = (
    _LATEST
    + """
SELECT a.name AS area, count(*) AS 核查户数, count(*) FILTER (found = '户在人在') AS 见到本人,
       count(*) FILTER (found <> '户在人在') AS 未见到本人, count(*) FILTER (len(coalesce(diff, [])) > 0) AS 与台账不符,
       count(*) FILTER (book <> '本人') AS 存折他人保管
FROM visit JOIN {area} a ON a.code = visit.{area}_code GROUP BY a.code, a.name ORDER BY a.code
"""
)
_DIFFERING = (
    _LATEST
    + """
SELECT hh_id AS 低保证号, "on" AS 核查日期, array_to_string(diff, '；') AS 与台账不符项, view AS 初步意见
FROM visit WHERE len(coalesce(diff, [])) > 0 ORDER BY hh_id
"""
)


def section(subject: Subject) -> Blocks:
    """Visits by area, opinions, and where figures differ; nothing when nobody was visited."""
    found = subject.row(_TOTAL)
    if not found.households:
        return Blocks()
    text = "入户核查**{households}户**，涉及{villages}个村（居），见到本人{met}户。核查人先按所见填写人口、收入和领取金额，再与台账比较，与台账不符的{differing}户。"
    # the column is one of two words of this program, never a value from outside
    by_area = subject.sql(_BY_AREA.format(area=subject.area)).rename(columns={"area": subject.area_title})
    return blocks(
        Heading("入户核查"),
        paragraph(text, **vars(found)),
        paragraph(_answers(found), **vars(found)),
        _opinions(subject),
        table(by_area, caption="入户核查情况"),
        *_differences(subject),
    )


def _answers(found: Any) -> str:
    text = "问到存折（卡）保管情况的{asked}户，"
    text += "由村干部或他人保管的{kept_by_others}户；" if found.kept_by_others else "均由本人保管；"
    return text + "问到是否知晓保障标准和公示的{asked_known}户，不知晓的{unaware}户。"


def _opinions(subject: Subject) -> Block:
    views = subject.sql(_LATEST + _VIEWS)
    told = "、".join(f"{row.view}{row.n}户" for row in views.itertuples())
    return paragraph("初步意见：{told}。初步意见不是处理决定，需要调整、退出的按程序评议、审批。", told=told or "未填")


def _differences(subject: Subject) -> list[Block]:
    frame = subject.sql(_DIFFERING)
    if frame.empty or not subject.township:
        return []
    note = f"共{len(frame)}户，列前{_MOST}户。" if len(frame) > _MOST else ""
    return [table(frame.head(_MOST), caption="与台账不符的户", note=note, widths=(5, 4, 14, 3))]
