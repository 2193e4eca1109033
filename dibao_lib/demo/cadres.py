"""The roster of cadres, their household books, and the filings every one of them made in time (R32)."""

from __future__ import annotations

import datetime as dt
import random

from dibao_lib.demo.model import Cadre, Draft, Filing, Household
from dibao_lib.demo.names import family_name
from dibao_lib.demo.people import Person
from dibao_lib.demo.season import day_between, stream

_TOWNSHIP_POSTS = (
    "乡镇长",
    "副书记",
    "副乡镇长",
    "组织委员",
    "宣传委员",
    "人大主席",
    "武装部长",
    "民政所所长",
    "财政所所长",
    "科员",
)
_VILLAGE_POSTS = ("党支部书记", "主任", "会计", "妇女主任", "民兵连长")
_DEGREES = ("父母", "兄弟姐妹", "兄弟姐妹", "岳父母", "其他")
# households of relatives that were declared, by hundred cadres of villages
_DECLARED = 14


def appoint(draft: Draft) -> None:
    """Fills the roster; some cadres have relatives on the allowance and say so."""
    for township in draft.plan.townships:
        rng = stream(draft.seed, f"cadres/{township.code}")
        draft.births.rng = rng
        seats = [("", post, "低保经办" if "民政" in post else "乡镇") for post in _TOWNSHIP_POSTS]
        for village in township.villages:
            seats += [(village.code, post, "村(居)") for post in _VILLAGE_POSTS[: rng.randint(3, 5)]]
        draft.cadres += [_cadre(draft, rng, township.code, *seat, number) for number, seat in enumerate(seats)]
    _declare(draft, stream(draft.seed, "declared"))


def _cadre(draft: Draft, rng: random.Random, township: str, village: str, post: str, level: str, number: int) -> Cadre:
    person = draft.births.adult()
    cadre = Cadre(person, township, village, post, level, f"{township[-6:]}9{number:05d}")
    cadre.kin = [_relative(draft, rng, person, relation) for relation in ("配偶", "子")[: rng.randint(0, 2)]]
    due = draft.season.filings_due
    cadre.filed_on = day_between(rng, due - dt.timedelta(7), due)
    return cadre


def _relative(draft: Draft, rng: random.Random, cadre: Person, relation: str) -> tuple[Person, str]:
    if relation == "配偶":
        sex = "女" if cadre.sex == "男" else "男"
        return draft.births.person(cadre.birth.year + rng.randint(-3, 3), sex), relation
    return draft.births.person(cadre.birth.year + rng.randint(23, 24), "男", family_name(cadre.name)), relation


def _declare(draft: Draft, rng: random.Random) -> None:
    """Relatives' households that were filed by number and by id; every second one stands in the cadre's book."""
    at_home: dict[str, list[Household]] = {}
    for household in draft.households:
        if household.plain:
            at_home.setdefault(household.village, []).append(household)
    for cadre in draft.cadres:
        neighbours = [h for h in at_home.get(cadre.village, ()) if h.plain]
        if cadre.level == "村(居)" and neighbours and rng.randrange(100) < _DECLARED:
            household = rng.choice(neighbours)
            household.plain = False
            cadre.filings.append(Filing(household, household.head, relation := rng.choice(_DEGREES)))
            if rng.random() < 0.5:
                cadre.kin.append((household.head, relation))
