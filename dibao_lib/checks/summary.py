"""The findings counted: 五查 by township, and check by check, with the money at risk."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dibao_lib.checks.catalogue import rules
from dibao_lib.checks.rule import CHAPTERS
from dibao_lib.plan import Plan

_WHOLE_PLACE = "（全市）"
_TOTAL = "合计"


def summary(findings: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """One row per township of the plan, then those it does not know, findings of the whole place, and the total.

    Returns:
        township_code, township (str), 一查 … 五查, 专项, A, B, C, 合计 (int64 counts), amount_fen (int64).
    """
    counted = findings.assign(
        township_code=findings["township_code"].fillna(""), chapter=findings["check_id"].str[:1].map(CHAPTERS)
    )
    rows = [_row(code, name, counted[counted["township_code"] == code]) for code, name in _places(counted, plan)]
    return pd.DataFrame([*rows, _row("", _TOTAL, counted)])


def _places(counted: pd.DataFrame, plan: Plan) -> Iterator[tuple[str, str]]:
    known = {township.code: township.name for township in plan.townships}
    yield from known.items()
    others = counted[~counted["township_code"].isin([*known, ""])]
    for code, name in others.groupby("township_code")["township"].first().fillna("").items():
        yield str(code), str(name) or str(code)
    if (counted["township_code"] == "").any():
        yield "", _WHOLE_PLACE


def _row(code: str, name: str, part: pd.DataFrame) -> dict[str, object]:
    chapters = {chapter: int((part["chapter"] == chapter).sum()) for chapter in CHAPTERS.values()}
    severities = {severity: int((part["severity"] == severity).sum()) for severity in "ABC"}
    return {
        "township_code": code,
        "township": name,
        **chapters,
        **severities,
        _TOTAL: len(part),
        "amount_fen": _money(part),
    }


def by_check(findings: pd.DataFrame) -> pd.DataFrame:
    """One row per check of the catalogue, found or not.

    Returns:
        check_id, chapter, title (str), findings, A, B, C, townships, households (int64 counts), amount_fen (int64).
    """
    return pd.DataFrame(
        [
            {
                "check_id": rule.id,
                "chapter": rule.chapter,
                "title": rule.title,
                "findings": len(part),
                **{severity: int((part["severity"] == severity).sum()) for severity in "ABC"},
                "townships": part["township_code"].nunique(),
                "households": part["household_id"].nunique(),
                "amount_fen": _money(part),
            }
            for rule in rules()
            for part in [findings[findings["check_id"] == rule.id]]
        ]
    )


def _money(part: pd.DataFrame) -> int:
    return int(part["amount_fen"].fillna(0).astype("int64").sum())
