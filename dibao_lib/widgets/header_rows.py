"""Where the header of a sheet lies, as two small number fields: its first row, and how many rows it has."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as w

from dibao_lib.evidence.report import SheetReport

# as many rows as the answer file takes
_DEEPEST = 6
_HINT = "首行填 0，由程序识别；行号与 Excel 左侧的行号相同。"


class HeaderRows:
    """The two fields; 0 as the first row leaves the header to the program.

    Args:
        changed: called when a person has changed either.
    """

    def __init__(self, changed: Callable[[], None]) -> None:  # noqa: D107
        self._changed, self._showing = changed, False
        self._seen: tuple[int, int] = (0, 0)
        self._found = False
        self.first = w.BoundedIntText(min=0, max=1_048_576, description="表头首行", layout=w.Layout(width="180px"))
        self.depth = w.BoundedIntText(min=1, max=_DEEPEST, description="表头行数", layout=w.Layout(width="180px"))
        self._hint = w.HTML()
        self.box = w.HBox([self.first, self.depth, self._hint])
        for field in (self.first, self.depth):
            field.observe(lambda _: self._showing or self._changed(), "value")

    def show(self, sheet: SheetReport) -> None:
        """Shows where the header of a sheet was found or supposed, and who says so."""
        named = sheet.answer.header_rows is not None
        asked = any(question.key == "header_rows" for question in sheet.questions)
        self._found = bool(sheet.table) and not named and not asked
        self._seen = sheet.answer.header_rows or sheet.header_rows
        first, last = self._seen
        self._showing = True
        try:
            self.first.value, self.depth.value = first, last - first + 1
        finally:
            self._showing = False
        who = "人工指定" if named else "程序识别" if self._found else "程序推测，保存时一并记下"
        self._hint.value = f"<span style='color:#666'>现为{who}。{_HINT}</span>"

    @property
    def chosen(self) -> tuple[int, int] | None:
        """Numbers of the first and last row to write down; None where the program finds the same by itself."""
        rows = (self.first.value, self.first.value + self.depth.value - 1)
        return rows if self.first.value and not (self._found and rows == self._seen) else None
