"""Households with a problem: what the self-inspection reported, what was found, and what that means (R36, R62, R64, R65).

Only problems that existed when the self-inspection ended count: whoever came, or died, later does not, and who had left
by then keeps nobody's silence. What the self-inspection found and corrected by that day stays with disposition D1.
"""

from __future__ import annotations

import datetime as dt

import duckdb
import pandas as pd

from dibao_lib.errors import InputRefused
from dibao_lib.plan import Plan

# as 专项治理工作情况统计表 lists removals, and 金额有误 for households that stay with another amount
PROBLEM_TYPES = ("合户保", "分户保", "人情保", "关系保", "福利保", "收入超标", "死亡", "金额有误", "其他")
FIXED, UNFIXED, CONCEALED, LATER = "自查已纠正", "自查未按期纠正", "自查未报", "截止日后发生"
# check -> type; a record-proven lead (severity A) is a problem found, a lead only names the type of a confirmed one
_TYPE_OF = {
    "O1": "收入超标",
    "O2": "金额有误",
    "O4": "死亡",
    "O5": "收入超标",
    "O6": "关系保",
    "O7": "关系保",
    "O8": "收入超标",
    "O9": "收入超标",
    "O10": "收入超标",
    "O11": "收入超标",
    "O14": "分户保",
    "O15": "合户保",
    "O16": "人情保",
    "O17": "福利保",
}

_HOUSEHOLDS = """
WITH typed AS (
    SELECT unnest($checks::VARCHAR[]) AS check_id, unnest($types::VARCHAR[]) AS type
), told AS (
    SELECT hh_id, CASE WHEN reason IN (SELECT unnest($removals::VARCHAR[])) THEN reason ELSE '其他' END AS type,
           exit_on AS on_day, 1 AS rank
    FROM departure WHERE exit_on >= $begun AND hh_id IN (SELECT hh_id FROM exits WHERE route = '自查清退')
    UNION ALL
    SELECT hh_id, '关系保', filed_on, 2 FROM filings
    WHERE hh_id IS NOT NULL AND (verdict = '不符合' OR action IN ('清退', '主动退出')) AND coalesce(filed_on, $ended) <= $ended
    UNION ALL
    SELECT hh_id, '其他', met_on, 3 FROM reviews WHERE result = '不符合' AND coalesce(met_on, $ended) <= $ended
), reported AS (
    SELECT t.hh_id, arg_min(t.type, t.rank) AS type, min(t.on_day) AS reported_on,
           min(coalesce(d.exit_on, CASE WHEN h.active THEN NULL ELSE h.left_on END)) AS corrected_on
    FROM told t LEFT JOIN departure d ON d.hh_id = t.hh_id AND d.exit_on >= $begun
    LEFT JOIN household h ON h.hh_id = t.hh_id GROUP BY t.hh_id
), lead AS (
    SELECT f.household_id AS hh_id, coalesce(t.type, '其他') AS type, f.severity, f.check_id,
           try_cast(nullif(f.period, '') || '-01' AS DATE) AS since
    FROM findings f LEFT JOIN typed t ON t.check_id = f.check_id
    WHERE f.household_id IS NOT NULL AND f.check_id LIKE 'O%'
), seen AS (
    SELECT hh_id, arg_min(type, ("check_id", type)) AS type, min(since) AS since, '记录认定' AS found_by, 3 AS rank
    FROM lead WHERE severity = 'A' GROUP BY hh_id
    UNION ALL
    SELECT v.hh_id, CASE WHEN v.found = '死亡' THEN '死亡' WHEN v.view = '调整' THEN coalesce(l.type, '金额有误')
                         ELSE coalesce(l.type, '其他') END,
           CASE WHEN v.found = '死亡' THEN coalesce(d.died, $ended + 1) END, '入户核查', 1
    FROM (FROM visits WHERE "on" IS NULL OR "on" <= $today
          QUALIFY row_number() OVER (PARTITION BY hh_id ORDER BY "on" DESC NULLS LAST, source_file, source_sheet,
                                     source_row) = 1) v
    LEFT JOIN (SELECT hh_id, arg_min(type, check_id) AS type FROM lead GROUP BY hh_id) l ON l.hh_id = v.hh_id
    LEFT JOIN (SELECT m.hh_id, min(r."from") AS died FROM member m JOIN registers r ON r.pid = m.pid AND r.reg = '死亡'
               GROUP BY m.hh_id) d ON d.hh_id = v.hh_id
    WHERE v.found = '死亡' OR v.view IN ('调整', '退出')
    UNION ALL
    SELECT e.hh_id, CASE WHEN e.conclusion = '调整' THEN '金额有误' ELSE coalesce(l.type, '其他') END, NULL, '听证', 2
    FROM (SELECT unnest(case_hh) AS hh_id, conclusion FROM hearings) e
    LEFT JOIN (SELECT hh_id, arg_min(type, check_id) AS type FROM lead GROUP BY hh_id) l ON l.hh_id = e.hh_id
    WHERE e.conclusion IN ('调整', '清退')
), found AS (
    SELECT hh_id, arg_min(type, rank) AS type, min(since) AS since, string_agg(DISTINCT found_by, '、' ORDER BY found_by)
           AS found_by
    FROM seen GROUP BY hh_id
), judged AS (
    SELECT h.township_code, h.village_code, h.hh_id AS household_id, coalesce(r.type, f.type) AS reported_type,
           coalesce(f.type, r.type) AS found_type, r.hh_id IS NOT NULL AS reported, r.reported_on, r.corrected_on,
           f.hh_id IS NOT NULL AS found, coalesce(f.found_by, '') AS found_by,
           greatest(f.since, (nullif(h.start, '') || '-01')::DATE) AS since,
           CASE WHEN r.hh_id IS NOT NULL AND r.corrected_on <= $ended THEN $fixed
                WHEN r.hh_id IS NOT NULL THEN $unfixed
                WHEN greatest(f.since, (nullif(h.start, '') || '-01')::DATE) > $ended THEN $later
                ELSE $concealed END AS standing
    FROM household h LEFT JOIN reported r ON r.hh_id = h.hh_id LEFT JOIN found f ON f.hh_id = h.hh_id
    WHERE (r.hh_id IS NOT NULL AND (h.left_on IS NULL OR h.left_on >= $begun))
       OR (f.hh_id IS NOT NULL AND (h.left_on IS NULL OR h.left_on > $ended) AND NOT h.stopped)
)
SELECT * FROM judged ORDER BY township_code, village_code, household_id
"""


def problem_households(connection: duckdb.DuckDBPyConnection, plan: Plan, today: dt.date) -> pd.DataFrame:
    """Every household that the self-inspection reported or somebody found to have a problem.

    Args:
        connection: with the relations of the checks (`open_views`) and the findings.
        plan: the plan in force; the self-inspection's first and last day are its dates.
        today: visits after this day do not count.

    Returns:
        One row a household. Columns: township_code, village_code, household_id, reported_type and found_type (of
        PROBLEM_TYPES; the other side's where one is silent), reported (bool), reported_on, corrected_on (dates), found
        (bool), found_by (记录认定, 入户核查, 听证), since (date from which records show it; NaT unknown), standing
        (自查已纠正 = D1, 自查未按期纠正 = D5, 自查未报 = D4, 截止日后发生 = not counted).

    Raises:
        InputRefused: the checks have not been run.
    """
    if not connection.execute("SELECT 1 FROM duckdb_columns() WHERE table_name = 'findings' LIMIT 1").fetchone():
        raise InputRefused("尚无检查结果，无法与自查对照。请先运行 dibao check。")
    return connection.execute(
        _HOUSEHOLDS,
        {
            "checks": list(_TYPE_OF),
            "types": list(_TYPE_OF.values()),
            "removals": list(PROBLEM_TYPES[:7]),
            "begun": plan.date("self_inspection_start"),
            "ended": plan.date("self_inspection_end"),
            "today": today,
            "fixed": FIXED,
            "unfixed": UNFIXED,
            "concealed": CONCEALED,
            "later": LATER,
        },
    ).df()


def confusion(problems: pd.DataFrame) -> pd.DataFrame:
    """Reported against found, a problem type a row, with the row 合计.

    Args:
        problems: from `problem_households`.

    Returns:
        Columns: type, reported (households the self-inspection reported), fixed and unfixed (of those), found (found by
        records, visits or hearings and existing when the self-inspection ended), both (found and reported), other_type
        (of those, reported as another type), concealed (found and not reported), later (began afterwards, not counted).
    """
    counted = problems["standing"].ne(LATER)
    by = problems.assign(
        both=problems["found"] & problems["reported"],
        other_type=problems["found"] & problems["reported"] & problems["found_type"].ne(problems["reported_type"]),
        fixed=problems["standing"].eq(FIXED),
        unfixed=problems["standing"].eq(UNFIXED),
        concealed=problems["standing"].eq(CONCEALED),
        later=problems["standing"].eq(LATER),
        found=problems["found"] & counted,
    )
    told = by.groupby("reported_type")[["reported", "fixed", "unfixed"]].sum()
    found = by.groupby("found_type")[["found", "both", "other_type", "concealed", "later"]].sum()
    rows = told.join(found, how="outer").reindex(PROBLEM_TYPES).fillna(0).astype("int64")
    rows.loc["合计"] = rows.sum()
    return rows.rename_axis("type").reset_index()
