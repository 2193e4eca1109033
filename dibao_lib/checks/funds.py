"""五查: was the money paid in full, on time and to the right account (R22-R25)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check
from dibao_lib.plan import Plan


@check("F1", "发放频次", clauses=("R23",), severity="A", certainty="E0", needs=("households", "payments"))
def wrong_payment_months(plan: Plan, today: dt.date) -> Query:
    """A covered month without payment, or a quarterly payer paid outside the first month of a quarter.

    Monthly or quarterly is read from a township's own payments. Caveat: part quarters at the beginning and end of a
    household's cover are not judged; a month in which nobody of a township was paid is one finding of the township,
    and may mean that its payment list was not handed in.
    """
    return Query(
        """
        WITH paid AS (
            SELECT DISTINCT hh_id, month FROM payment WHERE type IN ('正常', '补发') AND amt > 0
        ), state AS (
            SELECT e.*, p.hh_id IS NOT NULL AS paid
            FROM expected e LEFT JOIN paid p ON p.hh_id = e.hh_id AND p.month = e.month
        ), unpaid AS (
            SELECT township_code, kind, month FROM state
            GROUP BY ALL HAVING count(*) >= $fewest AND NOT bool_or(paid)
        ), missing AS (
            SELECT s.hh_id, s.month, s.cycle FROM state s
            ANTI JOIN unpaid u ON u.township_code = s.township_code AND u.kind = s.kind AND u.month = s.month
            WHERE NOT s.paid
        ), extra AS (
            SELECT p.hh_id, p.month, list(p.source ORDER BY p.source_file, p.source_sheet, p.source_row) AS sources
            FROM payment p JOIN household h ON h.hh_id = p.hh_id
            JOIN cycle y ON y.kind = h.kind AND y.township_code = h.township_code
            JOIN calendar c ON c.month = p.month
            WHERE y.cycle = 3 AND p.type = '正常' AND p.amt > 0 AND c.month <> c.quarter_first
              AND covers(h.start, h.left_on, h.stopped, c.quarter_first)
              AND covers(h.start, h.left_on, h.stopped, month_after(c.quarter_first, 2))
            GROUP BY p.hh_id, p.month
        ), wrong AS (
            SELECT hh_id, month, cycle, true AS missing, [] AS sources FROM missing
            UNION ALL SELECT hh_id, month, 3, false, sources FROM extra
        ), told AS (
            SELECT hh_id, min(month) AS period, count(*) FILTER (missing) * any_value(cycle) AS months_due,
                   list(month ORDER BY month) FILTER (missing) AS missing,
                   list(month ORDER BY month) FILTER (NOT missing) AS extra,
                   any_value(cycle) AS cycle, flatten(list(sources ORDER BY month)) AS sources
            FROM wrong GROUP BY hh_id
        )
        SELECT NULL AS township_code, t.hh_id AS household_id, t.period, '' AS subject,
               array_to_string(list_filter([
                   '缺发' || array_to_string(t.missing, '、'), '错月发放' || array_to_string(t.extra, '、')
               ], lambda s: s IS NOT NULL), '；') AS observed,
               CASE t.cycle WHEN 3 THEN '每季度第一个月发放' ELSE '每月发放' END AS expected,
               nullif(h.monthly * t.months_due, 0) AS amount_fen, '低保证号' AS match_key,
               phrases([
                   '按' || CASE t.cycle WHEN 3 THEN '季' ELSE '月' END || '应发而没有发放：' || zh_months(t.missing)
                   || coalesce('，涉及' || yuan(h.monthly * t.months_due) || '元', ''),
                   '按季发放的低保金发在了季度首月以外：' || zh_months(t.extra)
               ]) AS explanation,
               [h.source] || t.sources AS sources
        FROM told t JOIN household h ON h.hh_id = t.hh_id
        UNION ALL
        SELECT s.township_code, NULL, s.month, s.kind, '发放0户', '应发' || count(*) || '户',
               sum(h.monthly * s.cycle)::BIGINT, '低保证号',
               s.kind || '低保' || zh_month(s.month) || '应发' || count(*) || '户，全部没有发放记录。',
               list(h.source ORDER BY h.hh_id)
        FROM state s JOIN unpaid u ON u.township_code = s.township_code AND u.kind = s.kind AND u.month = s.month
        JOIN household h ON h.hh_id = s.hh_id
        GROUP BY s.township_code, s.kind, s.month
        """,
        {"fewest": plan.number("township_unpaid_households", today)},
    )


@check("F3", "未足额发放", clauses=("R22",), severity="A", certainty="E0", needs=("households", "payments"))
def paid_sum_differs(plan: Plan, today: dt.date) -> Query:
    """What a household got for a month fits neither its approved total nor the formula with the standard then in force.

    Back-pay adds and deductions subtract. The register shows only today's total, so a total moved by the change of the
    standard is accepted too. Caveat: part quarters are not judged, and shortfalls that later back-pay settles are not
    reported.
    """
    return Query(
        """
        WITH gone AS (
            SELECT hh_id, list(month_of(exit_on)) AS months
            FROM departure WHERE single AND exit_on IS NOT NULL GROUP BY hh_id
        ), got AS (
            SELECT hh_id, month, sum(net) AS net, bool_or(type <> '正常') AS adjusted, bool_or(type <> '扣回') AS paid
            FROM payment GROUP BY hh_id, month
        ), open AS (
            -- ordinary payments that equal the approved total need no look at the standards
            SELECT e.hh_id, e.month, e.cycle, g.net, coalesce(g.paid, false) AS paid,
                   coalesce(g.adjusted, false) AS adjusted
            FROM expected e JOIN household h ON h.hh_id = e.hh_id
            LEFT JOIN got g ON g.hh_id = e.hh_id AND g.month = e.month
            WHERE NOT coalesce(g.paid AND NOT g.adjusted AND abs(g.net - h.monthly * e.cycle) <= $tolerance, false)
        ), covered_month AS (
            SELECT e.hh_id, e.pay_month, month_end(e.month) AS day,
                   h.kind, h.township_code, h.method, h.monthly, h.covered, h.tops, h.own_pci,
                   h.covered + coalesce(len(list_filter(g.months, lambda x: x > e.month)), 0) AS then_covered
            FROM (SELECT hh_id, month AS pay_month, month_after(month, unnest(range(cycle))) AS month FROM open) e
            JOIN household h ON h.hh_id = e.hh_id LEFT JOIN gone g ON g.hh_id = h.hh_id
        ), now AS (
            SELECT s.kind, s.township_code, max_by(s.std, s.effective) AS std FROM standard s, setting
            WHERE s.effective <= month_end(this_month) GROUP BY s.kind, s.township_code
        ), valued AS (
            SELECT m.*, s.std, n.std AS now_std, coalesce(a.pci, m.own_pci) AS pci
            FROM covered_month m
            ASOF LEFT JOIN standard s ON s.kind = m.kind AND s.township_code = m.township_code
                                     AND m.day >= s.effective
            ASOF LEFT JOIN assessment a ON a.hh_id = m.hh_id AND m.day >= a.assessed_on
            LEFT JOIN now n ON n.kind = m.kind AND n.township_code = m.township_code
        ), monthly AS (
            SELECT hh_id, pay_month, monthly AS by_total,
                   CASE WHEN method = '补差' AND std IS NOT NULL AND pci IS NOT NULL
                        THEN rounded(greatest(0, std - pci) * then_covered, $step, $mode) + tops END AS by_formula,
                   CASE WHEN monthly IS NOT NULL AND std IS NOT NULL AND now_std IS NOT NULL AND covered IS NOT NULL
                        THEN greatest(0, monthly + (std - now_std) * covered) END AS by_shift
            FROM valued
        ), due AS (
            SELECT hh_id, pay_month AS month, CASE WHEN count(by_total) = count(*) THEN sum(by_total) END AS by_total,
                   CASE WHEN count(by_formula) = count(*) THEN sum(by_formula) END AS by_formula,
                   CASE WHEN count(by_shift) = count(*) THEN sum(by_shift) END AS by_shift
            FROM monthly GROUP BY hh_id, pay_month
        ), met AS (
            SELECT d.*, coalesce(o.net, 0) AS net, o.paid, o.adjusted,
                   least(abs(o.net - d.by_total), abs(o.net - d.by_formula), abs(o.net - d.by_shift)) AS gap
            FROM due d JOIN open o ON o.hh_id = d.hh_id AND o.month = d.month
        ), judged AS (
            SELECT *, CASE WHEN NOT paid THEN coalesce(by_formula, by_shift, by_total)
                           WHEN gap = abs(net - by_total) THEN by_total
                           WHEN gap = abs(net - by_formula) THEN by_formula ELSE by_shift END AS due
            FROM met
        ), off AS (
            SELECT *, paid AND abs(net - due) > $tolerance AS wrong
            FROM judged WHERE abs(net - due) > $tolerance OR adjusted
        ), household_sum AS (
            SELECT hh_id, bool_or(adjusted) AS adjusted, sum(net - due) FILTER (abs(net - due) > $tolerance) AS balance,
                   count(*) FILTER (wrong) AS wrong, list(month ORDER BY month) FILTER (wrong) AS months,
                   (sum(net) FILTER (wrong))::BIGINT AS paid_fen, (sum(due) FILTER (wrong))::BIGINT AS due_fen
            FROM off GROUP BY hh_id
        ), paid_row AS (
            SELECT o.hh_id, list(p.source ORDER BY p.month, p.source_file, p.source_sheet, p.source_row) AS sources
            FROM off o JOIN payment p ON p.hh_id = o.hh_id AND p.month = o.month WHERE o.wrong GROUP BY o.hh_id
        )
        SELECT x.hh_id AS household_id, x.months[1] AS period, '实发' || yuan(x.paid_fen) || '元' AS observed,
               '应发' || yuan(x.due_fen) || '元' AS expected, abs(x.paid_fen - x.due_fen) AS amount_fen,
               '低保证号' AS match_key,
               zh_months(x.months) || '实发' || yuan(x.paid_fen) || '元，应发' || yuan(x.due_fen) || '元，'
               || CASE WHEN x.paid_fen < x.due_fen THEN '少发' ELSE '多发' END || yuan(abs(x.paid_fen - x.due_fen))
               || '元。' AS explanation,
               [h.source] || r.sources AS sources
        FROM household_sum x JOIN household h ON h.hh_id = x.hh_id JOIN paid_row r ON r.hh_id = x.hh_id
        WHERE x.wrong > 0 AND NOT (x.adjusted AND abs(x.balance) <= $tolerance * (x.wrong + 1))
        """,
        {
            "step": plan.number("benefit_rounding", today),
            "mode": plan.value("benefit_rounding_mode", today),
            "tolerance": plan.number("payment_tolerance", today),
        },
    )


@check("F7", "一账户多户", clauses=("R25",), severity="A", certainty="E1", needs=("payments",), version=2)
def shared_account(plan: Plan, today: dt.date) -> Query:
    """One account receives several households' money, or one person of a township collects for several.

    The amount is what the account or collector took for all but the first household. A collector is known by his name
    only, so he is a lead (B). Caveat: a family split into two households (O14) shares an account; a collector may hold
    written authority.
    """
    return Query(
        """
        WITH receiver AS (
            SELECT *, '账户|' || acct AS key, $account_households AS fewest FROM payment
            WHERE NOT regexp_full_match(coalesce(acct, ''), '0*|无|不详|同上|[-—/*]+')
            UNION ALL
            SELECT *, '代领|' || coalesce(township_code, '') || '|' || collector, $collector_households FROM payment
            WHERE NOT regexp_full_match(coalesce(collector, ''), '0*|无|不详|同上|本人|[-—/*]+')
        ), several AS (
            SELECT key FROM receiver GROUP BY key HAVING min(hh_id) <> max(hh_id)
        ), share AS (
            SELECT key, fewest, hh_id, min(month) AS month, sum(amt) AS amt,
                   min_by(source, (month, source_file, source_sheet, source_row)) AS source
            FROM receiver SEMI JOIN several USING (key) GROUP BY key, fewest, hh_id
        ), taken AS (
            SELECT key, fewest, count(*) AS households, min(hh_id) AS hh_id, min(month) AS month,
                   (sum(amt) - min_by(amt, hh_id))::BIGINT AS amt, list(source ORDER BY hh_id) AS sources
            FROM share GROUP BY key, fewest HAVING count(*) >= fewest
        )
        SELECT key AS subject, hh_id AS household_id, month AS period, households || '户' AS observed,
               CASE WHEN starts_with(key, '账户') THEN '一个账户一户' ELSE '由本户领取' END AS expected,
               amt AS amount_fen, CASE WHEN starts_with(key, '账户') THEN '银行账号' ELSE '代领人姓名+乡镇' END AS match_key,
               CASE WHEN starts_with(key, '账户') THEN '同一银行账户收取' ELSE '同一姓名的人代领' END || households
               || '户的低保金，除第一户外共' || yuan(amt) || '元'
               || CASE WHEN starts_with(key, '账户') THEN '' ELSE '，须核对是否同一人、有无代领手续' END || '。' AS explanation,
               sources, CASE WHEN starts_with(key, '代领') THEN 'B' END AS severity
        FROM taken
        """,
        {
            "account_households": plan.number("account_households", today),
            "collector_households": plan.number("collector_households", today),
        },
    )
