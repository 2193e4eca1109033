"""dibao lab: the notebooks in a browser, on this machine only (contract 4.1)."""

from __future__ import annotations

import click

from dibao_lib.cli_help import ChineseCommand
from dibao_lib.commands.opening import open_workspace
from dibao_lib.errors import UsageError
from dibao_lib.lab.launch import ADDRESS, PORT, START, open_lab


@click.command("lab", cls=ChineseCommand, help="在浏览器中打开工作台（只限本机）；不写笔记本时打开首页。")
@click.argument("notebook", metavar="[笔记本]", default=START)
@click.option("--port", type=click.IntRange(1024, 65535), default=PORT, metavar="端口", help=f"不写时用 {PORT}。")
@click.option("--ip", "address", default=ADDRESS, metavar="地址", help="只接受本机地址 127.0.0.1。")
@click.option("--no-browser", is_flag=True, help="不自动打开浏览器，只显示网址。")
@click.pass_obj
def lab(workspace: str | None, notebook: str, port: int, address: str, no_browser: bool) -> None:
    """Runs until Ctrl+C; never on an address that others can reach."""
    if address not in (ADDRESS, "localhost"):
        raise UsageError(
            f"工作台里有困难群众的个人信息，只能在本机打开，不能用地址 {address}。请去掉 --ip，"
            "几个人合作请各用各的电脑，再用 dibao merge 合并记录。"
        )
    open_lab(open_workspace(workspace), notebook, _say, port=port, browser=not no_browser)


def _say(url: str) -> None:
    click.echo(f"工作台已打开：{url}\n网址含口令，只在本机有效。用完后在本窗口按 Ctrl+C 关闭。", err=True)
