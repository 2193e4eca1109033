"""The verification's results under Chinese headings, for notebooks and reports alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dibao_lib.sampling import Interval
from dibao_lib.units import yuan
from dibao_lib.verification.concealment import Concealment
from dibao_lib.verification.items import AGREES, DIFFERS, NOT_COUNTED
from dibao_lib.verification.refused import draw_refused

_TYPES = {
    "type": "问题类型",
    "reported": "自查已报",
    "fixed": "其中已纠正",
    "unfixed": "其中未按期纠正",
    "found": "检查认定",
    "both": "其中自查已报",
    "other_type": "其中类型不同",
    "concealed": "自查未报",
    "later": "此后发生（不计）",
}


def outcomes_table(items: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """How many figures agree, differ, have no list behind them; a township a row."""
    counts = pd.crosstab(items["township_code"], items["outcome"])
    counts = counts.reindex(columns=[AGREES, DIFFERS, NOT_COUNTED], fill_value=0)
    named = counts.rename(index=lambda code: names.get(code, code))
    return named.rename_axis(index="乡镇（街道）", columns=None).reset_index()


def differing_table(items: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The figures that differ, as filed and as counted, and what the team saw where it saw something."""
    off = items[items["outcome"].eq(DIFFERS)]
    seen = {"现场所见": off["seen"].to_list()} if off["seen"].ne("").any() else {}
    return pd.DataFrame(
        {
            "乡镇（街道）": [names.get(code, code) for code in off["township_code"]],
            "报表": off["form"].to_list(),
            "项目": [f"{kind} {item}" for kind, item in zip(off["kind"], off["item"], strict=True)],
            "填报": _amounts(off["reported"], off["unit"]),
            "核实": _amounts(off["recounted"], off["unit"]),
            "相差": [_more_or_less(text) for text in _amounts(off["reported"] - off["recounted"], off["unit"])],
            "核实依据": off["basis"].to_list(),
            **seen,
        }
    )


def types_table(counts: pd.DataFrame) -> pd.DataFrame:
    """Reported against found by problem type; types and columns in which nothing happened are left out.

    Args:
        counts: from `confusion`.
    """
    some = counts[(counts.drop(columns="type") > 0).any(axis=1) | counts["type"].eq("合计")]
    idle = [name for name in ("other_type", "later") if not counts[name].any()]
    rows = some.drop(columns=idle).rename(columns=_TYPES)
    return rows[[title for title in _TYPES.values() if title in rows]].reset_index(drop=True)


def silence_table(judged: Sequence[Concealment], names: Mapping[str, str]) -> pd.DataFrame:
    """What each township kept silent about, with exact limits."""
    level = next((f"{one.confidence:.0%}" for row in judged for one in (row.rate, row.share) if one), "95%")
    return pd.DataFrame(
        [
            (
                names.get(one.township_code, one.township_code),
                one.reverified,
                one.concealed,
                limits(one.rate),
                one.known,
                one.silent,
                limits(one.share),
            )
            for one in judged
        ],
        columns=[
            "乡镇（街道）",
            "复核户数",
            "自查未报",
            f"比率（{level}区间）",
            "认定的问题",
            "其中自查未报",
            f"占比（{level}区间）",
        ],
    )


def signals_table(judged: Sequence[Concealment], names: Mapping[str, str]) -> pd.DataFrame:
    """Facts that bear on rule D4, and where it is to be considered."""
    return pd.DataFrame(
        [
            (names.get(one.township_code, one.township_code), "；".join(one.reasons), "提示" if one.signal else "")
            for one in judged
            if one.reasons
        ],
        columns=["乡镇（街道）", "情形", "D4"],
    )


def refused_table(refused: pd.DataFrame, n: int, seed: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Refused applicants drawn to be visited, in the order of their townships; empty where nobody was refused.

    Args:
        refused: from `refused_applicants`.
        n: how many at most.
        seed: the public seed.
        names: code -> name of townships.
    """
    columns = ["乡镇（街道）", "低保证号", "顺序", "入样概率", "没有享受的原因", "日期"]
    if refused.empty:
        return pd.DataFrame(columns=columns)
    drawn = draw_refused(refused, min(n, len(refused)), "应保未保", seed).sample
    rows = drawn.merge(refused, left_on="unit", right_on="household_id")
    days = [f"{day:%Y-%m-%d}" if pd.notna(day) else "" for day in rows["refused_on"]]
    places = [names.get(code, code) for code in rows["township_code"]]
    chances = [f"{chance:.3f}" for chance in rows["probability"]]
    values = (places, rows["unit"], rows["order"], chances, rows["reason"], days)
    return pd.DataFrame(dict(zip(columns, values, strict=True)))


def limits(found: Interval | None) -> str:
    """A rate and its limits as people write them."""
    return "—" if found is None else f"{found.rate:.1%}（{found.lower:.1%}至{found.upper:.1%}）"


def _amounts(values: pd.Series, units: pd.Series) -> list[str]:
    return [
        (yuan(int(value)) if unit == "元" else f"{int(value):,}") + unit
        for value, unit in zip(values, units, strict=True)
    ]


def _more_or_less(text: str) -> str:
    return f"少报{text[1:]}" if text.startswith("-") else f"多报{text}"
