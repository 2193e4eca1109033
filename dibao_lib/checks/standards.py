"""一查: is the standard set as it should be (R07-R11)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check
from dibao_lib.plan import Plan


@check("S2", "两个保障标准", clauses=("R11",), severity="A", certainty="E0", needs=("standards",))
def two_standards(plan: Plan, today: dt.date) -> Query:
    """Two standards of one kind and area are in force on one day, or a township's grants imply two of them.

    The second signal is a lead (B): among 补差 households base/covered + per-capita income gives the standard used.
    Caveat: urban and rural differ lawfully, and 分档 payment is not a second standard.
    """
    share = plan.share("two_standards_share", today)
    return Query(
        """
        WITH stated AS (
            SELECT kind, effective, expiry, std,
                   CASE WHEN list_contains(county_words, trim(coalesce(area, ''))) THEN '' ELSE trim(area) END AS area,
                   list(place_of(source_file, source_sheet, source_row)
                        ORDER BY source_file, source_sheet, source_row) AS sources
            FROM standards, setting GROUP BY ALL
        ), spans AS (
            SELECT *, coalesce(expiry, (SELECT min(n.effective) FROM stated n
                                        WHERE n.kind = s.kind AND n.area = s.area
                                          AND n.effective > s.effective)) AS ending
            FROM stated s
        ), pairs AS (
            SELECT b.kind, b.area, b.effective, a.std AS std_a, b.std AS std_b, a.sources || b.sources AS sources
            FROM spans a JOIN spans b ON a.kind = b.kind AND a.area = b.area AND a.std <> b.std
            WHERE (a.effective < b.effective AND (a.ending IS NULL OR b.effective < a.ending))
               OR (a.effective = b.effective AND a.std < b.std)
        ), doubled AS (
            SELECT kind, area, effective, list_sort(list_distinct(list(std_a) || list(std_b))) AS stds,
                   flatten(list(sources ORDER BY std_a, std_b)) AS sources
            FROM pairs GROUP BY kind, area, effective
        ), implied AS (
            SELECT h.township_code, h.kind, h.source, h.hh_id,
                   (2 * (h.base + h.pci * h.covered) + 100 * h.covered) // (200 * h.covered) AS std_yuan
            FROM household h
            WHERE h.active AND h.method = '补差' AND h.base > 0 AND h.covered > 0 AND h.pci IS NOT NULL
        ), valued AS (
            SELECT township_code, kind, std_yuan, count(*) AS n,
                   sum(count(*)) OVER (PARTITION BY township_code, kind) AS households,
                   list(source ORDER BY hh_id) AS sources
            FROM implied GROUP BY township_code, kind, std_yuan
        ), modes AS (
            SELECT township_code, kind, any_value(households) AS households, max(std_yuan) - min(std_yuan) AS apart,
                   list(std_yuan || '元' || n || '户' ORDER BY std_yuan) AS values,
                   flatten(list(sources ORDER BY n DESC, std_yuan)[2:]) AS sources
            FROM valued WHERE households >= $fewest AND n * $share_den >= households * $share_num
            GROUP BY township_code, kind
        )
        SELECT kind || '|' || area || '|' || effective AS subject, NULL AS township_code,
               month_of(effective) AS period,
               array_to_string(list_transform(stds, lambda s: yuan(s) || '元'), '、') AS observed,
               '一个标准' AS expected,
               kind || '低保自' || zh_day(effective) || '起同时有' || len(stds) || '个标准：'
               || array_to_string(list_transform(stds, lambda s: yuan(s) || '元'), '、') || '。' AS explanation,
               sources, 'A' AS severity, 'E0' AS certainty
        FROM doubled
        UNION ALL
        SELECT kind, township_code, '', array_to_string(values, '、'), '一个标准',
               kind || '补差户' || households || '户，由补差额和人均收入推算的标准集中在两个以上数值：'
               || array_to_string(values, '、') || '。', sources, 'B', 'E2'
        FROM modes WHERE apart > $rounding
        """,
        {
            "share_num": share.numerator,
            "share_den": share.denominator,
            "fewest": plan.number("two_standards_households", today),
            "rounding": plan.number("two_standards_gap", today) // 100,
        },
    )
