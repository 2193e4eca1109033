"""五查: how the money went out - late, without approval, never, twice, to strangers, in cash (R22-R25)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check, words
from dibao_lib.plan import Plan


@check("F2", "发放不及时", clauses=("R22", "R23"), severity="A", certainty="E1", needs=("payments",))
def paid_late(plan: Plan, today: dt.date) -> Query:
    """Ordinary payments of a township reached people after the last allowed day of the month they are for.

    The month of a quarterly payment is the first of its quarter. Caveat: the batch date may precede arrival; payment
    before a holiday is early and never late; returned payments sent again are 补发.
    """
    return Query(
        """
        WITH paid AS (
            SELECT p.*, (p.month || '-01')::DATE + ($last_day - 1)::INTEGER AS due
            FROM payment p JOIN calendar c ON c.month = p.month
            WHERE p.type = '正常' AND p.paid_on IS NOT NULL AND p.township_code IS NOT NULL
        ), late AS (
            SELECT township_code, kind, month, any_value(due) AS due, count(DISTINCT hh_id) AS households,
                   max(paid_on) AS paid_on, sum(amt)::BIGINT AS amt,
                   list(source ORDER BY paid_on DESC, source_file, source_sheet, source_row) AS sources
            FROM paid WHERE paid_on > due GROUP BY township_code, kind, month
        )
        SELECT township_code, coalesce(kind, '') AS subject, month AS period, '最迟' || zh_day(paid_on) || '发放' AS observed,
               zh_day(due) || '前发放' AS expected, amt AS amount_fen, '低保证号' AS match_key,
               coalesce(kind || '低保', '') || zh_month(month) || '有' || households || '户' || zh_day(due)
               || '以后才发放，最迟' || zh_day(paid_on) || '，晚' || date_diff('day', due, paid_on) || '天，金额'
               || yuan(amt) || '元。' AS explanation, sources[:50] AS sources
        FROM late
        """,
        {"last_day": plan.number("last_pay_day", today)},
    )


@check("F4", "无审批发放", clauses=("R24",), severity="A", certainty="E1", needs=("households", "payments"))
def paid_without_approval(plan: Plan, today: dt.date) -> Query:
    """Ordinary payments before cover began and was approved, after the household left, or to one no register knows.

    After leaving there is a grace, longer where 渐退 is noted. A payee counts as unknown only where the same file pays
    registered households and the id is in no household. Caveat: a mistyped number looks like a ghost: one whose payee
    bears the name of a registered head of the file's township is a lead (B).
    """
    return Query(
        """
        WITH approved AS (
            SELECT hh_id, min(approve) AS approve, min(place_of(source_file, source_sheet, source_row)) AS source
            FROM case_events GROUP BY hh_id
        ), regular AS (
            SELECT p.*, h.start, h.left_on, a.approve, h.source AS household_source, a.source AS approve_source,
                   CASE WHEN contains(coalesce(h.remarks, ''), '渐退')
                             OR (SELECT bool_or(contains(coalesce(d.reason, ''), '渐退')) FROM departure d
                                 WHERE d.hh_id = h.hh_id) THEN greatest($grace, $fading) ELSE $grace END AS grace
            FROM payment p JOIN household h ON h.hh_id = p.hh_id LEFT JOIN approved a ON a.hh_id = p.hh_id
            WHERE p.type = '正常' AND p.amt > 0
              AND (p.month < h.start OR p.month > month_of(h.left_on))
        ), wrong AS (
            SELECT *, coalesce(month < least(start, coalesce(month_of(approve), start)), false) AS early,
                   coalesce(month > month_after(month_of(left_on), grace), false) AS late
            FROM regular
        ), told AS (
            SELECT hh_id, any_value(household_source) AS household_source, any_value(approve_source) AS approve_source,
                   any_value(start) AS start, any_value(left_on) AS left_on, sum(amt)::BIGINT AS amt, min(month) AS period,
                   list(DISTINCT month ORDER BY month) FILTER (early) AS early,
                   list(DISTINCT month ORDER BY month) FILTER (late) AS late,
                   list(source ORDER BY month, source_file, source_sheet, source_row) AS sources
            FROM wrong WHERE early OR late GROUP BY hh_id
        ), file_of AS (
            SELECT source_file, mode(township_code ORDER BY township_code) AS township_code
            FROM payment WHERE township_code IS NOT NULL GROUP BY source_file
        ), ghost AS (
            SELECT p.hh_id, f.township_code, sum(p.amt)::BIGINT AS amt, min(p.month) AS period, any_value(r.head) AS head,
                   list(DISTINCT p.month ORDER BY p.month) AS months,
                   list(place_of(p.source_file, p.source_sheet, p.source_row)
                        ORDER BY p.month, p.source_file, p.source_sheet, p.source_row) AS sources
            FROM payment p JOIN file_of f ON f.source_file = p.source_file
            JOIN payments r ON r.source_file = p.source_file AND r.source_sheet IS NOT DISTINCT FROM p.source_sheet
                           AND r.source_row = p.source_row
            ANTI JOIN ledger l ON l.hh_id = p.hh_id
            ANTI JOIN member m ON m.pid = p.pid
            WHERE p.type = '正常' GROUP BY p.hh_id, f.township_code
        )
        SELECT NULL AS township_code, t.hh_id AS household_id, '' AS subject, t.period,
               '无审批发放' || (coalesce(len(early), 0) + coalesce(len(late), 0)) || '次' AS observed,
               '在批准保障的月份内发放' AS expected, t.amt AS amount_fen, '低保证号' AS match_key,
               phrases([CASE WHEN len(early) > 0 THEN '起始保障' || zh_month(start) || '，此前' || zh_months(early) || '已发放' END,
                        CASE WHEN len(late) > 0 THEN zh_day(left_on) || '退保，' || zh_months(late) || '仍发放' END,
                        '涉及' || yuan(t.amt) || '元']) AS explanation,
               [t.household_source, t.approve_source] || t.sources AS sources, NULL AS severity
        FROM told t
        UNION ALL
        SELECT g.township_code, NULL, g.hh_id, g.period, '台账中没有该户', '台账中有该户', g.amt, '低保证号',
               '发放明细中的一户不在低保台账内，' || zh_months(g.months) || '发放' || yuan(g.amt) || '元'
               || CASE WHEN n.head IS NOT NULL THEN '（台账中有同名户主，可能是证号写错，须核对）' ELSE '' END || '。',
               g.sources, CASE WHEN n.head IS NOT NULL THEN 'B' END
        FROM ghost g
        LEFT JOIN (SELECT DISTINCT twn_id, head FROM ledger) n ON n.twn_id = g.township_code AND n.head = g.head
        """,
        {
            "grace": plan.number("payment_grace_months", today),
            "fading": plan.number("gradual_exit_months", today),
        },
    )


@check("F5", "审批未发", clauses=("R22", "R24"), severity="A", certainty="E1", needs=("households", "payments"))
def approved_but_never_paid(plan: Plan, today: dt.date) -> Query:
    """An active household has got nothing at all although its cover began more than the cycles of grace ago.

    Judged only in townships that sent payments of that kind. Caveat: a payment the bank returned did not arrive.
    """
    return Query(
        """
        WITH never AS (
            SELECT h.*, y.cycle, w.last_month FROM household h
            JOIN cycle y ON y.kind = h.kind AND y.township_code = h.township_code
            JOIN payment_window w ON w.kind = h.kind
            ANTI JOIN payment p ON p.hh_id = h.hh_id
            WHERE h.active AND h.start IS NOT NULL AND month_after(h.start, $grace * y.cycle) <= w.last_month
        ), due AS (
            SELECT n.hh_id, min(e.month) AS period, count(*) AS payments FROM never n JOIN expected e ON e.hh_id = n.hh_id
            GROUP BY n.hh_id
        ), returned AS (
            SELECT hh_id, count(*) AS n, list(place_of(source_file, source_sheet, source_row)
                                              ORDER BY source_file, source_sheet, source_row) AS sources
            FROM payments WHERE ret = '退回' GROUP BY hh_id
        )
        SELECT n.hh_id AS household_id, d.period, '没有发放记录' AS observed, '应发放' || d.payments || '次' AS expected,
               n.monthly * n.cycle * d.payments AS amount_fen, '低保证号' AS match_key,
               zh_month(n.start) || '起保障，至' || zh_month(n.last_month) || '应发放' || d.payments || '次，一次也没有发放'
               || coalesce('，应发' || yuan(n.monthly * n.cycle * d.payments) || '元', '')
               || coalesce('（银行退回' || r.n || '次）', '') || '。' AS explanation,
               [n.source] || coalesce(r.sources, []) AS sources
        FROM never n JOIN due d ON d.hh_id = n.hh_id LEFT JOIN returned r ON r.hh_id = n.hh_id
        """,
        {"grace": plan.number("first_payment_grace", today)},
    )


@check("F6", "非本户账户", clauses=("R25",), severity="A", certainty="E1", needs=("households", "payments"))
def foreign_account(plan: Plan, today: dt.date) -> Query:
    """Money went to the account that the register gives for another household, or to a holder not of the household.

    A holder is compared by name within the household only, so he is a lead (B); a named collector is watched by F7 and
    not listed here. Caveat: minors and disabled persons may lawfully have somebody else's account.
    """
    return Query(
        """
        WITH owner AS (
            SELECT acct, any_value(hh_id) AS hh_id, any_value(source) AS source FROM ledger
            WHERE NOT regexp_full_match(coalesce(acct, ''), '0*|无|不详|同上|[-—/*]+')
            GROUP BY acct HAVING count(*) = 1
        ), astray AS (
            SELECT p.hh_id, list(DISTINCT p.month ORDER BY p.month) AS months, sum(p.amt)::BIGINT AS amt,
                   any_value(o.source) AS owner_source, '他户账户' AS kind,
                   list(p.source ORDER BY p.month, p.source_file, p.source_sheet, p.source_row) AS sources
            FROM payment p JOIN owner o ON o.acct = p.acct AND o.hh_id <> p.hh_id
            JOIN ledger l ON l.hh_id = p.hh_id AND l.acct IS DISTINCT FROM p.acct
            GROUP BY p.hh_id
        ), people AS (
            SELECT hh_id, list(DISTINCT regexp_replace(name, '[·•・．.\\s　]', '', 'g')) AS names, count(DISTINCT name) AS n
            FROM (SELECT hh_id, name FROM members WHERE name IS NOT NULL
                  UNION ALL SELECT hh_id, head FROM ledger WHERE head IS NOT NULL) GROUP BY hh_id
        ), stranger AS (
            SELECT p.hh_id, list(DISTINCT p.month ORDER BY p.month) AS months, sum(p.amt)::BIGINT AS amt,
                   NULL AS owner_source, '户外户名' AS kind,
                   list(p.source ORDER BY p.month, p.source_file, p.source_sheet, p.source_row) AS sources
            FROM payment p JOIN people x ON x.hh_id = p.hh_id JOIN household h ON h.hh_id = p.hh_id
            ANTI JOIN astray a ON a.hh_id = p.hh_id
            WHERE nullif(trim(p.acct_name), '') IS NOT NULL AND NOT regexp_matches(p.acct_name, '[?？□*]')
              AND nullif(trim(p.collector), '') IS NULL AND x.n >= coalesce(h.size, 1)
              AND NOT list_contains(x.names, regexp_replace(p.acct_name, '[·•・．.\\s　]', '', 'g'))
            GROUP BY p.hh_id
        )
        SELECT x.hh_id AS household_id, x.kind AS subject, x.months[1] AS period,
               CASE x.kind WHEN '他户账户' THEN '打入另一户的账户' ELSE '户名不是家庭成员' END AS observed,
               '打入本户账户' AS expected, x.amt AS amount_fen,
               CASE x.kind WHEN '他户账户' THEN '银行账号' ELSE '户内姓名' END AS match_key,
               zh_months(x.months) || '的低保金' || yuan(x.amt) || '元打入'
               || CASE x.kind WHEN '他户账户' THEN '另一低保户登记的账户' ELSE '户名不在家庭成员中的账户，须核对是否依法代领' END
               || '。' AS explanation,
               [h.source, x.owner_source] || x.sources AS sources, CASE x.kind WHEN '户外户名' THEN 'B' END AS severity
        FROM (FROM astray UNION ALL FROM stranger) x JOIN household h ON h.hh_id = x.hh_id
        """
    )


@check("F8", "重复发放", clauses=("R24",), severity="A", certainty="E1", needs=("payments",))
def paid_twice(plan: Plan, today: dt.date) -> Query:
    """A household has two ordinary payments for one month to the same person, deductions of equal amount taken off.

    Back-pay is no repetition. Caveat: the same payment handed in with two files looks alike: equal amounts of one day
    in two files are a lead (B).
    """
    return Query(
        """
        WITH several AS (
            SELECT hh_id, month FROM payment WHERE type = '正常' AND amt > 0 GROUP BY hh_id, month HAVING count(*) > 1
        ), paid AS (
            SELECT hh_id, month, coalesce(pid, '') AS pid, amt, count(*) FILTER (type = '正常') AS times,
                   count(*) FILTER (type = '扣回') AS undone, count(DISTINCT source_file) AS files,
                   count(DISTINCT paid_on) AS days,
                   list(source ORDER BY source_file, source_sheet, source_row) AS sources
            FROM payment SEMI JOIN several USING (hh_id, month)
            WHERE type IN ('正常', '扣回') AND amt > 0 GROUP BY hh_id, month, coalesce(pid, ''), amt
        ), monthly AS (
            SELECT hh_id, month, pid, sum(greatest(0, times - undone)) AS times,
                   sum(greatest(0, times - undone) * amt)::BIGINT - max(amt) AS extra,
                   bool_and(times < 2 OR (files = times AND days < 2)) AND count(*) = 1 AS same_sheet_twice,
                   flatten(list(sources ORDER BY amt)) AS sources
            FROM paid WHERE times > undone GROUP BY hh_id, month, pid HAVING sum(greatest(0, times - undone)) > 1
        ), told AS (
            SELECT hh_id, list(DISTINCT month ORDER BY month) AS months, sum(extra)::BIGINT AS extra,
                   sum(times)::BIGINT AS times, bool_and(same_sheet_twice) AS weak,
                   flatten(list(sources ORDER BY month, pid)) AS sources
            FROM monthly GROUP BY hh_id
        )
        SELECT t.hh_id AS household_id, t.months[1] AS period, '发放' || t.times || '笔' AS observed,
               '每月一笔，共' || len(t.months) || '笔' AS expected, t.extra AS amount_fen, '低保证号' AS match_key,
               zh_months(t.months) || '同月重复发放，多发' || yuan(t.extra) || '元'
               || CASE WHEN t.weak THEN '（两笔在不同的表册中，须核对是否重复报表）' ELSE '' END || '。' AS explanation,
               [h.source] || t.sources AS sources, CASE WHEN t.weak THEN 'B' END AS severity
        FROM told t LEFT JOIN household h ON h.hh_id = t.hh_id
        """
    )


@check("F9", "未社会化发放", clauses=("R22",), severity="A", certainty="E1", needs=("payments",))
def paid_in_cash(plan: Plan, today: dt.date) -> Query:
    """A township pays in cash, through collective collection, or without an account where its lists give accounts.

    A named person who collects for a household is no collective collection (F7 watches him). Caveat: remote villages
    may have approved cash routes.
    """
    return Query(
        """
        WITH paid AS (
            SELECT *, nullif(trim(collector), '') IS NOT NULL AS named,
                   regexp_full_match(coalesce(acct, ''), '0*|无|不详|同上|[-—/*]+') AS no_account,
                   bool_or(coalesce(acct, '') <> '') OVER (PARTITION BY township_code) AS gives_accounts
            FROM payment WHERE type IN ('正常', '补发') AND township_code IS NOT NULL
        ), told AS (
            SELECT *, CASE WHEN mode = '现金' THEN 'cash' WHEN list_contains($modes, mode) AND NOT named THEN 'collective'
                           WHEN no_account AND gives_accounts AND NOT named THEN 'blank' END AS way
            FROM paid
        ), counted AS (
            SELECT township_code, min(month) AS period, count(DISTINCT hh_id) AS households, sum(amt)::BIGINT AS amt,
                   count(DISTINCT hh_id) FILTER (way = 'cash') AS cash,
                   count(DISTINCT hh_id) FILTER (way = 'collective') AS collective,
                   count(DISTINCT hh_id) FILTER (way = 'blank') AS blank,
                   list(source ORDER BY month, source_file, source_sheet, source_row) AS sources
            FROM told WHERE way IS NOT NULL GROUP BY township_code
        )
        SELECT township_code, period, households || '户' AS observed, '通过银行、邮储发放到户' AS expected,
               amt AS amount_fen, '低保证号' AS match_key,
               households || '户的' || yuan(amt) || '元没有通过账户发放到户：'
               || array_to_string(list_filter([
                   CASE WHEN cash > 0 THEN '现金发放' || cash || '户' END,
                   CASE WHEN collective > 0 THEN '集体代领' || collective || '户' END,
                   CASE WHEN blank > 0 THEN '没有账号' || blank || '户' END], lambda s: s IS NOT NULL), '、')
               || '。' AS explanation, sources[:50] AS sources
        FROM counted
        """,
        {"modes": words(plan, "cash_modes", today)},
    )
