"""What saving a notebook leaves out, so that nothing typed or shown stays in a notebook file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jupyter_server.services.contents.checkpoints import AsyncCheckpoints

# reports are executed notebooks kept for the record; their outputs are the report
ARCHIVE = "inspection_reports/"


def strip_notebook(model: dict[str, Any], path: str, **_more: Any) -> None:
    """Takes outputs, counts, injected parameters and widget state out of a notebook about to be saved.

    A notebook that nobody on this machine trusts also loses its wish to run by itself: the server signs what has no
    outputs, and a file from elsewhere must not start running because it was saved once.

    Args:
        model: of jupyter_server's contents service; changed in place.
        path: below the workspace.
    """
    if model.get("type") != "notebook" or not model.get("content") or path.startswith(ARCHIVE):
        return
    notebook = model["content"]
    code = [cell for cell in notebook.get("cells", []) if cell.get("cell_type") == "code"]
    if not all(cell.get("metadata", {}).get("trusted") for cell in code):
        notebook["metadata"].pop("dibao", None)
    for cell in code:
        cell["outputs"], cell["execution_count"] = [], None
        for key in ("execution", "papermill"):
            cell.get("metadata", {}).pop(key, None)
    notebook["cells"] = [cell for cell in notebook.get("cells", []) if not _injected(cell)]
    for key in ("widgets", "papermill"):
        notebook["metadata"].pop(key, None)


def _injected(cell: dict[str, Any]) -> bool:
    return "injected-parameters" in cell.get("metadata", {}).get("tags", [])


class NoCheckpoints(AsyncCheckpoints):
    """Keeps no second copy of a notebook beside the first."""

    async def create_checkpoint(self, contents_mgr: Any, path: str) -> dict[str, Any]:
        """Says that one was made: the saved file is the only copy."""
        return {"id": "saved", "last_modified": dt.datetime.now(dt.UTC)}

    async def list_checkpoints(self, path: str) -> list[dict[str, Any]]:
        """None."""
        return []

    async def restore_checkpoint(self, contents_mgr: Any, checkpoint_id: str, path: str) -> None:
        """Nothing to restore."""

    async def rename_checkpoint(self, checkpoint_id: str, old_path: str, new_path: str) -> None:
        """Nothing to rename."""

    async def delete_checkpoint(self, checkpoint_id: str, path: str) -> None:
        """Nothing to delete."""

    async def rename_all_checkpoints(self, old_path: str, new_path: str) -> None:
        """Nothing to rename."""

    async def delete_all_checkpoints(self, path: str) -> None:
        """Nothing to delete."""
