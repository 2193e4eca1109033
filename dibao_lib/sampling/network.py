"""Least-cost choice of pairs: a linear program on few columns, priced until no left-out pair can matter, then integers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, vstack

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

# cheapest permitted teams of a target to begin with
_FIRST = 15
_NEAR = 1e-6


@dataclass(frozen=True)
class Network:
    """Permitted pairs and what limits them.

    Attributes:
        team: team of each permitted pair.
        target: target of each permitted pair.
        targets: number of targets; each gets one team.
        capacity: most targets a team.
        partner: index of the mutual pair of each pair, -1 for none.
        budget: cost of each pair against a limit, for the second objective.
    """

    team: Ints
    target: Ints
    targets: int
    capacity: Ints
    partner: Ints
    budget: tuple[Ints, int] | None = None

    def rows(self, chosen: Ints) -> tuple[Any, Floats, Any]:
        """Inequality matrix, its limits, and equality matrix over some of the pairs."""
        count = len(chosen)
        place = np.arange(count)
        ones = np.ones(count)
        equal = coo_array((ones, (self.target[chosen], place)), shape=(self.targets, count)).tocsr()
        parts = [coo_array((ones, (self.team[chosen], place)), shape=(len(self.capacity), count))]
        limits = [self.capacity.astype(float)]
        position = np.full(len(self.team), -1)
        position[chosen] = place
        other = np.where(self.partner[chosen] >= 0, position[self.partner[chosen]], -1)
        first = np.flatnonzero(other > place)
        if first.size:
            row = np.repeat(np.arange(first.size), 2)
            column = np.stack([first, other[first]], axis=1).ravel()
            parts.append(coo_array((np.ones(2 * first.size), (row, column)), shape=(first.size, count)))
            limits.append(np.ones(first.size))
        if self.budget:
            costs, limit = self.budget
            parts.append(coo_array(costs[chosen][None, :].astype(float)))
            limits.append(np.array([float(limit)]))
        return vstack(parts).tocsr(), np.concatenate(limits), equal


@dataclass(frozen=True)
class Choice:
    """The pairs chosen (None: impossible), their cost, a bound, and the reduced cost of every pair."""

    chosen: Ints | None
    objective: float = np.inf
    bound: float = -np.inf
    reduced: Floats = field(default_factory=lambda: np.zeros(0))


def least_cost(
    network: Network,
    cost: Ints,
    deadline: float,
    rescue: Callable[[], Ints | None],
    clock: Callable[[], float] = time.monotonic,
) -> Choice:
    """The choice of least cost, proven over all pairs unless the deadline comes first.

    Args:
        network: the pairs.
        cost: whole number a pair.
        deadline: on the clock.
        rescue: gives some feasible choice when time runs out before the solver has one.
        clock: seconds.
    """
    active = _cheapest(network, cost, _FIRST)
    trivial = _trivial_bound(network, cost)
    while True:
        columns = np.flatnonzero(active)
        upper, limits, equal = network.rows(columns)
        relaxed = linprog(
            cost[columns],
            A_ub=upper,
            b_ub=limits,
            A_eq=equal,
            b_eq=np.ones(network.targets),
            method="highs",
            options={"time_limit": max(0.1, deadline - clock())},
        )
        if relaxed.status == 2:
            if active.all():
                return Choice(None)
            active[:] = True
            continue
        if relaxed.status != 0:
            return _rescued(rescue, cost, trivial)
        reduced = _reduced(network, cost, relaxed)
        if (wanted := ~active & (reduced < -_NEAR)).any():
            active |= wanted
            continue
        bound = max(trivial, float(np.ceil(relaxed.fun - _NEAR * max(1.0, abs(relaxed.fun)))))
        chosen, proven = _whole(cost, columns, (upper, limits, equal), relaxed.x, deadline - clock())
        if chosen is None:
            if not proven:
                return _rescued(rescue, cost, bound)
            if active.all():
                return Choice(None)
            active[:] = True
            continue
        objective = float(cost[chosen].sum())
        if not proven:
            return Choice(chosen, objective, bound, reduced)
        slack = objective - relaxed.fun
        if (wanted := ~active & (reduced <= slack - 1 + _NEAR * max(1.0, objective))).any():
            active |= wanted
            continue
        return Choice(chosen, objective, objective, reduced - slack)


def _cheapest(network: Network, cost: Ints, count: int) -> Mask:
    """The cheapest pairs of every target."""
    order = np.lexsort((cost, network.target))
    target = network.target[order]
    begins = np.searchsorted(target, np.arange(network.targets))
    rank = np.arange(len(order)) - begins[target]
    active = np.zeros(len(order), dtype=bool)
    active[order[rank < count]] = True
    return active


def _trivial_bound(network: Network, cost: Ints) -> float:
    least = np.full(network.targets, np.iinfo(np.int64).max)
    np.minimum.at(least, network.target, cost)
    return float(least.sum()) if len(cost) else 0.0


def _reduced(network: Network, cost: Ints, relaxed: Any) -> Floats:
    """Reduced cost of every pair at the duals of the relaxation; mutual rows help none of those left out."""
    shadow = relaxed.ineqlin.marginals
    reduced = cost - relaxed.eqlin.marginals[network.target] - shadow[: len(network.capacity)][network.team]
    if network.budget:
        reduced = reduced - shadow[-1] * network.budget[0]
    return np.asarray(reduced)


def _whole(
    cost: Ints, columns: Ints, rows: tuple[Any, Floats, Any], x: Floats, seconds: float
) -> tuple[Ints | None, bool]:
    """Whole-number optimum over the columns, and whether it is proven."""
    if (np.abs(x - np.rint(x)) < _NEAR).all():
        return columns[np.rint(x).astype(bool)], True
    upper, limits, equal = rows
    result = milp(
        cost[columns].astype(float),
        constraints=[LinearConstraint(upper, -np.inf, limits), LinearConstraint(equal, 1, 1)],
        integrality=np.ones(len(columns)),
        bounds=Bounds(0, 1),
        options={"time_limit": max(0.1, seconds), "mip_rel_gap": 0},
    )
    if result.x is None:
        return None, result.status == 2
    return columns[np.rint(result.x).astype(bool)], result.status == 0


def _rescued(rescue: Callable[[], Ints | None], cost: Ints, bound: float) -> Choice:
    chosen = rescue()
    if chosen is None:
        return Choice(None)
    return Choice(chosen, float(cost[chosen].sum()), bound, np.zeros(len(cost)))
