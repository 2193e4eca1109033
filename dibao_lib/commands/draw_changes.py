"""dibao draw replace, extend, stage: what happens to a draw after it was made (R57, R58, R62)."""

from __future__ import annotations

import click

from dibao_lib.cli_help import ChineseCommand
from dibao_lib.commands.draw_words import draw_place, draws_folder, print_draw
from dibao_lib.commands.opening import open_workspace
from dibao_lib.errors import UsageError


@click.command("replace", cls=ChineseCommand, help="抽中的单元确实无法检查时，由下一号递补；两者都留在记录中。")
@click.argument("name", metavar="名称")
@click.argument("unit", metavar="单元")
@click.option("--reason", required=True, metavar="理由", help="为什么无法检查。")
@click.option("--approver", required=True, metavar="姓名", help="批准人。")
@click.pass_obj
def replace_unit(workspace: str | None, name: str, unit: str, reason: str, approver: str) -> None:
    """Puts the next ticket in the place of a unit that cannot be inspected."""
    from dibao_lib.sampling.files import draw_path, read_draw, save_draw_at
    from dibao_lib.sampling.frames import unit_code

    inspection = open_workspace(workspace)
    folder, file = draw_place(inspection, name)
    before = read_draw(folder, file)
    made = before.replace(unit_code(inspection, unit), reason, approver)
    path = save_draw_at(draw_path(folder, file), made, instead_of=before)
    change = made.replacements[-1]
    click.echo(f"“{name}”：{change.unit} 由下一号 {change.by} 递补，理由：{change.reason}，批准人：{change.approver}。")
    print_draw(inspection, made)
    click.echo(f"抽样记录：{path}")


@click.command("extend", cls=ChineseCommand, help="追加样本：已抽中的都保留，按号码顺序往下取。")
@click.argument("name", metavar="名称")
@click.option("--n", "count", type=int, required=True, metavar="个数", help="追加后的总个数。")
@click.pass_obj
def extend_draw(workspace: str | None, name: str, count: int) -> None:
    """Lengthens a draw; everything drawn so far stays in."""
    from dibao_lib.sampling.files import draw_path, read_draw, save_draw_at

    inspection = open_workspace(workspace)
    folder, file = draw_place(inspection, name)
    before = read_draw(folder, file)
    made = before.extend(count)
    path = save_draw_at(draw_path(folder, file), made, instead_of=before)
    click.echo(f"“{name}”由{len(before.rows)}个追加到{len(made.rows)}个，原有的全部保留。")
    print_draw(inspection, made)
    click.echo(f"抽样记录：{path}")


@click.command("stage", cls=ChineseCommand, help="第二阶段：在抽中的乡镇或村（居）内再抽家庭（或村居），用同一种子。")
@click.argument("first", metavar="第一阶段名称")
@click.argument("name", metavar="名称")
@click.option("--unit", default="household", metavar="单元", help="household 家庭（不写时）、village 村（居）。")
@click.option("--n", "count", type=int, metavar="个数", help="每个抽中单元内抽几个；不写时用方案规定的户数。")
@click.option("--rate", metavar="比例", help="每个抽中单元内的比例，与 --n 二选一。")
@click.pass_obj
def stage_draw(workspace: str | None, first: str, name: str, unit: str, count: int | None, rate: str | None) -> None:
    """Draws in every unit of a first stage and writes draws/<name>/<unit>.json."""
    from dibao_lib.sampling.archive import save_stage
    from dibao_lib.sampling.files import read_draw
    from dibao_lib.sampling.second_stage import second_stage

    inspection = open_workspace(workspace)
    if count is not None and rate is not None:
        raise UsageError("--n 和 --rate 只写一个。请改正后重新运行。")
    staged = second_stage(inspection, read_draw(draws_folder(inspection), first), name, unit, count, rate)
    place = save_stage(draws_folder(inspection), name, staged.second)
    for code, made in staged.second.items():
        click.echo(
            f"  {code}：{len(made.frame.units)}个中抽{len(made.rows)}个，抽样框 SHA-256：{made.frame.hash[:16]}…"
        )
    total = sum(len(made.rows) for made in staged.second.values())
    click.echo(f"“{name}”在“{first}”抽中的{len(staged.second)}个单元内共抽{total}个。抽样记录和复核脚本：{place}")
