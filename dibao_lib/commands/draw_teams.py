"""dibao draw assign, areas: who inspects whom, and which bureau leader looks after which townships (R58, R59)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dibao_lib.cli_help import ChineseCommand
from dibao_lib.commands.draw_words import draws_folder
from dibao_lib.commands.opening import open_workspace
from dibao_lib.errors import UsageError

if TYPE_CHECKING:
    from dibao_lib.workspace import Inspection

_seed = click.option("--seed", required=True, metavar="种子", help="公开产生的号码或文字。")


@click.command("assign", cls=ChineseCommand, help="交叉检查分工：谁检查谁。不查自己，不互查，回避关系写 --avoid。")
@click.argument("name", metavar="名称")
@_seed
@click.option("--avoid", multiple=True, metavar="甲=乙", help="甲不检查乙，可写多次。")
@click.option("--capacity", type=click.IntRange(1), default=1, metavar="个数", help="一个乡镇最多检查几个，不写时为1。")
@click.pass_obj
def assign_teams(workspace: str | None, name: str, seed: str, avoid: Sequence[str], capacity: int) -> None:
    """Assigns a township's team to every township of a draw and writes draws/teams/<name>.json."""
    from dibao_lib.sampling import assign_inspectors
    from dibao_lib.sampling.files import read_draw
    from dibao_lib.sampling.frames import unit_names
    from dibao_lib.sampling.teams import save_teams

    inspection = open_workspace(workspace)
    made = read_draw(draws_folder(inspection), name)
    targets = [row.unit for row in made.rows]
    forbid = _pairs(inspection, avoid, both=True)
    found = assign_inspectors(made.frame.units, targets, forbid=forbid, capacity=capacity, seed=seed)
    path = save_teams(draws_folder(inspection), name, found, seed)
    names = unit_names(inspection)
    for team, target in found.pairs:
        click.echo(f"  {names.get(team, team)} 检查 {names.get(target, target)}")
    click.echo(f"“{name}”的检查分工：{path}")


@click.command("areas", cls=ChineseCommand, help="班子成员分片负责：每人负责几个乡镇，分成方案规定的核查小组（3个）。")
@click.option("--leader", multiple=True, required=True, metavar="姓名", help="班子成员，可写多次，不少于小组数。")
@_seed
@click.option("--avoid", multiple=True, metavar="姓名=乡镇", help="某人不负责某乡镇，可写多次。")
@click.pass_obj
def share_areas(workspace: str | None, leader: Sequence[str], seed: str, avoid: Sequence[str]) -> None:
    """Shares the townships out among leaders and writes draws/teams/分片负责.json and .xlsx."""
    from dibao_lib.sampling.teams import leader_areas, save_areas

    inspection = open_workspace(workspace)
    codes = [township.code for township in inspection.plan.townships]
    groups = inspection.plan.quotas.verification_groups
    areas = leader_areas(codes, leader, seed, groups=groups, forbid=_pairs(inspection, avoid, both=False))
    path = save_areas(draws_folder(inspection), areas, seed, groups)
    sheet = _write_sheet(inspection, path)
    names = {township.code: township.name for township in inspection.plan.townships}
    for group in range(1, groups + 1):
        for person in dict.fromkeys(area.leader for area in areas if area.group == group):
            held = "、".join(names[area.township] for area in areas if area.leader == person)
            click.echo(f"  第{group}组  {person}：{held}")
    click.echo(f"分片负责表：{sheet}")


def _write_sheet(inspection: Inspection, path: Path) -> Path:
    from dibao_lib.report.draw_tables import areas_table
    from dibao_lib.report.formats import xlsx
    from dibao_lib.sampling.frames import unit_names
    from dibao_lib.sampling.teams import read_areas

    sheet = path.with_suffix(".xlsx")
    rows = areas_table(read_areas(draws_folder(inspection)), unit_names(inspection))
    sheet.write_bytes(xlsx.render([rows]))
    return sheet


def _pairs(inspection: Inspection, words: Sequence[str], *, both: bool) -> list[tuple[str, str]]:
    """`甲=乙` -> (甲, 乙) with townships as codes; on the left too where both sides are townships."""
    from dibao_lib.sampling.frames import unit_code

    known = {township.code for township in inspection.plan.townships}
    pairs = []
    for word in words:
        left, equals, right = (part.strip() for part in word.partition("="))
        pair = unit_code(inspection, left) if both else left, unit_code(inspection, right)
        if not equals or not left or pair[1] not in known or (both and pair[0] not in known):
            raise UsageError(f"回避关系“{word}”读不懂。请写成 甲=乙，乡镇写名称或代码，如 绕二镇=香屯街道。")
        pairs.append(pair)
    return pairs
