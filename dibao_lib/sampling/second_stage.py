"""The second stage of a workspace's draw: households or villages in the townships and villages drawn (R62)."""

from __future__ import annotations

from dibao_lib.errors import UsageError
from dibao_lib.sampling.design import Design
from dibao_lib.sampling.draw import Draw
from dibao_lib.sampling.frame import Frame
from dibao_lib.sampling.frames import workspace_frame
from dibao_lib.sampling.rates import Rate
from dibao_lib.sampling.stages import StagedDraw
from dibao_lib.workspace import Inspection


def second_stage(
    inspection: Inspection,
    first: Draw,
    name: str,
    unit: str = "household",
    n: int | None = None,
    rate: Rate | None = None,
) -> StagedDraw:
    """The same number, or the same share, of units in every unit of a first stage, with its seed.

    Args:
        inspection: the workspace.
        first: a draw of townships or villages.
        name: of the second stage.
        unit: "household" or "village".
        n: units in each; a unit that holds fewer is examined in full. Without n and rate, the plan's sample_households.
        rate: share of each instead.

    Raises:
        UsageError: the first stage drew neither townships nor villages, or villages are to be drawn in villages.
        InputRefused: a drawn unit has no frame.
    """
    villages = {village.code for village in inspection.plan.villages}
    townships = {township.code for township in inspection.plan.townships}
    units = {row.unit for row in first.rows}
    if not units <= townships and not (units <= villages and unit == "household"):
        raise UsageError(f"“{first.design.name}”抽的不是乡镇或村（居），不能再抽{unit}。请核对第一阶段的名称。")
    frames = {code: workspace_frame(inspection, unit, code) for code in sorted(units)}
    if n is None and rate is None:
        n = inspection.plan.number("sample_households", inspection.plan.date("supervision_start"))
    return first.stage(frames, {code: _design(name, frame, n, rate) for code, frame in frames.items()})


def _design(name: str, frame: Frame, n: int | None, rate: Rate | None) -> Design:
    return Design(name, rate=rate) if n is None else Design(name, n=min(n, len(frame.units)))
