"""二查: who is covered with whom and for how much, compared across households (R13, R14)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check
from dibao_lib.plan import Plan


@check("O12", "重复享受低保", clauses=("R13",), severity="A", certainty="E1", needs=("households", "members"))
def covered_twice(plan: Plan, today: dt.date) -> Query:
    """One 18-digit id is covered in two or more active households in the same months of the period.

    The finding stands at the household that began later. Caveat: the months of a marriage or a move, or one mistyped
    id, look the same: compare name, sex and date of birth.
    """
    return Query(
        """
        WITH person AS (
            SELECT m.* FROM member m WHERE m.active AND m.covered AND length(m.pid) = 18
            QUALIFY count(DISTINCT m.hh_id) OVER (PARTITION BY m.pid) > 1
        ), person_month AS (
            SELECT p.pid, p.hh_id, coalesce(p.start, '') AS start, p.source, c.month,
                   count(*) OVER (PARTITION BY p.pid, c.month) AS households
            FROM person p JOIN calendar c ON covers(p.start, p.left_on, p.stopped, c.month)
        ), shared AS (
            SELECT pid, hh_id, start, source, list(month ORDER BY month) AS months
            FROM person_month WHERE households > 1 GROUP BY ALL
        ), later AS (
            SELECT pid, max_by(hh_id, (start, hh_id)) AS hh_id, max_by(months, (start, hh_id)) AS months,
                   list(source ORDER BY start, hh_id) AS sources, count(*) AS households
            FROM shared GROUP BY pid
        ), paid AS (
            SELECT l.pid, sum(p.amt) AS amt FROM later l
            JOIN payment p ON p.hh_id = l.hh_id AND p.type = '正常' AND list_contains(l.months, p.month) GROUP BY l.pid
        )
        SELECT l.hh_id AS household_id, l.pid AS person_id, l.months[1] AS period,
               '在' || l.households || '户中享受' AS observed, '只在一户中享受' AS expected,
               p.amt // nullif(h.covered, 0) AS amount_fen, '18位身份证号' AS match_key,
               '一人同时列为' || l.households || '户的保障对象，' || zh_months(l.months) || '重叠'
               || coalesce('，在后纳入的一户中按人均领取' || yuan(p.amt // nullif(h.covered, 0)) || '元', '')
               || '。' AS explanation,
               [h.source] || l.sources AS sources
        FROM later l JOIN household h ON h.hh_id = l.hh_id LEFT JOIN paid p ON p.pid = l.pid
        WHERE len(l.months) >= $fewest
        """,
        {"fewest": plan.number("double_cover_months", today)},
    )


@check("O18", "平均发放", clauses=("R14",), severity="B", certainty="E2", needs=("households",))
def same_amount_for_all(plan: Plan, today: dt.date) -> Query:
    """In a village nearly every active household of one kind gets the same amount per covered person.

    Caveat: payment by tiers (分档) has few amounts by nature; villages that mostly pay so are left out.
    """
    share = plan.share("same_amount_share", today)
    return Query(
        """
        WITH amounts AS (
            SELECT village_code, kind, base // covered AS per_person, count(*) AS n,
                   count(*) FILTER (method = '分档') AS tiered, list(source ORDER BY hh_id) AS sources
            FROM household
            WHERE active AND base > 0 AND covered > 0 AND village_code IS NOT NULL AND kind IS NOT NULL
            GROUP BY village_code, kind, per_person
        ), places AS (
            SELECT village_code, kind, sum(n)::BIGINT AS households, sum(tiered) AS tiered, max(n) AS most,
                   min_by(per_person, (-n, per_person)) AS per_person, min_by(sources, (-n, per_person)) AS sources
            FROM amounts GROUP BY village_code, kind
        )
        SELECT kind AS subject, village_code,
               most || '户相同，占' || format('{:.1f}', 100.0 * most / households) || '%' AS observed,
               '按各户收入补差' AS expected,
               kind || '低保' || households || '户中有' || most || '户人均保障金同为' || yuan(per_person) || '元，占'
               || format('{:.1f}', 100.0 * most / households) || '%。' AS explanation, sources
        FROM places
        WHERE households >= $fewest AND most * $share_den >= households * $share_num AND 2 * tiered <= households
        """,
        {
            "fewest": plan.number("same_amount_households", today),
            "share_num": share.numerator,
            "share_den": share.denominator,
        },
    )
