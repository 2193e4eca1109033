"""The draws of the made-up county: townships, villages and households in them, who inspects whom (R56-R60)."""

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
HEARING = "听证"
HEARD = 2
LEADERS = ("局长（虚构）", "副局长甲（虚构）", "副局长乙（虚构）", "纪检组长（虚构）", "主任科员（虚构）")


def draw_townships(inspection: Inspection, day: dt.date) -> tuple[Draw, Draw, Assignment]:
    """Supervision and cross-inspection drawn under different names, committed the day before; then the teams.

    The teams of cross-inspection are assigned by the seed, those of supervision were written down by hand.
    """
    supervised, crossed = (_committed_draw(inspection, design, day) for design in _designs(inspection.plan))
    targets = [row.unit for row in crossed.rows]
    assignment = assign_inspectors(crossed.frame.units, targets, seed=SEED)
    folder = inspection.folder / "draws"
    save_teams(folder, crossed.design.name, assignment, SEED)
    pairs = supervision_teams(inspection.plan)
    save_teams(
        folder, supervised.design.name, Assignment(pairs, 0.0, 0.0, 0.0, dict.fromkeys(dict(pairs), 1)), "手工排定"
    )
    groups = inspection.plan.quotas.verification_groups
    areas = leader_areas(crossed.frame.units, LEADERS, SEED, groups=groups)
    save_areas(folder, areas, SEED, groups)
    return supervised, crossed, assignment


def supervision_teams(plan: Plan) -> tuple[tuple[str, str], ...]:
    """(team, township) as somebody wrote them down by hand: half of the townships lend people to inspect themselves."""
    supervised = _drawn(plan, _designs(plan)[0])
    half = len(supervised) // 2
    others = [township.code for township in plan.townships if township.code not in drawn_townships(plan)]
    return (*((code, code) for code in supervised[:half]), *zip(others, supervised[half:], strict=False))


def draw_villages(inspection: Inspection, *townships: Draw) -> int:
    """Villages in every township drawn, where hearings are held (R60); how many.

    A township drawn twice holds the same villages: tickets depend on seed, name and unit only.
    """
    drawn = set[str]()
    for first in townships:
        staged = second_stage(inspection, first, HEARING, "village", n=HEARD)
        save_stage(inspection.folder / "draws", HEARING, staged.second)
        drawn |= set(staged.sample["unit"])
    return len(drawn)


def drawn_villages(plan: Plan, township: str) -> list[str]:
    """The villages of a drawn township that `draw_villages` gives."""
    codes = [village.code for village in plan.villages if village.township_code == township]
    made = draw(Frame.of(codes, [""] * len(codes)), Design(f"{HEARING}/{township}", n=min(HEARD, len(codes))), SEED)
    return [row.unit for row in made.rows]


def draw_households(inspection: Inspection, townships: Draw) -> dict[str, Draw]:
    """The plan's number of households in every township drawn, to be visited; township code -> draw."""
    staged = second_stage(inspection, townships, "入户核查")
    save_stage(inspection.folder / "draws", "入户核查", staged.second)
    return dict(staged.second)


def drawn_townships(plan: Plan) -> list[str]:
    """The townships these draws give, in the plan's order: tickets depend on seed, name and unit only."""
    drawn = {code for design in _designs(plan) for code in _drawn(plan, design)}
    return [township.code for township in plan.townships if township.code in drawn]


def _drawn(plan: Plan, design: Design) -> list[str]:
    codes = [township.code for township in plan.townships]
    return [row.unit for row in draw(Frame.of(codes, [""] * len(codes)), design, SEED).rows]


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
