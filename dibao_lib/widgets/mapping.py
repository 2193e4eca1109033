"""The mapping desk: a list of sheets, those that need a person first, and the panel of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import ipywidgets as w

from dibao_lib.evidence.desk import columns_table
from dibao_lib.evidence.report import ImportReport, SheetReport
from dibao_lib.widgets.sheet_panel import SheetPanel, form_words, said, seen
from dibao_lib.workspace import Inspection


class MappingDesk:
    """Choose a sheet, see how it was read, correct it, save.

    In a browser it is a form; where there is none, the same cell shows a table.

    Args:
        ins: the workspace.
        report: of a dry run.
    """

    def __init__(self, ins: Inspection, report: ImportReport) -> None:  # noqa: D107
        self._ins = ins
        self._sheets = {_name(f.source_file, s): (f.source_file, s) for f in report.files for s in f.sheets if seen(s)}
        self._sheet = w.Dropdown(options=self._marked(), description="工作表", layout=w.Layout(width="640px"))
        self._hint = w.HTML(_hint(self._sheet.options))
        self._panel = w.VBox()
        self._sheet.observe(lambda _: self._show(), "value")
        self.box = w.VBox([self._sheet, self._hint, self._panel])
        self._show()

    def _repr_mimebundle_(self, **more: Any) -> dict[str, Any]:
        """The form, and the table that stands for it in a saved notebook or a report."""
        bundle = self.box._repr_mimebundle_(**more) or {}
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        return {**data, "text/html": self.to_html(), "text/plain": f"对应关系：{len(self._sheets)}张表"}

    def to_html(self) -> str:
        """Mappings as tables: each sheet that needs a person, open, then one of each shape."""
        alike: dict[str, list[tuple[str, SheetReport]]] = {}
        for name, (_, sheet) in self._sheets.items():
            alike.setdefault(f"{form_words(sheet)}{name if _open(sheet) else sheet.shape}", []).append((name, sheet))
        groups = sorted(alike.values(), key=lambda group: not _open(group[0][1]))
        return "".join(map(_folded, groups))

    def _show(self) -> None:
        if self._sheet.value is not None:
            source_file, sheet = self._sheets[self._sheet.value]
            self._panel.children = [SheetPanel(self._ins, source_file, sheet, self._replace).box]

    def _marked(self) -> list[tuple[str, str]]:
        """(label, name) of each sheet, those that need a person first."""
        marked = [(f"{'● ' if _open(sheet) else ''}{name}", name) for name, (_, sheet) in self._sheets.items()]
        return sorted(marked, key=lambda item: not item[0].startswith("●"))

    def _replace(self, source_file: str, sheet: SheetReport) -> None:
        """Takes the mark from a sheet that was settled; the list keeps its order under the reader's eyes."""
        self._sheets[_name(source_file, sheet)] = (source_file, sheet)
        marks = {name: label for label, name in self._marked()}
        chosen, panel = self._sheet.value, self._panel.children
        self._sheet.options = [(marks[name], name) for _, name in self._sheet.options]
        self._sheet.value, self._panel.children = chosen, panel
        self._hint.value = _hint(self._sheet.options)


def _folded(group: list[tuple[str, SheetReport]]) -> str:
    """Sheets with the same header under one heading."""
    name, sheet = group[0]
    title = f"{name}{f'等{len(group)}张表' if len(group) > 1 else ''}：{sheet.form or form_words(sheet)}"
    opened, table = " open" if _open(sheet) else "", columns_table(sheet).to_html(index=False, escape=True, border=0)
    return f"<details{opened}><summary>{escape(title)}</summary>{said(sheet)}{table}</details>"


def _name(source_file: str, sheet: SheetReport) -> str:
    return f"{source_file}{f' · {sheet.sheet}' if sheet.sheet else ''}"


def _open(sheet: SheetReport) -> bool:
    """Whether a person should look: a question, a refusal, or no form at all."""
    return bool(sheet.questions or sheet.refused or not sheet.table)


def _hint(marked: Sequence[tuple[str, str]]) -> str:
    count = sum(1 for label, _ in marked if label.startswith("●"))
    return (
        f"共{len(marked)}张表，其中标 ● 的{count}张需要人来确定，列在最前。" if marked else "inbox 中没有可以查看的表。"
    )
