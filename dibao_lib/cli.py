"""The command line: one verb a step, Chinese on the screen, exit codes of contract 4.1."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dibao_lib.cli_help import ChineseGroup, usage_sentence
from dibao_lib.commands.bundles import bundles, merge
from dibao_lib.commands.draws import draws
from dibao_lib.commands.erasing import erase
from dibao_lib.commands.lab import lab
from dibao_lib.commands.opening import open_workspace
from dibao_lib.commands.settling import settle
from dibao_lib.commands.sheets import sheets
from dibao_lib.commands.verifying import verify
from dibao_lib.errors import DibaoError, InputRefused, ReportFailed, UsageError

if TYPE_CHECKING:
    from dibao_lib.batch.farm import Outcome
    from dibao_lib.checks import CheckRun
    from dibao_lib.evidence.intake import ImportReport
    from dibao_lib.workspace import Inspection

FORMATS = ("html", "docx", "pdf", "xlsx")
_DEMO_MARK = "虚构数据.txt"


@click.group(cls=ChineseGroup, name="dibao", help="低保专项治理检查工作台。")
@click.option(
    "-w",
    "--workspace",
    metavar="目录",
    help="检查工作区；不写时取环境变量 DIBAO_WORKSPACE，再取上级目录中含 plan.toml 的。",
)
@click.version_option(package_name="dibao-workbench", prog_name="dibao", help="显示版本。")
@click.pass_context
def cli(context: click.Context, workspace: str | None) -> None:
    """The group all verbs belong to."""
    context.obj = workspace


def main() -> None:
    """Entry point of `dibao`: every failure is one sentence and an exit code."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        _fail("已中断。已完成的部分保留，再次运行同一命令即可继续。", 130)
    except click.ClickException as error:
        _fail(usage_sentence(error), 2)
    except KeyboardInterrupt:
        _fail("已中断。已完成的部分保留，再次运行同一命令即可继续。", 130)
    except DibaoError as error:
        _fail(str(error), error.exit_code)
    except Exception as error:
        if os.environ.get("DIBAO_DEBUG"):
            raise
        _fail(f"程序内部错误（{_place(error)}）。请把这一行告知维护人员；您的数据没有改动。", 1)
    sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, code: int) -> None:
    click.echo(message, err=True)
    sys.exit(code)


def _place(error: BaseException) -> str:
    """Type and place of an unforeseen error; never its message, which may quote data."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"，{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return type(error).__name__ + where


def _date(_context: click.Context, _parameter: click.Parameter, value: str | None) -> dt.date:
    """A --today value; without one, the system's date."""
    if value is None:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"日期“{value}”写法不对，应为 2011-06-30 这样的年-月-日。") from None


today_option = click.option(
    "--today", callback=_date, metavar="日期", help="检查截止日，如 2011-06-30；不写时为系统日期。"
)
json_option = click.option("--json", "as_json", is_flag=True, help="在标准输出上只打印一个 JSON 对象。")


@contextmanager
def _bar(label: str, total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error that advances by one item a call."""
    with click.progressbar(length=total, label=label, file=sys.stderr, show_eta=False, width=24) as bar:
        yield lambda _name: bar.update(1)


@cli.command("new", help="新建检查工作区。")
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path))
@click.option("--plan", default="dexing", metavar="名称", help="随软件提供的方案名称。")
@click.option("--year", type=int, metavar="年份", help="专项治理年份；不写时用方案自带的年份。")
def new(folder: Path, plan: str, year: int | None) -> None:
    """Makes a workspace: plan.toml, inbox/, notebooks/."""
    _create(folder, plan, year)
    click.echo(
        f"已建立检查工作区 {folder}。下一步：把乡镇报来的表册放入 {folder / 'inbox'}，运行 dibao -w {folder} import {folder / 'inbox'}"
    )


def _create(folder: Path, plan: str, year: int | None) -> Inspection:
    from dibao_lib.notebooks import copy_notebooks
    from dibao_lib.workspace import Inspection

    inspection = Inspection.create(folder, plan=plan, year=year)
    copy_notebooks(inspection.folder / "notebooks")
    return inspection


@cli.command("import", help="导入表册：识别表样、核对每一行，隔离不可信的内容。")
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
    report = _import(inspection, files, dry_run=dry_run)
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


def _import(inspection: Inspection, files: Sequence[Path], *, dry_run: bool = False) -> ImportReport:
    from dibao_lib.evidence.intake import expand, import_files

    paths = expand(files)
    with _bar("导入表册", len(paths)) as step:
        return import_files(inspection, files, dt.datetime.now(), dry_run=dry_run, progress=step)


def _write_drafts(inspection: Inspection, files: Sequence[Path], report: ImportReport) -> None:
    from dibao_lib.evidence.answer_draft import write_drafts

    written, kept = write_drafts(report, files, inspection.inbox)
    for path in written:
        click.echo(f"已写出对应关系：{path}", err=True)
    for path in kept:
        click.echo(f"已有对应关系，未改动：{path}", err=True)


@cli.command("forms", help="生成方案规定的空白表样，发给乡镇填写；填好后可直接导入。")
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--template",
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False),
    help="改为填写上级统一格式的 xlsx 模板：{{乡镇}} 等单元格，和一行 {{.户主姓名}} 等单元格。",
)
@click.option("--table", metavar="表名", help="用哪张已导入的表填写模板，如 households 或 低保对象台账(家庭)。")
@click.option("--filled", is_flag=True, help="改为用已导入的资料填好各表，每个乡镇一个文件夹。")
@today_option
@click.pass_obj
def forms(
    workspace: str | None, folder: Path, template: Path | None, table: str | None, filled: bool, today: dt.date
) -> None:
    """Writes the blank forms of the plan as Excel files, or fills them or a template with evidence."""
    from dibao_lib.evidence.blank import write_blanks

    inspection = open_workspace(workspace)
    if filled:
        return _fill_forms(inspection, folder, today)
    if template or table:
        return _fill(inspection, folder, template, table, today)
    written = write_blanks(folder, inspection.plan)
    click.echo("\n".join(f"  {path.name}" for path in written))
    click.echo(f"已在 {folder} 写入空白表{len(written)}份。打印或发给乡镇填写，收回后用 dibao import 导入。")


def _fill_forms(inspection: Inspection, folder: Path, today: dt.date) -> None:
    from dibao_lib.report.filled_forms import write_filled

    written = write_filled(inspection, today, folder)
    click.echo(f"已在 {folder} 填好表册{len(written)}份，每个乡镇一个文件夹。除公示栏外内含个人信息，请妥善保管。")


def _fill(inspection: Inspection, folder: Path, template: Path | None, table: str | None, today: dt.date) -> None:
    """Fills a template, one workbook a township."""
    from dibao_lib.evidence.blank.records import fill_template

    if not template or not table:
        raise UsageError("填写模板须同时写明 --template 文件 和 --table 表名。")
    written = fill_template(inspection, template, table, folder, today)
    click.echo(
        f"已在 {folder} 按模板填写{len(written)}份，每个乡镇一份。内含个人信息，请妥善保管；公示用表不得含证件号、账号。"
    )


@cli.command("check", help="运行五查全部检查项，生成问题线索。")
@today_option
@click.option("--clauses", is_flag=True, help="不运行检查，只列出方案每一条由什么检查、时限、表册或由人判断。")
@json_option
@click.pass_obj
def check(workspace: str | None, today: dt.date, clauses: bool, as_json: bool) -> None:
    """Runs the checks as of a day and writes findings.parquet; or shows what serves each clause."""
    if clauses:
        _show_clauses(open_workspace(workspace), as_json)
        return
    run = _check(open_workspace(workspace), today)
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


def _check(inspection: Inspection, today: dt.date) -> CheckRun:
    from dibao_lib.checks import run_checks
    from dibao_lib.records.publish import publish

    published = publish(inspection)
    if published and published.disputed:
        click.echo(
            f"有{published.disputed}条现场记录两人填写不一致，没有计入。请运行 dibao settle 对照裁定，或在笔记本中打开改正，再重新检查。",
            err=True,
        )
    return run_checks(inspection, today)


cli.add_command(draws)
cli.add_command(lab)
cli.add_command(sheets)
cli.add_command(bundles)
cli.add_command(merge)
cli.add_command(settle)
cli.add_command(erase)
cli.add_command(verify)


@cli.command("report", help="生成检查报告；不写乡镇时生成全部乡镇报告和全市报告。")
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
    _finish(inspection, _report(inspection, townships, today, chosen, workers, scheduler, force))


def _report(
    inspection: Inspection,
    townships: Sequence[str],
    today: dt.date,
    formats: Sequence[str] = FORMATS,
    workers: int | None = None,
    scheduler: str = "",
    force: bool = False,
) -> list[Outcome]:
    from dibao_lib.batch.child import prepare_template
    from dibao_lib.batch.reports import plan_batch, run_batch

    # the template imports what reports need while the batch is planned
    prepare_template()
    batch = plan_batch(inspection, townships, today, formats, force=force)
    with _bar("生成报告", len(batch.jobs)) as step:
        return run_batch(batch, workers or os.cpu_count() or 1, step, scheduler)


def _finish(inspection: Inspection, outcomes: Sequence[Outcome]) -> None:
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


@cli.command("demo", help="用虚构的县级市数据走完全程：新建、导入、检查、抽样、现场记录、出报告。")
@click.argument("folder", metavar="[目录]", required=False, type=click.Path(path_type=Path))
def demo(folder: Path | None) -> None:
    """The shop window: every step on a made-up county, with planted irregularities counted."""
    from dibao_lib.demo import build_county, compare, demo_day, write_workbooks
    from dibao_lib.demo.draws import draw_households, draw_townships
    from dibao_lib.demo.records import write_records

    folder = folder or Path("dibao-demo")
    started = time.monotonic()
    inspection = _demo_workspace(folder)
    plan = inspection.plan
    county = build_county(plan, seed=1)
    files = write_workbooks(county, inspection.inbox)
    click.echo(f"1. 新建：工作区 {folder}，{plan.title}，{plan.year}年；虚构数据，表册{len(files)}份。")
    arrived = _import(inspection, [inspection.inbox])
    click.echo(f"2. 表册：{arrived.headline()}")
    today = demo_day(plan)
    supervised, crossed, _ = draw_townships(inspection, today)
    visited = draw_households(inspection, supervised)
    click.echo(
        f"3. 抽样：督查{len(supervised.rows)}个乡镇、交叉检查{len(crossed.rows)}个乡镇，督查乡镇入户核查"
        f"{sum(len(made.rows) for made in visited.values())}户；记录和复核脚本在 {folder / 'draws'}。"
    )
    run = _check(inspection, today)
    comparison = compare(run.findings, county.truth)
    click.echo(f"4. 五查：{run.headline()}")
    click.echo(
        f"   预先埋设的问题{len(county.truth)}处，查出{comparison.found}处，漏查{len(comparison.missed)}处；"
        f"未埋设而判为A类的{len(comparison.unplanted_a)}条。"
    )
    townships = sorted({row.unit for made in (supervised, crossed) for row in made.rows})
    campaign = write_records(county, inspection, townships, today)
    again = _check(inspection, today)
    click.echo(
        f"5. 现场：{len(townships)}个乡镇的入户核查、听证、公示检查、异议、整改等记录{campaign.records}条"
        f"（{campaign.events}次保存、提交、审核、签字）；再次检查：{again.headline()}"
    )
    outcomes = _report(inspection, (), today)
    click.echo(f"6. 报告：{len(outcomes)}份，每份含 HTML、DOCX、PDF 和台账。用时{time.monotonic() - started:.0f}秒。")
    _finish(inspection, outcomes)


def _log(inspection: Inspection, failed: Sequence[Outcome]) -> None:
    """Adds to dibao.log where failed reports went wrong: places in the program, no data."""
    now = dt.datetime.now().isoformat(timespec="seconds")
    with (inspection.folder / "dibao.log").open("a", encoding="utf-8") as log:
        for outcome in failed:
            log.write(f"{now} {outcome.job.name} {outcome.status} {outcome.message}\n{outcome.detail}\n")


def _demo_workspace(folder: Path) -> Inspection:
    """The folder of an earlier demo, or a new one; never a workspace with somebody's own files."""
    from dibao_lib.workspace import Inspection

    mark = folder / _DEMO_MARK
    if mark.is_file():
        return Inspection.open(folder)
    inspection = _create(folder, "dexing", None)
    mark.write_text("本工作区由 dibao demo 建立，内容全部为虚构。\n", encoding="utf-8")
    return inspection


if __name__ == "__main__":
    main()
