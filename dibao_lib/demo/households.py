"""The households of the background: consistent with each other and with every rule."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from dibao_lib.demo.families import family
from dibao_lib.demo.leaving import leave
from dibao_lib.demo.model import Draft, Household, Steps
from dibao_lib.demo.money import Rates
from dibao_lib.demo.season import day_between, day_in, quarter_start, stream
from dibao_lib.demo.styles import Style
from dibao_lib.plan import Township, Village
from dibao_lib.units import add_months, month_of

_KIND_DIGIT = {"城市": "1", "农村": "2"}
# what a disabled person adds to the monthly amount, in fen
_TOP_DISABLED = {"城市": 4000, "农村": 2000}
_CAUSES = ("因病", "因残", "缺乏劳动力", "年老体弱", "缺乏劳动力", "因病", "就学负担重", "下岗失业", "因灾")
_SHARE_LEFT, _SHARE_CHANGED, _SHARE_ENTERED, _SHARE_LATE = 0.045, 0.20, 0.13, 0.015


def is_community(village: Village) -> bool:
    """Whether a village code is a residents' committee, whose people are townsfolk."""
    return "居" in village.name or "社区" in village.name


def settle(draft: Draft, rates: Rates) -> None:
    """Fills the draft with the households of every township."""
    for township in draft.plan.townships:
        rng = stream(draft.seed, f"households/{township.code}")
        draft.births.rng = rng
        serial = 0
        for village in township.villages:
            for kind in _kinds(rng, township, village):
                serial += 1
                draft.households.append(_household(draft, rates, rng, township.code, village.code, kind, serial))


def _kinds(rng: random.Random, township: Township, village: Village) -> Iterator[str]:
    """How many households of which kind a village has: towns have mixed communities, villages are rural."""
    if not is_community(village):
        yield from ["农村"] * rng.randint(42, 82)
    elif township.type == "街道":
        yield from ["城市"] * rng.randint(20, 40)
    else:
        yield from ["城市"] * rng.randint(12, 24) + ["农村"] * rng.randint(3, 9)


def _household(
    draft: Draft, rates: Rates, rng: random.Random, township: str, village: str, kind: str, serial: int
) -> Household:
    style = draft.styles[township]
    members = family(draft.births, rng, kind)
    covered = sum(m.covered for m in members)
    start = _start(draft, rng, quarterly=style.quarterly and kind == "农村")
    steps, assessed = approval(rng, start)
    household = Household(
        hh_id=f"{township}{_KIND_DIGIT[kind]}{serial:04d}",
        kind=kind,
        township=township,
        village=village,
        members=members,
        size=len(members),
        covered=covered,
        basis_fen=(basis := _income(rng, rates.lowest(kind))),
        income_fen=basis,
        start=start,
        steps=steps,
        assessed=assessed,
        hukou_no=f"{township[-6:]}{_KIND_DIGIT[kind]}{serial:05d}",
        acct=f"6221{township[3:]}{_KIND_DIGIT[kind]}{serial:05d}{rng.randrange(1000):03d}",
        phone=f"{draft.plan.place.phone_area_code}7{rng.randrange(1000000):06d}",
        group=rng.randint(1, 9),
        cls=rng.choice("ABBCC"),
        cause="因残" if any(m.disability for m in members) else rng.choice(_CAUSES),
        top_hh_fen=3000 if rng.random() < 0.05 else 0,
        top_person_fen=_TOP_DISABLED[kind] * sum(bool(m.disability) and m.covered for m in members),
    )
    _live(draft, rates, rng, household, style)
    return household


def _income(rng: random.Random, lowest_fen: int) -> int:
    """A monthly income a person below every standard of the period, in whole yuan."""
    return round(rng.triangular(0.14, 0.80, 0.45) * lowest_fen / 100) * 100


def _start(draft: Draft, rng: random.Random, *, quarterly: bool) -> str:
    chance, season = rng.random(), draft.season
    if chance < _SHARE_LATE:
        month = month_of(season.self_inspection)
        return month if quarterly else add_months(month, rng.randint(0, 1))
    if chance < _SHARE_LATE + _SHARE_ENTERED:
        month = add_months(season.first, rng.randint(1, 13))
        return quarter_start(month) if quarterly and rng.random() < 0.85 else month
    return add_months(season.first, -rng.randint(2, 72))


def approval(rng: random.Random, start: str) -> tuple[Steps, dt.date]:
    """The four steps before the first month of cover, and the day the income was determined."""
    approve = day_in(rng, add_months(start, -1), 8)
    twn_review = approve - dt.timedelta(rng.randint(0, 12))
    review = twn_review - dt.timedelta(rng.randint(8, 20))
    apply = review - dt.timedelta(rng.randint(5, 25))
    return Steps(apply, review, twn_review, approve), day_between(rng, apply, review)


def _live(draft: Draft, rates: Rates, rng: random.Random, household: Household, style: Style) -> None:
    """What happened to the household since: re-assessment, tiers, removal."""
    season = draft.season
    if style.tiers and household.kind == "农村":
        _tier(household, rates)
    long_standing = household.start < season.first
    if long_standing and rng.random() < _SHARE_CHANGED and household.method == "补差":
        _reassess(draft, rng, household, rates)
    elif long_standing:
        household.assessed = day_in(rng, add_months(season.first, rng.randint(2, 15)))
    if household.start < add_months(season.first, 6) and rng.random() < _SHARE_LEFT:
        leave(draft, rng, household, style)
    if long_standing and rng.random() < 0.004:
        household.bounced.add(add_months(season.first, rng.randint(6, 12)))
    household.plain = household.exit is None and not household.earlier and long_standing and not household.bounced


def _tier(household: Household, rates: Rates) -> None:
    """Tiers A, B, C leave nothing, three tenths or half of the lowest standard to the household itself."""
    lowest = rates.lowest(household.kind)
    household.method = "分档"
    household.cls = "A" if household.income_fen * 3 < lowest else "B" if household.income_fen * 2 < lowest else "C"
    household.basis_fen = {"A": 0, "B": lowest * 3 // 1000 * 100, "C": lowest // 200 * 100}[household.cls]


def _reassess(draft: Draft, rng: random.Random, household: Household, rates: Rates) -> None:
    """A new income and so a new amount from the first month of a quarter on."""
    month = quarter_start(add_months(draft.season.first, rng.choice((3, 6, 9, 12, 15))))
    household.earlier = (month, household.basis_fen)
    household.basis_fen = household.income_fen = _income(rng, rates.lowest(household.kind))
    household.earlier_assessed = day_in(rng, add_months(draft.season.first, -rng.randint(1, 2)))
    household.assessed = day_in(rng, month, 1, 9)
