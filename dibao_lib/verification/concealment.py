"""How much the self-inspection kept silent about, with exact limits, and the facts that call for rule D4 (R62, R65)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import duckdb
import pandas as pd

from dibao_lib.plan import Plan
from dibao_lib.sampling import Interval, rate_interval
from dibao_lib.verification.items import DIFFERS
from dibao_lib.verification.problems import CONCEALED, UNFIXED

_REVERIFIED = """
SELECT h.township_code, h.hh_id AS household_id
FROM household h JOIN (SELECT DISTINCT hh_id FROM visits WHERE "on" > $ended AND "on" <= $today
                       UNION SELECT unnest(case_hh) FROM hearings WHERE "on" > $ended AND "on" <= $today) v
  ON v.hh_id = h.hh_id
WHERE (h.start IS NULL OR h.start <= month_of($ended)) AND h.township_code IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Concealment:
    """One township's self-inspection judged.

    Attributes:
        township_code: whose.
        reverified: households visited or heard after the self-inspection ended that were on the register then.
        concealed: of those, with a problem that the self-inspection did not report.
        rate: concealed / reverified with exact two-sided limits; None when nobody was reverified.
        silent: households with a problem of that time not reported, found by whatever means.
        known: those and the ones reported.
        share: silent / known with exact two-sided limits; None when there is no problem at all.
        unfixed: reported and not corrected in time.
        figures: filled figures of the forms that differ from the recount.
        signal: whether rule D4 is to be considered.
        reasons: why, one Chinese phrase each; a named person decides.
    """

    township_code: str
    reverified: int
    concealed: int
    rate: Interval | None
    silent: int
    known: int
    share: Interval | None
    unfixed: int
    figures: int
    signal: bool
    reasons: tuple[str, ...]


def concealment(
    connection: duckdb.DuckDBPyConnection,
    plan: Plan,
    today: dt.date,
    problems: pd.DataFrame,
    items: pd.DataFrame,
    township: str | None = None,
) -> list[Concealment]:
    """Each township's self-inspection judged, in the order of codes.

    Args:
        connection: with the relations of the checks (`open_views`).
        plan: its `concealment_alert` is the rate above which the lower limit alarms, `concealment_confidence` the
            confidence of the limits.
        today: visits and hearings after this day do not count.
        problems: from `problem_households`.
        items: from `self_inspection_items`.
        township: code of the only township; None for all.

    Source: 方案 R62, R65 and checks.tsv C4: alarm when the exact lower limit exceeds the share.
    """
    again = connection.execute(_REVERIFIED, {"ended": plan.date("self_inspection_end"), "today": today}).df()
    codes = sorted({*again["township_code"], *problems["township_code"].dropna(), *items["township_code"]})
    return [_judged(plan, today, code, again, problems, items) for code in codes if township in (None, code)]


def _judged(
    plan: Plan, today: dt.date, code: str, again: pd.DataFrame, problems: pd.DataFrame, items: pd.DataFrame
) -> Concealment:
    visited = again.loc[again["township_code"].eq(code), "household_id"]
    ours = problems[problems["township_code"].eq(code)]
    silent = ours[ours["standing"].eq(CONCEALED)]
    hidden = int(visited.isin(silent["household_id"]).sum())
    known = int(ours["standing"].eq(CONCEALED).sum() + ours["reported"].sum())
    confidence = plan.share("concealment_confidence", today)
    rate = rate_interval(hidden, len(visited), confidence=confidence) if len(visited) else None
    share = rate_interval(len(silent), known, confidence=confidence) if known else None
    unfixed = int(ours["standing"].eq(UNFIXED).sum())
    figures = int((items["township_code"].eq(code) & items["outcome"].eq(DIFFERS)).sum())
    alert = float(plan.share("concealment_alert", today))
    kin = int((silent["found_type"].eq("关系保")).sum())
    reasons = [
        f"复核{len(visited)}户，自查未报{hidden}户，比率下限{rate.lower:.1%}高于{alert:.1%}"
        if rate and rate.lower > alert
        else "",
        f"干部亲属享受而未备案{kin}户" if kin else "",
        f"自查已报而未按期纠正{unfixed}户" if unfixed else "",
        f"统计表、汇总表有{figures}项与明细不符" if figures else "",
    ]
    told = tuple(reason for reason in reasons if reason)
    signal = bool(reasons[0] or reasons[1])
    return Concealment(code, len(visited), hidden, rate, len(silent), known, share, unfixed, figures, signal, told)
