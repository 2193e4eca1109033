"""dibao sheets: field records as forms to print and sign (issue 6, part 9)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dibao_lib.cli_help import ChineseCommand
from dibao_lib.commands.opening import open_workspace
from dibao_lib.errors import UsageError

if TYPE_CHECKING:
    from dibao_lib.records.form import RecordForm
    from dibao_lib.report.blocks import Blocks
    from dibao_lib.workspace import Inspection

# words for the working papers, which are made from leads, records and ledger together
_PAPERS = ("取证单", "问题取证单", "底稿", "工作底稿")
_FORMATS = ("docx", "pdf", "xlsx", "html")


@click.command(
    "sheets",
    cls=ChineseCommand,
    help="打印记录表：把一种现场记录排成可签字的表，每条一页；写“取证单”，每个核实属实的问题一份。",
)
@click.argument("title", metavar="记录种类")
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path))
@click.option("--in", "place", default="", metavar="乡镇或村", help="只打印一个乡镇或村（居）的，写名称。")
@click.option("--format", "formats", default="docx,pdf", metavar="格式", help="docx,pdf,xlsx,html 中的若干种。")
@click.pass_obj
def sheets(workspace: str | None, title: str, folder: Path, place: str, formats: str) -> None:
    """Writes the sheets of one kind of record."""
    from dibao_lib.report.formats import FORMATS

    chosen = [part.strip() for part in formats.split(",") if part.strip()]
    if wrong := [part for part in chosen if part not in _FORMATS]:
        raise UsageError(f"不认识的格式“{'、'.join(wrong)}”。可用的格式：{'、'.join(_FORMATS)}。")
    inspection = open_workspace(workspace)
    name, count, made = (_papers if title in _PAPERS else _records)(inspection, title, place)
    folder.mkdir(parents=True, exist_ok=True)
    for one in FORMATS:
        if one.name in chosen:
            (folder / f"{name}{one.suffix}").write_bytes(one.render(tuple(made)))
    click.echo(f"{name}{count}份，已写入 {folder}（{'、'.join(chosen)}）。")


def _records(inspection: Inspection, title: str, place: str) -> tuple[str, int, Blocks]:
    """The sheets of one kind of record: its title, how many, the pages."""
    from dibao_lib.records.log import RecordLog
    from dibao_lib.records.publish import has_records
    from dibao_lib.report.sheets import record_sheets

    form = _named(title)
    if not has_records(inspection):
        raise UsageError("工作区里还没有现场记录，没有可打印的表。请先填写记录。")
    with RecordLog.open(inspection) as log:
        kept = [one for one in log.records(form.kind) if one.data and place in str(one.data.get("place") or "")]
        made = record_sheets(inspection.plan, kept, str(log.checkpoint()))
    if not kept:
        raise UsageError(f"没有符合条件的“{form.title}”。请核对乡镇、村（居）名称，或先填写记录。")
    return form.title, len(kept), made


def _papers(inspection: Inspection, _title: str, place: str) -> tuple[str, int, Blocks]:
    """The working papers of the problems judged true."""
    from dibao_lib.report.blocks import Table
    from dibao_lib.report.sections.working_papers import TITLE, paper_sheets
    from dibao_lib.report.subject import open_subject

    made = paper_sheets(open_subject(str(inspection.folder), "", dt.date.today().isoformat()), place)
    if not len(made):
        raise UsageError(
            "没有核实属实的问题，没有取证单可打印。请核对乡镇、村（居）名称，或先在整改台账中填写核实结论。"
        )
    return TITLE, sum(isinstance(block, Table) for block in made), made


def _named(title: str) -> RecordForm:
    from dibao_lib.records.kinds import RECORD_KINDS

    found = [form for form in RECORD_KINDS if title in {form.kind, form.title}]
    found = found or [form for form in RECORD_KINDS if title and title in form.title]
    if len(found) != 1:
        raise UsageError(f"请写明打印哪一种记录：{'、'.join(form.title for form in RECORD_KINDS)}、取证单。")
    return found[0]
