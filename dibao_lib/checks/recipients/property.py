"""二查: houses, businesses and incomes that other bureaus' registers show (R13); matched by 18-digit id only."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check, words
from dibao_lib.plan import Plan


@check(
    "O9",
    "房产异常",
    clauses=("R13",),
    severity="B",
    certainty="E2",
    needs=("households", "members", "registers:不动产"),
)
def owns_second_home(plan: Plan, today: dt.date) -> Query:
    """A household owns two homes, a shop, or a home bought shortly before its approval or after it.

    Caveat: resettlement, rebuilt dangerous homes and inherited shares are left out by the plan's words; rural
    homesteads are rarely registered.
    """
    return Query(
        """
        WITH owned AS (
            SELECT pid, coalesce(item, place_of(source_file, source_sheet, source_row)) AS unit, "from" AS bought_on,
                   mentions(attr, $shops) AS shop, place_of(source_file, source_sheet, source_row) AS source
            FROM registers, setting
            WHERE reg = '不动产' AND length(pid) = 18 AND coalesce(status, '') NOT IN ('注销', '已注销')
              AND NOT mentions(concat_ws(' ', attr, item, status), $exempt)
              AND ("from" IS NULL OR "from" <= today) AND ("to" IS NULL OR "to" > today)
        ), approved AS (
            SELECT hh_id, max(approve) AS approve FROM case_events GROUP BY hh_id
        ), house AS (
            SELECT h.hh_id, h.source, h.monthly, o.unit, o.shop, min(o.source) AS unit_source,
                   min(m.source) AS member_source, max(o.bought_on) AS bought_on,
                   coalesce(max(o.bought_on) >= coalesce(any_value(a.approve), (h.start || '-01')::DATE)
                                                - to_months($months::INTEGER), false) AS recent
            FROM member m JOIN owned o ON o.pid = m.pid JOIN household h ON h.hh_id = m.hh_id
            LEFT JOIN approved a ON a.hh_id = h.hh_id
            WHERE m.active GROUP BY h.hh_id, h.source, h.monthly, h.start, o.unit, o.shop
        ), counted AS (
            SELECT hh_id, source, monthly, count(DISTINCT unit) FILTER (NOT shop) AS homes,
                   count(DISTINCT unit) FILTER (shop) AS shops, count(DISTINCT unit) FILTER (recent) AS recent,
                   max(bought_on) FILTER (recent) AS bought_on,
                   list_distinct(list(member_source) || list(unit_source)).list_sort() AS sources
            FROM house GROUP BY hh_id, source, monthly
        ), told AS (
            SELECT *, list_filter([
                CASE WHEN homes >= $units THEN '有住房' || homes || '套' END,
                CASE WHEN shops > 0 THEN '有商业用房' || shops || '处' END,
                CASE WHEN recent > 0 THEN '最近一次登记（' || zh_day(bought_on) || '）在审批前' || $months
                                          || '个月以内或审批以后' END
            ], lambda s: s IS NOT NULL) AS facts
            FROM counted
        )
        SELECT hh_id AS household_id, '住房' || homes || '套，商业用房' || shops || '处' AS observed,
               '不超过一套住房' AS expected, monthly AS amount_fen, '18位身份证号' AS match_key,
               '该户成员名下' || array_to_string(facts, '；') || coalesce('，该户月保障金' || yuan(monthly) || '元', '')
               || '。' AS explanation,
               [source] || sources AS sources
        FROM told WHERE len(facts) > 0
        """,
        {
            "units": plan.number("property_units", today),
            "months": plan.number("property_window_months", today),
            "shops": words(plan, "property_business_uses", today),
            "exempt": words(plan, "exempt_property", today),
        },
    )


@check(
    "O10",
    "工商登记",
    clauses=("R13",),
    severity="B",
    certainty="E2",
    needs=("households", "members", "registers:工商"),
)
def runs_business(plan: Plan, today: dt.date) -> Query:
    """A member of an active household is registered as owner, shareholder or legal representative of a live business.

    Caveat: nominal members of cooperatives, dormant stalls and misused identities stand in the register too.
    """
    return Query(
        """
        WITH business AS (
            SELECT pid, coalesce(item, place_of(source_file, source_sheet, source_row)) AS entity, val,
                   place_of(source_file, source_sheet, source_row) AS source
            FROM registers, setting
            WHERE reg = '工商' AND length(pid) = 18 AND mentions(concat_ws(' ', attr, item), $roles)
              AND (status IS NULL OR mentions(status, $states)) AND coalesce(val, 0) >= $capital
              AND ("from" IS NULL OR "from" <= today) AND ("to" IS NULL OR "to" > today)
        )
        SELECT h.hh_id AS household_id, m.pid AS person_id, '登记' || count(DISTINCT b.entity) || '家' AS observed,
               '无工商登记' AS expected, h.monthly AS amount_fen, '18位身份证号' AS match_key,
               '一名家庭成员在' || count(DISTINCT b.entity) || '家存续的市场主体中登记为法定代表人、股东或经营者'
               || coalesce('，注册资本合计' || yuan(sum(b.val)::BIGINT) || '元', '') || '。' AS explanation,
               [h.source, m.source] || list(b.source ORDER BY b.val DESC NULLS LAST, b.source) AS sources
        FROM member m JOIN business b ON b.pid = m.pid JOIN household h ON h.hh_id = m.hh_id
        WHERE m.active GROUP BY h.hh_id, m.pid, h.monthly, h.source, m.source
        """,
        {
            "roles": words(plan, "business_roles", today),
            "states": words(plan, "business_states", today),
            "capital": plan.number("business_capital", today),
        },
    )


@check(
    "O11",
    "隐瞒养老金或工资",
    clauses=("R13",),
    severity="B",
    certainty="E2",
    needs=("households", "members", "standards", "registers:养老|社保|公积金|个税"),
)
def undeclared_income(plan: Plan, today: dt.date) -> Query:
    """Pension and wage registers show more than was declared, and with the rest income reaches the standard.

    Wage registers of one person tell of one wage: the highest counts; kinds that are no income by the plan do not.
    Declared are wages and transfers of the latest determination, else the whole income. Caveat: what counts as income
    differs from place to place.
    """
    return Query(
        """
        WITH entry AS (
            SELECT pid, reg, val, place_of(source_file, source_sheet, source_row) AS source
            FROM registers, setting
            WHERE reg IN ('养老', '社保', '公积金', '个税') AND length(pid) = 18 AND val > 0
              AND NOT mentions(concat_ws(' ', attr, item), $not_income)
              AND ("from" IS NULL OR "from" <= today) AND ("to" IS NULL OR "to" > today)
            QUALIFY row_number() OVER (PARTITION BY pid, reg, coalesce(item, '')
                                       ORDER BY "from" DESC NULLS LAST, val, source_file, source_sheet, source_row) = 1
        ), person AS (
            SELECT pid, coalesce(sum(val) FILTER (reg = '养老'), 0) + coalesce(max(val) FILTER (reg <> '养老'), 0) AS income,
                   list(source ORDER BY source) AS sources
            FROM entry GROUP BY pid
        ), family AS (
            SELECT m.hh_id, count(*) AS persons, min(m.pid) AS pid, sum(p.income)::BIGINT AS income,
                   flatten(list([m.source] || p.sources ORDER BY m.source)) AS sources
            FROM member m JOIN person p ON p.pid = m.pid WHERE m.active GROUP BY m.hh_id
        ), declared AS (
            SELECT hh_id, max_by((coalesce(wage, 0) + coalesce(trans, 0)) // 12, "date")
                          FILTER (wage IS NOT NULL OR trans IS NOT NULL) AS income
            FROM assessments, setting WHERE "date" <= today GROUP BY hh_id
        ), hidden AS (
            SELECT h.*, f.persons, f.pid, f.income AS found, f.sources, coalesce(d.income, h.pci * h.size) AS told,
                   greatest(0, f.income - coalesce(d.income, h.pci * h.size)) AS hidden
            FROM family f JOIN household h ON h.hh_id = f.hh_id LEFT JOIN declared d ON d.hh_id = h.hh_id
            WHERE h.active AND h.size > 0 AND h.pci IS NOT NULL
        ), valued AS (
            SELECT h.*, (h.pci * h.size + h.hidden) // h.size AS pci2, s.std, s.source AS standard_source
            FROM (SELECT hidden.*, today FROM hidden, setting) h
            ASOF JOIN standard s ON s.kind = h.kind AND s.township_code = h.township_code AND h.today >= s.effective
        )
        SELECT hh_id AS household_id, CASE WHEN persons = 1 THEN pid END AS person_id,
               '月人均' || yuan(pci2) || '元' AS observed, '低于' || yuan(std) || '元' AS expected, monthly AS amount_fen,
               '18位身份证号' AS match_key,
               persons || '名家庭成员在养老金、工资类登记中月收入共' || yuan(found) || '元，核定时计入' || yuan(told)
               || '元；补计后月人均' || yuan(pci2) || '元，标准' || yuan(std) || '元。' AS explanation,
               [source, assessed_source, standard_source] || sources AS sources
        FROM valued WHERE hidden > 0 AND pci2 - std >= $tolerance
        """,
        {
            "not_income": words(plan, "not_income_kinds", today),
            "tolerance": plan.number("income_tolerance", today),
        },
    )
