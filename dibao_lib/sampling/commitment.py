"""A commitment: the hashes of frame and design, published before anybody can know the seed (RFC 3797)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.sampling.design import Design, canonical_hash
from dibao_lib.sampling.frame import Frame


@dataclass(frozen=True, slots=True)
class Commitment:
    """What was fixed, when, before whom, and which public event will give the seed."""

    name: str
    frame_hash: str
    frame_count: int
    design_hash: str
    source: str
    at: str = ""
    witnesses: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """SHA-256 of the commitment's canonical JSON, hex: the one line to read out and sign."""
        return canonical_hash(self.to_dict())

    def to_dict(self) -> dict[str, Any]:
        """The commitment as JSON data."""
        return {
            "name": self.name,
            "frame_hash": self.frame_hash,
            "frame_count": self.frame_count,
            "design_hash": self.design_hash,
            "source": self.source,
            "at": self.at,
            "witnesses": list(self.witnesses),
        }

    def problems(self, frame: Frame, design: Design) -> list[str]:
        """What differs from what was committed, in Chinese."""
        return [
            sentence
            for differs, sentence in (
                (self.name != design.name, f"抽样名称“{design.name}”与承诺的“{self.name}”不同"),
                (self.frame_hash != frame.hash, "抽样框与承诺时不同：抽样框的 SHA-256 对不上承诺"),
                (self.design_hash != design.hash, "抽样方案与承诺时不同：方案的 SHA-256 对不上承诺"),
            )
            if differs
        ]


def commit(
    frame: Frame, design: Design, source: str = "", *, at: dt.datetime | None = None, witnesses: Sequence[str] = ()
) -> Commitment:
    """The commitment to publish before the seed is known.

    Args:
        frame: what is drawn from.
        design: how it is drawn.
        source: the public event that will give the seed ("双色球2026055期开奖号码", "会上掷骰子10次").
        at: time of the commitment.
        witnesses: who was present.

    Raises:
        InputRefused: the design cannot be carried out on the frame.
    """
    if unknown := sorted({*design.certainty, *design.exclude} - set(frame.units)):
        raise InputRefused(f"必查或排除名单中的 {'、'.join(unknown[:3])} 不在抽样框中。请核对单元代码。")
    design.size(frame)
    moment = at.isoformat(timespec="seconds") if at else ""
    return Commitment(design.name, frame.hash, len(frame.units), design.hash, source, moment, tuple(witnesses))


def commitment_from(data: Mapping[str, Any]) -> Commitment:
    """The commitment that JSON data describes."""
    known = {name: data[name] for name in Commitment.__dataclass_fields__ if name in data}
    return Commitment(**{**known, "witnesses": tuple(data.get("witnesses", ()))})
