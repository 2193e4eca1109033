"""The typst compiler, kept per process and template: the one place that loads it (34 MB)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pylopdf_fonts_zh_cn import sans_path

from dibao_lib.report.layout import layout
from dibao_lib.report.templates import report_templates

# A fixed moment, so that the same report has the same bytes; the report's own date is in its text.
_MOMENT = 1577836800


@cache
def fonts(system: bool) -> Any:
    """Fonts of this computer, so that an office's own win, and those of the package: it works where none is installed."""
    import typst

    return typst.Fonts(include_system_fonts=system, font_paths=[sans_path().parent])


@cache
def _compiler(template: str, system: bool) -> Any:
    import typst

    folder = report_templates()
    return typst.Compiler(folder / template, root=folder, font_paths=fonts(system))


def load_fonts(chart: str) -> None:
    """Reads the fonts of this computer's reports and charts now, in a process that is forked later, and starts no thread.

    Args:
        chart: an SVG with the text a chart has.
    """
    named = {role: names["families"] for role, names in layout()["fonts"].items()}
    compiled("fonts.typ", {"fonts": list(named.values()), "title": named["title"], "svg": chart}, format="html")


def compiled(template: str, data: Mapping[str, Any], *, system_fonts: bool = True, **options: Any) -> bytes:
    """What a typst template makes of the data, which it sees as JSON text, never as code.

    Args:
        template: name of a .typ file in templates/report.
        data: JSON data, `sys.inputs.data` in the template.
        system_fonts: look at this computer's fonts too.
        **options: output options of typst (format, pdf_standards, ppi).

    Raises:
        RuntimeError: typst's own error: a character without glyph, a picture that cannot be read.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    made: bytes = _compiler(template, system_fonts).compile(sys_inputs=inputs, timestamp=_MOMENT, **options)
    return made
