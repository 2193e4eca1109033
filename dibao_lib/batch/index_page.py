"""inspection_reports/index.html: every report with its state, its formats and what it found; one page, one small script."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dibao_lib.batch.farm import Outcome
from dibao_lib.batch.places import city_folder, notice_folder, township_folder
from dibao_lib.evidence.snapshots import write_whole
from dibao_lib.report.templates import report_templates
from dibao_lib.units import chinese_date, yuan
from dibao_lib.workspace import Inspection

_FILES = (("report.html", "网页"), ("report.docx", "Word"), ("report.pdf", "PDF"), ("ledger.xlsx", "台账"))
# hides the lines that do not hold what is typed; the page allows this script only, by its digest
_SEARCH = """
const box = document.querySelector("input"), lines = [...document.querySelectorAll("tbody tr")];
box.parentElement.hidden = false;
box.addEventListener("input", () => {
  const words = box.value.trim().split(/\\s+/);
  for (const line of lines) line.hidden = !words.every(word => line.textContent.includes(word));
});
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One report on the page: code and name, state, whether it failed, links (address, label), findings, amount in yuan."""

    code: str
    name: str
    state: str
    failed: bool
    links: tuple[tuple[str, str], ...]
    a: int
    b: int
    amount: str


def write_index(inspection: Inspection, today: dt.date, outcomes: Iterable[Outcome] = ()) -> Path:
    """Writes the page over the city, all townships of the plan and all report folders there are.

    Args:
        inspection: the workspace.
        today: the day the reports speak of.
        outcomes: of the batch that just ended, reports that were up to date included.

    Returns:
        its path.
    """
    page = inspection.reports / "index.html"
    environment = Environment(loader=FileSystemLoader(report_templates()), autoescape=True, undefined=StrictUndefined)
    lines = _lines(inspection, {outcome.job.folder.absolute(): outcome for outcome in outcomes})
    text = environment.get_template("index.html.j2").render(
        title=inspection.plan.title,
        today=chinese_date(today),
        lines=lines,
        failed=[line for line in lines if line.failed],
        script=_SEARCH,
        digest=base64.b64encode(hashlib.sha256(_SEARCH.encode()).digest()).decode(),
    )
    write_whole(page, text.encode())
    return page


def _lines(inspection: Inspection, outcomes: Mapping[Path, Outcome]) -> list[Line]:
    findings = inspection.findings()
    reports = inspection.reports
    planned = {township.code: township_folder(reports, township) for township in inspection.plan.townships}
    made = {path.name.partition("-")[0]: path for path in sorted(reports.glob("[0-9]*-*"))}
    folders = [city_folder(reports), *(folder for _, folder in sorted((planned | made).items()))]
    return [_line(folder, findings, outcomes) for folder in folders]


def _line(folder: Path, findings: pd.DataFrame, outcomes: Mapping[Path, Outcome]) -> Line:
    code, _, name = folder.name.partition("-")
    mine = findings[findings["township_code"] == code] if name else findings
    notice = notice_folder(folder)
    links = [(f"{folder.name}/{file}", label) for file, label in _FILES if (folder / file).is_file()]
    notices = [file for file, _ in _FILES[::-1] if (notice / file).is_file()]
    links += [((notice / notices[0]).relative_to(folder.parent).as_posix(), "公示材料")] if notices else []
    ended = [outcome for path in (folder, notice) if (outcome := outcomes.get(path.absolute()))]
    state, failed = _state(folder, ended)
    counts = mine["severity"].value_counts()
    amount = yuan(int(mine["amount_fen"].fillna(0).sum()))
    return Line(
        code if name else "",
        name or "全市",
        state,
        failed,
        tuple(links),
        int(counts.get("A", 0)),
        int(counts.get("B", 0)),
        amount,
    )


def _state(folder: Path, outcomes: list[Outcome]) -> tuple[str, bool]:
    there = (folder / "report.ipynb").is_file()
    if wrong := next((outcome for outcome in outcomes if not outcome.done), None):
        return f"未完成：{wrong.message}" + ("链接打开的是上一次的报告。" if there else ""), True
    if not there:
        return "尚未生成", False
    return ("最新" if outcomes else "以前生成"), False
