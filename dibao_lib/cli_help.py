"""Help pages and usage errors of the command line in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

_HEADINGS = {"Options": "选项", "Commands": "命令"}


class ChineseFormatter(click.HelpFormatter):
    """Help with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        super().write_usage(
            prog, args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 ..."), "用法："
        )

    def write_heading(self, heading: str) -> None:
        """A section heading."""
        super().write_heading(_HEADINGS.get(heading, heading))


class _ChineseContext(click.Context):
    formatter_class = ChineseFormatter


class ChineseCommand(click.Command):
    """A verb whose help is Chinese."""

    context_class = _ChineseContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The --help option with a Chinese description."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示帮助。"
        return option


class ChineseGroup(ChineseCommand, click.Group):
    """The group of verbs; each verb is a ChineseCommand."""

    command_class = ChineseCommand


_SENTENCES: dict[type[click.ClickException], Callable[[Any], str]] = {
    click.exceptions.NoSuchOption: lambda e: f"没有选项“{e.option_name}”。请用 --help 查看可用的选项。",
    click.exceptions.MissingParameter: lambda e: f"缺少参数：{_parameter(e)}。请用 --help 查看用法。",
    click.exceptions.BadParameter: lambda e: f"参数 {_parameter(e)} 的值不对。请用 --help 查看用法。",
    click.exceptions.NoArgsIsHelpError: lambda e: str(e.message),
    click.exceptions.FileError: lambda e: f"文件 {e.ui_filename} 打不开，请核对路径和权限。",
}


def usage_sentence(error: click.ClickException) -> str:
    """One Chinese sentence for what click found wrong with the command line."""
    for kind, sentence in _SENTENCES.items():
        if type(error) is kind:
            return sentence(error)
    return f"命令写法不对：没有这样的命令，或参数过多。请用 dibao --help 查看用法。（{error.format_message()}）"


def _parameter(error: click.BadParameter) -> str:
    return (error.param and (error.param.metavar or "/".join(error.param.opts))) or error.param_hint or "（未注明）"  # type: ignore[return-value]
