"""Where the report templates lie, in a wheel as in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dibao_lib.shipped import shipped


@cache
def report_templates() -> Path:
    """The folder templates/report of the running package."""
    return shipped("templates") / "report"
