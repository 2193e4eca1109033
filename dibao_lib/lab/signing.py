"""Which notebooks may run by themselves: those whose code is exactly what came with the software."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat.sign import NotebookNotary

from dibao_lib.shipped import shipped


def sign_shipped(folder: Path, data_dir: str) -> list[str]:
    """Signs the notebooks of a folder whose code equals the shipped notebook of that name.

    Args:
        folder: `notebooks` of a workspace.
        data_dir: where Jupyter keeps this user's signing key; never inside a workspace, which may come from elsewhere.

    Returns:
        Names of the notebooks signed.
    """
    signed = []
    Path(data_dir).mkdir(parents=True, exist_ok=True)
    with NotebookNotary(data_dir=data_dir) as notary:  # type: ignore[no-untyped-call]
        for source in sorted(shipped("notebooks").glob("*.ipynb")):
            notebook = _read(folder / source.name)
            if notebook is not None and _runs(notebook) == _runs(_read(source)):
                notary.sign(notebook)
                signed.append(source.name)
    return signed


def _read(path: Path) -> Any | None:
    """A notebook as the server reads it; None when it is missing or no notebook."""
    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, nbformat.ValidationError):
        return None


def _runs(notebook: Any) -> list[str]:
    """The code of a notebook, cell by cell."""
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]
