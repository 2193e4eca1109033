"""Which workspace a command works in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dibao_lib.errors import UsageError

if TYPE_CHECKING:
    from dibao_lib.workspace import Inspection


def open_workspace(workspace: str | None) -> Inspection:
    """The workspace named, else that of $DIBAO_WORKSPACE, else the nearest parent with a plan.toml.

    Raises:
        UsageError: there is none.
    """
    from dibao_lib.workspace import Inspection

    if named := workspace or os.environ.get("DIBAO_WORKSPACE"):
        return Inspection.open(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "plan.toml").is_file():
            return Inspection.open(folder)
    raise UsageError(
        "当前目录不在检查工作区中。请进入工作区目录，或用 dibao -w 目录 指明，或先用 dibao new 目录 新建。"
    )
