"""inspection_reports/index.html: every report with its formats and what it found, one page, no script."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dibao_lib.evidence.snapshots import write_whole
from dibao_lib.report.templates import report_templates
from dibao_lib.units import chinese_date, yuan
from dibao_lib.workspace import Inspection

_FILES = (("report.html", "网页"), ("report.docx", "Word"), ("report.pdf", "PDF"), ("ledger.xlsx", "台账"))


@dataclass(frozen=True, slots=True)
class Line:
    """One report on the page: its name, links (address, label), findings A and B, amount in yuan."""

    name: str
    links: tuple[tuple[str, str], ...]
    a: int
    b: int
    amount: str


def write_index(inspection: Inspection, today: dt.date) -> Path:
    """Writes the page over all report folders there are.

    Returns:
        its path.
    """
    page = inspection.reports / "index.html"
    environment = Environment(loader=FileSystemLoader(report_templates()), autoescape=True, undefined=StrictUndefined)
    text = environment.get_template("index.html.j2").render(
        title=inspection.plan.title, today=chinese_date(today), lines=_lines(inspection)
    )
    write_whole(page, text.encode())
    return page


def _lines(inspection: Inspection) -> list[Line]:
    findings = inspection.findings()
    folders = [inspection.reports / "city", *sorted(inspection.reports.glob("[0-9]*-*"))]
    return [_line(folder, findings) for folder in folders if (folder / "report.ipynb").is_file()]


def _line(folder: Path, findings: pd.DataFrame) -> Line:
    code, _, name = folder.name.partition("-")
    mine = findings[findings["township_code"] == code] if name else findings
    links = tuple((f"{folder.name}/{file}", label) for file, label in _FILES if (folder / file).is_file())
    counts = mine["severity"].value_counts()
    amount = yuan(int(mine["amount_fen"].fillna(0).sum()))
    return Line(name or "全市", links, int(counts.get("A", 0)), int(counts.get("B", 0)), amount)
