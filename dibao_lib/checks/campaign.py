"""专项: did the campaign's own duties get done - filings, statistics (R32, R33, R47)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check
from dibao_lib.plan import Plan


@check("C2", "备案不全", clauses=("R32",), severity="A", certainty="E0", needs=("cadres", "filings"))
def cadre_without_filing(plan: Plan, today: dt.date) -> Query:
    """A cadre on the roster has filed nothing after the deadline, not even a nil return.

    Caveat: the roster must come from the organisation department or the bureau, not from the township being checked.
    """
    return Query(
        """
        WITH cadre AS (
            SELECT *, place_of(source_file, source_sheet, source_row) AS source FROM cadres
            QUALIFY row_number() OVER (PARTITION BY cad_pid ORDER BY source_file, source_sheet, source_row) = 1
        )
        SELECT c.cad_pid AS person_id, c.twn_id AS township_code, c.vil_id AS village_code, '未填报备案表' AS observed,
               zh_day($deadline) || '前填报' AS expected, '18位身份证号' AS match_key,
               '一名在册基层干部至' || zh_day($deadline) || '没有填报备案表，无亲属享受的也应填报。' AS explanation,
               [c.source] AS sources
        FROM cadre c ANTI JOIN filings f ON f.cad_pid = c.cad_pid
        WHERE (SELECT today FROM setting) > $deadline
        """,
        {"deadline": plan.date("cadre_forms_due")},
    )


@check("C3", "统计表与明细不符", clauses=("R33", "R47"), severity="A", certainty="E0", needs=("stat_form",))
def form_differs_from_detail(plan: Plan, today: dt.date) -> Query:
    """A cell of a township's statistics form differs from what the detail lists give, or 合计 from 城市 + 农村.

    A cell is recomputed as of the form's own date and only where the lists it counts were imported; blank cells are
    not compared. Removed households are whole households that left; one member who leaves counts as a person only.
    Caveat: lists corrected after the form's cut-off date change the count.
    """
    return Query(
        """
        WITH form AS (
            SELECT *, coalesce(filed_on, $due) AS as_of, place_of(source_file, source_sheet, source_row) AS source
            FROM stat_form
            QUALIFY row_number() OVER (PARTITION BY twn_id, kind ORDER BY filed_on DESC NULLS LAST,
                                       source_file, source_sheet, source_row) = 1
        ), cell AS (
            SELECT f.twn_id, f.kind, f.source, c.* FROM form f, LATERAL (VALUES
                ('hh_p.households', '现有低保户数', '户', hh_p.households),
                ('hh_p.persons', '现有低保人数', '人', hh_p.persons),
                ('checked.households', '核查户数', '户', checked.households),
                ('checked.persons', '核查人数', '人', checked.persons),
                ('out5.merged_households', '清退合户保户数', '户', out5.merged_households),
                ('out5.merged_persons', '清退合户保人数', '人', out5.merged_persons),
                ('out5.split_households', '清退分户保户数', '户', out5.split_households),
                ('out5.split_persons', '清退分户保人数', '人', out5.split_persons),
                ('out5.favour_households', '清退人情保户数', '户', out5.favour_households),
                ('out5.favour_persons', '清退人情保人数', '人', out5.favour_persons),
                ('out5.relation_households', '清退关系保户数', '户', out5.relation_households),
                ('out5.relation_persons', '清退关系保人数', '人', out5.relation_persons),
                ('out5.welfare_households', '清退福利保户数', '户', out5.welfare_households),
                ('out5.welfare_persons', '清退福利保人数', '人', out5.welfare_persons),
                ('out5.income_households', '清退收入超标户数', '户', out5.income_households),
                ('out5.income_persons', '清退收入超标人数', '人', out5.income_persons),
                ('out5.death_households', '清退死亡户数', '户', out5.death_households),
                ('out5.death_persons', '清退死亡人数', '人', out5.death_persons),
                ('out5.other_households', '清退其他户数', '户', out5.other_households),
                ('out5.other_persons', '清退其他人数', '人', out5.other_persons),
                ('in_new.households', '新纳入户数', '户', in_new.households),
                ('in_new.persons', '新纳入人数', '人', in_new.persons),
                ('adj', '调整金额户数', '户', adj),
                ('panel.formed', '成立评议团数', '个', panel.formed),
                ('panel.met', '召开评议会数', '个', panel.met),
                ('board', '公示栏数', '个', board),
                ('calls.registered', '异议登记数', '件', calls.registered),
                ('calls.closed', '异议办结数', '件', calls.closed),
                ('money.involved', '涉及资金', '元', money.involved),
                ('money.recovered', '追缴资金', '元', money.recovered),
                ('people', '处理责任人数', '人', people)
            ) AS c(name, title, unit, value)
        ), leaving AS (
            SELECT d.hh_id, d.single, d.exit_on, d.source, h.kind, h.township_code, h.covered,
                   CASE d.reason WHEN '合户保' THEN 'merged' WHEN '分户保' THEN 'split' WHEN '人情保' THEN 'favour'
                        WHEN '关系保' THEN 'relation' WHEN '福利保' THEN 'welfare' WHEN '收入超标' THEN 'income'
                        WHEN '死亡' THEN 'death' ELSE 'other' END AS reason
            FROM departure d JOIN household h ON h.hh_id = d.hh_id
            QUALIFY CASE WHEN d.single THEN bool_and(d.single) OVER (PARTITION BY d.hh_id)
                         ELSE row_number() OVER (PARTITION BY d.hh_id, d.single ORDER BY d.exit_on, d.source) = 1 END
        ), removed AS (
            SELECT f.twn_id, f.kind, l.reason, count(*) FILTER (NOT l.single) AS households,
                   sum(CASE WHEN l.single THEN 1 ELSE l.covered END)::BIGINT AS persons,
                   list(l.source ORDER BY l.hh_id, l.source) AS sources
            FROM form f JOIN leaving l ON l.township_code = f.twn_id AND l.kind = f.kind
                                      AND l.exit_on BETWEEN $begun AND f.as_of
            GROUP BY f.twn_id, f.kind, l.reason
        ), present AS (
            SELECT f.twn_id, f.kind, count(*) AS households, sum(h.covered)::BIGINT AS persons
            FROM form f JOIN household h ON h.township_code = f.twn_id AND h.kind = f.kind
                                        AND active_on(h.start, h.left_on, h.stopped, f.as_of)
            GROUP BY f.twn_id, f.kind
        ), added AS (
            SELECT f.twn_id, f.kind, count(*) AS households, list(h.source ORDER BY h.hh_id) AS sources
            FROM form f JOIN household h ON h.township_code = f.twn_id AND h.kind = f.kind
                                        AND h.start BETWEEN month_of($begun) AND month_of(f.as_of)
            GROUP BY f.twn_id, f.kind
        ), villages_with AS (
            SELECT v.township_code AS twn_id, 'panel.formed' AS name, count(DISTINCT p.village_code) AS n
            FROM panelist p JOIN village v ON v.code = p.village_code GROUP BY v.township_code
            UNION ALL
            SELECT v.township_code, 'panel.met', count(DISTINCT r.vil_id)
            FROM reviews r JOIN village v ON v.code = r.vil_id GROUP BY v.township_code
        ), recount AS (
            SELECT twn_id, kind, 'hh_p.households' AS name, households AS n, [] AS sources FROM present
            UNION ALL SELECT twn_id, kind, 'hh_p.persons', persons, [] FROM present
            UNION ALL SELECT twn_id, kind, 'out5.' || reason || '_households', households, sources FROM removed
            UNION ALL SELECT twn_id, kind, 'out5.' || reason || '_persons', persons, sources FROM removed
            UNION ALL SELECT twn_id, kind, 'in_new.households', households, sources FROM added
            UNION ALL SELECT twn_id, '合计', name, n, [] FROM villages_with
        ), known AS (
            SELECT DISTINCT township_code FROM household
        ), compared AS (
            SELECT c.*, coalesce(r.n, 0) AS n, '按明细计算' AS basis, coalesce(r.sources, []) AS detail
            FROM cell c LEFT JOIN recount r ON r.twn_id = c.twn_id AND r.kind = c.kind AND r.name = c.name
            WHERE CASE WHEN c.kind = '合计' THEN (c.name = 'panel.formed' AND EXISTS (FROM panels))
                                              OR (c.name = 'panel.met' AND EXISTS (FROM reviews))
                       WHEN c.twn_id NOT IN (FROM known) THEN false
                       WHEN c.name LIKE 'out5.%' THEN EXISTS (FROM exits)
                       ELSE c.name LIKE 'hh_p.%' OR c.name = 'in_new.households' END
            UNION ALL
            SELECT t.*, u.value + r.value, '城市与农村相加', [u.source, r.source]
            FROM cell t JOIN cell u ON u.twn_id = t.twn_id AND u.name = t.name AND u.kind = '城市'
            JOIN cell r ON r.twn_id = t.twn_id AND r.name = t.name AND r.kind = '农村'
            WHERE t.kind = '合计' AND u.value IS NOT NULL AND r.value IS NOT NULL
        ), told AS (
            SELECT *, CASE unit WHEN '元' THEN yuan(value) ELSE value::VARCHAR END || unit AS stated,
                   CASE unit WHEN '元' THEN yuan(n) ELSE n::VARCHAR END || unit AS counted,
                   CASE unit WHEN '元' THEN yuan(abs(value - n)) ELSE abs(value - n)::VARCHAR END || unit AS difference
            FROM compared WHERE value <> n
        )
        SELECT kind || '|' || name || '|' || basis AS subject, twn_id AS township_code, title || stated AS observed,
               title || counted AS expected,
               '统计表' || kind || '“' || title || '”填报' || stated || '，' || basis || '为' || counted || '，'
               || CASE WHEN value > n THEN '多报' ELSE '少报' END || difference || '。' AS explanation,
               [source] || detail AS sources
        FROM told
        """,
        {"due": plan.date("self_report_due"), "begun": plan.date("self_inspection_start")},
    )
