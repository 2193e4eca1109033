"""Paragraphs from a template and values: only the template may emphasise, a value never becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter
from typing import Literal

from dibao_lib.errors import ReportFailed
from dibao_lib.report.blocks import Paragraph
from dibao_lib.report.pieces import Run
from dibao_lib.report.text import is_missing, shown

# a number goes to the next line as a whole (GB/T 9704), from the 14 digits of a 低保证号 on that leaves a wide gap
_LONG_NUMBER = re.compile("[!-~]{12,}")


def paragraph(
    template: str,
    /,
    *,
    align: Literal["both", "left", "center", "right"] = "both",
    indent: bool = True,
    **values: object,
) -> Paragraph:
    """A paragraph such as `paragraph("抽查**{n}**户，户主{name}。", n=3, name=x)`.

    Args:
        template: text with `{name}` for values and `**…**` for emphasis.
        align: how lines are set; "both" fills them, unless a long number would tear the line before it apart.
        indent: two characters at the start; without it the paragraph is flush (主送机关).
        **values: what to put in; a missing one (None, NaN) shows as "—".

    Raises:
        ReportFailed: the template names a value that was not given.
    """
    runs: list[Run] = []
    for text, bold in _pieces(template, values):
        if runs and runs[-1].bold == bold:
            runs[-1] = Run(runs[-1].text + text, bold)
        elif text:
            runs.append(Run(text, bold))
    torn = align == "both" and any(_LONG_NUMBER.search(run.text) for run in runs)
    return Paragraph(tuple(runs), "left" if torn else align, indent)


def _pieces(template: str, values: dict[str, object]) -> Iterator[tuple[str, bool]]:
    bold = False
    for literal, name, spec, _ in Formatter().parse(template):
        for index, text in enumerate(literal.split("**")):
            bold = bold if index == 0 else not bold
            yield text, bold
        if name is not None:
            yield _value(name, spec or "", values), bold


def _value(name: str, spec: str, values: dict[str, object]) -> str:
    if name not in values:
        raise ReportFailed(f"段落文字里的 {{{name}}} 没有给出值，请在 paragraph(…) 里写上 {name}=…。")
    value = values[name]
    return format(value, spec) if spec and not is_missing(value) else shown(value)
