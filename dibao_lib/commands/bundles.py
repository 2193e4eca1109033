"""dibao bundle and dibao merge: packages between the office and its teams, encrypted and signed (contract 4.1)."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dibao_lib.cli_help import ChineseCommand, ChineseGroup
from dibao_lib.commands.opening import open_workspace
from dibao_lib.errors import InputRefused

if TYPE_CHECKING:
    from dibao_lib.records.events import Conflict
    from dibao_lib.records.keys import Keys
    from dibao_lib.workspace import Inspection

_FOLDER = "交接"
_SHOWN = 20


class _BundleGroup(ChineseGroup):
    """`bundle READER` packs; `key`, `trust` and `open` are verbs of their own."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The named verb, or packing."""
        verb = args if args and args[0] in self.commands else ["make", *args]
        return super().resolve_command(ctx, verb)


@click.group(
    "bundle",
    cls=_BundleGroup,
    short_help="交接：下发工作包，上交记录，建密钥，收名片。",
    help="交接：dibao bundle 收件人 乡镇... 下发工作包；不写乡镇则上交全部记录。key 建密钥，trust 收名片，open 打开工作包。",
)
def bundles() -> None:
    """The group of bundle verbs."""


@bundles.command("key", cls=ChineseCommand, help="生成本机密钥和名片（每台电脑一次）。")
@click.argument("name", metavar="名称")
def make_key(name: str) -> None:
    """Makes keys and says where the card is."""
    from dibao_lib.records.keys import SUFFIX, make_keys

    folder = _keys_folder()
    card = make_keys(folder, name)
    click.echo(f"已生成“{name}”的密钥，存放在 {folder}，只在本机，请勿外传，并另存一份备份封存。")
    click.echo(f"请把名片 {folder / (name + SUFFIX)} 发给对方。核对用指纹：{card.fingerprint}")


@bundles.command("trust", cls=ChineseCommand, help="收入对方的名片。")
@click.argument("file", metavar="名片文件", type=click.Path(path_type=Path))
def trust_card(file: Path) -> None:
    """Takes in a card and shows the fingerprint to be compared."""
    from dibao_lib.records.keys import trust

    card = trust(_keys_folder(), file)
    click.echo(f"已收入“{card.name}”的名片。请用电话与对方核对指纹：{card.fingerprint}；不一致的，请立即移走该名片。")


@bundles.command("make", cls=ChineseCommand, hidden=True, help="打包：dibao bundle 收件人 [乡镇...]。")
@click.argument("reader", metavar="收件人")
@click.argument("townships", metavar="[乡镇...]", nargs=-1)
@click.pass_obj
def make_bundle(workspace: str | None, reader: str, townships: Sequence[str]) -> None:
    """Writes 交接/<reader>-<time>; a team's package with townships, all records without."""
    from dibao_lib.records.bundle import SUFFIX

    inspection, keys, now = open_workspace(workspace), _keys(), dt.datetime.now()
    card = keys.named(reader)
    target = inspection.folder / _FOLDER / f"{reader}-{now:%Y%m%d-%H%M%S}{SUFFIX}"
    if townships:
        told = _pack(inspection, townships, target, keys, reader, now)
    else:
        from dibao_lib.records.exchange import write_records
        from dibao_lib.records.log import RecordLog

        with RecordLog.open(inspection) as log:
            count, checkpoint = write_records(inspection, log, target, keys, card, now)
        told = f"全部记录{count}条（校验点 {checkpoint}）"
    click.echo(f"已打包：{told}，只有“{reader}”能打开。文件：{target}")


def _pack(inspection: Inspection, named: Sequence[str], target: Path, keys: Keys, reader: str, now: dt.datetime) -> str:
    from dibao_lib.records.package import chosen, write_package

    townships = chosen(inspection.plan, named)
    rows = write_package(inspection, townships, target, keys, keys.named(reader), now)
    names = "、".join(township.name for township in townships)
    return f"{names}的低保家庭{rows.get('households', 0)}户、线索{rows.get('findings', 0)}条和抽样记录"


@bundles.command("open", cls=ChineseCommand, help="打开收到的工作包，在目录中建立本组的检查工作区；再次打开则更新。")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path, file_okay=False))
def open_package_(file: Path, folder: Path) -> None:
    """Makes the team's workspace."""
    from dibao_lib.notebooks import copy_notebooks
    from dibao_lib.records.bundle import open_bundle
    from dibao_lib.records.package import open_package
    from dibao_lib.sampling.files import replay_scripts

    near = folder if folder.is_dir() else folder.resolve().parent
    with open_bundle(file, _keys(), near) as content:
        inspection = open_package(content, folder)
        told = f"{content.sender.name}于{content.about.made.replace('T', ' ')}"
    copy_notebooks(inspection.folder / "notebooks")
    replay_scripts(inspection.folder / "draws")
    click.echo(f"已打开{told}下发的工作包，工作区：{folder}。下一步：dibao -w {folder} lab")


@click.command("merge", cls=ChineseCommand, help="并入各组上交的记录；先后不限，重复并入不会多出记录。")
@click.argument("files", metavar="文件...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def merge(workspace: str | None, files: Sequence[Path]) -> None:
    """Each file wholly or not at all; the refused are named at the end."""
    from dibao_lib.records.bundle import open_bundle
    from dibao_lib.records.exchange import merge_records
    from dibao_lib.records.log import RecordLog
    from dibao_lib.records.publish import publish_tables

    inspection, keys = open_workspace(workspace), _keys()
    refused = []
    with RecordLog.open(inspection) as log:
        for file in files:
            try:
                with open_bundle(file, keys, inspection.folder) as content:
                    taken = merge_records(inspection, log, content)
            except InputRefused as error:
                refused.append(str(error))
            else:
                click.echo(f"{file.name}：{content.sender.name}，新增{taken.events}条事件，涉及记录{taken.records}条。")
        _say_conflicts(log.conflicts())
        publish_tables(inspection, log)
        click.echo(f"现有记录{len(log.records())}条，校验点 {log.checkpoint()}")
    if refused:
        raise InputRefused.collected([*refused, f"以上{len(refused)}个文件未并入，其余不受影响。"])


def _say_conflicts(conflicts: Sequence[Conflict]) -> None:
    """Lists what a named person has to decide; who and when, never what was entered."""
    if not conflicts:
        return
    click.echo(
        f"有{len(conflicts)}条记录由不同的人分别改动，各份都已保留。请运行 dibao settle 逐项对照并选定一份，或在笔记本中打开改正："
    )
    for each in conflicts[:_SHOWN]:
        sides = "；".join(f"{side.who} {side.at.replace('T', ' ')}" for side in each.sides)
        click.echo(f"  {_title(each.kind)} {each.record_id}：{sides}")
    if len(conflicts) > _SHOWN:
        click.echo(f"  另有{len(conflicts) - _SHOWN}条，从略。")


def _title(kind: str) -> str:
    """The Chinese title of a record kind; one that a newer version made keeps its name."""
    from dibao_lib.records.kinds import RECORD_KINDS

    return next((form.title for form in RECORD_KINDS if form.kind == kind), kind)


def _keys_folder() -> Path:
    from dibao_lib.records.keys import keys_folder

    return keys_folder(os.environ, Path.home())


def _keys() -> Keys:
    from dibao_lib.records.keys import read_keys

    return read_keys(_keys_folder())
