"""What became of the households drawn: seen, not found, not yet visited; and the error rate with missing cases shown (R62)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import duckdb
import pandas as pd

from dibao_lib.errors import InputRefused
from dibao_lib.sampling import Draw, SurveyDesign
from dibao_lib.sampling.results import MissingCases
from dibao_lib.sampling.stages import stage_draws

_VISITS = """
SELECT hh_id AS unit, found, view FROM visits WHERE "on" IS NULL OR "on" <= $today
QUALIFY row_number() OVER (PARTITION BY hh_id ORDER BY "on" DESC NULLS LAST, source_file, source_sheet, source_row) = 1
"""


@dataclass(frozen=True, slots=True)
class Response:
    """What a draw of households gave.

    Attributes:
        drawn: households drawn, certainty ones among them.
        certain: of those, taken without a draw.
        seen: visited, with an opinion.
        not_found: visited, nobody met and no opinion.
        undecided: visited, opinion 待查 or none.
        waiting: no visit on record.
        wrong: opinion 调整 or 退出, or dead.
        outside: households visited in the same township that were not drawn; never extrapolated.
        rate: the error rate three ways; None before anybody was visited.
        frame: households in the frame.
    """

    drawn: int
    certain: int
    seen: int
    not_found: int
    undecided: int
    waiting: int
    wrong: int
    outside: int
    rate: MissingCases | None
    frame: int


def visit_results(connection: duckdb.DuckDBPyConnection, today: dt.date) -> pd.DataFrame:
    """The last visit of every household visited. Columns: unit (certificate number), found, view."""
    return connection.execute(_VISITS, {"today": today}).df()


def response(made: Draw, visits: pd.DataFrame) -> Response:
    """What a draw of households gave.

    Args:
        made: the draw.
        visits: from `visit_results`.
    """
    sample = _judged(made.sample[["unit", "certainty"]], visits)
    visited, wrong, right = sample["visited"], sample["wrong"].eq(1), sample["wrong"].eq(0)
    away = visited & sample["wrong"].isna() & sample["found"].eq("人户分离")
    others = visits["unit"].isin(made.frame.units) & ~visits["unit"].isin(sample["unit"])
    return Response(
        len(sample),
        int(sample["certainty"].sum()),
        int((wrong | right).sum()),
        int(away.sum()),
        int((visited & ~wrong & ~right & ~away).sum()),
        int((~visited).sum()),
        int(wrong.sum()),
        int(others.sum()),
        _rate(sample["wrong"], lambda: SurveyDesign.from_draw(made, sample[["unit", "wrong"]])),
        len(made.frame.units),
    )


def county_rate(first: Draw, second: Mapping[str, Draw], visits: pd.DataFrame) -> MissingCases | None:
    """The error rate of the whole county from townships drawn and households drawn in each, three ways.

    Args:
        first: the draw of townships.
        second: township -> draw of households in it, for every township drawn.
        visits: from `visit_results`.

    Returns:
        None where a township drawn has no second stage, or nothing can be estimated yet.
    """
    if {row.unit for row in first.rows} - set(second):
        return None
    sample = _judged(stage_draws(first, second).sample, visits)
    return _rate(
        sample["wrong"],
        lambda: SurveyDesign(
            sample,
            strata=("first_stratum", "second_stratum"),
            stages=("first_unit", "unit"),
            population=("first_population", "second_population"),
        ),
    )


def _judged(sample: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """The sample with `visited` and `wrong`: 1, 0, or empty where there is no opinion."""
    seen = sample.merge(visits, on="unit", how="left", indicator=True)
    wrong = seen["found"].eq("死亡") | seen["view"].isin(["调整", "退出"])
    right = seen["view"].eq("保留") & ~wrong
    flag = [1.0 if w else 0.0 if r else None for w, r in zip(wrong, right, strict=True)]
    return seen.assign(visited=seen["_merge"].eq("both"), wrong=pd.Series(flag, dtype="float64", index=seen.index))


def _rate(wrong: pd.Series, design: Callable[[], SurveyDesign]) -> MissingCases | None:
    """None where fewer than two results, or a stratum of one, leave nothing to estimate."""
    if wrong.notna().sum() < 2:
        return None
    try:
        return design().missing_cases(wrong)
    except InputRefused:
        return None
