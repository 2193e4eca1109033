"""Village panels of twenty and more, two thirds of them representatives, and the meetings they held (R39-R43)."""

from __future__ import annotations

import datetime as dt
import random

from dibao_lib.demo.model import Body, Draft
from dibao_lib.demo.people import Person
from dibao_lib.demo.season import day_between, stream
from dibao_lib.plan import Village

REPRESENTATIVE = "村(居)民代表"
_OTHERS = (
    "挂点领导",
    "人大代表",
    "村(居)民小组长",
    "老党员",
    "村(居)民小组长",
    "老党员",
    "人大代表",
    "村(居)民小组长",
    "老党员",
    "其他",
)


def form_panels(draft: Draft) -> None:
    """Gives every village a director, a panel and a meeting before the deadline."""
    for township in draft.plan.townships:
        rng = stream(draft.seed, f"bodies/{township.code}")
        draft.births.rng = rng
        for village in township.villages:
            draft.bodies[village.code] = _body(draft, rng, township.code, village)


def _body(draft: Draft, rng: random.Random, township: str, village: Village) -> Body:
    size = rng.randint(draft.plan.quotas.panel_minimum, 30)
    share = draft.plan.quotas.panel_representatives
    needed = -(-size * share.numerator // share.denominator)
    representatives = rng.choice((needed, needed, min(needed + 2, size - 2)))
    panel = [(person, _role(place, representatives)) for place, person in enumerate(_people(draft, size))]
    if rng.random() < 0.2:
        # one person in two capacities is two rows and one head
        panel.append((panel[0][0], "老党员"))
    days = draft.season.reviews_due - dt.timedelta(20), draft.season.reviews_due - dt.timedelta(1)
    present = rng.randint(-(-size * 4 // 5), size)
    return Body(
        township, village.code, draft.births.adult(), rng.randint(180, 900), panel, day_between(rng, *days), present
    )


def _people(draft: Draft, count: int) -> list[Person]:
    """Adults of different names."""
    people: dict[str, Person] = {}
    while len(people) < count:
        person = draft.births.adult()
        people.setdefault(person.name, person)
    return list(people.values())


def _role(place: int, representatives: int) -> str:
    return REPRESENTATIVE if place < representatives else _OTHERS[(place - representatives) % len(_OTHERS)]
