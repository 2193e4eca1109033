"""The command line: one verb a step, Chinese on the screen, exit codes of contract 4.1."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from dibao_lib.cli_help import ChineseGroup, usage_sentence
from dibao_lib.commands.bundles import bundles, merge
from dibao_lib.commands.checking import check
from dibao_lib.commands.demo import demo
from dibao_lib.commands.draws import draws
from dibao_lib.commands.erasing import erase
from dibao_lib.commands.forms import forms
from dibao_lib.commands.importing import import_
from dibao_lib.commands.lab import lab
from dibao_lib.commands.new import new
from dibao_lib.commands.reporting import report
from dibao_lib.commands.settling import settle
from dibao_lib.commands.sheets import sheets
from dibao_lib.commands.verifying import verify
from dibao_lib.errors import DibaoError


@click.group(cls=ChineseGroup, name="dibao", help="低保专项治理检查工作台。")
@click.option(
    "-w",
    "--workspace",
    metavar="目录",
    help="检查工作区；不写时取环境变量 DIBAO_WORKSPACE，再取上级目录中含 plan.toml 的。",
)
@click.version_option(package_name="dibao-workbench", prog_name="dibao", help="显示版本。")
@click.pass_context
def cli(context: click.Context, workspace: str | None) -> None:
    """The group all verbs belong to."""
    context.obj = workspace


cli.add_command(new)
cli.add_command(import_)
cli.add_command(forms)
cli.add_command(check)
cli.add_command(draws)
cli.add_command(lab)
cli.add_command(sheets)
cli.add_command(bundles)
cli.add_command(merge)
cli.add_command(settle)
cli.add_command(erase)
cli.add_command(verify)
cli.add_command(report)
cli.add_command(demo)


def main() -> None:
    """Entry point of `dibao`: every failure is one sentence and an exit code."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        _fail("已中断。已完成的部分保留，再次运行同一命令即可继续。", 130)
    except click.ClickException as error:
        _fail(usage_sentence(error), 2)
    except KeyboardInterrupt:
        _fail("已中断。已完成的部分保留，再次运行同一命令即可继续。", 130)
    except DibaoError as error:
        _fail(str(error), error.exit_code)
    except Exception as error:
        if os.environ.get("DIBAO_DEBUG"):
            raise
        _fail(f"程序内部错误（{_place(error)}）。请把这一行告知维护人员；您的数据没有改动。", 1)
    sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, code: int) -> None:
    click.echo(message, err=True)
    sys.exit(code)


def _place(error: BaseException) -> str:
    """Type and place of an unforeseen error; never its message, which may quote data."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"，{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return type(error).__name__ + where


if __name__ == "__main__":
    main()
