"""dibao new: a workspace with plan.toml, inbox and notebooks (contract 4.1)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dibao_lib.cli_help import ChineseCommand

if TYPE_CHECKING:
    from dibao_lib.workspace import Inspection


@click.command("new", cls=ChineseCommand, help="新建检查工作区。")
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path))
@click.option("--plan", default="dexing", metavar="名称", help="随软件提供的方案名称。")
@click.option("--year", type=int, metavar="年份", help="专项治理年份；不写时用方案自带的年份。")
def new(folder: Path, plan: str, year: int | None) -> None:
    """Makes a workspace: plan.toml, inbox/, notebooks/."""
    create(folder, plan, year)
    click.echo(
        f"已建立检查工作区 {folder}。下一步：把乡镇报来的表册放入 {folder / 'inbox'}，运行 dibao -w {folder} import {folder / 'inbox'}"
    )


def create(folder: Path, plan: str, year: int | None) -> Inspection:
    """The workspace made."""
    from dibao_lib.notebooks import copy_notebooks
    from dibao_lib.workspace import Inspection

    inspection = Inspection.create(folder, plan=plan, year=year)
    copy_notebooks(inspection.folder / "notebooks")
    return inspection
