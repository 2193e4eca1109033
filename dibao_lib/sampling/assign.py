"""Cross-inspection: which team inspects which township, fair, checkable and unique (R56, R58, R59)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.sampling.frame import reject_unprintable

if TYPE_CHECKING:
    from dibao_lib.sampling.network import Ints

_TIE_BYTES = 3


@dataclass(frozen=True)
class Assignment:
    """Who inspects whom.

    Attributes:
        pairs: (team, target), in the order of the targets.
        objective: sum of the costs of the pairs.
        bound: no assignment can cost less.
        gap: (objective - bound) / objective; 0 = proven best.
        load: targets a team.
        forbid: the pairs that were ruled out.
        capacity: the most targets a team may get.
        mutual: whether two may inspect each other.
    """

    pairs: tuple[tuple[str, str], ...]
    objective: float
    bound: float
    gap: float
    load: Mapping[str, int]
    targets: tuple[str, ...] = ()
    forbid: frozenset[tuple[str, str]] = frozenset()
    capacity: Mapping[str, int] | None = None
    mutual: bool = False

    def check(self) -> list[str]:
        """Which rules the pairs break, without a solver; empty when none."""
        problems = []
        served = Counter(target for _, target in self.pairs)
        if wrong := [target for target in self.targets if served[target] != 1]:
            problems.append(f"{'、'.join(wrong)} 没有安排或重复安排检查组。")
        if own := [team for team, target in self.pairs if team == target]:
            problems.append(f"{'、'.join(own)} 检查了自己。")
        if banned := [pair for pair in self.pairs if pair in self.forbid]:
            problems.append(f"违反回避关系：{'、'.join(f'{team}检查{target}' for team, target in banned)}。")
        chosen = set(self.pairs)
        if not self.mutual and (both := [p for p in self.pairs if p[0] < p[1] and (p[1], p[0]) in chosen]):
            problems.append(f"互相检查：{'、'.join(f'{a}与{b}' for a, b in both)}。")
        load = Counter(team for team, _ in self.pairs)
        if full := [team for team, count in load.items() if count > (self.capacity or {}).get(team, count)]:
            problems.append(f"{'、'.join(full)} 承担的任务超过上限。")
        return problems


def assign_inspectors(
    teams: Iterable[Any],
    targets: Iterable[Any],
    *,
    cost: Any = None,
    forbid: Iterable[tuple[Any, Any]] = (),
    capacity: int | Mapping[Any, int] = 1,
    mutual: bool = False,
    seed: str,
    time_limit: float = 60.0,
) -> Assignment:
    """The cheapest assignment of one team to every target; among equally cheap ones, the one the seed decides.

    Nobody inspects itself; forbidden pairs are out; no two inspect each other unless `mutual`; no team gets more
    targets than its capacity. Teams may be townships (cross-inspection) or the three verification groups (R59).

    Args:
        teams: ids.
        targets: ids; an id may be team and target.
        cost: distances: {(team, target): number}, a DataFrame (teams x targets), or an array in the order of teams
            and targets (or of teams and teams); without one, the seed alone decides.
        forbid: (team, target) pairs with a conflict of interest.
        capacity: most targets a team, one number or {team: number}.
        mutual: whether two may inspect each other.
        seed: public text; decides among equals by SHA-256("{seed},{team},{target}").
        time_limit: seconds; when the proof does not arrive in time, the best answer so far with its gap.

    Raises:
        UsageError: nothing to assign, or costs that do not fit.
        InputRefused: no assignment exists; names who cannot be served.

    Source: 方案 R56-R59; HiGHS through scipy.optimize.milp.
    """
    team_ids, target_ids = _ids(teams, "检查组"), _ids(targets, "被检查单位")
    reject_unprintable(str(seed), "随机种子")
    most = _capacities(capacity, team_ids)
    banned = frozenset((str(team), str(target)) for team, target in forbid)
    costs, scale = _costs(cost, team_ids, target_ids)
    place = {target: k for k, target in enumerate(target_ids)}
    numbered = {team: k for k, team in enumerate(team_ids)}
    allowed = np.ones((len(team_ids), len(target_ids)), dtype=bool)
    for team, target in (*banned, *((name, name) for name in team_ids)):
        if team in numbered and target in place:
            allowed[numbered[team], place[target]] = False
    # loaded here: the solver takes half a second to load, and nothing else of sampling needs it
    from dibao_lib.sampling.pairing import Pairing, solve

    problem = Pairing(
        costs,
        allowed,
        np.array([most[team] for team in team_ids]),
        np.array([] if mutual else [place.get(team, -1) for team in team_ids], dtype=np.int64),
        np.array([numbered.get(target, -1) for target in target_ids], dtype=np.int64),
        _tickets(str(seed), team_ids, target_ids),
    )
    solved = solve(problem, time_limit)
    if solved.unserved:
        raise InputRefused(_unserved(solved.unserved, target_ids, allowed))
    pairs = tuple((team_ids[team], target_ids[j]) for j, team in enumerate(solved.team_of))
    load = Counter(team for team, _ in pairs)
    objective, bound = solved.objective / scale, solved.bound / scale
    gap = 0.0 if objective <= bound else (objective - bound) / abs(objective)
    return Assignment(
        pairs, objective, bound, gap, {i: load[i] for i in team_ids}, tuple(target_ids), banned, most, mutual
    )


def _ids(values: Iterable[Any], what: str) -> list[str]:
    ids = [str(value) for value in values]
    if not ids or len(set(ids)) < len(ids):
        raise UsageError(f"{what}名单不能为空，也不能有重复。请核对名单。")
    return ids


def _capacities(capacity: int | Mapping[Any, int], teams: Sequence[str]) -> dict[str, int]:
    if isinstance(capacity, Mapping):
        given = {str(team): most for team, most in capacity.items()}
        most = {team: int(given.get(team, 0)) for team in teams}
    else:
        most = dict.fromkeys(teams, int(capacity))
    if any(count < 0 for count in most.values()):
        raise UsageError("每个检查组承担的任务上限不能为负。请核对。")
    return most


def _costs(cost: Any, teams: list[str], targets: list[str]) -> tuple[np.ndarray[Any, np.dtype[np.int64]], int]:
    """Whole-number costs and the scale that made them whole (1, or 1000 for decimals)."""
    if cost is None:
        table = np.zeros((len(teams), len(targets)))
    elif isinstance(cost, Mapping):
        named = {(str(i), str(j)): value for (i, j), value in cost.items()}
        table = np.array([[float(named.get((i, j), np.nan)) for j in targets] for i in teams])
    elif isinstance(cost, pd.DataFrame):
        frame = cost.set_axis(cost.index.map(str), axis=0).set_axis(cost.columns.map(str), axis=1)
        table = frame.reindex(index=teams, columns=targets).to_numpy(dtype=float)
    else:
        table = np.asarray(cost, dtype=float)
        if table.shape == (len(teams), len(teams)) and teams != targets and set(targets) <= set(teams):
            table = table[:, [teams.index(j) for j in targets]]
    if table.shape != (len(teams), len(targets)) or _unknown(table, teams, targets):
        raise UsageError(f"距离（费用）应为{len(teams)}个检查组×{len(targets)}个被检查单位，逐项填写数字。请核对。")
    table = np.nan_to_num(table)
    scale = 1 if (table == np.rint(table)).all() else 1000
    return np.rint(table * scale).astype(np.int64), scale


def _unknown(table: np.ndarray[Any, np.dtype[np.float64]], teams: list[str], targets: list[str]) -> bool:
    """Whether a cost is missing other than that of a team inspecting itself."""
    return any(teams[i] != targets[j] for i, j in zip(*np.nonzero(~np.isfinite(table)), strict=True))


def _tickets(seed: str, teams: list[str], targets: list[str]) -> Callable[[Ints, Ints], Ints]:
    """Whole numbers below 2^24 from SHA-256, the price of a pair among equally cheap assignments."""

    def numbers(team: Ints, target: Ints) -> Ints:
        prefixes = [hashlib.sha256(f"{seed},{name},".encode()) for name in teams]
        names = [name.encode() for name in targets]
        drawn = []
        for i, j in zip(team.tolist(), target.tolist(), strict=True):
            one = prefixes[i].copy()
            one.update(names[j])
            drawn.append(int.from_bytes(one.digest()[:_TIE_BYTES], "big"))
        return np.array(drawn, dtype=np.int64)

    return numbers


def _unserved(unserved: Sequence[int], targets: list[str], allowed: np.ndarray[Any, np.dtype[np.bool_]]) -> str:
    alone = [targets[j] for j in unserved if not allowed[:, j].any()]
    rest = [targets[j] for j in unserved if allowed[:, j].any()]
    said = [f"{'、'.join(alone)} 没有任何检查组可以检查"] if alone else []
    said += [f"{'、'.join(rest)} 无法安排检查组：其余检查组都已满额、须回避或会形成互相检查"] if rest else []
    return f"无法完成分配：{'；'.join(said)}。请增加检查组、提高任务上限或核减回避关系后重新分配。"
