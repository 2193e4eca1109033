"""二查: who has another support, came in by status, lives elsewhere, or was left out (R13-R15, R35, R48)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check, words
from dibao_lib.plan import Plan


@check(
    "O13",
    "低保与特困等重复",
    clauses=("R13",),
    severity="A",
    certainty="E1",
    needs=("households", "members", "registers:特困|孤儿"),
)
def other_full_support(plan: Plan, today: dt.date) -> Query:
    """A covered member has full support as 特困 or orphan in months of the period in which he was covered here.

    Caveat: the household may keep the allowance for the others, so the person is named; without a cut-off date of the
    register it is a lead (B).
    """
    return Query(
        """
        WITH support AS (
            SELECT pid, reg, coalesce("from", "asof") AS since, "to" AS until, "asof" AS cutoff,
                   place_of(source_file, source_sheet, source_row) AS source
            FROM registers WHERE reg IN ('特困', '孤儿') AND length(pid) = 18
        ), both_months AS (
            SELECT m.hh_id, m.pid, m.source AS member_source, c.month, min(r.reg) AS reg,
                   bool_or(r.cutoff IS NOT NULL) AS dated, list(r.source) AS sources
            FROM member m JOIN support r ON r.pid = m.pid
            JOIN calendar c ON covers(m.start, m.left_on, m.stopped, c.month)
                           AND (r.since IS NULL OR month_of(r.since) <= c.month)
                           AND (r.until IS NULL OR c.month <= month_of(r.until))
            WHERE m.covered GROUP BY m.hh_id, m.pid, m.source, c.month
        ), paid AS (
            SELECT hh_id, month, sum(amt) AS amt FROM payment WHERE type = '正常' GROUP BY hh_id, month
        ), person AS (
            SELECT b.hh_id, b.pid, b.member_source, min(b.reg) AS reg, bool_and(b.dated) AS dated, sum(p.amt) AS amt,
                   list(b.month ORDER BY b.month) AS months,
                   list_sort(list_distinct(flatten(list(b.sources)))) AS sources
            FROM both_months b LEFT JOIN paid p ON p.hh_id = b.hh_id AND p.month = b.month
            GROUP BY b.hh_id, b.pid, b.member_source
        )
        SELECT x.hh_id AS household_id, x.pid AS person_id, x.months[1] AS period,
               '重叠' || len(x.months) || '个月' AS observed, '只享受一种' AS expected,
               x.amt // nullif(h.covered, 0) AS amount_fen, '18位身份证号' AS match_key,
               '一名保障对象' || zh_months(x.months) || '同时在' || x.reg || '供养名单上'
               || coalesce('，按人均计领取低保金' || yuan(x.amt // nullif(h.covered, 0)) || '元', '')
               || CASE WHEN x.dated THEN '' ELSE '（' || x.reg || '名单没有数据截止日，须核实）' END || '。' AS explanation,
               [h.source, x.member_source] || x.sources AS sources,
               CASE WHEN NOT x.dated THEN 'B' END AS severity
        FROM person x JOIN household h ON h.hh_id = x.hh_id WHERE len(x.months) >= $fewest
        """,
        {"fewest": plan.number("double_cover_months", today)},
    )


@check("O17", "福利保、身份保", clauses=("R14", "R48"), severity="B", certainty="E2", needs=("households", "standards"))
def covered_by_status(plan: Plan, today: dt.date) -> Query:
    """The reason given is a status (veteran, landless, former cadre …) and income was not assessed or is too high.

    Caveat: such people may be truly poor: the plan removes only those who are clearly not eligible.
    """
    return Query(
        """
        WITH assessing AS (
            SELECT DISTINCT h.township_code FROM assessment a JOIN household h ON h.hh_id = a.hh_id
        ), valued AS (
            SELECT h.*, s.std, s.source AS standard_source,
                   h.assessed_on IS NULL AND (h.pci IS NULL OR h.township_code IN (FROM assessing)) AS unassessed
            FROM (SELECT household.*, today FROM household, setting) h
            ASOF LEFT JOIN standard s ON s.kind = h.kind AND s.township_code = h.township_code AND h.today >= s.effective
            WHERE h.active AND mentions(h.remarks, $statuses)
        )
        SELECT hh_id AS household_id, CASE WHEN unassessed THEN '没有收入核定' ELSE '月人均' || yuan(pci) || '元' END AS observed,
               '按收入核定' AS expected, monthly AS amount_fen, '低保证号' AS match_key,
               '纳入原因是身份（' || array_to_string(list_filter($statuses, lambda w: contains(remarks, w)), '、') || '），'
               || CASE WHEN unassessed THEN '没有家庭收入核定记录'
                       ELSE '月人均收入' || yuan(pci) || '元，标准' || yuan(std) || '元' END || '。' AS explanation,
               [source, CASE WHEN NOT unassessed THEN assessed_source END,
                CASE WHEN NOT unassessed THEN standard_source END] AS sources
        FROM valued WHERE unassessed OR pci - std >= $tolerance
        """,
        {
            "statuses": words(plan, "status_entry_causes", today),
            "tolerance": plan.number("income_tolerance", today),
        },
    )


@check(
    "O19", "漏保线索", clauses=("R15", "R35"), severity="B", certainty="E3", needs=("households", "members"), version=2
)
def perhaps_left_out(plan: Plan, today: dt.date) -> Query:
    """Somebody of a hardship list is in no active household, a vote was lost against its votes, or a complaint says so.

    Hardship lists are severely disabled persons and those under low-income watch; people in full public support, on the
    payroll or dead are left out, and complaints found untrue. Caveat: many are lawfully refused for their assets: send
    to re-survey.
    """
    needed = plan.share("review_vote_threshold", today)
    return Query(
        """
        WITH hardship AS (
            SELECT pid, min(reg) AS reg, list(place_of(source_file, source_sheet, source_row)
                                              ORDER BY source_file, source_sheet, source_row) AS sources
            FROM registers, setting
            WHERE length(pid) = 18 AND ("to" IS NULL OR "to" > today)
              AND (contains(reg, '低收入')
                   OR (reg = '残疾' AND mentions(concat_ws(' ', attr, item, status), $levels)))
            GROUP BY pid
        ), elsewhere AS (
            SELECT pid FROM member WHERE active AND pid IS NOT NULL
            UNION SELECT pid FROM registers WHERE reg IN ('死亡', '财政供养', '特困', '孤儿')
        ), lost AS (
            SELECT vil_id, hh_id, max(met_on) AS met_on, arg_max(agree, (met_on, source_row)) AS agree,
                   arg_max(present, (met_on, source_row)) AS present, arg_max(result, (met_on, source_row)) AS result,
                   arg_max(place_of(source_file, source_sheet, source_row), (met_on, source_row)) AS source
            FROM reviews GROUP BY vil_id, hh_id
        ), complaint AS (
            SELECT c.no, c.hh_id, c."on", c.recheck, place_of(c.source_file, c.source_sheet, c.source_row) AS source,
                   h.source AS household_source
            FROM complaints c LEFT JOIN household h ON h.hh_id = c.hh_id
            WHERE mentions(c.content, $words) AND c.recheck IS DISTINCT FROM '不属实' AND NOT coalesce(h.active, false)
            QUALIFY row_number() OVER (PARTITION BY c.no ORDER BY c.source_file, c.source_sheet, c.source_row) = 1
        )
        SELECT NULL AS village_code, NULL AS household_id, p.pid AS person_id, p.reg AS subject,
               '在' || p.reg || '名单上，不在低保户内' AS observed, '核实是否应保' AS expected,
               '18位身份证号' AS match_key, '一人在' || p.reg || '名单上，不在任何在保家庭中，须入户核实是否应保未保。'
               AS explanation, p.sources
        FROM hardship p ANTI JOIN elsewhere e ON e.pid = p.pid
        UNION ALL
        SELECT l.vil_id, l.hh_id, NULL, '评议', '同意' || l.agree || '票，未保障', '核实是否应保', '低保证号',
               zh_day(l.met_on) || '评议到会' || l.present || '人，同意' || l.agree || '票，已达到' || $vote_num || '/'
               || $vote_den || '，结论却是不符合，现未保障。', [l.source, h.source]
        FROM lost l LEFT JOIN household h ON h.hh_id = l.hh_id
        WHERE l.result = '不符合' AND l.present > 0 AND l.agree * $vote_den >= l.present * $vote_num
          AND NOT coalesce(h.active, false)
        UNION ALL
        SELECT NULL, hh_id, NULL, '异议|' || no, '反映应保未保，未保障', '核实是否应保', CASE WHEN hh_id IS NOT NULL THEN '低保证号' END,
               coalesce(zh_day("on"), '一件') || '登记的异议反映应保未保，'
               || CASE WHEN recheck IS NULL THEN '尚无复核结果' ELSE '复核' || recheck END || '，没有查到纳入保障的记录。',
               [source, household_source]
        FROM complaint
        """,
        {
            "words": words(plan, "omission_complaint_words", today),
            "levels": words(plan, "omission_disability_levels", today),
            "vote_num": needed.numerator,
            "vote_den": needed.denominator,
        },
    )


@check(
    "O20",
    "户籍与在住异常",
    clauses=("R13",),
    severity="B",
    certainty="E2",
    needs=("households", "members", "registers:户籍|服刑"),
)
def not_resident(plan: Plan, today: dt.date) -> Query:
    """A covered member has moved away, is missing, in prison or struck off, or no household book names him.

    Absence from the books counts only where they name nearly all members. Caveat: mistyped ids look absent, so repair
    ids (G3) first; months before the recorded day are not counted.
    """
    share = plan.share("hukou_register_share", today)
    return Query(
        """
        WITH entry AS (
            SELECT pid, CASE WHEN reg = '服刑' THEN "from" ELSE coalesce("to", "from") END AS since,
                   CASE WHEN reg = '服刑' THEN "to" END AS until,
                   place_of(source_file, source_sheet, source_row) AS source,
                   CASE WHEN reg = '服刑' THEN '服刑'
                        ELSE list_filter($states, lambda w: contains(concat_ws(' ', status, attr), w))[1] END AS state
            FROM registers WHERE reg IN ('户籍', '服刑') AND length(pid) = 18
        ), dead AS (
            SELECT pid FROM registers WHERE reg = '死亡'
        ), away AS (
            SELECT m.hh_id, m.pid, m.source AS member_source, min(e.state) AS state, list(DISTINCT e.source) AS sources,
                   list(DISTINCT c.month ORDER BY c.month) AS months
            FROM member m JOIN entry e ON e.pid = m.pid AND e.state IS NOT NULL
            JOIN calendar c ON covers(m.start, m.left_on, m.stopped, c.month)
                           AND (e.since IS NULL OR month_of(e.since) < c.month)
                           AND (e.until IS NULL OR c.month < month_of(e.until))
            ANTI JOIN dead d ON d.pid = m.pid
            WHERE m.covered GROUP BY m.hh_id, m.pid, m.source
        ), booked AS (
            SELECT DISTINCT pid FROM registers WHERE reg = '户籍'
        ), complete AS (
            SELECT count(*) FILTER (m.pid IN (FROM booked)) * $share_den >= count(*) * $share_num AS complete
            FROM member m WHERE m.active AND length(m.pid) = 18
        ), absent AS (
            SELECT m.hh_id, m.pid, m.source AS member_source, NULL AS state, [] AS sources, [] AS months
            FROM member m ANTI JOIN booked b ON b.pid = m.pid
            WHERE m.active AND m.covered AND length(m.pid) = 18 AND (SELECT complete FROM complete)
        ), paid AS (
            SELECT a.hh_id, a.pid, sum(p.amt) AS amt FROM away a
            JOIN payment p ON p.hh_id = a.hh_id AND p.type = '正常' AND list_contains(a.months, p.month) GROUP BY ALL
        )
        SELECT x.hh_id AS household_id, x.pid AS person_id, x.months[1] AS period, coalesce(x.state, '无户籍') AS observed,
               '有本地户籍并在当地生活' AS expected, p.amt // nullif(h.covered, 0) AS amount_fen, '18位身份证号' AS match_key,
               CASE WHEN x.state IS NULL THEN '一名保障对象不在户籍数据中，先核对身份证号。'
                    ELSE '一名保障对象的登记状态为' || x.state || '，' || zh_months(x.months) || '仍列为保障对象'
                         || coalesce('，其份额共' || yuan(p.amt // nullif(h.covered, 0)) || '元', '') || '。' END AS explanation,
               [h.source, x.member_source] || list_sort(x.sources) AS sources
        FROM (FROM away UNION ALL FROM absent) x JOIN household h ON h.hh_id = x.hh_id
        LEFT JOIN paid p ON p.hh_id = x.hh_id AND p.pid = x.pid
        """,
        {
            "states": words(plan, "absent_states", today),
            "share_num": share.numerator,
            "share_den": share.denominator,
        },
    )
