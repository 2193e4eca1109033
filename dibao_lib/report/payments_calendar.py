"""Who was paid when: places against months, with the households that were due and got nothing, or got it late (R22, R23)."""

from __future__ import annotations

import pandas as pd

from dibao_lib.report.blocks import Figure
from dibao_lib.report.figures import PALETTE, cells, chart, figure, name_columns, name_rows

# a taller picture would not leave room for its caption
_PLACES = 26
# nothing due, paid in time, late, missing; told apart in grey too, and by what stands in them
_COLOURS = ("#FFFFFF", "#CFE3F1", "#F2C14E", PALETTE[1])


def payments_calendar(due: pd.DataFrame) -> Figure:
    """A cell a place and month; where money is missing or late it says for how many households.

    Args:
        due: rows of the relation `due_month` with the name of their place in `area`: area, month, due, paid, late.
    """
    months = sorted(due["month"].unique())
    sums = due.groupby(["area", "month"], sort=False)[["due", "paid", "late"]].sum()
    missing = (sums["due"] - sums["paid"]).unstack(fill_value=0)
    names = [*dict.fromkeys(due["area"])]
    shown = missing.sum(axis=1).nlargest(_PLACES).index if len(names) > _PLACES else names
    names = [name for name in names if name in shown]
    grid = {name: table.unstack(fill_value=0).reindex(index=names, columns=months) for name, table in sums.items()}
    canvas, axes = chart(150, 20 + 5.4 * len(names))
    absent, late = (grid["due"] - grid["paid"]).to_numpy().tolist(), grid["late"].to_numpy().tolist()
    kinds = [
        [3 if a else 2 if b else 1 if c else 0 for a, b, c in zip(*row, strict=True)]
        for row in zip(absent, late, grid["due"].to_numpy().tolist(), strict=True)
    ]
    told = [
        [f"缺{a}" if a else f"迟{b}" if b else "" for a, b in zip(*row, strict=True)]
        for row in zip(absent, late, strict=True)
    ]
    cells(axes, [[_COLOURS[kind] for kind in row] for row in kinds], told)
    name_columns(axes, month_labels(months))
    name_rows(axes, names)
    which = f"，缺发较多的{_PLACES}个" if len(missing) > len(names) else ""
    return figure(
        canvas,
        f"发放日历（户{which}；缺为应发未发，迟为逾期发放，空白为当月不发放）",
        alt=_told(due),
        width=150,
    )


def month_labels(months: list[str]) -> list[str]:
    """1, 2, … 12 with the year below the first month of each."""
    years = ["", *(month[:4] for month in months)]
    return [
        f"{int(m[5:])}" + (f"\n{m[:4]}年" if m[:4] != before else "") for before, m in zip(years, months, strict=False)
    ]


def _told(rows: pd.DataFrame) -> str:
    due, paid, late = (int(rows[name].sum()) for name in ("due", "paid", "late"))
    return f"各月应发与实发：应发{due:,}户次，缺发{due - paid:,}户次，逾期发放{late:,}户次"
