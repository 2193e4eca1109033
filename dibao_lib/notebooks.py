"""The shipped notebooks: which there are, copies of them in a workspace, and the library that reads such files."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from dibao_lib.shipped import shipped


def load_nbformat() -> None:
    """Loads nbformat, three seconds faster: jsonschema would compile a grammar of web addresses that no notebook needs."""
    modules: dict[str, Any] = sys.modules
    hidden = modules.setdefault("rfc3987_syntax", None) is None
    import nbformat  # noqa: F401

    if hidden:
        del modules["rfc3987_syntax"]


def shipped_notebook(name: str) -> Path:
    """A shipped notebook, `township_report` for township_report.ipynb."""
    return shipped("notebooks") / f"{name}.ipynb"


def copy_notebooks(folder: Path) -> list[Path]:
    """Puts the shipped notebooks into a folder; a notebook that is there already is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    copied = []
    for source in sorted(shipped("notebooks").glob("*.ipynb")):
        target = folder / source.name
        if not target.exists():
            shutil.copyfile(source, target)
            copied.append(target)
    return copied
