"""一查: does money follow the standard - a new one must reach every payment (R10, R22)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check
from dibao_lib.plan import Plan


@check(
    "S5",
    "标准调整未执行",
    clauses=("R10", "R22"),
    severity="B",
    certainty="E1",
    needs=("standards", "households", "payments"),
    version=2,
)
def new_standard_not_applied(plan: Plan, today: dt.date) -> Query:
    """After the grace of a few pay cycles a 补差 household is still paid what the standard before gives.

    Where the new standard was paid once, a later cut is no standard left behind; nor is an amount that stays the same sum
    below one standard after another. Caveat: judged only where income per head did not change with the standard; what
    later back-pay settles is left out.
    """
    return Query(
        """
        WITH step AS (
            SELECT kind, township_code, effective, std, source,
                   lag(std) OVER (PARTITION BY kind, township_code ORDER BY effective) AS old_std
            FROM standard
        ), pay_month AS (
            SELECT y.kind, y.township_code, y.cycle, c.month, month_end(month_after(c.month, y.cycle - 1)) AS covered_to
            FROM cycle y, calendar c
        ), in_force AS (
            SELECT m.*, s.effective, s.std, s.old_std, s.source AS standard_source,
                   s.old_std <> s.std AND m.month >= month_after(month_of(s.effective), $grace * m.cycle) AS after_grace
            FROM pay_month m ASOF JOIN step s ON s.kind = m.kind AND s.township_code = m.township_code
                                             AND m.covered_to >= s.effective
        ), span AS (
            SELECT h.hh_id, h.source AS household_source, h.covered, h.tops, h.own_pci, h.start, h.left_on, h.stopped,
                   f.* FROM household h
            JOIN (SELECT DISTINCT kind, township_code, effective FROM in_force) f
                ON f.kind = h.kind AND f.township_code = h.township_code
            WHERE h.method = '补差' AND h.covered > 0
        ), at_change AS (
            SELECT s.*, coalesce(a.pci, s.own_pci) AS pci FROM span s
            ASOF LEFT JOIN assessment a ON a.hh_id = s.hh_id AND s.effective >= a.assessed_on
        ), changed AS (
            SELECT c.hh_id, c.effective, min(a.assessed_on) AS changed_on
            FROM at_change c JOIN assessment a ON a.hh_id = c.hh_id AND a.assessed_on > c.effective AND a.pci <> c.pci
            GROUP BY c.hh_id, c.effective
        ), paid AS (
            SELECT hh_id, month, sum(net) AS net FROM payment GROUP BY hh_id, month
        ), valued AS (
            SELECT c.*, f.month, f.cycle, f.after_grace, f.std, f.old_std, f.standard_source, p.net
            FROM at_change c LEFT JOIN changed x ON x.hh_id = c.hh_id AND x.effective = c.effective
            JOIN in_force f ON f.kind = c.kind AND f.township_code = c.township_code AND f.effective = c.effective
                 AND (x.changed_on IS NULL OR f.covered_to < x.changed_on)
                 AND covers(c.start, c.left_on, c.stopped, f.month)
            JOIN paid p ON p.hh_id = c.hh_id AND p.month = f.month
        ), priced AS (
            SELECT *, cycle * (rounded(greatest(0, std - pci) * covered, $step, $mode) + tops) AS new_due,
                   cycle * (rounded(greatest(0, old_std - pci) * covered, $step, $mode) + tops) AS old_due
            FROM valued
        ), judged AS (
            SELECT *, (new_due - net) / cycle AS short, abs(net - new_due) <= $tolerance * cycle AS is_new,
                   coalesce(abs(net - old_due) <= $tolerance * cycle, false) AS is_old,
                   min(month) FILTER (abs(net - new_due) <= $tolerance * cycle)
                       OVER (PARTITION BY hh_id, effective) AS applied_from
            FROM priced
        ), lagging AS (
            SELECT * FROM judged WHERE after_grace AND is_old AND NOT is_new AND coalesce(month < applied_from, true)
        ), steady AS (
            SELECT DISTINCT l.hh_id, l.effective FROM lagging l
            JOIN judged o ON o.hh_id = l.hh_id AND o.effective <> l.effective
            WHERE NOT o.is_new AND NOT o.is_old AND abs(o.short - l.short) <= $tolerance
        ), wrong AS (
            SELECT hh_id, household_source, list(month ORDER BY month) AS months, max(std) AS std,
                   min(old_std) AS old_std, sum(new_due - net)::BIGINT AS short, sum(net)::BIGINT AS net,
                   sum(new_due)::BIGINT AS new_due, max(standard_source) AS standard_source
            FROM lagging ANTI JOIN steady USING (hh_id, effective) GROUP BY hh_id, household_source
        ), paid_row AS (
            SELECT w.hh_id, list(p.source ORDER BY p.month, p.source_file, p.source_sheet, p.source_row) AS sources
            FROM wrong w JOIN payment p ON p.hh_id = w.hh_id AND list_contains(w.months, p.month) GROUP BY w.hh_id
        ), settled AS (
            SELECT w.hh_id FROM wrong w JOIN payment p ON p.hh_id = w.hh_id AND p.type = '补发' AND p.month > w.months[1]
                 AND NOT list_contains(w.months, p.month)
            GROUP BY w.hh_id, w.short HAVING sum(p.amt) >= w.short
        )
        SELECT w.hh_id AS household_id, w.months[1] AS period, '仍按' || yuan(old_std) || '元的标准发放' AS observed,
               '按' || yuan(std) || '元的标准发放' AS expected, abs(short) AS amount_fen, '低保证号' AS match_key,
               zh_months(months) || '仍按原标准' || yuan(old_std) || '元发放' || yuan(net) || '元，按新标准' || yuan(std)
               || '元应发' || yuan(new_due) || '元，' || CASE WHEN short > 0 THEN '少' ELSE '多' END || '发'
               || yuan(abs(short)) || '元。' AS explanation,
               [household_source, standard_source] || r.sources AS sources
        FROM wrong w JOIN paid_row r ON r.hh_id = w.hh_id ANTI JOIN settled s ON s.hh_id = w.hh_id
        """,
        {
            "grace": plan.number("standard_applied_grace", today),
            "tolerance": plan.number("standard_applied_tolerance", today),
            "step": plan.number("benefit_rounding", today),
            "mode": plan.value("benefit_rounding_mode", today),
        },
    )
