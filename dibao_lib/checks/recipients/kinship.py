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
