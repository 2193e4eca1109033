"""The shipped notebooks: which there are, and copies of them in a workspace."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from dibao_lib.shipped import shipped


def load_nbformat() -> None:
    """Loads nbformat, three seconds faster: jsonschema would compile a grammar of web addresses that no notebook needs."""
    modules: dict[str, Any] = sys.modules
    if "jsonschema" not in modules:
        modules["rfc3987_syntax"] = None
    import nbformat  # noqa: F401

    if modules.get("rfc3987_syntax", ...) is None:
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
