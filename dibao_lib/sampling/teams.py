"""Who inspects where: cross-inspection teams on file, and the bureau leaders' areas in three groups (R58, R59)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.sampling.assign import Assignment, assign_inspectors
from dibao_lib.sampling.files import draw_path
from dibao_lib.sampling.frame import reject_unprintable
from dibao_lib.sampling.tickets import smallest

FOLDER = "teams"


@dataclass(frozen=True, slots=True)
class Area:
    """One township in the area of a bureau leader, whose verification group looks after it."""

    group: int
    leader: str
    township: str


def leader_areas(
    townships: Sequence[str],
    leaders: Sequence[str],
    seed: str,
    *,
    groups: int = 3,
    forbid: Iterable[tuple[str, str]] = (),
) -> list[Area]:
    """Townships shared out among the bureau's leaders, and the leaders among the verification groups.

    Every leader gets as many townships as any other, or one fewer, and every group as many leaders; who gets what is
    decided by the seed, so that nobody chooses.

    Args:
        townships: codes.
        leaders: names, one a leader.
        seed: public text.
        groups: how many verification groups (R59: three).
        forbid: (leader, township) pairs with a conflict of interest.

    Returns:
        One area a township, by group, leader and township.

    Raises:
        UsageError: fewer leaders than groups, or a name twice.
        InputRefused: the conflicts leave no even sharing.
    """
    if len(set(leaders)) < len(leaders) or len(leaders) < groups:
        raise UsageError(f"班子成员应不少于{groups}人，每组至少1人，姓名不能重复。请核对名单。")
    order = [leader for _, leader in smallest(reject_unprintable(seed, "随机种子"), "分片", leaders)]
    share, extra = divmod(len(townships), len(order))
    most = {leader: share + (place < extra) for place, leader in enumerate(order)}
    found = assign_inspectors(order, townships, forbid=forbid, capacity=most, mutual=True, seed=seed)
    group = {leader: place % groups + 1 for place, leader in enumerate(order)}
    return sorted((Area(group[leader], leader, township) for leader, township in found.pairs), key=_by_group)


def _by_group(area: Area) -> tuple[int, str, str]:
    return area.group, area.leader, area.township


def save_teams(folder: Path, name: str, found: Assignment, seed: str) -> Path:
    """Writes the teams of a draw to draws/teams/<name>.json; another outcome never replaces the first.

    Raises:
        UsageError: teams were assigned to that draw before, with another outcome.
    """
    record = {
        "name": name,
        "seed": seed,
        "pairs": [list(pair) for pair in found.pairs],
        "forbid": sorted(map(list, found.forbid)),
        "capacity": dict(found.capacity or {}),
        "mutual": found.mutual,
        "objective": found.objective,
        "bound": found.bound,
        "gap": found.gap,
    }
    return _save(draw_path(folder / FOLDER, name), record, f"“{name}”的检查分工已经排定，不能重排。")


def save_areas(folder: Path, areas: Sequence[Area], seed: str, groups: int) -> Path:
    """Writes the leaders' areas to draws/teams/分片负责.json.

    Raises:
        UsageError: areas were decided before, with another outcome.
    """
    rows = [{"group": area.group, "leader": area.leader, "township": area.township} for area in areas]
    record = {"name": "分片负责", "seed": seed, "groups": groups, "areas": rows}
    return _save(folder / FOLDER / "分片负责.json", record, "分片负责已经排定，不能重排。")


def read_teams(folder: Path, name: str) -> Mapping[str, Any] | None:
    """The teams of a draw as saved; None when none were assigned.

    Raises:
        InputRefused: the file cannot be read.
    """
    return _read(draw_path(folder / FOLDER, name), "pairs")


def read_areas(folder: Path) -> list[Area]:
    """The leaders' areas as saved; empty when none were decided.

    Raises:
        InputRefused: the file cannot be read.
    """
    record = _read(folder / FOLDER / "分片负责.json", "areas")
    return [Area(int(row["group"]), row["leader"], row["township"]) for row in record["areas"]] if record else []


def _save(path: Path, record: Mapping[str, Any], refusal: str) -> Path:
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    if path.is_file() and path.read_text(encoding="utf-8") != text:
        raise UsageError(f"{refusal}确需重排的，请先由负责人批准，移走 {path.name} 后再运行。")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _read(path: Path, part: str) -> Mapping[str, Any] | None:
    if not path.is_file():
        return None
    try:
        record: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        _ = [dict(row) if isinstance(row, dict) else tuple(row) for row in record[part]]
    except (ValueError, KeyError, TypeError):
        raise InputRefused(f"检查分工 {path.name} 读不出来，可能损坏或被改动。请从备份恢复后重新运行。") from None
    return record
