"""应保未保: applicants who were refused, a sample of them, and the share refused wrongly (R15, R35)."""

from __future__ import annotations

import duckdb
import pandas as pd

from dibao_lib.errors import InputRefused
from dibao_lib.sampling import Design, Draw, Frame, Interval, draw, rate_interval
from dibao_lib.sampling.rates import Rate

_REFUSED = """
WITH refused AS (
    SELECT c.hh_id, coalesce(h.township_code, c.hh_id[1:9]) AS township_code, c.apply AS on_day, '申请未获批准' AS reason
    FROM case_events c LEFT JOIN household h ON h.hh_id = c.hh_id
    WHERE c.apply IS NOT NULL AND c.approve IS NULL AND NOT coalesce(h.active, false)
    UNION ALL
    SELECT r.hh_id, v.township_code, r.met_on, '评议不符合' FROM reviews r JOIN village v ON v.code = r.vil_id
    LEFT JOIN household h ON h.hh_id = r.hh_id WHERE r.result = '不符合' AND NOT coalesce(h.active, false)
    UNION ALL
    SELECT a.hh_id, h.township_code, a."date", '核定不符合' FROM assessments a JOIN household h ON h.hh_id = a.hh_id
    WHERE a.result = '不符合' AND NOT h.active
)
SELECT hh_id AS household_id, township_code, max(on_day) AS refused_on,
       string_agg(DISTINCT reason, '、' ORDER BY reason) AS reason
FROM refused WHERE hh_id IS NOT NULL AND ($township IS NULL OR township_code = $township)
GROUP BY hh_id, township_code ORDER BY township_code, hh_id
"""


def refused_applicants(connection: duckdb.DuckDBPyConnection, township: str | None = None) -> pd.DataFrame:
    """Households that applied, or were voted or assessed upon, and draw no allowance: the frame of the negative sample.

    Args:
        connection: with the relations of the checks (`open_views`).
        township: code of the only township; None for all.

    Returns:
        One row a household. Columns: household_id, township_code, refused_on (date), reason (申请未获批准, 评议不符合,
        核定不符合).
    """
    return connection.execute(_REFUSED, {"township": township}).df()


def draw_refused(refused: pd.DataFrame, n: int, name: str, seed: str) -> Draw:
    """Refused applicants to visit, by ticket, townships as strata.

    Args:
        refused: from `refused_applicants`.
        n: how many.
        name: of the draw.
        seed: the public seed.

    Raises:
        InputRefused: nobody was refused, so there is nothing to draw from.
    """
    if refused.empty:
        raise InputRefused("表册中没有未获批准的申请。请先导入审批流程记录或评议结果汇总表，再抽取未获批准的申请户。")
    return draw(Frame.from_dataframe(refused, "household_id", "township_code"), Design(name, n=n), seed)


def left_out_rate(eligible: int, seen: int, refused: int, confidence: Rate = 0.95) -> Interval:
    """The share of refused applicants who should have been included, exact limits of a finite population.

    Args:
        eligible: of those seen, found eligible.
        seen: refused applicants drawn at random and visited.
        refused: refused applicants in the frame.
        confidence: of the limits.
    """
    return rate_interval(eligible, seen, population=refused, confidence=confidence)
