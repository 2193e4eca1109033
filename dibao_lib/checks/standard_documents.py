"""一查: the documents a standard rests on - provincial floor, lawful issue, timely adjustment (R07, R09, R10)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check, words
from dibao_lib.plan import Plan


@check("S1", "标准低于省定", clauses=("R07",), severity="A", certainty="E0", needs=("standards",))
def standard_below_floor(plan: Plan, today: dt.date) -> Query:
    """A standard of the period is below the provincial floor stated for the same kind and area.

    Floors come from the table of standards and from entries of the plan that were confirmed against the document.
    Caveat: the province may publish guiding standards by class of county; the floor entered must be this county's.
    """
    return Query(
        """
        WITH stated AS (
            SELECT kind, CASE WHEN list_contains(county_words, trim(coalesce(area, ''))) THEN ''
                              ELSE trim(area) END AS area,
                   effective, expiry, std, floor, place_of(source_file, source_sheet, source_row) AS source
            FROM standards, setting
        ), spans AS (
            SELECT *, coalesce(expiry + 1, (SELECT min(n.effective) FROM stated n WHERE n.kind = s.kind
                                            AND n.area = s.area AND n.effective > s.effective)) AS ending
            FROM stated s
        ), floors AS (
            SELECT kind, area, effective AS since, floor, source FROM stated WHERE floor IS NOT NULL
            UNION ALL
            SELECT unnest($kinds::VARCHAR[]), '', unnest($days::DATE[]), unnest($floors::BIGINT[]), NULL
        ), below AS (
            SELECT s.*, f.floor AS required, greatest(s.effective, f.since) AS since, f.source AS floor_source
            FROM setting, spans s JOIN floors f ON f.kind = s.kind AND f.area = s.area
                 AND (s.ending IS NULL OR f.since < s.ending)
            WHERE s.std + $tolerance < f.floor AND greatest(s.effective, f.since) <= today
              AND (s.ending IS NULL OR s.ending > (first_month || '-01')::DATE)
              AND NOT EXISTS (FROM floors n WHERE n.kind = f.kind AND n.area = f.area
                              AND n.since > f.since AND n.since <= s.effective)
            QUALIFY row_number() OVER (PARTITION BY s.kind, s.area, s.effective, s.std
                                       ORDER BY since, f.floor DESC, s.source, f.source NULLS LAST) = 1
        )
        SELECT kind || '|' || area || '|' || effective || '|' || std AS subject, month_of(since) AS period,
               yuan(std) || '元' AS observed, '不低于' || yuan(required) || '元' AS expected,
               kind || '低保自' || zh_day(effective) || '起的标准' || yuan(std) || '元，省定标准' || yuan(required)
               || '元，低' || yuan(required - std) || '元。' AS explanation,
               [source, floor_source] AS sources
        FROM below
        """,
        {"tolerance": plan.number("standard_floor_tolerance", today), **_confirmed_floors(plan)},
    )


@check("S3", "标准制定程序", clauses=("R09",), severity="A", certainty="E1", needs=("standards",))
def standard_without_issue_trail(plan: Plan, today: dt.date) -> Query:
    """A standard of the period lacks document number, issuer, dates, study or consultation, or another body issued it.

    The evidence of study and consultation counts as missing where the table speaks of it for any standard at all.
    Caveat: a joint notice of civil affairs and finance counts when it says that the government agreed to it.
    """
    return Query(
        """
        WITH stated AS (
            SELECT s.*, place_of(source_file, source_sheet, source_row) AS source, coalesce(trim(area), '') AS place,
                   (SELECT bool_or(survey IS NOT NULL) FROM standards) AS says_survey,
                   (SELECT bool_or(consult IS NOT NULL) FROM standards) AS says_consult,
                   coalesce(expiry + 1, (SELECT min(n.effective) FROM standards n WHERE n.kind = s.kind
                                         AND coalesce(trim(n.area), '') = coalesce(trim(s.area), '')
                                         AND n.effective > s.effective)) AS ending
            FROM standards s
        ), told AS (
            SELECT stated.*, list_filter([
                CASE WHEN nullif(trim(doc_no), '') IS NULL THEN '缺文号' END,
                CASE WHEN nullif(trim(issuer), '') IS NULL THEN '缺发文机关'
                     WHEN NOT mentions(issuer, $issuers) OR mentions(issuer, $lower_bodies) THEN '不是由市政府发文' END,
                CASE WHEN issued IS NULL THEN '缺发文日期' END,
                CASE WHEN published IS NULL THEN '缺公布日期'
                     WHEN published < issued THEN '公布日期（' || zh_day(published) || '）早于发文日期（'
                                                  || zh_day(issued) || '）' END,
                CASE WHEN says_survey AND survey IS NOT TRUE THEN '缺调研测算材料' END,
                CASE WHEN says_consult AND consult IS NOT TRUE THEN '缺征求意见材料' END
            ], lambda s: s IS NOT NULL) AS faults
            FROM stated, setting
            WHERE effective <= today AND (ending IS NULL OR ending > (first_month || '-01')::DATE)
            QUALIFY row_number() OVER (PARTITION BY kind, place, effective, std
                                       ORDER BY source_file, source_sheet, source_row) = 1
        )
        SELECT kind || '|' || place || '|' || effective || '|' || std AS subject, month_of(effective) AS period,
               array_to_string(faults, '、') AS observed, '政府发文、公布，有调研和征求意见材料' AS expected,
               kind || '低保自' || zh_day(effective) || '起的标准' || yuan(std) || '元：'
               || array_to_string(faults, '、') || '。' AS explanation,
               [source] AS sources
        FROM told WHERE len(faults) > 0
        """,
        {
            "issuers": words(plan, "standard_issuers", today),
            "lower_bodies": words(plan, "standard_lower_bodies", today),
        },
    )


@check("S4", "标准未及时调整", clauses=("R10",), severity="B", certainty="E2", needs=("standards",))
def standard_not_adjusted(plan: Plan, today: dt.date) -> Query:
    """The last standard of a kind is older than the plan's months, or followed a raised provincial floor late.

    Whether it followed late is judged only by floors of the plan that were confirmed.
    Caveat: leaving a standard as it is may be lawful when the review is documented.
    """
    return Query(
        """
        WITH stated AS (
            SELECT kind, CASE WHEN list_contains(county_words, trim(coalesce(area, ''))) THEN ''
                              ELSE trim(area) END AS area,
                   effective, expiry, std, place_of(source_file, source_sheet, source_row) AS source
            FROM standards, setting WHERE effective <= today
        ), latest AS (
            SELECT * FROM stated
            QUALIFY row_number() OVER (PARTITION BY kind, area ORDER BY effective DESC, std DESC, source) = 1
        ), floors AS (
            SELECT unnest($kinds::VARCHAR[]) AS kind, unnest($days::DATE[]) AS since, unnest($floors::BIGINT[]) AS floor
        ), behind AS (
            SELECT f.*, (SELECT min(s.effective) FROM stated s WHERE s.kind = f.kind AND s.area = ''
                         AND s.effective >= f.since AND s.std >= f.floor) AS followed,
                   (SELECT max_by(s, s.effective) FROM stated s WHERE s.kind = f.kind AND s.area = ''
                    AND s.effective <= f.since) AS before
            FROM floors f, setting WHERE f.since BETWEEN (first_month || '-01')::DATE AND today
        )
        SELECT kind || '|' || area AS subject, month_of(effective) AS period,
               date_diff('month', effective, today) || '个月未调整' AS observed, $months || '个月内调整' AS expected,
               kind || '低保标准' || zh_day(effective) || '起执行，至' || zh_day(today) || '已满'
               || date_diff('month', effective, today) || '个月未调整。' AS explanation, [source] AS sources
        FROM latest, setting
        WHERE effective + to_months($months::INTEGER) < today AND (expiry IS NULL OR expiry >= today)
        UNION ALL
        SELECT kind || '|省定|' || since, month_of(since),
               '晚' || date_diff('day', since, coalesce(followed, today)) || '天', zh_day(since) || '起执行',
               kind || '省定标准' || zh_day(since) || '起为' || yuan(floor) || '元，本级标准'
               || coalesce(zh_day(followed) || '才达到', '至' || zh_day(today) || '仍未达到') || '，晚'
               || date_diff('day', since, coalesce(followed, today)) || '天。', [before.source]
        FROM behind, setting WHERE before.std < floor AND since < coalesce(followed, today)
        """,
        {"months": plan.number("standard_adjust_months", today), **_confirmed_floors(plan)},
    )


def _confirmed_floors(plan: Plan) -> dict[str, object]:
    """Provincial floors of the plan that somebody checked against the document, as three parallel lists."""
    confirmed = [standard for standard in plan.standards if standard.confirmed]
    return {
        "kinds": [standard.kind for standard in confirmed],
        "days": [standard.effective for standard in confirmed],
        "floors": [standard.floor_fen for standard in confirmed],
    }
