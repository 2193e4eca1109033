"""三查: were the review meetings what they claim to be - composition, votes, signatures, consequences (R40, R44-R48)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check
from dibao_lib.plan import Plan


@check("P5", "评议团组成与回避", clauses=("R17", "R40"), severity="B", certainty="E2", needs=("panels",))
def panel_roles_or_conflicts(plan: Plan, today: dt.date) -> Query:
    """A panel has no posted leader or none of the other named roles, or a member judged an own or a relative's case.

    Relatives are those the member declared as a cadre. Caveat: the plan's list of roles is open (等); whoever is marked
    as absent from the meeting has recused himself.
    """
    return Query(
        """
        WITH panel AS (
            SELECT vil_id AS village_code, count(*) AS seats, bool_or(coalesce(role = '挂点领导', false)) AS leader,
                   bool_or(coalesce(role IN ('人大代表', '村(居)民小组长', '老党员'), false)) AS others,
                   list(place_of(source_file, source_sheet, source_row)
                        ORDER BY source_file, source_sheet, source_row) AS sources
            FROM panels GROUP BY vil_id HAVING bool_or(role IS NOT NULL)
        ), seat AS (
            SELECT vil_id AS village_code, pid, min(place_of(source_file, source_sheet, source_row)) AS source
            FROM panels WHERE length(pid) = 18 GROUP BY vil_id, pid HAVING bool_or(coalesce(present, true))
        ), conflict AS (
            SELECT s.village_code, s.pid, m.hh_id, '本人是该户成员' AS bond, [s.source, m.source] AS sources, 1 AS way
            FROM seat s JOIN member m ON m.pid = s.pid AND m.active
            UNION ALL
            SELECT s.village_code, s.pid, f.hh_id, '本人备案的亲属在该户',
                   [s.source, place_of(f.source_file, f.source_sheet, f.source_row)], 2
            FROM seat s JOIN filings f ON f.cad_pid = s.pid AND f.nil IS NOT TRUE AND f.hh_id IS NOT NULL
        )
        SELECT village_code, NULL AS household_id, NULL AS person_id, '组成' AS subject,
               array_to_string(list_filter([CASE WHEN NOT leader THEN '无挂点领导' END,
                   CASE WHEN NOT others THEN '无人大代表、小组长、老党员' END], lambda s: s IS NOT NULL), '；') AS observed,
               '挂点领导和各方代表参加' AS expected, '' AS match_key,
               '评议团名册所列' || seats || '人中，' || array_to_string(list_filter([
                   CASE WHEN NOT leader THEN '没有乡镇（街道）挂点领导' END,
                   CASE WHEN NOT others THEN '没有人大代表、村（居）民小组长或老党员' END], lambda s: s IS NOT NULL), '，')
               || '。' AS explanation,
               sources
        FROM panel WHERE NOT leader OR NOT others
        UNION ALL
        SELECT c.village_code, c.hh_id, c.pid, '回避', '未回避', '与评议对象有关系的成员回避', '18位身份证号',
               '一名评议团成员与评议对象有利害关系（' || c.bond || '），名册未注明其未到会。', c.sources || [h.source]
        FROM conflict c JOIN household h ON h.hh_id = c.hh_id AND h.village_code = c.village_code AND h.active
        QUALIFY row_number() OVER (PARTITION BY c.village_code, c.pid, c.hh_id ORDER BY c.way, c.sources) = 1
        """
    )


@check("P7", "票数与结论勾稽", clauses=("R44",), severity="B", certainty="E1", needs=("reviews",))
def votes_do_not_add_up(plan: Plan, today: dt.date) -> Query:
    """Votes differ from those present or contradict the result; a meeting was larger than its panel or too small.

    Caveat: some places decide by simple majority: then the plan's vote threshold must say so.
    """
    needed, quorum = plan.share("review_vote_threshold", today), plan.share("review_meeting_share", today)
    return Query(
        """
        WITH vote AS (
            SELECT vil_id AS village_code, hh_id, met_on, present, agree, disagree, coalesce(abstain, 0) AS abstain,
                   result, place_of(source_file, source_sheet, source_row) AS source
            FROM reviews
            QUALIFY row_number() OVER (PARTITION BY vil_id, hh_id, met_on
                                       ORDER BY source_file, source_sheet, source_row) = 1
        ), told AS (
            SELECT *, list_filter([
                CASE WHEN agree + disagree + abstain <> present
                     THEN '同意' || agree || '票、不同意' || disagree || '票、弃权' || abstain || '票，合计'
                          || (agree + disagree + abstain) || '票，到会' || present || '人' END,
                CASE WHEN result = '符合' AND agree * $vote_den < present * $vote_num
                     THEN '到会' || present || '人中同意' || agree || '票，未达到' || $vote_num || '/' || $vote_den
                          || '，结论却是符合'
                     WHEN result = '不符合' AND agree * $vote_den >= present * $vote_num
                     THEN '到会' || present || '人中同意' || agree || '票，已达到' || $vote_num || '/' || $vote_den
                          || '，结论却是不符合' END
            ], lambda s: s IS NOT NULL) AS faults
            FROM vote
        ), meeting AS (
            SELECT village_code, met_on, max(present) AS present, arg_max(source, present) AS source
            FROM vote WHERE present IS NOT NULL GROUP BY village_code, met_on
        ), panel AS (
            SELECT village_code, count(*) AS persons FROM panelist GROUP BY village_code
        )
        SELECT village_code, hh_id AS household_id, coalesce(met_on::VARCHAR, '') AS subject,
               month_of(met_on) AS period, array_to_string(faults, '；') AS observed, '票数相符、结论与票数一致' AS expected,
               '低保证号' AS match_key, phrases(faults) AS explanation, [source] AS sources
        FROM told WHERE len(faults) > 0
        UNION ALL
        SELECT m.village_code, NULL, coalesce(m.met_on::VARCHAR, ''), month_of(m.met_on), '到会' || m.present || '人',
               CASE WHEN m.present > p.persons THEN '不多于' || p.persons || '人'
                    ELSE '不少于' || (p.persons * $meet_num + $meet_den - 1) // $meet_den || '人' END, '',
               '评议团' || p.persons || '人，评议会记录到会' || m.present || '人，'
               || CASE WHEN m.present > p.persons THEN '比评议团还多' || (m.present - p.persons) || '人'
                       ELSE '不足' || $meet_num || '/' || $meet_den END || '。', [m.source]
        FROM meeting m JOIN panel p ON p.village_code = m.village_code
        WHERE m.present > p.persons OR m.present * $meet_den < p.persons * $meet_num
        """,
        {
            "vote_num": needed.numerator,
            "vote_den": needed.denominator,
            "meet_num": quorum.numerator,
            "meet_den": quorum.denominator,
        },
    )


@check("P8", "评议不符仍发放", clauses=("R48",), severity="A", certainty="E1", needs=("reviews", "payments"))
def paid_after_negative_review(plan: Plan, today: dt.date) -> Query:
    """A household voted ineligible is paid later than the cycles of grace, and no later decision reversed the vote.

    A later positive review, determination or approval is a decision; a later determination without result is an open
    recheck and has the longer grace. Caveat: the county must verify the vote before it removes anybody.
    """
    return Query(
        """
        WITH verdict AS (
            SELECT hh_id, max(met_on) AS met_on, arg_max(result, (met_on, source_row)) AS result,
                   arg_max(place_of(source_file, source_sheet, source_row), (met_on, source_row)) AS source,
                   arg_max(agree, (met_on, source_row)) AS agree, arg_max(present, (met_on, source_row)) AS present
            FROM reviews WHERE met_on IS NOT NULL GROUP BY hh_id
        ), later AS (
            SELECT v.hh_id, bool_or(a.result IS NULL) AS open, bool_or(coalesce(a.result = '符合', false)) AS kept
            FROM verdict v JOIN assessments a ON a.hh_id = v.hh_id AND a."date" > v.met_on GROUP BY v.hh_id
        ), approved AS (
            SELECT v.hh_id FROM verdict v JOIN case_events e ON e.hh_id = v.hh_id AND e.approve > v.met_on
        ), late AS (
            SELECT v.hh_id, v.met_on, v.source, v.agree, v.present, list(DISTINCT p.month ORDER BY p.month) AS months,
                   sum(p.amt)::BIGINT AS amt,
                   list(p.source ORDER BY p.month, p.source_file, p.source_sheet, p.source_row) AS sources
            FROM verdict v JOIN household h ON h.hh_id = v.hh_id
            LEFT JOIN later l ON l.hh_id = v.hh_id
            LEFT JOIN cycle y ON y.kind = h.kind AND y.township_code = h.township_code
            JOIN payment p ON p.hh_id = v.hh_id AND p.type = '正常'
                AND p.month > month_after(month_of(v.met_on), coalesce(y.cycle, 1)
                                          * CASE WHEN l.open THEN $open_grace ELSE $grace END)
            ANTI JOIN approved d ON d.hh_id = v.hh_id
            WHERE v.result = '不符合' AND NOT coalesce(l.kept, false) GROUP BY ALL
        )
        SELECT l.hh_id AS household_id, l.months[1] AS period, '评议不符合后发放' || len(l.months) || '次' AS observed,
               '复核后停发' AS expected, l.amt AS amount_fen, '低保证号' AS match_key,
               zh_day(l.met_on) || '评议不符合条件' || coalesce('（到会' || l.present || '人，同意' || l.agree || '票）', '')
               || '，' || zh_months(l.months) || '仍发放' || yuan(l.amt) || '元，没有重新认定的记录。' AS explanation,
               [l.source, h.source] || l.sources AS sources
        FROM late l JOIN household h ON h.hh_id = l.hh_id
        """,
        {
            "grace": plan.number("review_grace", today),
            "open_grace": plan.number("review_recheck_grace", today),
        },
    )


@check("P9", "汇总表签名不全", clauses=("R45", "R46"), severity="A", certainty="E1", needs=("reviews",))
def summary_form_unsigned(plan: Plan, today: dt.date) -> Query:
    """A village's summary form lacks the signature of the representatives, the director or the posted leader.

    A form that says nothing of a signature counts only where other forms do; one signature anywhere on a village's
    form is enough unless a line says 否. Caveat: signatures may be lost in a poor scan.
    """
    return Query(
        """
        WITH form AS (
            SELECT vil_id AS village_code, count(DISTINCT hh_id) AS households,
                   coalesce(bool_and(sig_rep), NOT (SELECT bool_or(sig_rep IS NOT NULL) FROM reviews)) AS rep,
                   coalesce(bool_and(sig_dir), NOT (SELECT bool_or(sig_dir IS NOT NULL) FROM reviews)) AS dir,
                   coalesce(bool_and(sig_twn), NOT (SELECT bool_or(sig_twn IS NOT NULL) FROM reviews)) AS twn,
                   list(place_of(source_file, source_sheet, source_row)
                        ORDER BY source_file, source_sheet, source_row) AS sources
            FROM reviews GROUP BY vil_id
        ), told AS (
            SELECT village_code, households, sources, list_filter([
                CASE WHEN NOT rep THEN '村（居）民代表' END, CASE WHEN NOT dir THEN '村（居）委会主任' END,
                CASE WHEN NOT twn THEN '乡镇（街道）挂点领导' END], lambda s: s IS NOT NULL) AS missing
            FROM form
        )
        SELECT village_code, '缺' || array_to_string(missing, '、') || '签名' AS observed, '三方签名' AS expected,
               households || '户的评议结果汇总表没有' || array_to_string(missing, '、') || '的签名。' AS explanation, sources[:20] AS sources
        FROM told WHERE len(missing) > 0
        """
    )


@check("P13", "批量同日程序", clauses=("R16",), severity="B", certainty="E2", needs=("case_events",))
def village_processed_in_one_day(plan: Plan, today: dt.date) -> Query:
    """Nearly all households of a village share the same days for most of the four steps.

    Caveat: a yearly re-certification may set one lawful day for a whole batch.
    """
    share = plan.share("batch_day_share", today)
    return Query(
        """
        WITH latest AS (
            SELECT e.*, h.village_code, place_of(e.source_file, e.source_sheet, e.source_row) AS source
            FROM case_events e JOIN household h ON h.hh_id = e.hh_id WHERE h.village_code IS NOT NULL
            QUALIFY row_number() OVER (PARTITION BY e.hh_id
                                       ORDER BY greatest(e.apply, e.review, e.twn_review, e.approve) DESC NULLS LAST,
                                                e.source_file, e.source_sheet, e.source_row) = 1
        ), usual AS (
            SELECT village_code, mode(apply ORDER BY apply) AS apply, mode(review ORDER BY review) AS review,
                   mode(twn_review ORDER BY twn_review) AS twn_review, mode(approve ORDER BY approve) AS approve
            FROM latest GROUP BY village_code
        ), matched AS (
            SELECT l.village_code, l.hh_id, l.source, u.approve,
                   coalesce((l.apply = u.apply)::INTEGER, 0) + coalesce((l.review = u.review)::INTEGER, 0)
                   + coalesce((l.twn_review = u.twn_review)::INTEGER, 0)
                   + coalesce((l.approve = u.approve)::INTEGER, 0) AS equal
            FROM latest l JOIN usual u ON u.village_code = l.village_code
        ), counted AS (
            SELECT village_code, count(*) AS households, count(*) FILTER (equal >= $steps) AS same,
                   any_value(approve) AS approve, list(source ORDER BY hh_id) FILTER (equal >= $steps) AS sources
            FROM matched GROUP BY village_code
        )
        SELECT village_code, same || '户同日办理' AS observed, '逐户办理' AS expected,
               households || '户中有' || same || '户四个程序日期至少' || $steps || '个相同'
               || coalesce('（审批日期' || zh_day(approve) || '）', '') || '，占'
               || format('{:.1f}', 100.0 * same / households) || '%。' AS explanation, sources
        FROM counted WHERE households >= $fewest AND same * $share_den >= households * $share_num
        """,
        {
            "fewest": plan.number("batch_day_households", today),
            "steps": plan.number("batch_day_steps", today),
            "share_num": share.numerator,
            "share_den": share.denominator,
        },
    )
