"""dibao sheets: field records as forms to print and sign (issue 6, part 9)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dibao_lib.cli_help import ChineseCommand
from dibao_lib.commands.opening import open_workspace
from dibao_lib.errors import UsageError

if TYPE_CHECKING:
    from dibao_lib.records.form import RecordForm

_FORMATS = ("docx", "pdf", "xlsx", "html")


@click.command("sheets", cls=ChineseCommand, help="打印记录表：把一种现场记录排成可签字的表，每条一页。")
@click.argument("title", metavar="记录种类")
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path))
@click.option("--in", "place", default="", metavar="乡镇或村", help="只打印一个乡镇或村（居）的，写名称。")
@click.option("--format", "formats", default="docx,pdf", metavar="格式", help="docx,pdf,xlsx,html 中的若干种。")
@click.pass_obj
def sheets(workspace: str | None, title: str, folder: Path, place: str, formats: str) -> None:
    """Writes the sheets of one kind of record."""
    from dibao_lib.records.log import RecordLog
    from dibao_lib.records.publish import has_records
    from dibao_lib.report.formats import FORMATS
    from dibao_lib.report.sheets import record_sheets

    chosen = [part.strip() for part in formats.split(",") if part.strip()]
    if wrong := [part for part in chosen if part not in _FORMATS]:
        raise UsageError(f"不认识的格式“{'、'.join(wrong)}”。可用的格式：{'、'.join(_FORMATS)}。")
    inspection, form = open_workspace(workspace), _named(title)
    if not has_records(inspection):
        raise UsageError("工作区里还没有现场记录，没有可打印的表。请先填写记录。")
    with RecordLog.open(inspection) as log:
        kept = [one for one in log.records(form.kind) if one.data and place in str(one.data.get("place") or "")]
        made = record_sheets(inspection.plan, kept, str(log.checkpoint()))
    if not kept:
        raise UsageError(f"没有符合条件的“{form.title}”。请核对乡镇、村（居）名称，或先填写记录。")
    folder.mkdir(parents=True, exist_ok=True)
    for one in FORMATS:
        if one.name in chosen:
            (folder / f"{form.title}{one.suffix}").write_bytes(one.render(tuple(made)))
    click.echo(f"{form.title}{len(kept)}份，已写入 {folder}（{'、'.join(chosen)}）。")


def _named(title: str) -> RecordForm:
    from dibao_lib.records.kinds import RECORD_KINDS

    found = [form for form in RECORD_KINDS if title in {form.kind, form.title}]
    found = found or [form for form in RECORD_KINDS if title and title in form.title]
    if len(found) != 1:
        raise UsageError(f"请写明打印哪一种记录：{'、'.join(form.title for form in RECORD_KINDS)}。")
    return found[0]
