"""二查: does the household's own arithmetic hold - income against the standard, grant, people (R13, R20, R22)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check
from dibao_lib.plan import Plan


@check(
    "O1",
    "收入超标",
    clauses=("R13",),
    severity="A",
    certainty="E0",
    needs=("households", "assessments", "standards"),
)
def income_reaches_standard(plan: Plan, today: dt.date) -> Query:
    """The latest assessment puts monthly income per head at or above the standard of that month.

    Caveat: households noted as 渐退期 or 单人保, where the plan allows these, are left out; a deduction for
    rigid expenses counts only when the assessment has already made it.
    """
    exceptions = ["渐退"] if plan.number("gradual_exit_months", today) > 0 else []
    exceptions += ["单人保"] if plan.value("single_person_cover", today) else []
    return Query(
        """
        WITH drawn AS (
            SELECT p.hh_id, sum(p.amt) AS amount_fen FROM payment p JOIN household h ON h.hh_id = p.hh_id
            WHERE p.type = '正常' AND p.month >= month_of(h.assessed_on) GROUP BY p.hh_id
        )
        SELECT h.hh_id AS household_id, month_of(h.assessed_on) AS period,
               '月人均' || yuan(h.assessed_pci) || '元' AS observed, '低于' || yuan(s.std) || '元' AS expected,
               coalesce(d.amount_fen, h.monthly) AS amount_fen, '低保证号' AS match_key,
               '标准' || yuan(s.std) || '元，核定月人均' || yuan(h.assessed_pci) || '元，'
               || CASE WHEN h.assessed_pci = s.std THEN '已达到标准'
                       ELSE '超出' || yuan(h.assessed_pci - s.std) || '元' END || '。' AS explanation,
               [h.source, h.assessed_source, s.source] AS sources
        FROM household h
        ASOF JOIN standard s ON s.kind = h.kind AND s.township_code = h.township_code
                            AND month_end(month_of(h.assessed_on)) >= s.effective
        LEFT JOIN drawn d ON d.hh_id = h.hh_id
        WHERE h.active AND h.assessed_pci - s.std >= $tolerance AND NOT mentions(h.remarks, $exceptions)
        """,
        {"tolerance": plan.number("income_tolerance", today), "exceptions": exceptions},
    )


@check(
    "O2",
    "补差计算错误",
    clauses=("R13", "R22"),
    severity="B",
    certainty="E0",
    needs=("households", "standards"),
)
def grant_differs_from_formula(plan: Plan, today: dt.date) -> Query:
    """The approved grant is not (standard - income per head) x covered persons, or the total is not grant plus top-ups.

    Caveat: the rounding rule and the tolerance are the plan's; 分档 and 全额 households are not judged by the formula,
    nor are those whose income reaches the standard.
    """
    return Query(
        """
        WITH present AS (
            SELECT h.*, month_end(this_month) AS month_end FROM household h, setting
            WHERE h.active AND h.method = '补差' AND h.pci IS NOT NULL
        ), due AS (
            SELECT p.*, s.std, s.source AS standard_source,
                   rounded((s.std - p.pci) * p.covered, $step, $mode) AS due, p.base + p.tops AS due_total
            FROM present p ASOF JOIN standard s ON s.kind = p.kind AND s.township_code = p.township_code
                                              AND p.month_end >= s.effective
            WHERE p.pci < s.std
        ), judged AS (
            SELECT *, coalesce(abs(base - due) > $tolerance, false) AS wrong_base,
                   coalesce(abs(total - due_total) > $tolerance, false) AS wrong_total
            FROM due
        )
        SELECT hh_id AS household_id, '低保证号' AS match_key,
               CASE WHEN wrong_base THEN '补差' || yuan(base) ELSE '合计' || yuan(total) END || '元' AS observed,
               CASE WHEN wrong_base THEN '补差' || yuan(due) ELSE '合计' || yuan(due_total) END || '元' AS expected,
               greatest(CASE WHEN wrong_base THEN abs(base - due) END,
                        CASE WHEN wrong_total THEN abs(total - due_total) END) AS amount_fen,
               phrases([
                   CASE WHEN wrong_base THEN '标准' || yuan(std) || '元，月人均收入' || yuan(pci)
                       || '元，保障' || covered || '人，应补差' || yuan(due) || '元，台账为' || yuan(base) || '元，'
                       || CASE WHEN base > due THEN '多' ELSE '少' END || yuan(abs(base - due)) || '元' END,
                   CASE WHEN wrong_total THEN '补差' || yuan(base) || '元加分类施保' || yuan(tops)
                       || '元应为' || yuan(due_total) || '元，台账合计' || yuan(total) || '元，'
                       || CASE WHEN total > due_total THEN '多' ELSE '少' END || yuan(abs(total - due_total)) || '元'
                   END
               ]) AS explanation,
               [source, assessed_source, standard_source] AS sources
        FROM judged WHERE wrong_base OR wrong_total
        """,
        {
            "step": plan.number("benefit_rounding", today),
            "mode": plan.value("benefit_rounding_mode", today),
            "tolerance": plan.number("benefit_tolerance", today),
        },
    )


@check("O3", "家庭人口勾稽", clauses=("R20",), severity="B", certainty="E1", needs=("households", "members"))
def household_figures_disagree(plan: Plan, today: dt.date) -> Query:
    """Family size, covered persons, member sheet and income per head of one household contradict each other.

    Caveat: many sheets do not repeat the head among the members: exactly one person short with the head missing is not
    reported. A household without member rows counts only where its township sent members of other households.
    """
    return Query(
        """
        WITH sheet AS (
            SELECT hh_id, count(*) AS persons, count(*) FILTER (is_cov) AS covered,
                   bool_or(is_cov IS NOT NULL) AS marked,
                   bool_or(is_head OR has_head_name) AS has_head, list(source ORDER BY source) AS sources
            FROM listed GROUP BY hh_id
        ), sending AS (
            SELECT DISTINCT h.township_code FROM sheet s JOIN household h ON h.hh_id = s.hh_id
        ), compared AS (
            SELECT h.hh_id, h.size, h.covered, h.own_pci, h.income_year, h.source, coalesce(s.persons, 0) AS persons,
                   s.covered AS persons_covered, coalesce(s.marked, false) AS marked, s.sources,
                   coalesce(coalesce(s.persons, 0) = h.size - 1, false) AND NOT coalesce(s.has_head, false) AS headless
            FROM household h JOIN sending t ON t.township_code = h.township_code LEFT JOIN sheet s ON s.hh_id = h.hh_id
            WHERE h.active
        ), told AS (
            SELECT *, list_filter([
                CASE WHEN size <> persons AND NOT headless
                     THEN ['家庭人口' || size || '人', '成员表' || persons || '人'] END,
                CASE WHEN covered <> persons_covered AND marked AND NOT headless
                     THEN ['保障人口' || covered || '人', '成员表中保障' || persons_covered || '人'] END,
                CASE WHEN covered > size
                     THEN ['保障人口' || covered || '人', '多于家庭人口' || size || '人'] END,
                CASE WHEN abs(own_pci * 12 * size - income_year) > $tolerance * 12 * size
                     THEN ['登记月人均收入' || yuan(own_pci) || '元',
                           '按年总收入折算' || yuan((2 * income_year + 12 * size) // (24 * size)) || '元'] END
            ], lambda p: p IS NOT NULL) AS pairs
            FROM compared
        )
        SELECT hh_id AS household_id, '低保证号' AS match_key,
               array_to_string(list_transform(pairs, lambda p: p[1]), '；') AS observed,
               array_to_string(list_transform(pairs, lambda p: p[2]), '；') AS expected,
               phrases(list_transform(pairs, lambda p: p[1] || '，' || p[2])) AS explanation,
               [source] || coalesce(sources, []) AS sources
        FROM told WHERE len(pairs) > 0
        """,
        {"tolerance": plan.number("household_tolerance", today)},
    )
