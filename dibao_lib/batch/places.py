"""Where each report lies below inspection_reports/."""

from __future__ import annotations

from pathlib import Path

from dibao_lib.plan import Township
from dibao_lib.report.text import file_name

# below it lies only what may be published
PUBLIC = "public"


def city_folder(reports: Path) -> Path:
    """Folder of the report on the whole place."""
    return reports / "city"


def township_folder(reports: Path, township: Township) -> Path:
    """`<code>-<name>`, with what a file system forbids in a name left out."""
    return reports / file_name(f"{township.code}-{township.name}")


def notice_folder(report: Path) -> Path:
    """Folder of what may be published of the township whose report lies in `report`."""
    return report.parent / PUBLIC / report.name
