"""三查: were the steps taken - four dated steps, the panel, the review of every recipient (R16, R39-R43)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check
from dibao_lib.plan import Plan


@check("P1", "四步程序", clauses=("R16",), severity="A", certainty="E1", needs=("case_events",), version=2)
def step_missing_or_out_of_order(plan: Plan, today: dt.date) -> Query:
    """Application, village review, township review and county approval are not all dated, or not in this order.

    Same-day steps are allowed. Who is neither covered nor paid as of the day has an application under way or refused:
    steps still to come are not missing. Of a household that applied again, the last approval counts. Caveat: old files
    exist on paper only; the dates may be found there.
    """
    return Query(
        """
        WITH latest AS (
            SELECT *, place_of(source_file, source_sheet, source_row) AS source FROM case_events
            QUALIFY row_number() OVER (PARTITION BY hh_id
                                       ORDER BY approve IS NULL,
                                                greatest(apply, review, twn_review, approve) DESC NULLS LAST,
                                                source_file, source_sheet, source_row) = 1
        ), placed AS (
            SELECT l.*, h.source AS household_source,
                   h.hh_id IS NOT NULL AND coalesce(h.start <= this_month, true)
                   OR l.hh_id IN (SELECT hh_id FROM payment WHERE hh_id IS NOT NULL AND month <= this_month) AS receives
            FROM setting, latest l LEFT JOIN household h ON h.hh_id = l.hh_id
        ), told AS (
            SELECT hh_id, source, household_source,
                   list_filter([
                       CASE WHEN apply IS NULL AND (receives OR coalesce(review, twn_review, approve) IS NOT NULL)
                            THEN '个人申请' END,
                       CASE WHEN review IS NULL AND (receives OR coalesce(twn_review, approve) IS NOT NULL)
                            THEN '村（居）评议' END,
                       CASE WHEN twn_review IS NULL AND (receives OR approve IS NOT NULL) THEN '乡镇评审' END,
                       CASE WHEN approve IS NULL AND receives THEN '县级审批' END
                   ], lambda s: s IS NOT NULL) AS missing,
                   list_filter([
                       CASE WHEN review < apply
                            THEN '村（居）评议（' || zh_day(review) || '）早于个人申请（' || zh_day(apply) || '）' END,
                       CASE WHEN twn_review < greatest(apply, review)
                            THEN '乡镇评审（' || zh_day(twn_review) || '）早于前一步（'
                                 || zh_day(greatest(apply, review)) || '）' END,
                       CASE WHEN approve < greatest(apply, review, twn_review)
                            THEN '县级审批（' || zh_day(approve) || '）早于前一步（'
                                 || zh_day(greatest(apply, review, twn_review)) || '）' END
                   ], lambda s: s IS NOT NULL) AS inverted
            FROM placed
        )
        SELECT hh_id AS household_id, '低保证号' AS match_key,
               CASE WHEN len(missing) > 0 THEN '缺' || array_to_string(missing, '、') ELSE '顺序颠倒' END AS observed,
               '申请、评议、评审、审批依次进行' AS expected,
               phrases([CASE WHEN len(missing) > 0
                             THEN '审批流程4个日期中缺少' || array_to_string(missing, '、') || '日期' END]
                       || inverted) AS explanation,
               [source, household_source] AS sources
        FROM told WHERE len(missing) > 0 OR len(inverted) > 0
        """
    )


@check("P3", "评议团人数", clauses=("R39", "R41"), severity="A", certainty="E0", needs=("households", "panels"))
def panel_too_small(plan: Plan, today: dt.date) -> Query:
    """A village's review panel has fewer distinct persons than the plan demands, or there is no panel at all.

    Persons are counted, not rows. Caveat: no panel is reported only once the review deadline has passed and only in
    townships that sent any panel list; the rest may just not have been handed in.
    """
    return Query(
        """
        WITH panel AS (
            SELECT village_code, count(*) AS persons, flatten(list(sources ORDER BY sources)) AS sources
            FROM panelist GROUP BY village_code
        ), sending AS (
            SELECT DISTINCT v.township_code FROM panel p JOIN village v ON v.code = p.village_code
        ), absent AS (
            SELECT h.village_code, 0 AS persons, list(h.source ORDER BY h.hh_id) AS sources
            FROM household h JOIN village v ON v.code = h.village_code
            JOIN sending s ON s.township_code = v.township_code
            ANTI JOIN panel p ON p.village_code = h.village_code
            WHERE h.active AND (SELECT today FROM setting) > $deadline GROUP BY h.village_code
        )
        SELECT village_code, persons || '人' AS observed, '不少于' || $minimum || '人' AS expected,
               CASE WHEN persons = 0 THEN '该村（居）有低保对象，但没有评议团名册，应不少于' || $minimum || '人。'
                    ELSE '评议团共' || persons || '人，少于' || $minimum || '人，还差' || ($minimum - persons) || '人。'
               END AS explanation, sources
        FROM (FROM panel UNION ALL FROM absent) WHERE persons < $minimum
        """,
        {"minimum": plan.quotas.panel_minimum, "deadline": plan.date("panel_review_due")},
    )


@check("P4", "代表比例", clauses=("R42",), severity="A", certainty="E0", needs=("panels",))
def too_few_representatives(plan: Plan, today: dt.date) -> Query:
    """Villagers' representatives are less than the plan's share (two thirds) of a village's panel.

    Counted in whole persons, the share itself included. Caveat: a person with two roles counts as representative when
    listed as one.
    """
    share = plan.quotas.panel_representatives
    return Query(
        """
        WITH panel AS (
            SELECT village_code, count(*) AS persons, count(*) FILTER (representative) AS reps,
                   flatten(list(sources ORDER BY sources)) AS sources
            FROM panelist GROUP BY village_code
        )
        SELECT village_code, reps || '人' AS observed,
               '不少于' || (persons * $share_num + $share_den - 1) // $share_den || '人' AS expected,
               '评议团' || persons || '人中村（居）民代表' || reps || '人，应不少于'
               || (persons * $share_num + $share_den - 1) // $share_den || '人。' AS explanation, sources
        FROM panel WHERE reps * $share_den < persons * $share_num
        """,
        {"share_num": share.numerator, "share_den": share.denominator},
    )


@check("P6", "评议未全覆盖", clauses=("R43",), severity="A", certainty="E0", needs=("households", "reviews"))
def recipients_not_reviewed(plan: Plan, today: dt.date) -> Query:
    """Households active at the village's review meeting have no review row there.

    Caveat: households that began in the month of the meeting or later are out of scope; a village without any review
    is reported after the deadline, and only where its township sent reviews of other villages.
    """
    share = plan.share("review_coverage", today)
    return Query(
        """
        WITH held AS (
            SELECT vil_id AS village_code, true AS held,
                   coalesce(max(met_on), least($deadline, (SELECT today FROM setting))) AS met_on
            FROM reviews GROUP BY vil_id
        ), sending AS (
            SELECT DISTINCT v.township_code FROM held m JOIN village v ON v.code = m.village_code
        ), meeting AS (
            FROM held
            UNION ALL
            SELECT v.code, false, $deadline FROM village v JOIN sending s ON s.township_code = v.township_code
            ANTI JOIN held m ON m.village_code = v.code
            WHERE (SELECT today FROM setting) > $deadline
        ), judged AS (
            SELECT m.village_code, m.met_on, m.held, h.hh_id, h.source, r.hh_id IS NOT NULL AS reviewed
            FROM meeting m JOIN household h ON h.village_code = m.village_code
                 AND active_on(h.start, h.left_on, h.stopped, m.met_on)
                 AND (h.start IS NULL OR h.start < month_of(m.met_on))
            LEFT JOIN (SELECT DISTINCT vil_id, hh_id FROM reviews) r ON r.vil_id = m.village_code AND r.hh_id = h.hh_id
        ), counted AS (
            SELECT village_code, met_on, held, count(*) AS households, count(*) FILTER (reviewed) AS reviewed,
                   list(source ORDER BY hh_id) FILTER (NOT reviewed) AS sources
            FROM judged GROUP BY ALL
        )
        SELECT village_code, '评议' || reviewed || '户' AS observed, '应评议' || households || '户' AS expected,
               CASE WHEN held THEN zh_day(met_on) || '评议时在保' || households || '户，评议' || reviewed || '户，漏评'
                                   || (households - reviewed) || '户。'
                    ELSE '在保' || households || '户，至' || zh_day(met_on) || '仍没有评议记录。'
               END AS explanation, sources
        FROM counted WHERE reviewed * $share_den < households * $share_num
        """,
        {
            "deadline": plan.date("panel_review_due"),
            "share_num": share.numerator,
            "share_den": share.denominator,
        },
    )
