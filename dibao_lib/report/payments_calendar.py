"""Who was paid when: places against months, with the households that were due and got nothing, or got it late (R22, R23)."""

from __future__ import annotations

import pandas as pd

from dibao_lib.report.blocks import Figure
from dibao_lib.report.figures import PALETTE, cells, chart, figure, name_columns, name_rows

# a taller picture would not leave room for its caption
_PLACES = 26
# told apart in grey too, and by what stands in them
_NOT_DUE, _IN_TIME, _LATE, _MISSING = "#FFFFFF", "#CFE3F1", "#F2C14E", PALETTE[1]


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
    rows = zip(absent, late, grid["due"].to_numpy().tolist(), strict=True)
    cells(axes, [[_cell(*counts) for counts in zip(*row, strict=True)] for row in rows])
    name_columns(axes, month_labels(months))
    name_rows(axes, names)
    which = f"，缺发较多的{_PLACES}个" if len(missing) > len(names) else ""
    return figure(
        canvas,
        f"发放日历（户{which}；缺为应发未发，迟为逾期发放，空白为当月不发放）",
        alt=_told(due),
        width=150,
    )


def _cell(absent: int, late: int, due: int) -> tuple[str, str]:
    """Colour and text."""
    if absent:
        return _MISSING, f"缺{absent}"
    if late:
        return _LATE, f"迟{late}"
    return (_IN_TIME if due else _NOT_DUE), ""


def month_labels(months: list[str]) -> list[str]:
    """1, 2, … 12 with the year below the first month of each."""
    years = ["", *(month[:4] for month in months)]
    return [
        f"{int(m[5:])}" + (f"\n{m[:4]}年" if m[:4] != before else "") for before, m in zip(years, months, strict=False)
    ]


def _told(rows: pd.DataFrame) -> str:
    due, paid, late = (int(rows[name].sum()) for name in ("due", "paid", "late"))
    return f"各月应发与实发：应发{due:,}户次，缺发{due - paid:,}户次，逾期发放{late:,}户次"
