"""Objections that came by telephone, letter and in person, each rechecked and posted again in time (R53, R70)."""

from __future__ import annotations

import datetime as dt
import random

from dibao_lib.demo.model import Draft, Household, Row
from dibao_lib.demo.season import day_between, stream

# what was said -> what the recheck found
_CONTENTS = (
    ("反映该户子女在外务工，收入较高", "不属实"),
    ("反映公示栏字迹不清", "属实"),
    ("反映该户不在本村居住", "不属实"),
    ("反映该户收入与公示不一致", "部分属实"),
    ("反映该户评议时未到会说明情况", "属实"),
    ("反映该户新建住房", "不属实"),
)
_HANDLERS = ("余建华", "程丽", "徐志勇")


def take_objections(draft: Draft) -> None:
    """Two to six objections a township; those of the last weeks are still open, which is no fault."""
    rng = stream(draft.seed, "objections")
    first = draft.plan.date("boards_due")
    at_home: dict[str, list[Household]] = {}
    for household in draft.households:
        at_home.setdefault(household.township, []).append(household)
    for township in draft.plan.townships:
        for _ in range(rng.randint(2, 6)):
            on = day_between(rng, first, draft.season.today - dt.timedelta(3))
            household = rng.choice(at_home[township.code])
            content, result = rng.choice(_CONTENTS)
            objection(draft, rng, township.code, on, content, result, about=household.head.name, hh_id=household.hh_id)


def objection(
    draft: Draft,
    rng: random.Random,
    township: str,
    on: dt.date,
    content: str,
    result: str | None,
    *,
    days: int | None = None,
    **rest: object,
) -> Row:
    """Registers one; it is rechecked and posted again after so many days, by default within the month allowed."""
    rows = draft.complaints.setdefault(township, [])
    row: Row = {
        "no": f"{township[-3:]}-{len(rows) + 1:02d}",
        "on": on,
        "via": rng.choice(("电话", "来访", "信件", "电话")),
    }
    row |= {"content": content, "handler": rng.choice(_HANDLERS), **rest}
    reposted = on + dt.timedelta(rng.randint(8, 28) if days is None else days)
    if reposted <= draft.season.today:
        row |= {"recheck": result, "recheck_on": reposted - dt.timedelta(3), "reposted": reposted}
    rows.append(row)
    return row


def counted(draft: Draft, township: str, filed_on: dt.date) -> tuple[int, int]:
    """Objections registered, and those of them settled, by the day of the form."""
    rows = [row for row in draft.complaints.get(township, ()) if _day(row["on"]) <= filed_on]
    return len(rows), sum(_day(row.get("reposted")) <= filed_on for row in rows)


def _day(value: object) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.max
