"""专项: did the teams look again, where and what did they find - visits and draws of the third stage (R56-R58, R62, R65)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from dibao_lib.checks.rule import Query, check
from dibao_lib.plan import Plan


@check("C4", "自查不实", clauses=("R62", "R65"), severity="A", certainty="E1", needs=("visits", "households"))
def self_inspection_untrue(plan: Plan, today: dt.date) -> Query:
    """Among a township's households visited again, more had problems self-inspection did not report than chance allows.

    A problem is a visit's opinion to adjust or remove, or a death, that existed when self-inspection ended: whoever came
    later or died later does not count. The limits are exact (Clopper-Pearson), rounded outward to a tenth of a percent.
    Caveat: changes in a household's life after that day look alike; a visit still in doubt (待查) is no problem yet.
    """
    alert, confidence = plan.share("concealment_alert", today), plan.share("concealment_confidence", today)
    return Query(
        """
        WITH visit AS (
            SELECT v.hh_id, v.view, v.found, place_of(v.source_file, v.source_sheet, v.source_row) AS source
            FROM visits v WHERE v."on" > $ended AND v."on" <= $today
            QUALIFY row_number() OVER (PARTITION BY v.hh_id ORDER BY v."on" DESC, v.source_file, v.source_sheet,
                                       v.source_row) = 1
        ), dead AS (
            SELECT DISTINCT m.hh_id FROM member m JOIN registers r ON r.pid = m.pid AND r.reg = '死亡' AND r."from" <= $ended
        ), reported AS (
            SELECT hh_id FROM exits WHERE coalesce(route, '') <> '检查清退'
            UNION SELECT hh_id FROM reviews WHERE result = '不符合' AND met_on <= $ended
            UNION SELECT hh_id FROM filings WHERE (verdict = '不符合' OR action IN ('清退', '主动退出'))
                                                  AND coalesce(filed_on, $ended) <= $ended
            UNION SELECT v.hh_id FROM visit v JOIN rectifications r ON r.route = '自查' AND contains(r.what, v.hh_id)
        ), judged AS (
            SELECT h.township_code, v.hh_id, v.source,
                   CASE WHEN v.found = '死亡' THEN v.hh_id IN (FROM dead) ELSE coalesce(v.view IN ('调整', '退出'), false) END
                   AND v.hh_id NOT IN (SELECT hh_id FROM reported WHERE hh_id IS NOT NULL) AS concealed
            FROM visit v JOIN household h ON h.hh_id = v.hh_id
            WHERE h.township_code IS NOT NULL AND (h.start IS NULL OR h.start <= month_of($ended))
        ), counted AS (
            SELECT township_code, count(*) AS n, count(*) FILTER (concealed) AS k,
                   list(source ORDER BY hh_id) FILTER (concealed) AS sources
            FROM judged GROUP BY township_code HAVING k * $alert_den > n * $alert_num
        ), rate AS (
            SELECT $alert_num / $alert_den AS p, true AS asked UNION SELECT unnest(range(1, 1000)) / 1000, false
        ), chance AS (
            SELECT c.township_code, r.p, r.asked, list_transform(range(0, n + 1), lambda i:
                       exp(lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * ln(r.p) + (n - i) * ln(1 - r.p))) AS of, c.k
            FROM counted c, rate r
        ), bound AS (
            SELECT township_code, coalesce(max(p) FILTER (NOT asked AND list_sum(of[k + 1:]) <= $tail), 0) AS lower,
                   coalesce(min(p) FILTER (NOT asked AND list_sum(of[:k + 1]) <= $tail), 1) AS upper,
                   bool_or(asked AND list_sum(of[k + 1:]) < $tail) AS above
            FROM chance GROUP BY township_code
        )
        SELECT c.township_code, k || '户自查未报' AS observed,
               '自查不实率的下限不高于' || format('{:.1f}', 100 * $alert_num / $alert_den) || '%' AS expected,
               '复核' || n || '户，有' || k || '户的问题自查没有报告，占' || format('{:.1f}', 100 * k / n) || '%（'
               || format('{:.0f}', 100 * (1 - 2 * $tail)) || '%置信区间' || format('{:.1f}', 100 * lower) || '%至'
               || format('{:.1f}', 100 * upper) || '%），下限高于' || format('{:.1f}', 100 * $alert_num / $alert_den) || '%。'
               AS explanation, c.sources
        FROM counted c JOIN bound b ON b.township_code = c.township_code WHERE b.above
        """,
        {
            "today": today,
            "ended": plan.date("self_inspection_end"),
            "alert_num": alert.numerator,
            "alert_den": alert.denominator,
            "tail": float((1 - confidence) / 2),
        },
    )


@check(
    "C5",
    "督查与交叉检查覆盖",
    clauses=("R56", "R57", "R58"),
    severity="A",
    certainty="E1",
    needs=("drawn", "households"),
    version=2,
)
def too_few_townships_inspected(plan: Plan, today: dt.date) -> Query:
    """Fewer townships were drawn or, in the end, inspected than the plan's shares, or one is inspected by its own people.

    Draws are told by 督查 and 交叉检查 in their names; a township counts once. It was inspected when a visit or hearing
    of the third stage is on record. Before the stage ends a short draw is a lead (B), as it can be extended. Caveat:
    who inspects whom is read from the assignment on file (draws/teams), which may have been written by hand.
    """
    quotas = plan.quotas
    return Query(
        """
        WITH quota AS (
            SELECT unnest(['督查', '交叉检查']) AS kind, unnest([$supervised::BIGINT, $crossed::BIGINT]) AS needed
        ), inspected AS (
            SELECT DISTINCT h.township_code AS unit FROM visits v JOIN household h ON h.hh_id = v.hh_id
            WHERE v."on" BETWEEN $begun AND $due
            UNION SELECT DISTINCT v.township_code FROM hearings e JOIN village v ON v.code = e.vil_id
            WHERE e."on" BETWEEN $begun AND $due
        ), counted AS (
            SELECT q.kind, q.needed, count(DISTINCT d.unit) AS drawn,
                   count(DISTINCT d.unit) FILTER (d.unit IN (FROM inspected)) AS done,
                   list(DISTINCT d.source ORDER BY d.source) FILTER (d.source IS NOT NULL) AS sources
            FROM quota q LEFT JOIN drawn d ON d.level = 'township' AND contains(d.draw, q.kind) GROUP BY q.kind, q.needed
        ), whole AS (
            SELECT count(DISTINCT unit) AS together, list(DISTINCT source ORDER BY source) AS sources
            FROM drawn WHERE level = 'township'
        )
        SELECT kind AS subject, NULL AS township_code, '抽中' || drawn || '个，已检查' || done || '个' AS observed,
               '不少于' || needed || '个乡镇（街道）' AS expected,
               $townships || '个乡镇（街道）' || kind || '应覆盖' || needed || '个，抽中' || drawn || '个，'
               || CASE WHEN today > $due THEN '至' || zh_day($due) || '有检查记录的' || done || '个，' ELSE '' END
               || '督查和交叉检查合计抽中' || together || '个。' AS explanation,
               coalesce(c.sources, w.sources) AS sources, CASE WHEN today <= $due THEN 'B' END AS severity
        FROM counted c, whole w, setting
        WHERE together > 0 AND (drawn < needed OR (today > $due AND done < needed AND EXISTS (FROM inspected)))
        UNION ALL
        SELECT '分工|' || draw, unit, '由本乡镇（街道）人员检查', '由其他乡镇（街道）人员检查',
               '“' || draw || '”的检查分工安排本乡镇（街道）的人员检查本乡镇（街道），应改由其他乡镇（街道）的人员检查。',
               list(source ORDER BY source), NULL
        FROM inspecting WHERE team = unit GROUP BY draw, unit
        """,
        {
            "townships": len(plan.townships),
            "supervised": _ceiling(len(plan.townships), quotas.supervision),
            "crossed": _ceiling(len(plan.townships), quotas.cross_inspection),
            "begun": plan.date("supervision_start"),
            "due": plan.date("supervision_due"),
        },
    )


def _ceiling(count: int, share: Fraction) -> int:
    """The fewest whole units that cover a share of them."""
    return -(-count * share.numerator // share.denominator)
