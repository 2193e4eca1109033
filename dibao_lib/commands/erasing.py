"""dibao erase: lawful erasure of personal parts of a record, after which dibao verify still passes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import click

from dibao_lib.cli_help import ChineseCommand
from dibao_lib.commands.opening import open_workspace
from dibao_lib.errors import InputRefused, UsageError


@click.command("erase", cls=ChineseCommand, help="依法抹除一条记录中的个人信息；不写项目则整条抹除。")
@click.argument("record_id", metavar="记录编号")
@click.argument("fields", metavar="[项目...]", nargs=-1)
@click.option("--who", required=True, metavar="姓名", help="经办人。")
@click.option("--reason", required=True, metavar="理由", help="抹除的理由，如“本人依法申请删除”。理由本身会留存。")
@click.option("--yes", is_flag=True, help="不再询问，直接抹除。")
@click.pass_obj
def erase(workspace: str | None, record_id: str, fields: Sequence[str], who: str, reason: str, yes: bool) -> None:
    """Says what goes and what stays, asks, and erases."""
    from dibao_lib.records.forgetting import forget, named_fields
    from dibao_lib.records.identifiers import new_id
    from dibao_lib.records.kinds import record_form
    from dibao_lib.records.log import RecordLog
    from dibao_lib.records.publish import has_records

    inspection = open_workspace(workspace)
    if not has_records(inspection):
        raise UsageError("工作区里还没有现场记录，没有可抹除的内容。请核对工作区。")
    with RecordLog.open(inspection) as log:
        record = log.record(record_id)
        if record is None:
            raise InputRefused("记录库中没有这个编号的记录，什么也没有抹除。编号印在记录表页脚，请核对后再运行。")
        chosen = named_fields(record, fields)
        told = f"“{'、'.join(chosen.values())}”" if chosen else "全部填写内容"
        title = record_form(record.kind).title
        click.echo(
            f"将从“{title}”{record_id} 的全部{len(record.events)}次保存中抹除{told}。"
            "抹除后不能恢复；时间、记录人、操作和摘要仍留存，dibao verify 照常核验。"
        )
        if not yes and not click.confirm("确认抹除吗？输入 y 抹除，直接回车放弃", default=False):
            click.echo("已放弃，什么也没有抹除。")
            return
        now = dt.datetime.now()
        gone = forget(inspection, log, record, [*chosen], who=who, now=now, submission=new_id(now), reason=reason)
        files = f"，删除附件{gone}件" if gone else ""
        click.echo(f"已抹除{told}{files}，由{who}办理。校验点 {log.checkpoint()}")
    click.echo(
        "已生成的报告、交接包和备份中可能还有这些内容：请重新运行 dibao check 和 dibao report，把新记录交给各组并入，并清理旧文件。"
    )
