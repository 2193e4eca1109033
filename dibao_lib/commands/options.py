"""What several commands share: the day, JSON instead of text, a progress bar."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from dibao_lib.errors import UsageError


def _date(_context: click.Context, _parameter: click.Parameter, value: str | None) -> dt.date:
    """A --today value; without one, the system's date."""
    if value is None:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"日期“{value}”写法不对，应为 2011-06-30 这样的年-月-日。") from None


today_option = click.option(
    "--today", callback=_date, metavar="日期", help="检查截止日，如 2011-06-30；不写时为系统日期。"
)
json_option = click.option("--json", "as_json", is_flag=True, help="在标准输出上只打印一个 JSON 对象。")


@contextmanager
def progress_bar(label: str, total: int) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error that advances by one item a call."""
    with click.progressbar(length=total, label=label, file=sys.stderr, show_eta=False, width=24) as bar:
        yield lambda _name: bar.update(1)
