"""dibao import: files into evidence, what was recognised, lists to be sent back (contract 4.1)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dibao_lib.cli_help import ChineseCommand
from dibao_lib.commands.opening import open_workspace
from dibao_lib.commands.options import json_option, progress_bar
from dibao_lib.errors import InputRefused, UsageError

if TYPE_CHECKING:
    from dibao_lib.evidence.intake import ImportReport
    from dibao_lib.workspace import Inspection


@click.command("import", cls=ChineseCommand, help="导入表册：识别表样、核对每一行，隔离不可信的内容。")
@click.argument("files", metavar="文件或目录...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只查看识别结果，不写入工作区。")
@click.option(
    "--write-mapping", is_flag=True, help="与 --dry-run 同用：在每个文件旁写一份识别结果（.toml），供人改正。"
)
@json_option
@click.pass_obj
def import_(workspace: str | None, files: Sequence[Path], dry_run: bool, write_mapping: bool, as_json: bool) -> None:
    """Reads files into evidence; what is refused is named and everything else is kept."""
    if write_mapping and not dry_run:
        raise UsageError("--write-mapping 只与 --dry-run 同用：先查看识别结果并写出对应关系，改正后再导入。")
    inspection = open_workspace(workspace)
    report = take_in(inspection, files, dry_run=dry_run)
    if write_mapping:
        _write_drafts(inspection, files, report)
    if as_json:
        returns = [str(path.relative_to(inspection.folder)) for path in _returns(inspection)]
        click.echo(json.dumps({**report.to_json(), "returns": returns}, ensure_ascii=False))
    else:
        click.echo(report.to_text())
        _say_returns(inspection)
    if report.refused:
        raise InputRefused("部分内容未能采信，已逐条列出；其余内容均已导入。请按说明更正后重新导入同名文件。")


def _say_returns(inspection: Inspection) -> None:
    """Names the lists to be sent back."""
    if lists := _returns(inspection):
        names = "、".join(path.stem for path in lists[:20]) + ("等" if len(lists) > 20 else "")
        click.echo(
            f"\n退回更正清单{len(lists)}份，在 {lists[0].parent}：{names}。"
            "请退回报送单位改正原文件，收到后以同名文件重新导入。"
        )


def _returns(inspection: Inspection) -> list[Path]:
    from dibao_lib.evidence.blank.returns import FOLDER, returns_in

    return returns_in(inspection.folder / FOLDER)


def take_in(inspection: Inspection, files: Sequence[Path], *, dry_run: bool = False) -> ImportReport:
    """What became of files and folders, with a bar on the screen."""
    from dibao_lib.evidence.intake import expand, import_files

    paths = expand(files)
    with progress_bar("导入表册", len(paths)) as step:
        return import_files(inspection, files, dt.datetime.now(), dry_run=dry_run, progress=step)


def _write_drafts(inspection: Inspection, files: Sequence[Path], report: ImportReport) -> None:
    from dibao_lib.evidence.answer_draft import write_drafts

    written, kept = write_drafts(report, files, inspection.inbox)
    for path in written:
        click.echo(f"已写出对应关系：{path}", err=True)
    for path in kept:
        click.echo(f"已有对应关系，未改动：{path}", err=True)
