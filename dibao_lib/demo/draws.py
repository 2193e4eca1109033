"""The draws of the made-up county: townships to supervise and cross-inspect, households in them, who inspects whom (R56-R59)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.plan import Plan
from dibao_lib.sampling import Assignment, Design, Draw, Frame, assign_inspectors, commit, draw
from dibao_lib.sampling.archive import save_stage
from dibao_lib.sampling.files import Promise, read_promise, save_draw, save_promise
from dibao_lib.sampling.frames import workspace_frame
from dibao_lib.sampling.second_stage import second_stage
from dibao_lib.sampling.teams import leader_areas, save_areas, save_teams
from dibao_lib.workspace import Inspection

SEED = "演示用种子 3 1 4 1 5 9"
SOURCE = "虚构：会上当众掷骰子六次"
LEADERS = ("局长（虚构）", "副局长甲（虚构）", "副局长乙（虚构）", "纪检组长（虚构）", "主任科员（虚构）")


def draw_townships(inspection: Inspection, day: dt.date) -> tuple[Draw, Draw, Assignment]:
    """Supervision and cross-inspection drawn under different names, committed the day before; then the teams."""
    supervised, crossed = (_committed_draw(inspection, design, day) for design in _designs(inspection.plan))
    targets = [row.unit for row in crossed.rows]
    assignment = assign_inspectors(crossed.frame.units, targets, seed=SEED)
    folder = inspection.folder / "draws"
    save_teams(folder, crossed.design.name, assignment, SEED)
    groups = inspection.plan.quotas.verification_groups
    areas = leader_areas(crossed.frame.units, LEADERS, SEED, groups=groups)
    save_areas(folder, areas, SEED, groups)
    return supervised, crossed, assignment


def draw_households(inspection: Inspection, townships: Draw) -> dict[str, Draw]:
    """The plan's number of households in every township drawn, to be visited; township code -> draw."""
    staged = second_stage(inspection, townships, "入户核查")
    save_stage(inspection.folder / "draws", "入户核查", staged.second)
    return dict(staged.second)


def drawn_townships(plan: Plan) -> list[str]:
    """The townships these draws give, in the plan's order: tickets depend on seed, name and unit only."""
    codes = [township.code for township in plan.townships]
    frame = Frame.of(codes, [""] * len(codes))
    drawn = {row.unit for design in _designs(plan) for row in draw(frame, design, SEED).rows}
    return [code for code in codes if code in drawn]


def _designs(plan: Plan) -> tuple[Design, Design]:
    return Design("督查", rate=plan.quotas.supervision), Design("交叉检查", rate=plan.quotas.cross_inspection)


def _committed_draw(inspection: Inspection, design: Design, day: dt.date) -> Draw:
    folder = inspection.folder / "draws"
    promise = read_promise(folder, design.name)
    if promise is None:
        frame = workspace_frame(inspection, "township")
        eve = dt.datetime.combine(day - dt.timedelta(days=1), dt.time(9))
        promise = Promise(frame, design, commit(frame, design, SOURCE, at=eve))
        save_promise(folder, promise)
    made = draw(promise.frame, promise.design, SEED, promise.commitment)
    save_draw(folder, made)
    return made
