"""dibao check: all checks as of a day, or what serves each clause of the plan (contract 4.1)."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import click

from dibao_lib.cli_help import ChineseCommand
from dibao_lib.commands.opening import open_workspace
from dibao_lib.commands.options import json_option, today_option

if TYPE_CHECKING:
    from dibao_lib.checks import CheckRun
    from dibao_lib.workspace import Inspection


@click.command("check", cls=ChineseCommand, help="运行五查全部检查项，生成问题线索。")
@today_option
@click.option("--clauses", is_flag=True, help="不运行检查，只列出方案每一条由什么检查、时限、表册或由人判断。")
@json_option
@click.pass_obj
def check(workspace: str | None, today: dt.date, clauses: bool, as_json: bool) -> None:
    """Runs the checks as of a day and writes findings.parquet; or shows what serves each clause."""
    if clauses:
        _show_clauses(open_workspace(workspace), as_json)
        return
    run = check_all(open_workspace(workspace), today)
    if as_json:
        click.echo(json.dumps(run.to_json(), ensure_ascii=False))
    else:
        click.echo(run.to_text())


def _show_clauses(inspection: Inspection, as_json: bool) -> None:
    from dataclasses import asdict

    from dibao_lib.checks.clauses import clause_matrix, clause_text

    if as_json:
        matrix = [asdict(each) | {"served": each.served} for each in clause_matrix(inspection.plan)]
        click.echo(json.dumps({"clauses": matrix}, ensure_ascii=False))
    else:
        click.echo(clause_text(inspection.plan))


def check_all(inspection: Inspection, today: dt.date) -> CheckRun:
    """The checks over evidence and field records; says how many records two people disagree about."""
    from dibao_lib.checks import run_checks
    from dibao_lib.records.publish import publish

    published = publish(inspection)
    if published and published.disputed:
        click.echo(
            f"有{published.disputed}条现场记录两人填写不一致，没有计入。请运行 dibao settle 对照裁定，或在笔记本中打开改正，再重新检查。",
            err=True,
        )
    return run_checks(inspection, today)
