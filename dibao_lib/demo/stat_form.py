"""The self-inspection figures of each township, counted from its own files as the form demands (R33, R47)."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable

from dibao_lib.demo.model import Draft, Household, Row
from dibao_lib.demo.objections import counted
from dibao_lib.demo.season import day_between, stream

_KINDS = ("城市", "农村")
_REASONS = {
    "合户保": "merged",
    "分户保": "split",
    "人情保": "favour",
    "关系保": "relation",
    "福利保": "welfare",
    "收入超标": "income",
    "死亡": "death",
}
Counts = dict[str, int]


def stat_rows(draft: Draft) -> dict[str, list[Row]]:
    """Township code -> its three rows 城市, 农村, 合计; then what was planted is added to single cells."""
    rng = stream(draft.seed, "stat form")
    rows = {t.code: _township(draft, t.code, rng) for t in draft.plan.townships}
    for township, kinds, cell, difference in draft.miscounted:
        for row in rows[township]:
            if row["kind"] in kinds:
                row[cell] = int(str(row[cell])) + difference
    return rows


def _township(draft: Draft, township: str, rng: random.Random) -> list[Row]:
    due = draft.season.report_due
    filed_on = day_between(rng, due - dt.timedelta(4), due)
    groups = [[h for h in draft.households if h.township == township and h.kind == kind] for kind in _KINDS]
    counts = [_count(draft, group, filed_on) for group in groups]
    total = {cell: sum(each[cell] for each in counts) for cell in counts[0]}
    bodies = [b for b in draft.bodies.values() if b.township == township]
    total |= {"panel.formed": sum(bool(b.panel) for b in bodies)}
    total |= {"panel.met": sum(b.met_on is not None for b in bodies), "board": 2 * len(bodies)}
    registered, closed = counted(draft, township, filed_on)
    total |= {"calls.registered": registered, "calls.closed": closed, "people": 0}
    return [
        {"twn_id": township, "kind": kind, "filed_on": filed_on, **row}
        for kind, row in zip((*_KINDS, "合计"), (*counts, total), strict=True)
    ]


def _count(draft: Draft, households: list[Household], filed_on: dt.date) -> Counts:
    active = [h for h in households if h.active_on(filed_on)]
    new = [h for h in households if f"{draft.season.self_inspection:%Y-%m}" <= h.start <= f"{filed_on:%Y-%m}"]
    counts = pair("hh_p.", active) | {f"checked.{k}": v for k, v in pair("", active).items()} | pair("in_new.", new)
    return counts | _removals(draft, households, filed_on)


def _removals(draft: Draft, households: list[Household], filed_on: dt.date) -> Counts:
    counts = {f"out5.{key}_{unit}": 0 for key in (*_REASONS.values(), "other") for unit in ("households", "persons")}
    for household in households:
        for leaving in (household.exit, *household.person_exits):
            if leaving and draft.season.self_inspection <= leaving.on <= filed_on:
                key = f"out5.{_REASONS.get(leaving.reason, 'other')}"
                whole = leaving.pid == household.head.pid
                counts[f"{key}_households"] += whole
                counts[f"{key}_persons"] += household.covered if whole else 1
    return counts


def pair(cell: str, households: Iterable[Household]) -> Counts:
    """Households and the persons covered in them, as two cells of a form."""
    group = list(households)
    return {f"{cell}households": len(group), f"{cell}persons": sum(h.covered for h in group)}
