"""三查: was it made public and were objections answered - postings, boards, complaints (R17, R49, R51-R54)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check
from dibao_lib.plan import Plan


@check("P2", "公示不足", clauses=("R17", "R54"), severity="B", certainty="E1", needs=("case_events",))
def approved_without_posting(plan: Plan, today: dt.date) -> Query:
    """A household was approved before its posting ended, without one, or after fewer days than the rule then in force.

    Both days of the posting count. Caveat: a township whose files say nothing of postings at all is not judged; the
    number of days is a local rule that must be loaded.
    """
    rule = [policy for policy in plan.policies if policy.id == "posting_days"]
    plan.number("posting_days", today)
    return Query(
        """
        WITH required AS (
            SELECT unnest($days::DATE[]) AS since, unnest($lengths::BIGINT[]) AS days
        ), latest AS (
            SELECT e.hh_id, e.approve, e.post1, e.post1_end, h.source AS household_source, h.township_code,
                   place_of(e.source_file, e.source_sheet, e.source_row) AS source
            FROM case_events e LEFT JOIN household h ON h.hh_id = e.hh_id
            QUALIFY row_number() OVER (PARTITION BY e.hh_id
                                       ORDER BY greatest(e.apply, e.review, e.twn_review, e.approve) DESC NULLS LAST,
                                                e.source_file, e.source_sheet, e.source_row) = 1
        ), telling AS (
            SELECT DISTINCT township_code FROM latest WHERE post1 IS NOT NULL AND post1_end IS NOT NULL
        ), judged AS (
            SELECT l.*, r.days, l.post1_end - l.post1 + 1 AS posted FROM latest l
            JOIN telling t ON t.township_code IS NOT DISTINCT FROM l.township_code
            ASOF JOIN required r ON l.approve >= r.since
        ), told AS (
            SELECT *, CASE WHEN post1 IS NULL AND post1_end IS NULL THEN '没有公示记录'
                           WHEN approve < coalesce(post1, post1_end) THEN '审批早于公示'
                           WHEN post1_end > approve THEN '公示未满即审批'
                           WHEN posted < days THEN '公示' || posted || '天' END AS fault
            FROM judged
        )
        SELECT hh_id AS household_id, fault AS observed, '审批前公示' || days || '天' AS expected, '低保证号' AS match_key,
               zh_day(approve) || '审批，'
               || CASE WHEN post1 IS NULL AND post1_end IS NULL THEN '没有公示记录'
                       ELSE coalesce(zh_day(post1), '（起始日期不详）') || '至'
                            || coalesce(zh_day(post1_end), '（截止日期不详）') || '公示'
                            || coalesce('，共' || posted || '天', '') END
               || '，应在审批前公示' || days || '天。' AS explanation,
               [source, household_source] AS sources
        FROM told WHERE fault IS NOT NULL
        """,
        {"days": [policy.effective for policy in rule], "lengths": [policy.value for policy in rule]},
    )


@check("P11", "公示栏要素", clauses=("R49", "R51", "R52"), severity="A", certainty="E1", needs=("postings",), version=2)
def board_incomplete(plan: Plan, today: dt.date) -> Query:
    """One of a village's two boards is missing, late, not in the provincial format, without a phone, or taken down early.

    A missing board is reported only for villages whose boards were inspected at all; what a team saw outranks what a
    list says. Caveat: hamlets may share the board of their village; what the record leaves blank is not judged.
    """
    return Query(
        """
        WITH seen AS (
            SELECT vil_id AS village_code, board, "from" AS since, "to" AS until, format_ok, tel3, seen_on,
                   up IS DISTINCT FROM false AS hangs, place_of(source_file, source_sheet, source_row) AS source
            FROM postings, setting
            WHERE board IN ('低保对象', '退保对象') AND (up IS DISTINCT FROM false OR coalesce(seen_on, today) > $start)
            QUALIFY row_number() OVER (PARTITION BY vil_id, board, coalesce(trim("natural"), '')
                                       ORDER BY by_team(source_file) DESC, seen_on DESC NULLS LAST, source_file,
                                                source_sheet, source_row) = 1
        ), fault AS (
            SELECT village_code, board, source, unnest(list_filter([
                CASE WHEN since > $start THEN '迟至' || zh_day(since) || '才公示' END,
                CASE WHEN format_ok = false THEN '不是全省统一格式' END,
                CASE WHEN tel3.civil = false THEN '没有民政局电话' END,
                CASE WHEN tel3.supervision = false THEN '没有监察局电话' END,
                CASE WHEN tel3.petitions = false THEN '没有信访局电话' END,
                CASE WHEN until < since + $days::INTEGER AND until < coalesce(seen_on, today)
                     THEN zh_day(until) || '撤下，保留' || (until - since) || '天' END
            ], lambda s: s IS NOT NULL)) AS item
            FROM seen, setting WHERE hangs
        ), missing AS (
            SELECT s.village_code, b.board, coalesce(min(s.source) FILTER (s.board = b.board), min(s.source)) AS source, '没有' || b.board || '公示栏' AS item
            FROM seen s, (SELECT unnest(['低保对象', '退保对象']) AS board) b, setting
            WHERE today > $start
            GROUP BY s.village_code, b.board HAVING NOT bool_or(s.board = b.board AND s.hangs)
        ), told AS (
            SELECT village_code, board, list(DISTINCT item ORDER BY item) AS items, list(DISTINCT source ORDER BY source) AS sources
            FROM (FROM fault UNION ALL SELECT village_code, board, source, item FROM missing) GROUP BY village_code, board
        )
        SELECT village_code, board AS subject, array_to_string(items, '；') AS observed,
               zh_day($start) || '起公示，统一格式，公布三部电话，保留' || $days || '天' AS expected,
               CASE WHEN items = ['没有' || board || '公示栏'] THEN '该村（居）' || items[1] || '。'
                    ELSE board || '公示栏：' || array_to_string(items, '；') || '。' END AS explanation, sources
        FROM told
        """,
        {"start": plan.date("boards_due"), "days": plan.quotas.board_retention_days},
    )


@check("P12", "异议未闭环", clauses=("R53", "R70"), severity="A", certainty="E1", needs=("complaints",))
def objection_left_open(plan: Plan, today: dt.date) -> Query:
    """An objection was not rechecked and posted again within the days allowed, or posted again without a result.

    Caveat: anonymous calls must be registered and answered like any other.
    """
    return Query(
        """
        WITH latest AS (
            SELECT *, place_of(source_file, source_sheet, source_row) AS source FROM complaints
            QUALIFY row_number() OVER (PARTITION BY no ORDER BY reposted DESC NULLS LAST, source_file, source_sheet,
                                       source_row) = 1
        ), judged AS (
            SELECT l.*, date_diff('day', "on", coalesce(reposted, today)) AS days,
                   list_filter([CASE WHEN recheck IS NULL THEN '没有复核结果' END,
                                CASE WHEN reposted IS NULL THEN '没有再次公榜' END], lambda s: s IS NOT NULL) AS missing
            FROM latest l, setting WHERE "on" IS NOT NULL AND "on" <= today
        )
        SELECT no AS subject, hh_id AS household_id, month_of("on") AS period,
               CASE WHEN len(missing) > 0 THEN array_to_string(missing, '、') ELSE '用时' || days || '天' END AS observed,
               $days || '天内复核并再次公榜' AS expected,
               '一件异议' || zh_day("on") || '登记，' || CASE WHEN reposted IS NULL THEN '至今已' ELSE '历时' END || days || '天'
               || CASE WHEN len(missing) > 0 THEN '，' || array_to_string(missing, '、') ELSE '才再次公榜' END || '。' AS explanation,
               [source] AS sources
        FROM judged WHERE days > $days OR (reposted IS NOT NULL AND recheck IS NULL)
        """,
        {"days": plan.number("complaint_days", today)},
    )
