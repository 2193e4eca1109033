"""低保专项治理检查工作台: evidence, five checks, draws, records and reports for one inspection campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dibao_lib.workspace import Inspection

__all__ = ["Inspection"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`Inspection` when it is first asked for: papermill imports this package at its own start and needs no pandas."""
    if name == "Inspection":
        from dibao_lib.workspace import Inspection

        return Inspection
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
