"""dibao settle: what people recorded differently, side by side, and the decision of a named person."""

from __future__ import annotations

import datetime as dt

import click

from dibao_lib.cli_help import ChineseCommand
from dibao_lib.commands.opening import open_workspace
from dibao_lib.errors import UsageError

_SHOWN = 20


@click.command("settle", cls=ChineseCommand, help="裁定分歧：列出不同的人填写不一致的记录，逐项对照，选定一份。")
@click.argument("record_id", metavar="[记录编号]", required=False)
@click.option("--use", "number", type=int, metavar="第几份", help="选定哪一份；都不对的，请在笔记本中打开改正。")
@click.option("--who", default="", metavar="姓名", help="裁定人。")
@click.option("--reason", default="", metavar="理由", help="裁定的理由。")
@click.pass_obj
def settle(workspace: str | None, record_id: str | None, number: int | None, who: str, reason: str) -> None:
    """Without --use only shows; with it, appends the decision."""
    from dibao_lib.records.identifiers import new_id
    from dibao_lib.records.log import RecordLog
    from dibao_lib.records.publish import has_records, publish_tables
    from dibao_lib.records.settlement import dispute
    from dibao_lib.records.settlement import settle as decide
    from dibao_lib.widgets.listed import sides_told

    inspection = open_workspace(workspace)
    if number is not None and not (record_id and who.strip() and reason.strip()):
        raise UsageError("选定一份须同时写明记录编号、--who 裁定人和 --reason 理由。请补全后再运行。")
    if not has_records(inspection):
        click.echo("没有需要裁定的记录。")
        return
    with RecordLog.open(inspection) as log:
        found = [dispute(log, record_id)] if record_id else log.conflicts()
        if number is not None:
            now = dt.datetime.now()
            decide(log, found[0], number, who=who, now=now, submission=new_id(now), reason=reason)
            publish_tables(inspection, log)
            click.echo(f"已由{who}裁定采用第{number}份，各份都已留存。校验点 {log.checkpoint()}")
            return
    for conflict in found[:_SHOWN]:
        click.echo(sides_told(conflict))
    if found:
        more = f"，这里列出前{_SHOWN}条" if len(found) > _SHOWN else ""
        click.echo(
            f"共{len(found)}条{more}。选定一份：dibao settle 记录编号 --use 1 --who 姓名 --reason 理由；"
            "都不对的，请在笔记本中打开该记录改正。"
        )
    else:
        click.echo("没有需要裁定的记录。")
