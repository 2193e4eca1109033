"""Each figure of the self-inspection's three forms against the recount from detail and what the team saw (R33, R45, R47, R62)."""

from __future__ import annotations

import duckdb
import pandas as pd

from dibao_lib.plan import Plan

COLUMNS = ("township_code", "form", "kind", "item", "unit", "reported", "recounted", "basis", "outcome", "seen")
AGREES, DIFFERS, NOT_COUNTED = "相符", "不符", "没有明细可核"

_ITEMS = """
WITH recount AS (
    FROM form_recount($begun, $due)
), door AS (
    SELECT c.* REPLACE (h.n AS n, '应逐户核查' AS basis)
    FROM recount c JOIN recount h ON h.twn_id = c.twn_id AND h.kind = c.kind AND h.n IS NOT NULL
                                 AND h.name = replace(c.name, 'checked.', 'hh_p.') AND h.basis = '按明细计算'
    WHERE c.name LIKE 'checked.%' AND c.basis = '按明细计算'
), first_form AS (
    SELECT twn_id, '专项治理工作情况统计表' AS form, kind, name, title AS item, unit, value, n, basis
    FROM (FROM recount UNION ALL FROM door)
    QUALIFY n IS NOT NULL OR count(n) OVER (PARTITION BY twn_id, kind, name) = 0
), filed AS (
    SELECT c.twn_id, f.* FROM filings f JOIN (SELECT DISTINCT cad_pid, twn_id FROM cadres) c ON c.cad_pid = f.cad_pid
    WHERE f.nil = false AND f.hh_id IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY c.twn_id, f.hh_id ORDER BY f.source_file, f.source_sheet, f.source_row) = 1
), cadre AS (
    SELECT c.twn_id, count(DISTINCT c.cad_pid) AS n_cad, count(DISTINCT f.cad_pid) AS n_filed
    FROM cadres c LEFT JOIN filings f ON f.cad_pid = c.cad_pid GROUP BY c.twn_id
), relative AS (
    SELECT twn_id, count(*) FILTER (relation <> '本人') AS kin_hh, sum(persons) FILTER (relation <> '本人') AS kin,
           count(*) FILTER (relation = '本人') AS own_hh, sum(persons) FILTER (relation = '本人') AS own,
           count(*) FILTER (verdict = '符合') AS ok_hh, sum(persons) FILTER (verdict = '符合') AS ok,
           count(*) FILTER (action IN ('清退', '主动退出')) AS out_hh,
           sum(persons) FILTER (action IN ('清退', '主动退出')) AS gone,
           sum(amt) FILTER (action IN ('清退', '主动退出')) AS amt
    FROM filed GROUP BY twn_id
), second_form AS (
    SELECT s.twn_id, '干部及亲属享受低保统计表' AS form, '合计' AS kind, c.* FROM stat_filings s
    LEFT JOIN cadre a ON a.twn_id = s.twn_id LEFT JOIN relative r ON r.twn_id = s.twn_id,
    LATERAL (VALUES
        ('n_cad', '干部人数', '人', s.n_cad, a.n_cad, '按干部名册计算'),
        ('n_filed', '已填报人数', '人', s.n_filed, a.n_filed, '按备案表计算'),
        ('n_cad_db', '干部本人享受户数', '户', s.n_cad_db.households, coalesce(r.own_hh, 0), '按备案表计算'),
        ('n_rel_db', '亲属享受户数', '户', s.n_rel_db.households, coalesce(r.kin_hh, 0), '按备案表计算'),
        ('n_rel_db.persons', '亲属享受人数', '人', s.n_rel_db.persons, coalesce(r.kin, 0), '按备案表计算'),
        ('n_ok', '符合条件户数', '户', s.n_ok.households, coalesce(r.ok_hh, 0), '按备案表计算'),
        ('n_out', '清退户数', '户', s.n_out.households, coalesce(r.out_hh, 0), '按备案表计算'),
        ('n_out.persons', '清退人数', '人', s.n_out.persons, coalesce(r.gone, 0), '按备案表计算'),
        ('amt_out', '涉及月金额', '元', s.amt_out, coalesce(r.amt, 0), '按备案表计算')
    ) AS c(name, item, unit, value, n, basis)
    QUALIFY row_number() OVER (PARTITION BY s.twn_id, c.name ORDER BY s.filed_on DESC NULLS LAST, s.source_file,
                               s.source_row) = 1
), voted AS (
    SELECT v.township_code AS twn_id, r.hh_id, arg_max(r.result, coalesce(r.met_on, DATE '1900-01-01')) AS result
    FROM reviews r JOIN village v ON v.code = r.vil_id GROUP BY ALL
), meeting AS (
    SELECT vil_id, coalesce(max(met_on), $review_due) AS met_on FROM reviews GROUP BY vil_id
), third_form AS (
    SELECT v.twn_id, '评议结果汇总表' AS form, '合计' AS kind, c.* FROM (
        SELECT twn_id, count(*) AS n, count(*) FILTER (result = '不符合') AS bad FROM voted GROUP BY twn_id) v
    JOIN (SELECT h.township_code, count(*) AS n FROM household h LEFT JOIN meeting m ON m.vil_id = h.village_code
          WHERE h.hh_id IN (SELECT hh_id FROM voted)
                OR (active_on(h.start, h.left_on, h.stopped, coalesce(m.met_on, $review_due))
                    AND (h.start IS NULL OR h.start < month_of(coalesce(m.met_on, $review_due))))
          GROUP BY h.township_code) h ON h.township_code = v.twn_id
    JOIN (SELECT v.twn_id, count(*) FILTER (h.hh_id IS NULL OR NOT h.active) AS n FROM voted v
          LEFT JOIN household h ON h.hh_id = v.hh_id WHERE v.result = '不符合' GROUP BY v.twn_id
          UNION SELECT twn_id, 0 FROM voted GROUP BY twn_id HAVING count(*) FILTER (result = '不符合') = 0) g
         ON g.twn_id = v.twn_id,
    LATERAL (VALUES ('voted', '评议户数', '户', v.n, h.n, '评议时应评议户数'),
                    ('bad', '评议不符合户数', '户', v.bad, g.n, '其中已退出户数')
    ) AS c(name, item, unit, value, n, basis)
), item AS (
    FROM first_form UNION ALL BY NAME FROM second_form UNION ALL BY NAME FROM third_form
), visit AS (
    SELECT h.township_code AS twn_id, h.kind, count(*) AS n, count(*) FILTER (v.found = '户在人在') AS home,
           count(*) FILTER (v.found = '人户分离') AS apart, count(*) FILTER (v.found = '死亡') AS dead
    FROM (FROM visits QUALIFY row_number() OVER (PARTITION BY hh_id ORDER BY "on" DESC NULLS LAST, source_file,
                                                 source_sheet, source_row) = 1) v
    JOIN household h ON h.hh_id = v.hh_id GROUP BY GROUPING SETS ((1, 2), (1))
), paid_on AS (
    SELECT h.township_code AS twn_id, count(DISTINCT h.hh_id) AS n FROM household h
    JOIN payment p ON p.hh_id = h.hh_id AND p.type = '正常' AND p.month > month_of(h.left_on)
    WHERE h.left_on BETWEEN $begun AND $ended GROUP BY h.township_code
), hearing AS (
    SELECT v.township_code AS twn_id, count(DISTINCT coalesce(e.hear_id, e.source_row::VARCHAR)) AS n
    FROM hearings e JOIN village v ON v.code = e.vil_id GROUP BY v.township_code
)
SELECT i.twn_id AS township_code, i.form, i.kind, i.item, i.unit, i.value AS reported, i.n AS recounted, i.basis,
       CASE WHEN i.n IS NULL THEN '没有明细可核' WHEN i.value = i.n THEN '相符' ELSE '不符' END AS outcome,
       CASE WHEN i.name = 'hh_p.households' AND v.n > 0 THEN '入户核查' || v.n || '户：户在人在' || v.home || '户，人户分离'
                 || v.apart || '户，死亡' || v.dead || '户'
            WHEN i.name = 'panel.met' AND e.n > 0 THEN '检查组召开听证会' || e.n || '次'
            WHEN i.name IN ('bad', 'n_out') AND p.n > 0 THEN '自查期间清退的户中' || p.n || '户清退后仍有发放'
            ELSE '' END AS seen
FROM item i LEFT JOIN visit v ON v.twn_id = i.twn_id AND coalesce(v.kind, '合计') = i.kind
LEFT JOIN paid_on p ON p.twn_id = i.twn_id LEFT JOIN hearing e ON e.twn_id = i.twn_id
WHERE i.value IS NOT NULL
ORDER BY i.twn_id, i.form DESC, i.kind = '合计', i.kind, i.name, i.basis
"""


def self_inspection_items(connection: duckdb.DuckDBPyConnection, plan: Plan) -> pd.DataFrame:
    """The self-inspection performed again item by item.

    Args:
        connection: with the relations of the checks (`open_views`).
        plan: the plan in force.

    Returns:
        One row a filled figure and way of counting it. Columns: township_code, form, kind (城市, 农村, 合计), item, unit
        (户, 人, 个, 件, 元), reported and recounted (Int64; fen where the unit is 元; recounted empty where no list was
        imported to count from), basis (how it was counted), outcome (相符, 不符, 没有明细可核), seen (what the team
        saw of it, "" when nothing).

    Source: 方案 R62 对自查自纠情况逐项核实.
    """
    rows = connection.execute(
        _ITEMS,
        {
            "begun": plan.date("self_inspection_start"),
            "ended": plan.date("self_inspection_end"),
            "due": plan.date("self_report_due"),
            "review_due": plan.date("panel_review_due"),
        },
    ).df()
    return rows.astype({"reported": "Int64", "recounted": "Int64"})
