"""dibao report: the batch of reports and what became of it (contract 4.1)."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from dibao_lib.cli_help import ChineseCommand
from dibao_lib.commands.opening import open_workspace
from dibao_lib.commands.options import progress_bar, today_option
from dibao_lib.errors import ReportFailed, UsageError

if TYPE_CHECKING:
    from dibao_lib.batch.farm import Outcome
    from dibao_lib.workspace import Inspection

FORMATS = ("html", "docx", "pdf", "xlsx")


@click.command("report", cls=ChineseCommand, help="生成检查报告；不写乡镇时生成全部乡镇报告和全市报告。")
@click.argument("townships", metavar="[乡镇...]", nargs=-1)
@today_option
@click.option("--format", "formats", default=",".join(FORMATS), metavar="格式", help="html,docx,pdf,xlsx 中的若干种。")
@click.option("--workers", type=click.IntRange(1, 64), metavar="个数", help="同时生成几份；不写时按处理器个数。")
@click.option(
    "--scheduler", metavar="地址", default="", help="交给 Dask 集群生成，如 tcp://10.0.0.5:8786；工作区须在共享目录。"
)
@click.option("--force", is_flag=True, help="资料没有变化也重新生成。")
@click.pass_obj
def report(
    workspace: str | None,
    townships: Sequence[str],
    today: dt.date,
    formats: str,
    workers: int | None,
    scheduler: str,
    force: bool,
) -> None:
    """Renders reports in a batch; one failure costs only its own report."""
    chosen = tuple(part.strip() for part in formats.split(",") if part.strip())
    if wrong := [part for part in chosen if part not in FORMATS]:
        raise UsageError(f"不认识的格式“{'、'.join(wrong)}”。可用的格式：{'、'.join(FORMATS)}。")
    inspection = open_workspace(workspace)
    say_finished(inspection, make_reports(inspection, townships, today, chosen, workers, scheduler, force))


def make_reports(
    inspection: Inspection,
    townships: Sequence[str],
    today: dt.date,
    formats: Sequence[str] = FORMATS,
    workers: int | None = None,
    scheduler: str = "",
    force: bool = False,
) -> list[Outcome]:
    """What became of each report, with a bar on the screen."""
    from dibao_lib.batch.child import prepare_template
    from dibao_lib.batch.reports import plan_batch, run_batch

    # the template imports what reports need while the batch is planned
    prepare_template()
    batch = plan_batch(inspection, townships, today, formats, force=force)
    with progress_bar("生成报告", len(batch.jobs)) as step:
        return run_batch(batch, workers or os.cpu_count() or 1, step, scheduler)


def say_finished(inspection: Inspection, outcomes: Sequence[Outcome]) -> None:
    """Says what was made and where; a failed report is named and ends with exit code 4."""
    failed = [outcome for outcome in outcomes if not outcome.done]
    notices = sum(outcome.done and outcome.job.folder.parent != inspection.reports for outcome in outcomes)
    told = f"，公示材料 {notices} 份（public 目录，可公开）" if notices else ""
    click.echo(
        f"报告完成 {len(outcomes) - len(failed) - notices} 份{told}，目录页：{inspection.reports / 'index.html'}"
    )
    if failed:
        _log(inspection, failed)
        raise ReportFailed(
            "\n".join(
                [
                    *(f"{outcome.job.name}：{outcome.message}" for outcome in failed),
                    f"以上{len(failed)}份报告未能生成，其余不受影响。",
                ]
            )
        )


def _log(inspection: Inspection, failed: Sequence[Outcome]) -> None:
    """Adds to dibao.log where failed reports went wrong: places in the program, no data."""
    now = dt.datetime.now().isoformat(timespec="seconds")
    with (inspection.folder / "dibao.log").open("a", encoding="utf-8") as log:
        for outcome in failed:
            log.write(f"{now} {outcome.job.name} {outcome.status} {outcome.message}\n{outcome.detail}\n")
