"""四查: is the register kept - entered completely, ids right, reviewed in time, people coming and going (R20, R69)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check, words
from dibao_lib.plan import Plan


@check("G2", "录入不完整", clauses=("R20",), severity="B", certainty="E1", needs=("households",))
def fields_left_blank(plan: Plan, today: dt.date) -> Query:
    """A mandatory column of a township's register or member list is filled in fewer rows than the plan's share.

    Placeholders count as blank. Caveat: a column that no row of the township fills was not in its file at all, which
    tells of the form it used and not of its entries.
    """
    share = plan.share("entry_complete_share", today)
    return Query(
        """
        WITH cell AS (
            SELECT twn_id AS township_code, '家庭台账' AS list, source, unnest([
                {'field': '户主姓名', 'value': head}, {'field': '户主身份证号', 'value': head_pid},
                {'field': '村(居)', 'value': vil_id}, {'field': '家庭人口', 'value': size::VARCHAR},
                {'field': '保障人口', 'value': covered::VARCHAR}, {'field': '月人均收入', 'value': pci::VARCHAR},
                {'field': '致贫原因', 'value': cause}, {'field': '户月保障金额', 'value': base::VARCHAR},
                {'field': '起始保障年月', 'value': start}, {'field': '银行帐号', 'value': acct}]) AS entry
            FROM ledger WHERE twn_id IS NOT NULL
            UNION ALL
            SELECT h.twn_id, '家庭成员表', place_of(m.source_file, m.source_sheet, m.source_row), unnest([
                {'field': '身份证号', 'value': m.pid}, {'field': '与户主关系', 'value': m.rel},
                {'field': '性别', 'value': m.sex}])
            FROM members m JOIN ledger h ON h.hh_id = m.hh_id WHERE h.twn_id IS NOT NULL
        ), marked AS (
            SELECT township_code, list, entry.field AS field, source,
                   coalesce(trim(entry.value), '') = '' OR list_contains($placeholders, trim(entry.value)) AS blank
            FROM cell WHERE list_contains($mandatory, entry.field)
        ), counted AS (
            SELECT township_code, list, field, count(*) AS n, count(*) FILTER (NOT blank) AS filled,
                   list(source ORDER BY source) FILTER (blank) AS sources
            FROM marked GROUP BY township_code, list, field
        )
        SELECT township_code, list || '|' || field AS subject, '填写' || filled || '行' AS observed,
               '应填写' || n || '行' AS expected,
               list || '“' || field || '”共' || n || '行，填写' || filled || '行，完整率'
               || format('{:.1f}', 100.0 * filled / n) || '%。' AS explanation,
               sources[:50] AS sources
        FROM counted WHERE filled > 0 AND filled * $share_den < n * $share_num
        """,
        {
            "mandatory": words(plan, "entry_mandatory_fields", today),
            "placeholders": words(plan, "entry_placeholders", today),
            "share_num": share.numerator,
            "share_den": share.denominator,
        },
    )


@check("G3", "身份证与姓名质量", clauses=("R20",), severity="C", certainty="E1", needs=("members",))
def one_id_two_names(plan: Plan, today: dt.date) -> Query:
    """One id stands beside two names, one number beside two heads, or id cells of a file were set aside on import.

    The names are those of all tables, registers included. Caveat: rare characters are typed in many ways; a blank or a
    question mark agrees with any character.
    """
    return Query(
        """
        WITH spelling AS (
            SELECT c.pid, c.name, min(h.hh_id) AS hh_id, min(c.source) AS source
            FROM called c JOIN doubtful_id d ON d.pid = c.pid LEFT JOIN ledger h ON h.hh_id = c.hh_id GROUP BY ALL
        ), double AS (
            SELECT pid, count(*) AS names, min(hh_id) AS hh_id, list(source ORDER BY source) AS sources
            FROM spelling GROUP BY pid HAVING count(hh_id) > 0
        ), reused AS (
            SELECT h.hh_id, count(DISTINCT coalesce(h.head_pid, h.head)) AS heads,
                   list(place_of(h.source_file, h.source_sheet, h.source_row)
                        ORDER BY h.source_file, h.source_sheet, h.source_row) AS sources
            FROM households h JOIN reused_certificate r ON r.hh_id = h.hh_id GROUP BY h.hh_id
        ), aside AS (
            SELECT source_file, "table" AS list, field, count(*) AS n,
                   list(place_of(source_file, source_sheet, source_row) ORDER BY source_sheet, source_row) AS sources
            FROM quarantine WHERE field IN ('pid', 'head_pid', 'cad_pid', 'rel_pid')
            GROUP BY source_file, "table", field
        )
        SELECT hh_id AS household_id, pid AS person_id, '姓名' AS subject, names || '个姓名' AS observed,
               '一号一人' AS expected, '18位身份证号' AS match_key,
               '同一身份证号对应' || names || '个不同姓名，须核对是谁填错。' AS explanation, sources
        FROM double
        UNION ALL
        SELECT hh_id, NULL, '证号', heads || '名户主', '一证一户', '低保证号',
               '同一低保证号由' || heads || '名户主共用，其余各户不能单独核查，须更正证号后重报。', sources
        FROM reused
        UNION ALL
        SELECT NULL, NULL, '未采用|' || source_file || '|' || list || '|' || field, n || '个身份证号不可信', '号码完整有效', '',
               '一份表册中有' || n || '个身份证号位数、校验码或格式有误，导入时未采用，须更正后重报。', sources[:50]
        FROM aside
        """
    )


@check("G4", "定期复核超期", clauses=("R69",), severity="B", certainty="E1", needs=("households", "assessments"))
def review_overdue(plan: Plan, today: dt.date) -> Query:
    """The last determination of an active household's income is older than the interval of its class.

    A household never assessed counts from its approval. Caveat: intervals are local rules; a re-check by home visit
    counts when it was recorded.
    """
    return Query(
        """
        WITH interval_of AS (
            SELECT unnest(['A', 'B', 'C']) AS cls, unnest([$months_a, $months_b, $months_c]) AS months
        ), approved AS (
            SELECT hh_id, max(approve) AS approve, arg_max(place_of(source_file, source_sheet, source_row), approve) AS source
            FROM case_events GROUP BY hh_id
        ), visited AS (
            SELECT hh_id, max("on") AS visited_on FROM visits, setting WHERE "on" <= today GROUP BY hh_id
        ), last_look AS (
            SELECT h.hh_id, l.cls, h.source, coalesce(h.assessed_source, a.source) AS look_source,
                   greatest(h.assessed_on, a.approve, v.visited_on) AS seen_on
            FROM household h JOIN ledger l ON l.hh_id = h.hh_id LEFT JOIN approved a ON a.hh_id = h.hh_id
            LEFT JOIN visited v ON v.hh_id = h.hh_id
            WHERE h.active
        )
        SELECT x.hh_id AS household_id, zh_day(x.seen_on) || '复核' AS observed,
               i.months || '个月内复核' AS expected, '低保证号' AS match_key,
               x.cls || '类对象上次复核是' || zh_day(x.seen_on) || '，应每' || i.months || '个月复核，已超期'
               || date_diff('day', (x.seen_on + to_months(i.months::INTEGER))::DATE, today) || '天。' AS explanation,
               [x.source, x.look_source] AS sources
        FROM setting, last_look x JOIN interval_of i ON i.cls = x.cls
        WHERE x.seen_on + to_months(i.months::INTEGER) < today
        """,
        {f"months_{cls.lower()}": plan.number(f"review_interval_{cls}", today) for cls in "ABC"},
    )


@check("G5", "动态管理停滞", clauses=("R69",), severity="B", certainty="E2", needs=("households", "exits"))
def nobody_comes_or_goes(plan: Plan, today: dt.date) -> Query:
    """In a village of many recipients nobody entered or left for long, or far more did than elsewhere.

    A rate stands out beyond the plan's number of deviations, taken as those of the county or of chance, the larger.
    Caveat: small villages are left out; merged villages move many households at once.
    """
    return Query(
        """
        WITH begun AS (
            SELECT month_of(today - to_months($months::INTEGER)) AS since FROM setting
        ), moved AS (
            SELECT h.village_code, count(*) FILTER (h.active) AS active,
                   count(*) FILTER (h.start > since AND h.start <= this_month) AS entries,
                   count(*) FILTER (month_of(h.left_on) > since AND h.left_on <= today) AS exits,
                   list(h.source ORDER BY h.hh_id) AS sources
            FROM household h, begun, setting WHERE h.village_code IS NOT NULL GROUP BY h.village_code
        ), whole AS (
            SELECT *, (entries + exits) / active AS rate, sum(entries + exits) OVER () / sum(active) OVER () AS mean,
                   stddev_pop((entries + exits) / active) OVER () AS spread
            FROM moved WHERE active >= $fewest
        ), rated AS (
            SELECT *, greatest(spread, sqrt(mean / active)) AS deviation FROM whole
        )
        SELECT village_code, '纳入' || entries || '户，退出' || exits || '户' AS observed, '有进有出' AS expected,
               '在保' || active || '户，' || $months || '个月内纳入' || entries || '户、退出' || exits || '户，'
               || CASE WHEN entries + exits = 0 THEN '无进无出'
                       ELSE '进出率' || format('{:.1f}', 100 * rate) || '%，全市平均' || format('{:.1f}', 100 * mean) || '%' END
               || '。' AS explanation, sources[:20] AS sources
        FROM rated WHERE entries + exits = 0 OR abs(rate - mean) > $deviations * deviation
        """,
        {
            "months": plan.number("stagnant_months", today),
            "fewest": plan.number("stagnant_households", today),
            "deviations": plan.number("stagnant_deviations", today),
        },
    )
