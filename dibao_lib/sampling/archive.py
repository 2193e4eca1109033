"""All draws of a workspace as they lie there: single draws, second stages in a folder of their own, each verified."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dibao_lib.errors import DibaoError
from dibao_lib.sampling.draw import Draw
from dibao_lib.sampling.files import draw_path, save_draw_at, verify_file
from dibao_lib.sampling.verify import restore


@dataclass(frozen=True, slots=True)
class Kept:
    """A draw on file.

    Attributes:
        name: of the draw.
        path: of its record.
        draw: the draw, None when the record does not verify.
        problems: what was changed, one Chinese sentence each.
        parent: unit of the first stage it was drawn in; "" for a draw of the first stage.
    """

    name: str
    path: Path
    draw: Draw | None
    problems: tuple[str, ...]
    parent: str = ""


def kept_draws(folder: Path, unit: str = "") -> list[Kept]:
    """Every draw of draws/ by name, then the second stages of draws/<name>/, each verified.

    Args:
        folder: the workspace's draws folder.
        unit: of second stages only the one drawn in this unit; all of them when left out.
    """
    first = [_kept(path) for path in _records(folder)]
    return [*first, *(_kept(path, path.stem) for path in second_stages(folder, unit))]


def second_stages(folder: Path, unit: str = "") -> list[Path]:
    """Records of what was drawn inside units of a first stage, in all of them or in one."""
    places = sorted(path for path in folder.glob("*") if path.is_dir() and path.name != "teams")
    if unit:
        return [path for place in places if (path := draw_path(place, unit)).is_file()]
    return [path for place in places for path in _records(place)]


def save_stage(folder: Path, name: str, second: Mapping[str, Draw]) -> Path:
    """Writes the draws of a second stage to draws/<name>/<unit>.json, each with its replay script.

    Raises:
        UsageError: drawn before with another outcome.
    """
    place = draw_path(folder, name).with_suffix("")
    for unit, made in second.items():
        save_draw_at(draw_path(place, unit), made)
    return place


def _records(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.glob("*.json")) if not path.name.endswith(".commitment.json"))


def _kept(path: Path, parent: str = "") -> Kept:
    problems = tuple(verify_file(path))
    try:
        made = None if problems else restore(json.loads(path.read_text(encoding="utf-8")))
    except (DibaoError, KeyError, TypeError, ValueError):
        made = None
    return Kept(made.design.name if made else path.stem, path, made, problems, parent)
