"""四查: do the register, the information system and the payment lists name the same households (R19, R20)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check
from dibao_lib.plan import Plan


@check(
    "G1",
    "三方名单不符",
    clauses=("R20",),
    severity="A",
    certainty="E1",
    needs=("households", "system_export", "payments"),
)
def three_lists_differ(plan: Plan, today: dt.date) -> Query:
    """In the month of the system's export a household is not in all three lists, or their amounts differ.

    A list is judged only for a township that sent it for that month. Caveat: lists close on different days, so
    households that came or went in the months beside it are left out, as are amounts where back-pay or a new standard
    lies between.
    """
    return Query(
        """
        WITH export AS (
            SELECT e.hh_id, e.head, e.total, e.exported_on, coalesce(e.twn_id, l.twn_id) AS township_code,
                   coalesce(e.kind, l.kind) AS kind, month_of(e.exported_on) AS month,
                   coalesce(e.status, '在保') = '在保' AS live,
                   place_of(e.source_file, e.source_sheet, e.source_row) AS source
            FROM system_export e LEFT JOIN ledger l ON l.hh_id = e.hh_id WHERE e.exported_on <= $today
            QUALIFY row_number() OVER (PARTITION BY e.hh_id ORDER BY e.exported_on DESC, e.source_file, e.source_sheet,
                                       e.source_row) = 1
        ), compared AS (
            SELECT township_code, max(month) AS month FROM export WHERE township_code IS NOT NULL GROUP BY township_code
        ), pay_month AS (
            SELECT t.township_code, y.kind, y.cycle, t.month, CASE y.cycle WHEN 3 THEN c.quarter_first ELSE c.month END AS paid_in
            FROM compared t JOIN cycle y ON y.township_code = t.township_code JOIN calendar c ON c.month = t.month
            WHERE EXISTS (FROM payment p WHERE p.township_code = t.township_code AND p.kind = y.kind
                          AND p.month = CASE y.cycle WHEN 3 THEN c.quarter_first ELSE c.month END)
        ), paid AS (
            SELECT p.hh_id, m.township_code, sum(p.net)::BIGINT // any_value(m.cycle) AS amt, bool_and(p.type = '正常') AS plain,
                   list(p.source ORDER BY p.source_file, p.source_sheet, p.source_row) AS sources
            FROM payment p JOIN pay_month m ON m.township_code = p.township_code AND m.kind = p.kind AND m.paid_in = p.month
            GROUP BY p.hh_id, m.township_code HAVING sum(p.net) > 0
        ), register AS (
            SELECT h.hh_id, h.township_code, h.kind, h.monthly, h.source, t.month,
                   covers(h.start, h.left_on, h.stopped, t.month) AS covered,
                   h.start BETWEEN month_after(t.month, -1) AND month_after(t.month, 1)
                   OR month_of(h.left_on) BETWEEN month_after(t.month, -1) AND month_after(t.month, 1) AS moving,
                   m.cycle IS NOT NULL AND (m.cycle = 1 OR (covers(h.start, h.left_on, h.stopped, m.paid_in)
                       AND covers(h.start, h.left_on, h.stopped, month_after(m.paid_in, 2)))) AS payable
            FROM household h JOIN compared t ON t.township_code = h.township_code
            LEFT JOIN pay_month m ON m.township_code = h.township_code AND m.kind = h.kind
        ), joined AS (
            SELECT coalesce(r.hh_id, e.hh_id) AS hh_id, r.hh_id IS NOT NULL AS known,
                   coalesce(r.township_code, e.township_code) AS township_code, coalesce(r.month, e.month) AS month,
                   coalesce(r.covered, false) AS in_register, coalesce(e.live, false) AS in_system,
                   p.hh_id IS NOT NULL AS in_payments, coalesce(r.payable, false) AS payable, coalesce(r.moving, false) AS moving,
                   r.monthly, e.total, p.amt, p.plain,
                   EXISTS (FROM standard s, setting WHERE s.kind = r.kind AND s.township_code = r.township_code
                           AND s.effective > month_end(r.month) AND s.effective <= today) AS new_standard,
                   list_filter([r.source, e.source], lambda s: s IS NOT NULL) || coalesce(p.sources, []) AS sources
            FROM register r
            FULL JOIN (SELECT e.* FROM export e JOIN compared t USING (township_code, month)) e ON e.hh_id = r.hh_id
            LEFT JOIN paid p ON p.hh_id = r.hh_id
        ), judged AS (
            SELECT *, greatest(CASE WHEN NOT new_standard THEN abs(monthly - total) END,
                               CASE WHEN plain THEN abs(amt - total) END) AS gap,
                   in_register <> in_system OR (in_payments AND NOT in_register) OR (in_register AND payable AND NOT in_payments)
                   AS absent
            FROM joined WHERE NOT moving AND (in_register OR in_system OR in_payments)
        )
        SELECT township_code, CASE WHEN known THEN hh_id END AS household_id, CASE WHEN known THEN '' ELSE hh_id END AS subject,
               month AS period,
               CASE WHEN absent THEN concat_ws('、', CASE WHEN in_register THEN '台账有' ELSE '台账没有' END,
                                               CASE WHEN in_system THEN '系统有' ELSE '系统没有' END,
                                               CASE WHEN in_payments THEN '发放表有'
                                                    WHEN payable OR NOT in_register THEN '发放表没有' END)
                    ELSE '三方金额不同' END AS observed,
               '三方名单、金额一致' AS expected, CASE WHEN absent THEN coalesce(monthly, total, amt) ELSE gap END AS amount_fen,
               '低保证号' AS match_key,
               zh_month(month) || '：' || array_to_string(list_filter([
                   CASE WHEN in_register THEN coalesce('台账月保障' || yuan(monthly) || '元', '台账在保') ELSE '不在台账在保名单' END,
                   CASE WHEN in_system THEN coalesce('信息系统' || yuan(total) || '元', '信息系统在保') ELSE '信息系统没有' END,
                   CASE WHEN in_payments THEN '发放折合每月' || yuan(amt) || '元'
                        WHEN payable OR NOT in_register THEN '发放表没有' END], lambda s: s IS NOT NULL), '，') || '。' AS explanation,
               sources
        FROM judged WHERE absent OR (in_register AND in_system AND gap > $tolerance)
        """,
        {"today": today, "tolerance": plan.number("payment_tolerance", today)},
    )
