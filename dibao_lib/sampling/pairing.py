"""One team for every target: first the least cost, then, among equals, the least sum of tickets."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import eye_array, hstack

from dibao_lib.errors import InputRefused
from dibao_lib.sampling.network import Choice, Floats, Ints, Mask, Network, least_cost

# more equally cheap pairs than this are not settled by ticket once the time is up
_FORBIDDEN = 1e12


@dataclass(frozen=True)
class Pairing:
    """An assignment problem in numbers.

    Attributes:
        cost: whole numbers, teams x targets.
        allowed: permitted pairs, teams x targets.
        capacity: most targets a team.
        own_target: target that each team is itself, -1 for none; empty when mutual inspection is allowed.
        own_team: team that each target is itself, -1 for none.
        ties: tickets as whole numbers, given (teams, targets) as index arrays.
    """

    cost: Ints
    allowed: Mask
    capacity: Ints
    own_target: Ints
    own_team: Ints
    ties: Callable[[Ints, Ints], Ints]


@dataclass(frozen=True)
class Solved:
    """Team of each target, cost and bound; or the targets that cannot be served."""

    team_of: tuple[int, ...]
    objective: float
    bound: float
    unserved: tuple[int, ...] = ()


def solve(problem: Pairing, seconds: float) -> Solved:
    """The assignment of least cost, and of least ticket sum among those."""
    deadline = time.monotonic() + seconds
    network = _network(problem)
    cost = problem.cost[network.team, network.target]
    if len(set(network.target.tolist())) < network.targets:
        return _impossible(network)
    free = not cost.any()
    if free:
        ties = problem.ties(network.team, network.target)
        chosen = least_cost(network, ties, deadline, lambda: _by_cutting(problem, network, ties))
        return _solved(chosen, network, cost, 0.0)
    first = least_cost(network, cost, deadline, lambda: _by_cutting(problem, network, cost))
    if first.chosen is None:
        return _impossible(network)
    if first.bound < first.objective:
        return _solved(first, network, cost, first.bound)
    return _solved(_settled(problem, network, cost, first, deadline), network, cost, first.bound)


def _settled(problem: Pairing, network: Network, cost: Ints, first: Choice, deadline: float) -> Choice:
    """Among the assignments of least cost, the one with the least sum of tickets."""
    keep = np.flatnonzero(first.reduced <= 1e-6 * max(1.0, first.objective / network.targets))
    keep = np.union1d(keep, first.chosen if first.chosen is not None else keep)
    part = _restricted(network, keep, (cost[keep], int(first.objective)))
    ties = problem.ties(part.team, part.target)
    incumbent = np.searchsorted(keep, first.chosen if first.chosen is not None else keep)
    second = least_cost(part, ties, deadline, lambda: incumbent)
    if second.chosen is None or cost[keep[second.chosen]].sum() > first.objective:
        return first
    return replace(second, chosen=keep[second.chosen])


def _restricted(network: Network, keep: Ints, budget: tuple[Ints, int]) -> Network:
    position = np.full(len(network.team) + 1, -1)
    position[keep] = np.arange(len(keep))
    return Network(
        network.team[keep],
        network.target[keep],
        network.targets,
        network.capacity,
        position[network.partner[keep]],
        budget,
    )


def _network(problem: Pairing) -> Network:
    team, target = (index.astype(np.int64) for index in np.nonzero(problem.allowed))
    targets = problem.allowed.shape[1]
    partner = np.full(len(team), -1)
    if problem.own_target.size:
        back_team, back_target = problem.own_team[target], problem.own_target[team]
        keys = team * targets + target
        wanted = np.where((back_team >= 0) & (back_target >= 0), back_team * targets + back_target, -1)
        place = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
        partner = np.where(len(keys) > 0 and keys[place] == wanted, place, -1) if len(keys) else partner
    return Network(team, target, targets, problem.capacity, partner)


def _solved(choice: Choice, network: Network, cost: Ints, bound: float) -> Solved:
    if choice.chosen is None:
        return _impossible(network)
    team_of = np.zeros(network.targets, dtype=np.int64)
    team_of[network.target[choice.chosen]] = network.team[choice.chosen]
    return Solved(tuple(team_of.tolist()), float(cost[choice.chosen].sum()), bound)


def _impossible(network: Network) -> Solved:
    """The fewest targets that have to go without a team."""
    columns = np.arange(len(network.team))
    upper, limits, equal = network.rows(columns)
    spare = hstack([upper, 0 * eye_array(upper.shape[0], network.targets)]).tocsr()
    result = milp(
        np.concatenate([np.zeros(len(columns)), np.ones(network.targets)]),
        constraints=[
            LinearConstraint(spare, -np.inf, limits),
            LinearConstraint(hstack([equal, eye_array(network.targets)]).tocsr(), 1, 1),
        ],
        integrality=np.ones(len(columns) + network.targets),
        bounds=Bounds(0, 1),
        options={"time_limit": 20.0},
    )
    if result.x is None:
        raise InputRefused("在限定时间内没有找到可行的分配。请放宽任务上限或核减回避关系后重新分配。")
    unserved = np.flatnonzero(result.x[len(columns) :] > 0.5)
    return Solved((), np.inf, np.inf, tuple(unserved.tolist()))


def _by_cutting(problem: Pairing, network: Network, cost: Ints) -> Ints | None:
    """A feasible choice without the solver: assign, then forbid one pair of every mutual couple, until none is left."""
    seats = np.repeat(np.arange(len(problem.capacity)), np.minimum(problem.capacity, network.targets))
    table: Floats = np.full(problem.allowed.shape, _FORBIDDEN)
    table[network.team, network.target] = cost
    index = {pair: k for k, pair in enumerate(zip(network.team.tolist(), network.target.tolist(), strict=True))}
    for _ in range(500):
        if len(seats) < network.targets:
            return None
        rows, columns = linear_sum_assignment(table[seats])
        pairs = list(zip(seats[rows].tolist(), columns.tolist(), strict=True))
        if any(table[pair] >= _FORBIDDEN for pair in pairs):
            return None
        chosen = np.array([index[pair] for pair in pairs])
        mutual = [k for k in chosen.tolist() if network.partner[k] > k and network.partner[k] in set(chosen.tolist())]
        if not mutual:
            return chosen
        for k in mutual:
            table[network.team[k], network.target[k]] = _FORBIDDEN
    return None
