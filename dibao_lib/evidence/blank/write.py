"""The blank forms of the plan as Excel files, for townships to fill in; what they fill in imports as it is."""

from __future__ import annotations

from pathlib import Path

from dibao_lib.evidence.blank.catalogue import BLANKS
from dibao_lib.evidence.blank.paper import Filling, write_paper
from dibao_lib.plan import Plan


def write_blanks(folder: Path, plan: Plan) -> list[Path]:
    """Writes every blank form of the plan into a folder, which is made.

    Args:
        folder: where to.
        plan: its place names the forms, its townships are the choices.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for number, blank in enumerate(BLANKS, 1):
        path = folder / f"{number:02d}-{blank.title}.xlsx"
        path.write_bytes(write_paper(blank, plan, [Filling()]))
        written.append(path)
    return written
