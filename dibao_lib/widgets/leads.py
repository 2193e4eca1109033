"""From a township to a household to its source rows, by drop-down lists; without a browser the same cell is tables."""

from __future__ import annotations

from typing import Any, get_args

import ipywidgets as w
import pandas as pd

from dibao_lib.checks.ranking import First
from dibao_lib.errors import DibaoError
from dibao_lib.report.leads import (
    as_table,
    export_leads,
    household_leads,
    leads_table,
    source_rows,
    township_leads,
    townships_by_leads,
)
from dibao_lib.report.preview import fragment
from dibao_lib.workspace import Inspection

_ORDERS = (("金额大的在前", "amount"), ("把握大的在前", "certainty"))
_ALL = "全部检查项"
_SHOWN = 20


class LeadsDesk:
    """Choose a township, a check and an order; choose a lead and see its household and its source rows side by side.

    Args:
        ins: the workspace, checked before.
        township: shown first; blank stands for the one with most leads.
        first: what decides within a class, "amount" or "certainty".

    Raises:
        InputRefused: there is no lead of a township of that name.
    """

    def __init__(self, ins: Inspection, township: str = "", first: First = "amount") -> None:  # noqa: D107
        self._ins = ins
        self._leads = township_leads(ins, township, first)
        names = townships_by_leads(ins)
        wide = w.Layout(width="640px")
        self.township = w.Dropdown(
            options=names, value=self._leads["township"].iloc[0], description="乡镇", layout=wide
        )
        self.order = w.Dropdown(options=_ORDERS, value=first, description="排列", layout=wide)
        self.check = w.Dropdown(description="检查项", layout=wide)
        self.lead = w.Dropdown(description="线索", layout=w.Layout(width="900px"))
        self.export = w.Button(description="导出本乡镇线索", tooltip="写入工作区的“线索”文件夹")
        self.status, self.table, self.rows = w.HTML(), w.HTML(), w.HTML()
        self._fill_checks()
        self._list()
        for box, then in ((self.township, self._load), (self.order, self._load), (self.check, self._list)):
            box.observe(lambda _, then=then: then(), "value")
        self.lead.observe(lambda _: self._show(), "value")
        self.export.on_click(lambda _: self._export())
        choices = w.VBox([self.township, self.check, self.order, w.HBox([self.export, self.status])])
        self.box = w.VBox([choices, self.table, self.lead, self.rows])

    def _repr_mimebundle_(self, **more: Any) -> dict[str, Any]:
        """The lists, and the tables that stand for them in a saved notebook."""
        bundle = self.box._repr_mimebundle_(**more) or {}
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        return {**data, "text/html": self.to_html(), "text/plain": f"{self.township.value}线索{len(self._leads)}条"}

    def to_html(self) -> str:
        """The township's foremost leads, then the household and the source rows of the first."""
        return f"{self.table.value}{self.rows.value}"

    def _load(self) -> None:
        first = next(order for order in get_args(First) if order == self.order.value)
        self._leads = township_leads(self._ins, self.township.value, first)
        self.status.value = ""
        self._fill_checks()
        self._list()

    def _fill_checks(self) -> None:
        """Keeps the check chosen where the township has leads of it."""
        told = leads_table(self._leads)["检查项"].value_counts(sort=False)
        options = [
            (f"{_ALL}（{len(self._leads)}条）", _ALL),
            *((f"{name}（{n}条）", str(name)) for name, n in told.items()),
        ]
        kept = self.check.value if self.check.value in [value for _, value in options] else _ALL
        self.check.options = options
        self.check.value = kept

    def _list(self) -> None:
        """The leads of the check chosen as a table, and as a list to choose from."""
        table = leads_table(self._leads)
        chosen = self._leads[table["检查项"].eq(self.check.value) | (self.check.value == _ALL)]
        caption = f"{self.township.value}问题线索"
        if len(chosen) > _SHOWN:
            caption += f"（前{_SHOWN}条，共{len(chosen)}条）"
        self.table.value = _scrolling(fragment(as_table(chosen.head(_SHOWN), caption)))
        self.lead.options = [_option(n, row) for n, (_, row) in enumerate(chosen.iterrows(), 1)]
        self.lead.index = 0 if self.lead.options else None
        self._show()

    def _show(self) -> None:
        """Everything about the household of the lead chosen, and the lead's source rows side by side."""
        if self.lead.value is None:
            self.rows.value = ""
            return
        lead = self._leads[self._leads["finding_id"] == self.lead.value].iloc[0]
        parts = [source_rows(self._ins, self.lead.value)]
        if isinstance(lead["household_id"], str):
            parts.insert(0, as_table(household_leads(self._ins, lead["household_id"]), "该户全部线索"))
        self.rows.value = "".join(_scrolling(fragment(part)) for part in parts)

    def _export(self) -> None:
        try:
            target = export_leads(self._ins, self.township.value)
        except (DibaoError, OSError) as error:
            told = (
                str(error) if isinstance(error, DibaoError) else "写不进“线索”文件夹，请关闭已打开的同名文件后再导出。"
            )
            self.status.value = f"<span style='color:#b00020'>{told}</span>"
            return
        self.status.value = f"<span style='color:#1b5e20'>已写入 {target.parent.name}/{target.name}</span>"


def _option(number: int, lead: pd.Series) -> tuple[str, str]:
    place = lead["household_id"] or lead["village"] or ""
    told = f"{number}. {lead['severity']}类 {lead['check_id']} {place} {lead['explanation']}"
    return (told if len(told) <= 70 else told[:69] + "…", lead["finding_id"])


def _scrolling(html: str) -> str:
    return f"<div style='max-height:420px;overflow:auto;font-size:13px'>{html}</div>"
