"""二查: cadres and their relatives among the recipients (R14, R32, R37); a surname is never evidence."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check
from dibao_lib.plan import Plan


@check(
    "O6",
    "隐瞒不报的干部亲属",
    clauses=("R32", "R37"),
    severity="A",
    certainty="E1",
    needs=("households", "members", "cadres", "filings"),
)
def undeclared_cadre_household(plan: Plan, today: dt.date) -> Query:
    """A cadre, or someone of the cadre's household book, is in an active household that no filing of the cadre names.

    A filing names a household by its number or by the id of one of its members; a nil return names nobody.
    Caveat: kinship comes from the household book only; without the book register's cut-off date it is a lead (B).
    """
    return Query(
        """
        WITH cadre AS (
            SELECT cad_pid AS pid, min(place_of(source_file, source_sheet, source_row)) AS source
            FROM cadres GROUP BY cad_pid
        ), book AS (
            SELECT pid, item, "asof" AS cutoff, place_of(source_file, source_sheet, source_row) AS source
            FROM registers WHERE reg = '户籍' AND item IS NOT NULL
        ), link AS (
            SELECT c.pid AS cadre_pid, m.hh_id, m.pid, 1 AS way, true AS dated, [c.source, m.source] AS sources
            FROM cadre c JOIN member m ON m.pid = c.pid WHERE m.active
            UNION ALL
            SELECT c.pid, m.hh_id, m.pid, 2, own.cutoff IS NOT NULL AND kin.cutoff IS NOT NULL,
                   [c.source, m.source, own.source, kin.source]
            FROM cadre c JOIN book own ON own.pid = c.pid JOIN book kin ON kin.item = own.item AND kin.pid <> c.pid
            JOIN member m ON m.pid = kin.pid WHERE m.active
            UNION ALL
            SELECT c.pid, h.hh_id, h.head_pid, 3, own.cutoff IS NOT NULL, [c.source, h.source, own.source]
            FROM cadre c JOIN book own ON own.pid = c.pid JOIN household h ON h.hukou_no = own.item
            WHERE h.active AND h.head_pid IS DISTINCT FROM c.pid
        ), named AS (
            SELECT cad_pid, hh_id FROM filings WHERE nil IS NOT TRUE AND hh_id IS NOT NULL
            UNION
            SELECT f.cad_pid, m.hh_id FROM filings f JOIN member m ON m.pid = f.rel_pid WHERE f.nil IS NOT TRUE
        ), filed AS (
            SELECT cad_pid, list(place_of(source_file, source_sheet, source_row)
                                 ORDER BY source_file, source_sheet, source_row) AS sources
            FROM filings GROUP BY cad_pid
        ), undeclared AS (
            SELECT l.* FROM link l ANTI JOIN named n ON n.cad_pid = l.cadre_pid AND n.hh_id = l.hh_id
            QUALIFY row_number() OVER (PARTITION BY l.cadre_pid, l.hh_id
                                       ORDER BY l.way, l.dated DESC, l.pid, l.sources) = 1
        )
        SELECT u.cadre_pid AS subject, u.hh_id AS household_id, u.pid AS person_id,
               CASE WHEN f.cad_pid IS NULL THEN '未填报备案表' ELSE '备案表未列该户' END AS observed,
               '如实备案' AS expected,
               h.monthly AS amount_fen, '18位身份证号' AS match_key,
               CASE WHEN u.way = 1 THEN '一名基层干部本人是该户成员'
                    ELSE '该户与一名基层干部同属一本户口簿' END || '，'
               || CASE WHEN f.cad_pid IS NULL THEN '该干部没有填报备案表' ELSE '该干部的备案表没有列出该户' END
               || CASE WHEN u.dated THEN '' ELSE '（户籍数据没有截止日，须核实）' END || '。' AS explanation,
               [h.source] || u.sources || coalesce(f.sources, []) AS sources,
               CASE WHEN NOT u.dated THEN 'B' END AS severity
        FROM undeclared u JOIN household h ON h.hh_id = u.hh_id LEFT JOIN filed f ON f.cad_pid = u.cadre_pid
        """
    )


@check(
    "O7",
    "已备案未处置",
    clauses=("R34",),
    severity="A",
    certainty="E1",
    needs=("households", "filings", "payments"),
)
def declared_but_kept(plan: Plan, today: dt.date) -> Query:
    """A declared household was found ineligible, by its filing or by the panel, and is still paid after the grace.

    A later positive determination, review or approval reverses the verdict. Caveat: the county's decision on a recheck
    may not be in the files.
    """
    return Query(
        """
        WITH declared AS (
            SELECT f.cad_pid, coalesce(f.hh_id, m.hh_id) AS hh_id, f.rel_pid, f.verdict, f.hh_id IS NULL AS by_person,
                   coalesce(f.filed_on, $deadline) AS judged_on,
                   place_of(f.source_file, f.source_sheet, f.source_row) AS source
            FROM filings f LEFT JOIN member m ON m.pid = f.rel_pid AND f.hh_id IS NULL
            WHERE f.nil IS NOT TRUE AND coalesce(f.hh_id, m.hh_id) IS NOT NULL
        ), verdict AS (
            SELECT cad_pid, hh_id, rel_pid, by_person, judged_on, '备案核查' AS kind, [source] AS sources
            FROM declared WHERE verdict = '不符合'
            UNION ALL
            SELECT d.cad_pid, d.hh_id, d.rel_pid, d.by_person, r.met_on, '村（居）评议',
                   [d.source, place_of(r.source_file, r.source_sheet, r.source_row)]
            FROM declared d JOIN reviews r ON r.hh_id = d.hh_id AND r.result = '不符合' AND r.met_on IS NOT NULL
        ), first_verdict AS (
            SELECT * FROM verdict
            QUALIFY row_number() OVER (PARTITION BY cad_pid, hh_id ORDER BY judged_on, kind, sources) = 1
        ), reversed AS (
            SELECT v.cad_pid, v.hh_id FROM first_verdict v
            JOIN assessments a ON a.hh_id = v.hh_id AND a."date" > v.judged_on AND a.result = '符合'
            UNION SELECT v.cad_pid, v.hh_id FROM first_verdict v
            JOIN reviews r ON r.hh_id = v.hh_id AND r.met_on > v.judged_on AND r.result = '符合'
            UNION SELECT v.cad_pid, v.hh_id FROM first_verdict v
            JOIN case_events e ON e.hh_id = v.hh_id AND e.approve > v.judged_on
        ), late AS (
            SELECT v.*, list(DISTINCT p.month ORDER BY p.month) AS months, sum(p.amt)::BIGINT AS amt,
                   list(p.source ORDER BY p.month, p.source_file, p.source_sheet, p.source_row) AS paid_sources
            FROM first_verdict v JOIN household h ON h.hh_id = v.hh_id
            LEFT JOIN cycle y ON y.kind = h.kind AND y.township_code = h.township_code
            JOIN payment p ON p.hh_id = v.hh_id AND p.type = '正常'
                          AND p.month > month_after(month_of(v.judged_on), $grace * coalesce(y.cycle, 1))
            ANTI JOIN reversed x ON x.cad_pid = v.cad_pid AND x.hh_id = v.hh_id
            GROUP BY ALL
        )
        SELECT l.cad_pid AS subject, l.hh_id AS household_id, l.rel_pid AS person_id, l.months[1] AS period,
               '认定不符后发放' || len(l.months) || '次' AS observed, '清退' AS expected, l.amt AS amount_fen,
               CASE WHEN l.by_person THEN '18位身份证号' ELSE '低保证号' END AS match_key,
               '干部备案的亲属户' || zh_day(l.judged_on) || l.kind || '认定不符合条件，' || zh_months(l.months) || '仍发放'
               || yuan(l.amt) || '元。' AS explanation,
               l.sources || [h.source] || l.paid_sources AS sources
        FROM late l JOIN household h ON h.hh_id = l.hh_id
        """,
        {"grace": plan.number("filing_grace", today), "deadline": plan.date("cadre_forms_due")},
    )


@check(
    "O16",
    "人情保、关系保迹象",
    clauses=("R14", "R37"),
    severity="B",
    certainty="E3",
    needs=("households", "members", "cadres"),
)
def favour_signs(plan: Plan, today: dt.date) -> Query:
    """A household linked to a cadre shows at least one weak sign: few votes, a missing step, no assessment, a high amount.

    Links are filings, membership and the household book. Caveat: a link alone is not improper and is never listed.
    """
    needed, excess = plan.share("review_vote_threshold", today), plan.share("favour_amount_excess", today)
    return Query(
        """
        WITH book AS (
            SELECT pid, item FROM registers WHERE reg = '户籍' AND item IS NOT NULL GROUP BY ALL
        ), cadre AS (
            SELECT cad_pid AS pid, min(place_of(source_file, source_sheet, source_row)) AS source
            FROM cadres GROUP BY cad_pid
        ), link AS (
            SELECT c.pid, m.hh_id, c.source FROM cadre c JOIN member m ON m.pid = c.pid
            UNION
            SELECT c.pid, m.hh_id, c.source FROM cadre c JOIN book own ON own.pid = c.pid
            JOIN book kin ON kin.item = own.item JOIN member m ON m.pid = kin.pid
            UNION
            SELECT c.pid, coalesce(f.hh_id, m.hh_id), c.source FROM cadre c JOIN filings f ON f.cad_pid = c.pid
            LEFT JOIN member m ON m.pid = f.rel_pid AND f.hh_id IS NULL WHERE f.nil IS NOT TRUE
        ), linked AS (
            SELECT hh_id, min(pid) AS pid, list(DISTINCT source ORDER BY source) AS sources FROM link
            WHERE hh_id IS NOT NULL GROUP BY hh_id
        ), usual AS (
            SELECT village_code, kind, median(base // covered) AS per_person FROM household
            WHERE active AND base > 0 AND covered > 0 GROUP BY village_code, kind HAVING count(*) >= $fewest
        ), vote AS (
            SELECT hh_id, arg_max(agree, (met_on, source_row)) AS agree, arg_max(present, (met_on, source_row)) AS present,
                   arg_max(place_of(source_file, source_sheet, source_row), (met_on, source_row)) AS source
            FROM reviews GROUP BY hh_id
        ), step AS (
            SELECT hh_id, max(apply) IS NULL OR max(review) IS NULL OR max(twn_review) IS NULL OR max(approve) IS NULL
                          AS missing, min(place_of(source_file, source_sheet, source_row)) AS source
            FROM case_events GROUP BY hh_id
        ), assessing AS (
            SELECT DISTINCT h.township_code FROM assessment a JOIN household h ON h.hh_id = a.hh_id
        ), told AS (
            SELECT h.hh_id, h.source, h.monthly, l.pid, l.sources, list_filter([
                CASE WHEN v.present > 0 AND v.agree * $vote_den < v.present * $vote_num
                     THEN '评议同意' || v.agree || '票，到会' || v.present || '人' END,
                CASE WHEN s.missing THEN '审批程序缺少环节' END,
                CASE WHEN h.assessed_on IS NULL AND h.township_code IN (FROM assessing) THEN '没有收入核定' END,
                CASE WHEN h.covered > 0 AND h.base // h.covered * $more_den > u.per_person * ($more_num + $more_den)
                     THEN '人均保障金' || yuan(h.base // h.covered) || '元，本村中位数'
                          || yuan(u.per_person::BIGINT) || '元' END
            ], lambda s: s IS NOT NULL) AS signs, v.source AS vote_source, s.source AS step_source
            FROM linked l JOIN household h ON h.hh_id = l.hh_id AND h.active
            LEFT JOIN vote v ON v.hh_id = h.hh_id LEFT JOIN step s ON s.hh_id = h.hh_id
            LEFT JOIN usual u ON u.village_code = h.village_code AND u.kind = h.kind
        )
        SELECT hh_id AS household_id, pid AS subject, len(signs) || '项迹象' AS observed, '无' AS expected,
               monthly AS amount_fen, '18位身份证号' AS match_key,
               '该户与基层干部有关联，并有以下情况：' || array_to_string(signs, '；') || '。' AS explanation,
               [source] || sources || [vote_source, step_source] AS sources
        FROM told WHERE len(signs) > 0
        """,
        {
            "vote_num": needed.numerator,
            "vote_den": needed.denominator,
            "more_num": excess.numerator,
            "more_den": excess.denominator,
            "fewest": plan.number("favour_median_households", today),
        },
    )
