"""Draws that anybody can check: tickets, order, replacements, extension (R57, R58)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import pandas as pd

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.sampling.commitment import Commitment
from dibao_lib.sampling.design import Design
from dibao_lib.sampling.frame import Frame, reject_unprintable
from dibao_lib.sampling.record import draw_json
from dibao_lib.sampling.replay import replay_script
from dibao_lib.sampling.selection import Drawn, Selection, select
from dibao_lib.sampling.stages import StagedDraw, stage_draws

SAMPLE_COLUMNS = ("unit", "stratum", "order", "ticket", "probability", "weight", "certainty")


@dataclass(frozen=True, slots=True)
class Replacement:
    """One unit that could not be inspected and the next ticket that took its place (递补)."""

    unit: str
    by: str
    reason: str
    approver: str = ""


@dataclass(frozen=True)
class Draw:
    """The outcome of a draw with everything needed to repeat it."""

    frame: Frame
    design: Design
    seed: str
    commitment: Commitment | None = None
    other: Draw | None = None
    extended: int | None = None
    replacements: tuple[Replacement, ...] = ()

    @cached_property
    def selection(self) -> Selection:
        """What the tickets gave before any replacement."""
        return select(self.frame, self.design, self.seed, self.other_units, self.extended)

    @property
    def other_units(self) -> frozenset[str]:
        """What the other draw drew, before its replacements."""
        return frozenset(row.unit for row in self.other.selection.drawn) if self.other else frozenset()

    @cached_property
    def rows(self) -> tuple[Drawn, ...]:
        """Units to inspect, replacements in place of those they replaced."""
        rows = {row.unit: row for row in self.selection.drawn}
        reserve = {row.unit: row for row in self.reserve} if self.replacements else {}
        for change in self.replacements:
            taken = reserve.get(change.by)
            if taken is None or change.unit not in rows:
                raise InputRefused(f"递补记录有误：{change.unit} 由 {change.by} 递补，但两者不在相应名单中。请核对。")
            gone = rows.pop(change.unit)
            rows[change.by] = replace(
                taken, probability=gone.probability if not self.frame.sizes else taken.probability
            )
        return tuple(rows.values())

    @cached_property
    def reserve(self) -> tuple[Drawn, ...]:
        """The order past n: the replacement list of each stratum."""
        return self.selection.reserve()

    @property
    def sample(self) -> pd.DataFrame:
        """One row a unit to inspect.

        Columns: unit (str), stratum (str), order (int, from 1 within the stratum; 0 = certainty), ticket (str, hex),
        probability (float), weight (float, 1 / probability), certainty (bool).
        """
        return _table(self.rows)

    def replace(self, unit: str, reason: str, approver: str = "") -> Draw:
        """The draw with one unit replaced by the next ticket of its stratum; both stay on record.

        Raises:
            UsageError: the unit is not in the sample, is a certainty unit, no reason is given, or nobody is left.
        """
        row = next((row for row in self.rows if row.unit == unit), None)
        if row is None or not reason.strip():
            raise UsageError(f"无法递补：{unit} 不在样本中，或没有写明理由。请核对单元代码并写明理由。")
        if row.certainty:
            raise UsageError(f"{unit} 是必查单元，不能递补。无法检查的请如实登记为未查到。")
        used = {change.by for change in self.replacements}
        waiting = [other for other in self.reserve if other.stratum == row.stratum and other.unit not in used]
        if not waiting:
            raise UsageError(f"“{row.stratum or self.design.name}”已没有可递补的单元。请如实登记 {unit} 为未查到。")
        change = Replacement(unit, waiting[0].unit, reason.strip(), approver.strip())
        return replace(self, replacements=(*self.replacements, change))

    def extend(self, n: int) -> Draw:
        """The draw with n units in all; everything drawn so far stays in.

        For a Pareto draw the order stays and the probabilities are those of the longer sample in the same order.

        Raises:
            UsageError: fewer than drawn, after replacements, or an interval draw.
        """
        drawn = len(self.selection.drawn)
        if self.design.method == "interval":
            raise UsageError("等距货币单元抽样不能追加：间隔会改变。请另起名称重新抽取。")
        if n < drawn or self.replacements:
            raise UsageError(f"追加后的样本量应不少于已抽的{drawn}个，并应在递补之前追加。请核对。")
        longer = replace(self, extended=n)
        longer.selection  # noqa: B018 - too many units are refused here
        return longer

    def stage(self, frames: Mapping[str, Frame], design: Design | Mapping[str, Design]) -> StagedDraw:
        """The second stage: the design carried out in the frame of every unit drawn, with the same seed.

        Args:
            frames: one frame a drawn unit (villages -> households).
            design: of the second stage, one for all or one a unit; the draw in unit U is named "{design.name}/U".

        Raises:
            InputRefused: a drawn unit has no frame.
        """
        if missing := [row.unit for row in self.rows if row.unit not in frames]:
            raise InputRefused(f"下列抽中单元没有第二阶段抽样框：{'、'.join(missing[:5])}。请补齐名册后再抽。")
        own = {row.unit: design if isinstance(design, Design) else design[row.unit] for row in self.rows}
        named = {unit: replace(each, name=f"{each.name}/{unit}") for unit, each in own.items()}
        draws = {unit: draw(frames[unit], sub, self.seed) for unit, sub in named.items()}
        return stage_draws(self, draws)

    def to_json(self) -> str:
        """The public record as JSON text; the same draw always gives the same text."""
        return draw_json(self)

    def replay_script(self) -> str:
        """A bash script that repeats the draw with sha256sum, sort and head and prints the units in order."""
        return replay_script(self)


def draw(
    frame: Frame, design: Design, seed: str, commitment: Commitment | None = None, *, other: Draw | None = None
) -> Draw:
    """Draws a sample: ticket = SHA-256("{seed},{design.name},{unit}"), smallest first within a stratum.

    Args:
        frame: what is drawn from.
        design: how it is drawn.
        seed: the public number or text, known only after the commitment.
        commitment: what was published; frame and design must be those committed.
        other: the draw that `design.within` or `design.without` names.

    Raises:
        InputRefused: frame or design differ from the commitment, or the design does not fit the frame.
        UsageError: the other draw is missing or not the one named.
    """
    seed = reject_unprintable(str(seed), "随机种子")
    if commitment and (problems := commitment.problems(frame, design)):
        raise InputRefused(f"{'；'.join(problems)}。抽样不能进行，请用承诺时的抽样框和方案。")
    wanted = design.within or design.without
    if wanted != (other.design.name if other else ""):
        raise UsageError(f"方案与另一次抽样“{wanted}”相关联，请同时给出那次抽样的结果（且只给那一次）。")
    made = Draw(frame, design, seed, commitment, other)
    made.selection  # noqa: B018 - a design that does not fit is refused here
    return made


def _table(rows: tuple[Drawn, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (
                r.unit,
                r.stratum,
                r.order,
                r.ticket,
                float(r.probability),
                float(1 / Fraction(r.probability)),
                r.certainty,
            )
            for r in rows
        ],
        columns=list(SAMPLE_COLUMNS),
    )
