"""评议与公示: review meetings and their votes, notice boards as inspected, objections and their answers (R39-R54)."""

from __future__ import annotations

from dibao_lib.report.blocks import Block, Blocks, Heading, blocks
from dibao_lib.report.paragraphs import paragraph
from dibao_lib.report.subject import Subject
from dibao_lib.report.tables import table

_VOTES = """
WITH vote AS (
    SELECT vil_id AS village_code, vil_id[1:9] AS township_code, hh_id, met_on, result,
           coalesce(sig_rep AND sig_dir AND sig_twn, false) AS signed
    FROM reviews WHERE vil_id IS NOT NULL AND ($township IS NULL OR vil_id[1:9] = $township)
)
"""
_MEETINGS = (
    _VOTES
    + """
SELECT count(DISTINCT village_code) AS villages, count(DISTINCT hh_id) AS households,
       count(DISTINCT hh_id) FILTER (result = '不符合') AS against,
       count(DISTINCT village_code) FILTER (village_code NOT IN (SELECT village_code FROM vote WHERE signed)) AS unsigned,
       (SELECT count(*) FROM village v WHERE $township IS NULL OR v.township_code = $township) AS all_villages
FROM vote
"""
)
_BY_AREA = (
    _VOTES
    + """
SELECT a.name AS area, count(DISTINCT village_code) AS villages, min(met_on) AS first, max(met_on) AS last,
       count(DISTINCT hh_id) AS households, count(DISTINCT hh_id) FILTER (result = '符合') AS agreed,
       count(DISTINCT hh_id) FILTER (result = '不符合') AS against
FROM vote JOIN {area} a ON a.code = vote.{area}_code GROUP BY a.code, a.name ORDER BY a.code
"""
)
_BOARDS = """
SELECT count(*) AS boards, count(DISTINCT vil_id) AS villages, count(*) FILTER (up = false) AS absent, count(*) FILTER (format_ok = false) AS unlike,
       count(*) FILTER (tel3.civil = false OR tel3.supervision = false OR tel3.petitions = false) AS silent,
       count(*) FILTER ("from" > $start) AS late
FROM postings WHERE vil_id IS NOT NULL AND ($township IS NULL OR vil_id[1:9] = $township)
"""
_OBJECTIONS = """
WITH own AS (
    SELECT c.* FROM complaints c LEFT JOIN household h ON h.hh_id = c.hh_id
    WHERE $township IS NULL OR h.township_code = $township
    QUALIFY row_number() OVER (PARTITION BY c.no ORDER BY c.reposted DESC NULLS LAST, c.source_file, c.source_row) = 1
)
SELECT count(*) AS n, count(recheck) AS answered, count(*) FILTER (recheck IN ('属实', '部分属实')) AS upheld,
       count(reposted) AS reposted FROM own
"""


def section(subject: Subject) -> Blocks:
    """Meetings, boards and objections; nothing when none of them is on record."""
    parts = [*_meetings(subject), *_boards(subject), *_objections(subject)]
    return blocks(Heading("评议与公示"), parts) if parts else Blocks()


def _meetings(subject: Subject) -> list[Block]:
    found = subject.row(_MEETINGS)
    if not found.households:
        return []
    text = (
        "{all_villages}个村（居）中，有评议结果记录的**{villages}个**，共评议低保对象{households:,}户，"
        "其中评议不符合条件的{against:,}户。"
    )
    text += "汇总表三方签名不全的村（居）{unsigned}个。" if found.unsigned else "汇总表均有三方签名。"
    return [paragraph(text, **vars(found)), _by_area(subject)]


def _by_area(subject: Subject) -> Block:
    # the column is one of two words of this program, never a value from outside
    frame = subject.sql(_BY_AREA.format(area=subject.area))
    names = {"area": subject.area_title, "villages": "评议村（居）数", "first": "最早评议日期", "last": "最迟评议日期"}
    names |= {"households": "评议户数", "agreed": "符合", "against": "不符合"}
    if subject.township:
        names = {key: name for key, name in names.items() if key not in {"villages", "last"}} | {"first": "评议日期"}
    return table(frame[list(names)].rename(columns=names), caption="评议情况")


def _boards(subject: Subject) -> list[Block]:
    found = subject.row(_BOARDS, start=subject.plan.date("boards_due"))
    if not found.boards:
        return []
    faults = {
        "没有上墙": found.absent,
        "不是全省统一格式": found.unlike,
        "公布电话不全": found.silent,
        "迟于规定日期公示": found.late,
    }
    told = "、".join(f"{fault}的{count}处" for fault, count in faults.items() if count)
    return [
        paragraph(
            "检查公示栏**{boards}处**，涉及{villages}个村（居），{told}。",
            boards=found.boards,
            villages=found.villages,
            told=told or "格式、电话和公示时间均符合要求",
        )
    ]


def _objections(subject: Subject) -> list[Block]:
    found = subject.row(_OBJECTIONS)
    if not found.n:
        return []
    text = "登记群众异议**{n}件**，已复核{answered}件，其中属实和部分属实{upheld}件；已再次公榜{reposted}件"
    text += "，尚未再次公榜{open}件。" if found.n > found.reposted else "。"
    return [paragraph(text, **vars(found), open=found.n - found.reposted)]
