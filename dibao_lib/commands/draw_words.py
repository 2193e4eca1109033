"""What the draw verbs share: where draws lie, how units and reasons are written, how a draw is shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dibao_lib.errors import UsageError

if TYPE_CHECKING:
    from dibao_lib.sampling import Draw
    from dibao_lib.workspace import Inspection


def draws_folder(inspection: Inspection) -> Path:
    """Where the workspace keeps its draws."""
    return inspection.folder / "draws"


def draw_place(inspection: Inspection, name: str) -> tuple[Path, str]:
    """Folder and file name of a draw; `名称/乡镇` is a draw of a second stage."""
    from dibao_lib.sampling.frames import unit_code

    stage, slash, unit = name.rpartition("/")
    folder = draws_folder(inspection)
    return (folder / stage, unit_code(inspection, unit)) if slash else (folder, name)


def reasons(inspection: Inspection, words: Sequence[str]) -> dict[str, str]:
    """`单元=理由` -> {code: reason}; townships may be named.

    Raises:
        UsageError: a reason is missing.
    """
    from dibao_lib.sampling.frames import unit_code

    pairs = [word.partition("=") for word in words]
    if wrong := [unit for unit, equals, reason in pairs if not equals or not reason.strip()]:
        raise UsageError(f"“{wrong[0]}”没有写理由。请写成 单元=理由，如 绕二镇=群众来信反映较多。")
    return {unit_code(inspection, unit.strip()): reason.strip() for unit, _, reason in pairs}


def print_draw(inspection: Inspection, made: Draw) -> None:
    """The draw in one sentence, then a line a unit."""
    from dibao_lib.sampling.frames import unit_names

    names = unit_names(inspection)
    certain = sum(1 for row in made.rows if row.certainty)
    click.echo(
        f"抽样“{made.design.name}”：共{len(made.frame.units)}个单元，抽中{len(made.rows)}个，其中必查{certain}个。"
    )
    by = {change.by: f"递补{change.unit}" for change in made.replacements}
    for row in made.rows:
        place = "必查" if row.certainty else f"{row.order:>4}"
        note = made.design.certainty.get(row.unit, row.ticket[:16])
        told = [place, row.unit, names.get(row.unit, ""), note, by.get(row.unit, "")]
        click.echo("  ".join(part for part in told if part))
