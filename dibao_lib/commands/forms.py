"""dibao forms: the plan's forms blank, filled from evidence, or a province's own template (contract 4.1)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dibao_lib.cli_help import ChineseCommand
from dibao_lib.commands.opening import open_workspace
from dibao_lib.commands.options import today_option
from dibao_lib.errors import UsageError

if TYPE_CHECKING:
    from dibao_lib.workspace import Inspection


@click.command("forms", cls=ChineseCommand, help="生成方案规定的空白表样，发给乡镇填写；填好后可直接导入。")
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
