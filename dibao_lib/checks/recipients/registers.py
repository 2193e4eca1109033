"""二查: what other bureaus' registers say about the same 18-digit id (R13, R35); names are never matched."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check, words
from dibao_lib.plan import Plan


@check(
    "O4",
    "死亡人员领取",
    clauses=("R13", "R35"),
    severity="A",
    certainty="E0",
    needs=("households", "members", "payments", "registers:死亡"),
)
def paid_after_death(plan: Plan, today: dt.date) -> Query:
    """The household is paid for a covered member later than the months of grace after that person's death.

    The amount is the person's share of those payments. Caveat: the date of death is the register's, and months from
    the person's exit on are not counted; without a cut-off date of the register it is a lead (B).
    """
    return Query(
        """
        WITH death AS (
            SELECT pid, "from" AS died_on, "asof" AS cutoff, place_of(source_file, source_sheet, source_row) AS source
            FROM registers WHERE reg = '死亡' AND length(pid) = 18 AND "from" IS NOT NULL
            QUALIFY row_number() OVER (PARTITION BY pid ORDER BY "from", "asof" DESC NULLS LAST,
                                       source_file, source_sheet, source_row) = 1
        ), late AS (
            SELECT m.hh_id, m.pid, d.died_on, d.cutoff, m.source AS member_source, d.source AS death_source,
                   list(DISTINCT p.month ORDER BY p.month) AS months, sum(p.amt) AS paid,
                   list(p.source ORDER BY p.month, p.source_file, p.source_sheet, p.source_row) AS sources
            FROM member m JOIN death d ON d.pid = m.pid
            JOIN payment p ON p.hh_id = m.hh_id AND p.type = '正常'
                          AND p.month > month_after(month_of(d.died_on), $grace)
                          AND (m.left_on IS NULL OR p.month < month_of(m.left_on))
            WHERE m.covered GROUP BY ALL
        )
        SELECT l.hh_id AS household_id, l.pid AS person_id, l.months[1] AS period,
               '死亡后发放' || len(l.months) || '次' AS observed,
               zh_month(month_after(month_of(l.died_on), $grace + 1)) || '起停发' AS expected,
               l.paid // nullif(h.covered, 0) AS amount_fen, '18位身份证号' AS match_key,
               '一名保障对象' || zh_day(l.died_on) || '死亡，' || zh_months(l.months) || '仍按原人数发放'
               || coalesce('，其应停发部分共' || yuan(l.paid // nullif(h.covered, 0)) || '元', '')
               || CASE WHEN l.cutoff IS NULL THEN '（死亡登记没有数据截止日，须核实）' ELSE '' END
               || '。' AS explanation,
               [h.source, l.member_source, l.death_source] || l.sources AS sources,
               CASE WHEN l.cutoff IS NULL THEN 'B' END AS severity
        FROM late l JOIN household h ON h.hh_id = l.hh_id
        """,
        {"grace": plan.number("death_grace_months", today)},
    )


@check(
    "O5",
    "财政供养人员享受",
    clauses=("R13",),
    severity="A",
    certainty="E1",
    needs=("households", "members", "registers:财政供养"),
)
def on_public_payroll(plan: Plan, today: dt.date) -> Query:
    """A member is on the public payroll in months of the period in which the household was covered.

    Caveat: public-welfare posts, survivors' allowances and casual work stand in payroll lists too and are left out by
    the plan's words. It is a lead (B) when the list has no cut-off date or the person is not covered himself.
    """
    return Query(
        """
        WITH post AS (
            SELECT pid, coalesce("from", "asof") AS since, "to" AS until, "asof" AS cutoff,
                   place_of(source_file, source_sheet, source_row) AS source
            FROM registers
            WHERE reg = '财政供养' AND length(pid) = 18
              AND NOT mentions(attr, $excluded) AND NOT mentions(item, $excluded)
        ), both_months AS (
            SELECT m.hh_id, m.pid, m.covered, m.source AS member_source, c.month,
                   bool_or(r.cutoff IS NOT NULL) AS dated, list(r.source) AS sources
            FROM member m JOIN post r ON r.pid = m.pid
            JOIN calendar c ON covers(m.start, m.left_on, m.stopped, c.month)
                           AND (r.since IS NULL OR month_of(r.since) <= c.month)
                           AND (r.until IS NULL OR c.month <= month_of(r.until))
            GROUP BY ALL
        ), paid AS (
            SELECT hh_id, month, sum(amt) AS amt FROM payment WHERE type = '正常' GROUP BY hh_id, month
        ), person AS (
            SELECT b.hh_id, b.pid, b.covered, b.member_source, bool_and(b.dated) AS dated, sum(p.amt) AS amount_fen,
                   list(b.month ORDER BY b.month) AS months,
                   list_sort(list_distinct(flatten(list(b.sources)))) AS sources
            FROM both_months b LEFT JOIN paid p ON p.hh_id = b.hh_id AND p.month = b.month GROUP BY ALL
        )
        SELECT x.hh_id AS household_id, x.pid AS person_id, x.months[1] AS period,
               '重叠' || len(x.months) || '个月' AS observed, '不重叠' AS expected, x.amount_fen,
               '18位身份证号' AS match_key, '一名家庭成员' || zh_months(x.months) || '既在财政供养名单上，又在低保户内'
               || coalesce('，同期该户领取' || yuan(x.amount_fen) || '元', '')
               || CASE WHEN NOT x.dated THEN '（财政供养名单没有数据截止日，须核实）'
                       WHEN NOT x.covered THEN '（本人不在保障人口内，须重新核算家庭收入）' ELSE '' END
               || '。' AS explanation,
               [h.source, x.member_source] || x.sources AS sources,
               CASE WHEN NOT x.dated OR NOT x.covered THEN 'B' END AS severity
        FROM person x JOIN household h ON h.hh_id = x.hh_id
        """,
        {"excluded": words(plan, "payroll_excluded_posts", today)},
    )


@check(
    "O8",
    "名下有车辆",
    clauses=("R13",),
    severity="B",
    certainty="E2",
    needs=("households", "members", "registers:机动车"),
)
def owns_vehicle(plan: Plan, today: dt.date) -> Query:
    """A member of an active household owns a registered motor vehicle that the plan does not exempt.

    Caveat: it may be sold and not yet transferred, registered on a borrowed id, or serve a disabled person.
    """
    return Query(
        """
        WITH vehicle AS (
            SELECT pid, coalesce(item, place_of(source_file, source_sheet, source_row)) AS plate,
                   place_of(source_file, source_sheet, source_row) AS source
            FROM registers, setting
            WHERE reg = '机动车' AND length(pid) = 18 AND coalesce(status, '正常') = '正常'
              AND NOT mentions(attr, $exempt) AND ("from" IS NULL OR "from" <= today) AND ("to" IS NULL OR "to" > today)
        )
        SELECT h.hh_id AS household_id, m.pid AS person_id, '车辆' || count(DISTINCT v.plate) || '辆' AS observed,
               '无车辆' AS expected, h.monthly AS amount_fen, '18位身份证号' AS match_key,
               '一名家庭成员名下有正常状态的机动车' || count(DISTINCT v.plate) || '辆'
               || coalesce('，该户月保障金' || yuan(h.monthly) || '元', '') || '。' AS explanation,
               [h.source, m.source] || list(v.source ORDER BY v.source) AS sources
        FROM member m JOIN vehicle v ON v.pid = m.pid JOIN household h ON h.hh_id = m.hh_id
        WHERE m.active GROUP BY h.hh_id, m.pid, h.monthly, h.source, m.source
        """,
        {"exempt": words(plan, "exempt_vehicle_types", today)},
    )
