"""dibao demo: every step on a made-up county (contract 4.1)."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dibao_lib.cli_help import ChineseCommand
from dibao_lib.commands.checking import check_all
from dibao_lib.commands.importing import take_in
from dibao_lib.commands.new import create
from dibao_lib.commands.reporting import make_reports, say_finished

if TYPE_CHECKING:
    from dibao_lib.workspace import Inspection

_DEMO_MARK = "虚构数据.txt"


@click.command(
    "demo", cls=ChineseCommand, help="用虚构的县级市数据走完全程：新建、导入、检查、抽样、现场记录、出报告。"
)
@click.argument("folder", metavar="[目录]", required=False, type=click.Path(path_type=Path))
def demo(folder: Path | None) -> None:
    """The shop window: every step on a made-up county, with planted irregularities counted."""
    from dibao_lib.demo import build_county, compare, demo_day, write_workbooks
    from dibao_lib.demo.draws import draw_households, draw_townships, draw_villages
    from dibao_lib.demo.records import write_records

    folder = folder or Path("dibao-demo")
    started = time.monotonic()
    inspection = _demo_workspace(folder)
    plan = inspection.plan
    county = build_county(plan, seed=1)
    files = write_workbooks(county, inspection.inbox)
    click.echo(f"1. 新建：工作区 {folder}，{plan.title}，{plan.year}年；虚构数据，表册{len(files)}份。")
    arrived = take_in(inspection, [inspection.inbox])
    click.echo(f"2. 表册：{arrived.headline()}")
    today = demo_day(plan)
    supervised, crossed, _ = draw_townships(inspection, today)
    visited = draw_households(inspection, supervised)
    heard = draw_villages(inspection, supervised, crossed)
    click.echo(
        f"3. 抽样：督查{len(supervised.rows)}个乡镇、交叉检查{len(crossed.rows)}个乡镇，督查乡镇入户核查"
        f"{sum(len(made.rows) for made in visited.values())}户，抽中乡镇在{heard}个村（居）开听证会；"
        f"记录和复核脚本在 {folder / 'draws'}。"
    )
    run = check_all(inspection, today)
    comparison = compare(run.findings, county.truth)
    click.echo(f"4. 五查：{run.headline()}")
    click.echo(
        f"   预先埋设的问题{len(county.truth)}处，查出{comparison.found}处，漏查{len(comparison.missed)}处；"
        f"未埋设而判为A类的{len(comparison.unplanted_a)}条。"
    )
    townships = sorted({row.unit for made in (supervised, crossed) for row in made.rows})
    campaign = write_records(county, inspection, townships, today)
    again = check_all(inspection, today)
    click.echo(
        f"5. 现场：{len(townships)}个乡镇的入户核查、听证、公示检查、异议、整改等记录{campaign.records}条"
        f"（{campaign.events}次保存、提交、审核、签字）；再次检查：{again.headline()}"
    )
    outcomes = make_reports(inspection, (), today)
    click.echo(
        f"6. 报告：{len(outcomes)}份，每份含 HTML、DOCX、PDF 和台账。全程用时{time.monotonic() - started:.0f}秒。"
    )
    say_finished(inspection, outcomes)


def _demo_workspace(folder: Path) -> Inspection:
    """The folder of an earlier demo, or a new one; never a workspace with somebody's own files."""
    from dibao_lib.workspace import Inspection

    mark = folder / _DEMO_MARK
    if mark.is_file():
        return Inspection.open(folder)
    inspection = create(folder, "dexing", None)
    mark.write_text("本工作区由 dibao demo 建立，内容全部为虚构。\n", encoding="utf-8")
    return inspection
