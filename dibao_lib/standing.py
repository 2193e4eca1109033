"""Where the campaign stands: what each step holds today and what comes next (首页)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow.parquet as pq

from dibao_lib.records import review
from dibao_lib.records.events import Record
from dibao_lib.records.log import RecordLog
from dibao_lib.records.publish import has_records
from dibao_lib.workspace import Inspection


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the campaign.

    Args:
        name: its noun.
        notebook: file beside 00_start.ipynb that does it; "" when a command does.
        state: what the workspace holds of it.
        todo: what to do next; "" when nothing presses.
        done: whether anything is there.
    """

    name: str
    notebook: str
    state: str
    todo: str
    done: bool


def standing(ins: Inspection) -> tuple[Step, ...]:
    """The steps in their order, each as the workspace shows it; a step whose notebook is not here is left out."""
    steps = (step(ins) for step in _STEPS)
    return tuple(one for one in steps if not one.notebook or (ins.folder / "notebooks" / one.notebook).is_file())


def _plan(ins: Inspection) -> Step:
    plan = ins.plan
    state = (
        f"{plan.year}年，{len(plan.clauses)}条要求，{len(plan.townships)}个乡镇（街道），{len(plan.villages)}个村（居）"
    )
    open_points = sum(not policy.confirmed for policy in plan.policies)
    todo = f"{open_points}项口径待领导小组办公室确认" if open_points else ""
    return Step("方案", "01_plan.ipynb", state, todo, True)


def _evidence(ins: Inspection) -> Step:
    tables = {name: file for name, file in ins.tables().items() if name not in ("findings", "quarantine")}
    if not tables:
        return Step("表册", "02_evidence.ipynb", "尚未导入", "把乡镇报来的文件放入 inbox，打开本步导入", False)
    rows = sum(pq.read_metadata(file).num_rows for file in tables.values())
    aside = ins.tables().get("quarantine")
    waiting = pq.read_metadata(aside).num_rows if aside else 0
    todo = f"{waiting:,}处内容未采信，看“退回更正”" if waiting else ""
    return Step("表册", "02_evidence.ipynb", f"{len(tables)}张表，{rows:,}行", todo, True)


def _checks(ins: Inspection) -> Step:
    if "findings" not in ins.tables():
        return Step("五查", "03_checks.ipynb", "尚未检查", "在终端运行 dibao check", False)
    counts = ins.sql("SELECT severity, count(*) AS n FROM findings GROUP BY severity ORDER BY severity")
    told = "，".join(f"{severity}类{n:,}条" for severity, n in zip(counts["severity"], counts["n"], strict=True))
    return Step("五查", "03_checks.ipynb", f"线索：{told}" if told else "没有线索", "", True)


def _sampling(ins: Inspection) -> Step:
    drawn = sorted(f.stem for f in (ins.folder / "draws").glob("*.json") if not f.name.endswith(".commitment.json"))
    state = f"已抽取：{'、'.join(drawn)}" if drawn else "尚未抽取"
    return Step("抽样", "04_sampling.ipynb", state, "" if drawn else "先承诺、再公布种子、再抽取", bool(drawn))


def _verification(ins: Inspection) -> Step:
    filed = {"stat_form", "stat_filings"} & ins.tables().keys()
    state = "自查报表已导入，可逐项核对" if filed else "尚未收到自查统计表"
    return Step("核实", "05_verification.ipynb", state, "" if filed else "催报统计表后导入", bool(filed))


def _visits(ins: Inspection) -> Step:
    return _recorded(ins, "入户核查", "05_visits.ipynb", "visit")


def _hearings(ins: Inspection) -> Step:
    return _recorded(ins, "听证", "06_hearing.ipynb", "hearing")


def _rectifications(ins: Inspection) -> Step:
    return _recorded(ins, "整改", "07_rectification.ipynb", "rectification")


def _recorded(ins: Inspection, name: str, notebook: str, kind: str) -> Step:
    """How many records of a kind there are, and how many wait for a reviewer or a decision."""
    records = _records(ins, kind)
    states = Counter(review.standing(record).state for record in records)
    told = "，".join(f"{state}{count}份" for state, count in states.most_common())
    waiting = states["待审核"] + states["有分歧"] + states["已退回"]
    todo = f"{waiting}份等待审核、裁定或更正" if waiting else ""
    return Step(name, notebook, told or "尚无记录", todo, bool(records))


def _records(ins: Inspection, kind: str) -> list[Record]:
    """The records of a kind; a workspace without a log is not given one by being looked at."""
    if not has_records(ins):
        return []
    with RecordLog.open(ins) as log:
        return log.records(kind)


def _reports(ins: Inspection) -> Step:
    made = len(list(ins.reports.glob("*/report.html"))) if ins.reports.is_dir() else 0
    state = f"{made}份，目录页在 inspection_reports/index.html" if made else "尚未生成"
    return Step("报告", "", state, "" if made else "在终端运行 dibao report", bool(made))


_STEPS: tuple[Callable[[Inspection], Step], ...] = (
    *(_plan, _evidence, _checks, _sampling),
    *(_visits, _verification, _hearings, _rectifications, _reports),
)
