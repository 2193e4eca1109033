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
        WITH told AS (
            SELECT *, CASE unit WHEN '元' THEN yuan(value) ELSE value::VARCHAR END || unit AS stated,
                   CASE unit WHEN '元' THEN yuan(n) ELSE n::VARCHAR END || unit AS counted,
                   CASE unit WHEN '元' THEN yuan(abs(value - n)) ELSE abs(value - n)::VARCHAR END || unit AS difference
            FROM form_recount($begun, $due) WHERE value <> n
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
