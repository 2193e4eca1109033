"""What became of draws of households, and the error rate they give, as tables (R62)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from dibao_lib.report.blocks import Table
from dibao_lib.report.tables import table
from dibao_lib.sampling.archive import Kept
from dibao_lib.sampling.results import MissingCases
from dibao_lib.verification.response import Response


def response_table(seen: Iterable[tuple[Kept, Response]], names: Mapping[str, str]) -> Table:
    """Drawn, judged, nobody met, in doubt, not visited, wrong; a draw a row."""
    rows = [
        {
            "抽样": kept.name.partition("/")[0],
            "范围": names.get(kept.parent, kept.parent) or "全市",
            "抽样框": one.frame,
            "抽中": one.drawn,
            "有结论": one.seen,
            "未见到人": one.not_found,
            "待查": one.undecided,
            "未核查": one.waiting,
            "有问题": one.wrong,
        }
        for kept, one in seen
    ]
    return table(pd.DataFrame(rows), caption="入户核查完成情况（户）")


def rate_table(rate: MissingCases, caption: str, note: str) -> Table:
    """The error rate three ways, with standard error, bounds, degrees of freedom and design effect."""
    rows = [
        {
            "算法": title,
            "差错率": f"{found.value:.1%}",
            "标准误": f"{found.se:.2%}",
            "单侧下限": f"{found.lower_one_sided:.1%}",
            "95%区间": f"{found.lower:.1%}至{found.upper:.1%}",
            "户数": found.n,
            "自由度": found.df,
            "设计效应": "—" if found.deff != found.deff else f"{found.deff:.2f}",
        }
        for title, found in (
            ("没有结论的不计", rate.as_missing),
            ("没有结论的都算没有问题", rate.all_correct),
            ("没有结论的都算有问题", rate.all_wrong),
        )
    ]
    return table(pd.DataFrame(rows), caption=caption, note=f"{note}区间为 Korn-Graubard 法，引用时先用单侧下限。")
