"""专项: were the campaign's deliverables on time, its hearings complete, its problems closed (R33, R43, R55, R60-R65)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check
from dibao_lib.plan import Plan


@check(
    "C1",
    "时限",
    clauses=("R32", "R33", "R43", "R47", "R55"),
    severity="A",
    certainty="E0",
    needs=("filings|stat_filings|reviews|stat_form",),
)
def deliverable_late(plan: Plan, today: dt.date) -> Query:
    """Filings, the two statistics forms or a village's review came after their day, or a township sent no form at all.

    A missing form is reported once its day has passed and other townships sent theirs. Caveat: 5 May-10 is the day of
    the report, 5 May-15 only ends the stage; the day is the one written on the form.
    """
    return Query(
        """
        WITH late_filing AS (
            SELECT c.twn_id AS township_code, count(DISTINCT f.cad_pid) AS cadres, max(f.filed_on) AS filed_on,
                   list(place_of(f.source_file, f.source_sheet, f.source_row)
                        ORDER BY f.source_file, f.source_sheet, f.source_row) AS sources
            FROM filings f JOIN (SELECT DISTINCT cad_pid, twn_id FROM cadres) c ON c.cad_pid = f.cad_pid
            WHERE f.filed_on > $filings_due GROUP BY c.twn_id
        ), form AS (
            SELECT twn_id, '基层干部及其亲属享受低保待遇情况统计表' AS title, 'M4' AS item, $filings_due AS due,
                   min(filed_on) AS filed_on, min(place_of(source_file, source_sheet, source_row)) AS source
            FROM stat_filings GROUP BY twn_id
            UNION ALL
            SELECT twn_id, '专项治理工作情况统计表', 'M6', $report_due, min(filed_on),
                   min(place_of(source_file, source_sheet, source_row))
            FROM stat_form GROUP BY twn_id
        ), asked AS (
            SELECT DISTINCT title, item, due FROM form
        ), sent AS (
            SELECT township_code, list(source ORDER BY hh_id) AS sources FROM household
            WHERE active AND township_code IS NOT NULL GROUP BY township_code
        ), meeting AS (
            SELECT vil_id, min(met_on) AS met_on, count(*) AS households,
                   list(place_of(source_file, source_sheet, source_row)
                        ORDER BY source_file, source_sheet, source_row) AS sources
            FROM reviews WHERE met_on IS NOT NULL GROUP BY vil_id
        )
        SELECT township_code, NULL AS village_code, 'M4|备案表' AS subject, '最迟' || zh_day(filed_on) AS observed,
               zh_day($filings_due) || '前' AS expected,
               cadres || '名干部的备案表在' || zh_day($filings_due) || '以后才填报，最迟' || zh_day(filed_on) || '，晚'
               || date_diff('day', $filings_due, filed_on) || '天。' AS explanation, sources[:50] AS sources
        FROM late_filing
        UNION ALL
        SELECT twn_id, NULL, item || '|' || title, zh_day(filed_on), zh_day(due) || '前',
               '《' || title || '》' || zh_day(filed_on) || '上报，应在' || zh_day(due) || '前上报，晚'
               || date_diff('day', due, filed_on) || '天。', [source]
        FROM form WHERE filed_on > due
        UNION ALL
        SELECT s.township_code, NULL, a.item || '|' || a.title, '没有上报', zh_day(a.due) || '前',
               '《' || a.title || '》应在' || zh_day(a.due) || '前上报，至' || zh_day(today) || '没有上报，已超过'
               || date_diff('day', a.due, today) || '天。', s.sources[:5]
        FROM setting, sent s, asked a ANTI JOIN form f ON f.twn_id = s.township_code AND f.item = a.item
        WHERE today > a.due
        UNION ALL
        SELECT NULL, vil_id, 'M5', zh_day(met_on), zh_day($review_due) || '前',
               '评议会' || zh_day(met_on) || '才召开，应在' || zh_day($review_due) || '前，晚'
               || date_diff('day', $review_due, met_on) || '天。', sources[:20]
        FROM meeting WHERE met_on > $review_due
        """,
        {
            "filings_due": plan.date("cadre_forms_due"),
            "report_due": plan.date("self_report_due"),
            "review_due": plan.date("panel_review_due"),
        },
    )


@check("C6", "听证会", clauses=("R60", "R61"), severity="A", certainty="E1", needs=("hearings|drawn",), version=2)
def hearing_incomplete(plan: Plan, today: dt.date) -> Query:
    """A hearing lacked recipients, panel members or representatives, minutes or signatures, or a drawn village held none.

    Villages are those of draws named for hearings, judged once the days for hearings have passed. Caveat: blank
    attendance is missing attendance only where the record counts another group.
    """
    return Query(
        """
        WITH record AS (
            SELECT *, place_of(source_file, source_sheet, source_row) AS source,
                   coalesce(att_recip, att_panel, att_rep) IS NOT NULL AS counts
            FROM hearings
            QUALIFY row_number() OVER (PARTITION BY hear_id ORDER BY source_file, source_sheet, source_row) = 1
        ), told AS (
            SELECT *, list_filter([
                CASE WHEN counts AND coalesce(att_recip, 0) < $each THEN '没有低保对象参加' END,
                CASE WHEN counts AND coalesce(att_panel, 0) < $each THEN '没有评议团成员参加' END,
                CASE WHEN counts AND coalesce(att_rep, 0) < $each THEN '没有村（居）民代表参加' END,
                CASE WHEN nullif(trim(statement), '') IS NULL AND nullif(trim(opinions), '') IS NULL
                     THEN '没有会议记录' END,
                CASE WHEN signatures = false THEN '没有签名' END], lambda s: s IS NOT NULL) AS faults
            FROM record
        ), unheard AS (
            SELECT d.unit, min(split_part(d.draw, '/', 1)) AS draw, list(d.source ORDER BY d.source) AS sources
            FROM setting, drawn d ANTI JOIN hearings h ON h.vil_id = d.unit
            WHERE d.level = 'village' AND contains(d.draw, '听证') AND today > $due GROUP BY d.unit
        )
        SELECT hear_id AS subject, vil_id AS village_code, coalesce(month_of("on"), '') AS period,
               array_to_string(faults, '；') AS observed, '三方代表参加，有记录、有签名' AS expected,
               coalesce(zh_day("on"), '一次') || '听证会：' || array_to_string(faults, '；') || '。' AS explanation,
               [source] AS sources
        FROM told WHERE len(faults) > 0
        UNION ALL
        SELECT '未召开', unit, '', '没有听证会记录', zh_day($due) || '前召开',
               '该村（居）在“' || draw || '”中抽中，应在' || zh_day($due) || '前召开听证会，没有听证会记录。', sources
        FROM unheard
        """,
        {"each": plan.number("hearing_minimum_each", today), "due": plan.date("supervision_due")},
    )


@check(
    "C7",
    "整改逾期",
    clauses=("R63", "R64", "R65", "R72"),
    severity="A",
    certainty="E0",
    needs=("rectifications",),
    version=2,
)
def rectification_overdue(plan: Plan, today: dt.date) -> Query:
    """A problem is open after its day, closed without proof or by its owner, or came again after self-inspection ended.

    A problem came again when one of the same kind of the same township had been settled before. Caveat: the ledger's
    own day counts; an extension must be written into it; it tells the kind of a problem, not the household.
    """
    return Query(
        """
        WITH problem AS (
            SELECT *, place_of(source_file, source_sheet, source_row) AS source FROM rectifications
            QUALIFY row_number() OVER (PARTITION BY fid ORDER BY source_file, source_sheet, source_row) = 1
        ), repeated AS (
            SELECT again.fid, max(first.done_on) AS settled_on, arg_max(first.source, (first.done_on, first.source)) AS first_source
            FROM problem again JOIN problem first ON first.twn_id = again.twn_id
                AND trim(first.check_id) = trim(again.check_id) AND first.fid <> again.fid
                AND first.state IN ('已整改', '已销号') AND first.done_on < again.found_on
            WHERE again.found_on > $ended GROUP BY again.fid
        ), told AS (
            SELECT p.*, r.first_source, list_filter([
                CASE WHEN state IS DISTINCT FROM '已销号' AND due < today
                     THEN '应于' || zh_day(due) || '前整改，状态为' || coalesce(state, '空白') || '，已逾期'
                          || date_diff('day', due, today) || '天' END,
                CASE WHEN state = '已销号' AND nullif(trim(proof), '') IS NULL THEN '已销号但没有佐证材料' END,
                CASE WHEN state = '已销号' AND trim(verifier) = trim(owner) THEN '由责任人本人销号' END,
                CASE WHEN r.fid IS NOT NULL
                     THEN '同类问题' || zh_day(settled_on) || '整改完成，' || zh_day(found_on) || '又被发现' END
            ], lambda s: s IS NOT NULL) AS faults
            FROM setting, problem p LEFT JOIN repeated r ON r.fid = p.fid
        )
        SELECT fid AS subject, twn_id AS township_code, coalesce(month_of(due), '') AS period,
               coalesce(state, '状态空白') AS observed, '按期整改、不再发生，凭佐证由他人销号' AS expected, amt AS amount_fen,
               phrases(faults) AS explanation, [source, first_source] AS sources
        FROM told WHERE len(faults) > 0
        """,
        {"ended": plan.date("self_inspection_end")},
    )
