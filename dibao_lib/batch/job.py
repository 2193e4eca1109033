"""One report to make, and what can be said of how it went."""

from __future__ import annotations

import ast
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dibao_lib.errors import UsageError


@dataclass(frozen=True, slots=True)
class Job:
    """A notebook to run for one place.

    Args:
        notebook: the notebook to run.
        parameters: values for its `parameters` cell.
        folder: where the report appears; replaced as a whole.
        name: what a progress bar calls it.
        start_in: the folder it runs in, where relative paths among the parameters start.
        digest: of all that decides the report's content (`freshness.digest`).
        environ: environment variables of its process.
    """

    notebook: Path
    parameters: Mapping[str, str | int | float | bool]
    folder: Path
    name: str
    start_in: Path = Path()
    digest: str = ""
    environ: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one report may take.

    Args:
        seconds: in all.
        cell_seconds: for one cell.
        memory: bytes its data may grow by, on systems that count them; 0 for no limit.
    """

    seconds: float = 600
    cell_seconds: float = 120
    memory: int = 4 << 30


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a report went: status `done`, `failed` or `timeout`, a Chinese sentence, and the places for a log."""

    status: str
    message: str = ""
    detail: str = ""


def check(job: Job, known: Collection[str]) -> None:
    """Refuses what papermill would ignore, turn into text or run as code.

    Args:
        job: the report to make.
        known: `parameters_of` its notebook.

    Raises:
        UsageError: a parameter has a wrong name or type.
    """
    for name, value in job.parameters.items():
        if name not in known:
            raise UsageError(f"报告“{job.name}”的参数 {name!r:.60} 不在笔记本 {job.notebook.name} 中；请核对参数名。")
        if type(value) not in (str, int, float, bool):
            raise UsageError(
                f"报告“{job.name}”的参数 {name} 是 {type(value).__name__} 类型；只能是文字、整数、小数或真假值，请先转换。"
            )


def parameters_of(notebook: Path) -> set[str]:
    """The names that the notebook's `parameters` cell sets.

    Raises:
        UsageError: it is not a notebook of Python cells.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if "parameters" in cell["metadata"].get("tags", ())]
        nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, SyntaxError):
        raise UsageError(f"读不出笔记本 {notebook.name} 的参数；请换用完好的 .ipynb 文件。") from None
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
