"""Registers of other bureaus: mostly people who draw no allowance, and recipients whose entries prove nothing."""

from __future__ import annotations

import datetime as dt
import random

from dibao_lib.demo.model import Draft, Household, Row
from dibao_lib.demo.people import Person
from dibao_lib.demo.season import day_in, stream
from dibao_lib.units import add_months

_UNITS = ("市第一小学", "市第二中学", "市人民医院", "市林业局", "市水务局", "市公路分局", "市农业局", "市文化馆")
_POSTS = ("教师", "医师", "科员", "工程师", "护士", "办事员")
_CARS = ("小型轿车", "小型普通客车", "轻型普通货车", "两轮摩托车")
_COLOURS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DEATHS, _PAYROLL, _CARS_OWNED, _BOOKS = 420, 900, 1300, 500


def open_registers(draft: Draft) -> None:
    """Fills the four registers of the background."""
    rng = stream(draft.seed, "registers")
    draft.births.rng = rng
    draft.registers = {"死亡": _deaths(draft, rng), "财政供养": _payroll(draft, rng)}
    draft.registers |= {"机动车": _vehicles(draft, rng), "户籍": _books(draft, rng)}


def entry(
    draft: Draft,
    register: str,
    person: Person,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    **rest: object,
) -> Row:
    """One row of a register; every register is extracted as of the same day."""
    asof = draft.season.report_due + dt.timedelta(21)
    return {"reg": register, "pid": person.pid, "name": person.name, "from": since, "to": until, **rest, "asof": asof}


def death(draft: Draft, person: Person, died: dt.date) -> Row:
    """An entry of the register of deaths."""
    return entry(draft, "死亡", person, since=died, until=died + dt.timedelta(9), attr="疾病", item="殡仪馆")


def payroll(draft: Draft, rng: random.Random, person: Person, unit: str, post: str, since: dt.date) -> Row:
    """An entry of the public payroll."""
    return entry(draft, "财政供养", person, since=since, val=rng.randint(12, 42) * 10000, attr=post, item=unit)


def vehicle(draft: Draft, rng: random.Random, person: Person, sort: str, status: str = "正常") -> Row:
    """An entry of the register of vehicles."""
    since = day_in(rng, add_months(draft.season.first, -rng.randint(3, 60)))
    plate = f"{draft.plan.place.plate_prefix}{rng.choice(_COLOURS)}{rng.randint(1000, 9999)}"
    until = day_in(rng, draft.season.first) if status == "注销" else None
    return entry(
        draft,
        "机动车",
        person,
        since=since,
        until=until,
        val=rng.randint(3, 90) * 100000,
        attr=sort,
        item=plate,
        status=status,
    )


def _deaths(draft: Draft, rng: random.Random) -> list[Row]:
    """The dead of a year and a half: strangers, and recipients who were removed in time."""
    rows = []
    for _ in range(_DEATHS):
        month = rng.choice(draft.season.months)
        rows.append(death(draft, draft.births.person(rng.randint(1915, 1960)), day_in(rng, month)))
    for household in draft.households:
        for leaving in (household.exit, *household.person_exits):
            if leaving and leaving.reason == "死亡":
                person = next(m.person for m in household.members if m.person.pid == leaving.pid)
                rows.append(death(draft, person, leaving.on - dt.timedelta(rng.randint(1, 20))))
    return rows


def _payroll(draft: Draft, rng: random.Random) -> list[Row]:
    """Staff of the bureaus and townships, and recipients on posts that are no public payroll."""
    rows = [
        payroll(
            draft,
            rng,
            draft.births.adult(),
            rng.choice(_UNITS),
            rng.choice(_POSTS),
            dt.date(rng.randint(1985, 2009), 7, 1),
        )
        for _ in range(_PAYROLL)
    ]
    names = {t.code: t.name for t in draft.plan.townships}
    rows += [
        payroll(draft, rng, c.person, f"{names[c.township]}政府", c.post, dt.date(rng.randint(1990, 2009), 3, 1))
        for c in draft.cadres
        if not c.village
    ]
    excluded = draft.plan.value("payroll_excluded_posts", draft.season.today)
    posts = excluded if isinstance(excluded, tuple) else ()
    for household in _some(draft, rng, "O5", 24):
        since = day_in(rng, add_months(draft.season.first, -rng.randint(1, 20)))
        rows.append(payroll(draft, rng, household.head, "市人社局", str(rng.choice(posts)), since))
    for household in _some(draft, rng, "O5", 6):
        # left the payroll before the period
        since = dt.date(draft.season.year - 9, 7, 1)
        rows.append(
            payroll(draft, rng, household.head, "市农垦集团", "职工", since)
            | {"to": dt.date(draft.season.year - 3, 6, 30)}
        )
    return rows


def _vehicles(draft: Draft, rng: random.Random) -> list[Row]:
    """Cars of strangers; recipients with exempt or scrapped ones."""
    rows = [vehicle(draft, rng, draft.births.adult(), rng.choice(_CARS)) for _ in range(_CARS_OWNED)]
    exempt = draft.plan.value("exempt_vehicle_types", draft.season.today)
    sorts = exempt if isinstance(exempt, tuple) else ()
    rows += [vehicle(draft, rng, h.head, str(rng.choice(sorts))) for h in _some(draft, rng, "O8", 26)]
    rows += [vehicle(draft, rng, h.head, "小型轿车", "注销") for h in _some(draft, rng, "O8", 6)]
    return rows


def _books(draft: Draft, rng: random.Random) -> list[Row]:
    """Household books: every cadre's, and those of some recipients."""
    rows = []
    for cadre in draft.cadres:
        people = [(cadre.person, "户主"), *cadre.kin]
        rows += [entry(draft, "户籍", person, attr=relation, item=cadre.book) for person, relation in people]
    for household in rng.sample([h for h in draft.households if h.plain], _BOOKS):
        rows += [entry(draft, "户籍", m.person, attr=m.rel, item=household.hukou_no) for m in household.members]
    return rows


def _some(draft: Draft, rng: random.Random, check_id: str, count: int) -> list[Household]:
    """Ordinary households, each used once, whose entries break no rule."""
    chosen = rng.sample([h for h in draft.households if h.plain], count)
    for household in chosen:
        household.plain = False
        draft.spared(check_id, household)
    return chosen
