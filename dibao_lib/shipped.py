"""Where the files that come with the software lie: in the wheel inside the package, in a checkout beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from dibao_lib.errors import InputRefused

_PACKAGE = Path(__file__).resolve().parent


def shipped(kind: Literal["templates", "notebooks"], package: Path = _PACKAGE) -> Path:
    """The folder of shipped templates or notebooks.

    Args:
        kind: which folder.
        package: folder of the installed package.

    Raises:
        InputRefused: the installation is incomplete.
    """
    for root in (package, package.parent):
        if (root / kind).is_dir():
            return root / kind
    raise InputRefused(f"安装不完整：找不到随软件提供的 {kind} 文件夹。请重新安装本软件后再运行。")
