"""What is fixed before the seed is known: the name, how many, by which method, what is taken or left out and why."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.sampling.allocation import allocate
from dibao_lib.sampling.frame import Frame, reject_unprintable
from dibao_lib.sampling.plan import coverage
from dibao_lib.sampling.rates import Rate, exact_rate, whole

METHODS = {"srs": "简单随机（分层）", "pareto": "按规模概率（帕累托）", "interval": "等距货币单元"}


@dataclass(frozen=True)
class Design:
    """A sampling design.

    Attributes:
        name: of the draw; part of every ticket, so that draws under different names are independent.
        n: units to draw, certainty units among them; per stratum when given as {stratum: n}.
        rate: share of the frame to cover instead of n, rounded up (R57, R58).
        method: "srs" (simple random, within strata), "pareto" (probability proportional to size, whole frame) or
            "interval" (monetary units at a fixed interval, whole frame).
        certainty: {unit: reason}: taken without a draw, counted in n, outside estimation.
        exclude: {unit: reason}: left out of the draw.
        within: name of another draw; only what it drew can be drawn.
        without: name of another draw; what it drew cannot be drawn.
    """

    name: str
    n: int | Mapping[str, int] | None = None
    rate: Rate | None = None
    method: str = "srs"
    certainty: Mapping[str, str] = field(default_factory=dict)
    exclude: Mapping[str, str] = field(default_factory=dict)
    within: str = ""
    without: str = ""

    def __post_init__(self) -> None:
        """Refuses a design that cannot be carried out on any frame."""
        reject_unprintable(self.name, "抽样名称")
        if (self.n is None) == (self.rate is None):
            raise UsageError("样本量（n）和抽样比例（rate）须写且只写一个。请改正后重新运行。")
        if self.method not in METHODS:
            raise UsageError(f"不认识的抽样方法“{self.method}”。可用的有：{'、'.join(METHODS)}。")
        if isinstance(self.n, Mapping) and self.method != "srs":
            raise UsageError("分层写样本量只用于简单随机抽样（srs）。请改用一个总数。")
        if self.within and self.without:
            raise UsageError("within 和 without 只能写一个。请改正后重新运行。")
        if self.rate is not None:
            exact_rate(self.rate, "抽样比例")
        for count in self.n.values() if isinstance(self.n, Mapping) else [] if self.n is None else [self.n]:
            whole(count, "样本量")
        for unit, reason in {**self.certainty, **self.exclude}.items():
            if not str(reason).strip():
                raise UsageError(f"单元 {unit} 必查或排除的理由没有写。请写明理由后重新运行。")

    def to_dict(self) -> dict[str, Any]:
        """The design as JSON data; the rate as an exact fraction."""
        n = dict(sorted(self.n.items())) if isinstance(self.n, Mapping) else self.n
        return {
            "name": self.name,
            "n": n,
            "rate": None if self.rate is None else str(exact_rate(self.rate)),
            "method": self.method,
            "certainty": dict(sorted(self.certainty.items())),
            "exclude": dict(sorted(self.exclude.items())),
            "within": self.within,
            "without": self.without,
        }

    @property
    def hash(self) -> str:
        """SHA-256 of the design's canonical JSON, hex."""
        return canonical_hash(self.to_dict())

    def size(self, frame: Frame) -> int:
        """Units to draw from a frame, certainty units among them.

        Raises:
            InputRefused: more than the frame holds.
        """
        n = sum(self.n.values()) if isinstance(self.n, Mapping) else self.n
        total = coverage(len(frame.units), self.rate) if self.rate is not None else int(n or 0)
        if total > len(frame.units):
            raise InputRefused(f"要抽{total}个，抽样框只有{len(frame.units)}个单元。请减少样本量或核对抽样框。")
        return total

    def shares(self, total: int, free: Counter[str], least: Mapping[str, int] | None = None) -> dict[str, int]:
        """Units to draw by ticket in each stratum, out of `free` units a stratum.

        Args:
            total: to draw in all strata.
            free: units a stratum that are neither certain nor excluded.
            least: what has been drawn already, when a draw is extended.

        Raises:
            InputRefused: a stratum is unknown or has too few units.
        """
        strata = sorted(free)
        if isinstance(self.n, Mapping) and least is None:
            return {stratum: _given(self.n, stratum, free[stratum]) for stratum in _known(self.n, free)}
        if total > sum(free.values()):
            raise InputRefused(
                f"要抽{total}个，可抽的单元只有{sum(free.values())}个。请减少样本量或核对必查、排除名单。"
            )
        floor: int | Mapping[str, int] = min(2, total // max(1, len(strata))) if least is None else least
        return allocate(total, strata, size=[free[s] for s in strata], minimum=floor) if strata else {}


def _known(n: Mapping[str, int], free: Counter[str]) -> list[str]:
    if unknown := sorted(set(n) - set(free)):
        raise InputRefused(f"抽样框中没有“{'、'.join(unknown)}”层。请核对层的名称。")
    return sorted(n)


def _given(n: Mapping[str, int], stratum: str, available: int) -> int:
    if n[stratum] > available:
        raise InputRefused(f"“{stratum}”层要抽{n[stratum]}个，可抽的只有{available}个。请减少该层样本量。")
    return n[stratum]


def design_from(data: Mapping[str, Any]) -> Design:
    """The design that JSON data describes."""
    return Design(**{name: data[name] for name in Design.__dataclass_fields__ if name in data})


def canonical_json(data: object) -> str:
    """JSON with sorted keys, no blanks, hanzi as they are."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_hash(data: object) -> str:
    """SHA-256 of the canonical JSON, hex."""
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()
