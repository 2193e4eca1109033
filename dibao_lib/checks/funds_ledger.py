"""五查: does the money ledger tie - balances, matching funds, payments, other uses (R21, R22, R24)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.checks.rule import Query, check, words
from dibao_lib.plan import Plan


@check("F10", "资金勾稽与配套", clauses=("R21", "R22", "R24"), severity="A", certainty="E1", needs=("funds",))
def ledger_does_not_tie(plan: Plan, today: dt.date) -> Query:
    """A ledger's balances do not follow from its rows, matching funds fall short, or money went to other uses.

    What the ledger paid out to recipients against the payment lists of the same whole months is a lead (B): money may
    be in transit. Caveat: matching is judged only once the plan's share was filled in; words of uses are examples.
    """
    share = plan.share("county_matching_share", today)
    return Query(
        """
        WITH entry AS (
            SELECT *, coalesce(in_amt, 0) AS inflow, coalesce(out_amt, 0) AS outflow,
                   place_of(source_file, source_sheet, source_row) AS source
            FROM funds
        ), balanced AS (
            SELECT *, lag(bal) OVER book AS before, lag(source) OVER book AS before_source FROM entry
            WINDOW book AS (PARTITION BY twn_id, source_file, source_sheet ORDER BY source_row)
        ), broken AS (
            SELECT * FROM balanced WHERE abs(before + inflow - outflow - bal) > $tolerance
            QUALIFY row_number() OVER (PARTITION BY twn_id ORDER BY "date", source_file, source_sheet, source_row) = 1
        ), matching AS (
            SELECT twn_id, sum(inflow)::BIGINT AS total, coalesce(sum(inflow) FILTER (src = '县级配套'), 0)::BIGINT AS own,
                   list(source ORDER BY source_file, source_sheet, source_row) AS sources
            FROM entry WHERE src IN ('中央', '省', '设区市', '县级配套') AND inflow > 0 GROUP BY twn_id
        ), spent AS (
            SELECT twn_id, min("date") AS first_on, sum(outflow)::BIGINT AS amt, count(*) AS n,
                   list(source ORDER BY source_file, source_sheet, source_row) AS sources
            FROM entry WHERE outflow > 0 AND mentions(use, $other_uses) GROUP BY twn_id
        ), paid_out AS (
            SELECT twn_id, min(month_of("date")) AS first_month, max(month_of("date")) AS last_month,
                   sum(outflow)::BIGINT AS amt, list(source ORDER BY source_file, source_sheet, source_row) AS sources
            FROM entry WHERE outflow > 0 AND mentions(use, $payout_uses) AND twn_id IS NOT NULL GROUP BY twn_id
        ), received AS (
            SELECT o.twn_id, sum(p.net)::BIGINT AS amt FROM paid_out o
            JOIN payment p ON p.township_code = o.twn_id AND p.month BETWEEN o.first_month AND o.last_month
            GROUP BY o.twn_id
        )
        SELECT twn_id AS township_code, '余额' AS subject, month_of("date") AS period, '余额' || yuan(bal) || '元' AS observed,
               '余额' || yuan(before + inflow - outflow) || '元' AS expected,
               abs(before + inflow - outflow - bal) AS amount_fen,
               zh_day("date") || '账面余额' || yuan(bal) || '元，上笔余额' || yuan(before) || '元加拨入' || yuan(inflow)
               || '元减拨出' || yuan(outflow) || '元应为' || yuan(before + inflow - outflow) || '元，相差'
               || yuan(abs(before + inflow - outflow - bal)) || '元。' AS explanation,
               [source, before_source] AS sources, NULL AS severity
        FROM broken
        UNION ALL
        SELECT twn_id, '配套', '', '本级配套' || yuan(own) || '元',
               '不少于' || yuan((total * $share_num + $share_den - 1) // $share_den) || '元',
               (total * $share_num + $share_den - 1) // $share_den - own,
               '各级拨入' || yuan(total) || '元，本级配套' || yuan(own) || '元，少于应配套的'
               || yuan((total * $share_num + $share_den - 1) // $share_den) || '元。', sources[:50], NULL
        FROM matching WHERE own * $share_den < total * $share_num
        UNION ALL
        SELECT twn_id, '用途', month_of(first_on), '其他用途' || n || '笔', '只用于发放低保金', amt,
               '从低保资金中列支其他用途' || n || '笔，共' || yuan(amt) || '元。', sources, NULL
        FROM spent
        UNION ALL
        SELECT o.twn_id, '发放', o.first_month, '台账拨出' || yuan(o.amt) || '元', '发放明细' || yuan(r.amt) || '元',
               abs(o.amt - r.amt),
               zh_month(o.first_month) || '至' || zh_month(o.last_month) || '资金台账列发放' || yuan(o.amt)
               || '元，发放明细合计' || yuan(r.amt) || '元，相差' || yuan(abs(o.amt - r.amt)) || '元。', o.sources[:50], 'B'
        FROM paid_out o JOIN received r ON r.twn_id = o.twn_id WHERE abs(o.amt - r.amt) > $tolerance
        """,
        {
            "tolerance": plan.number("funds_tolerance", today),
            "share_num": share.numerator,
            "share_den": share.denominator,
            "other_uses": words(plan, "funds_other_uses", today),
            "payout_uses": words(plan, "funds_payout_uses", today),
        },
    )
