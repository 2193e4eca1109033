"""Registers of the other bureaus: property, business, pensions, wages, other support, marriages, prisons (R13, R14).

Mostly strangers; the recipients among them have entries that prove nothing: an old house, a closed stall, a basic pension.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator

from dibao_lib.demo.model import Draft, Household, Row
from dibao_lib.demo.money import Rates
from dibao_lib.demo.people import Person
from dibao_lib.demo.registers import entry
from dibao_lib.demo.season import day_in, stream

_YUAN = 100
_STREETS = ("银山路", "聚远路", "凤凰路", "铜都大道", "站前路")
_FIRMS = ("宏发建材店", "金山超市", "顺达运输部", "兴旺饭店", "大茅山茶行", "利民药店")
_EMPLOYERS = ("铜矿劳动服务公司", "长江水泥厂", "新光服装厂", "市环卫所", "大茅山林场")


def open_bureaus(draft: Draft, rates: Rates) -> None:
    """Fills the twelve registers."""
    for name, fill in _REGISTERS.items():
        rng = stream(draft.seed, f"bureau/{name}")
        draft.births.rng = rng
        draft.registers[name] = list(fill(draft, rng, rates))


def home(
    draft: Draft,
    rng: random.Random,
    person: Person,
    bought: dt.date,
    use: str = "住宅",
    *,
    note: str = "",
    until: dt.date | None = None,
) -> Row:
    """A home or shop in somebody's name."""
    place = f"{rng.choice(_STREETS)}{rng.randint(1, 199)}号{rng.randint(1, 40)}室{note}"
    told: Row = {"val": rng.randint(4, 30) * 1000000, "num": rng.randint(45, 130), "attr": use, "item": place}
    return entry(draft, "不动产", person, since=bought, until=until, **told)


def business(draft: Draft, rng: random.Random, person: Person, role: str, status: str) -> Row:
    """A role in a business."""
    firm = f"{draft.plan.place.name}{rng.choice(_FIRMS)}{rng.randint(1, 99)}号"
    since, capital = dt.date(draft.season.year - rng.randint(2, 9), rng.randint(1, 12), 8), rng.randint(1, 30) * 1000000
    return entry(draft, "工商", person, since=since, val=capital, attr=role, item=firm, status=status)


def pension(draft: Draft, person: Person, sort: str, month_fen: int, unit: str = "市社保局") -> Row:
    """A pension a month."""
    since = dt.date(draft.season.year - 4, 3, 1)
    return entry(draft, "养老", person, since=since, val=month_fen, attr=sort, item=unit, status="正常发放")


def wage(draft: Draft, register: str, person: Person, month_fen: int, unit: str) -> Row:
    """A wage as the registers of contributions and of tax show it."""
    sort = {"社保": "城镇职工养老保险", "公积金": "单位缴存", "个税": "工资薪金所得"}[register]
    status = None if register == "个税" else "正常"
    return entry(draft, register, person, since=dt.date(draft.season.year - 1, 3, 1), val=month_fen, attr=sort, item=unit, status=status)  # fmt: skip


def support(draft: Draft, register: str, person: Person, since: dt.date, until: dt.date | None = None) -> Row:
    """Full support as 特困 or orphan."""
    way = "分散供养" if register == "特困" else "散居"
    number = f"{register[0]}{person.pid[6:12]}"
    return entry(draft, register, person, since=since, until=until, val=220 * _YUAN, attr=way, item=number)


def marriage(draft: Draft, person: Person, spouse: Person, since: dt.date, status: str = "已婚") -> Row:
    """A marriage: item and attr are the spouse's id and name."""
    return entry(draft, "婚姻", person, since=since, attr=spouse.name, item=spouse.pid, status=status)


def disabled(draft: Draft, person: Person, level: str) -> Row:
    """A certificate of disability."""
    number = f"{person.pid}4{'一二三四'.index(level[0]) + 1}"
    return entry(
        draft,
        "残疾",
        person,
        since=dt.date(draft.season.year - 3, 5, 20),
        attr=f"肢体{level}",
        item=number,
        status="有效",
    )


def prison(draft: Draft, person: Person, since: dt.date, until: dt.date) -> Row:
    """A term in prison."""
    return entry(draft, "服刑", person, since=since, until=until, attr="有期徒刑", item="饶州监狱")


def watched(draft: Draft, person: Person) -> Row:
    """Somebody under low-income watch."""
    number = f"低{person.pid[6:14]}"
    return entry(draft, "低收入监测", person, since=dt.date(draft.season.year - 1, 9, 1), val=120 * _YUAN, attr="低收入家庭", item=number, status="在监测")  # fmt: skip


def _strangers(draft: Draft, count: int) -> Iterator[Person]:
    return (draft.births.adult() for _ in range(count))


def _spare(draft: Draft, rng: random.Random, check_id: str, count: int, where: Callable[[Household], bool] = lambda _: True) -> list[Household]:  # fmt: skip
    """Ordinary households whose entry breaks no rule."""
    chosen = rng.sample([h for h in draft.households if h.plain and where(h)], count)
    for household in chosen:
        household.plain = False
        draft.spared(check_id, household)
    return chosen


def _homes(draft: Draft, rng: random.Random, rates: Rates) -> Iterator[Row]:
    for person in _strangers(draft, 700):
        yield home(draft, rng, person, dt.date(rng.randint(1996, 2010), rng.randint(1, 12), 15))
    for household in _spare(draft, rng, "O9", 40):
        yield home(draft, rng, household.head, dt.date(1997, rng.randint(1, 12), 15))
    for place, household in enumerate(_spare(draft, rng, "O9", 6)):
        yield home(draft, rng, household.head, dt.date(1996, 6, 15))
        sold = dt.date(draft.season.year - 3, 6, 1) if place % 2 else None
        resettled = "" if sold else "（拆迁安置房）"
        yield home(draft, rng, household.head, dt.date(1999, 6, 15), note=resettled, until=sold)


def _businesses(draft: Draft, rng: random.Random, rates: Rates) -> Iterator[Row]:
    for person in _strangers(draft, 500):
        yield business(draft, rng, person, rng.choice(("经营者", "法定代表人", "股东")), "存续")
    for place, household in enumerate(_spare(draft, rng, "O10", 12)):
        role, status = ("合作社成员", "存续") if place % 2 else ("经营者", "注销")
        yield business(draft, rng, household.head, role, status)


def _pensions(draft: Draft, rng: random.Random, rates: Rates) -> Iterator[Row]:
    for person in _strangers(draft, 700):
        yield pension(draft, person, "企业职工基本养老保险", rng.randint(600, 1900) * _YUAN)
    for household in _spare(draft, rng, "O11", 60, lambda h: h.head.birth.year < 1950):
        yield pension(draft, household.head, "城乡居民基础养老金", 55 * _YUAN)
    for household in _spare(draft, rng, "O11", 4, lambda h: h.size > 1):
        # more than was declared, and still below the standard
        room = (rates.by_month[household.kind, rates.now] - household.income_fen) * household.size
        yield pension(draft, household.head, "企业职工基本养老保险", max(room // 2, _YUAN))


def _wages(register: str) -> Callable[[Draft, random.Random, Rates], Iterator[Row]]:
    def fill(draft: Draft, rng: random.Random, rates: Rates) -> Iterator[Row]:
        for person in _strangers(draft, 400):
            yield wage(draft, register, person, rng.randint(900, 3500) * _YUAN, rng.choice(_EMPLOYERS))

    return fill


def _destitute(draft: Draft, rng: random.Random, rates: Rates) -> Iterator[Row]:
    for person in _strangers(draft, 260):
        yield support(draft, "特困", person, dt.date(draft.season.year - rng.randint(1, 6), 1, 1))
    for household in _spare(draft, rng, "O13", 4):
        ended = dt.date(draft.season.year - 2, 10, 31)
        yield support(draft, "特困", household.head, dt.date(draft.season.year - 5, 1, 1), ended)


def _orphans(draft: Draft, rng: random.Random, rates: Rates) -> Iterator[Row]:
    for _ in range(40):
        child = draft.births.person(rng.randint(1995, 2006))
        yield support(draft, "孤儿", child, dt.date(draft.season.year - 1, 1, 1))


def _marriages(draft: Draft, rng: random.Random, rates: Rates) -> Iterator[Row]:
    for _ in range(400):
        year = rng.randint(1945, 1980)
        husband, wife = draft.births.person(year, "男"), draft.births.person(year + rng.randint(-1, 4), "女")
        yield marriage(draft, husband, wife, dt.date(year + rng.randint(23, 28), rng.randint(1, 12), 18))
    for place, household in enumerate(_spare(draft, rng, "O14", 6, lambda h: h.size == 1)):
        # divorced, or widowed
        gone = draft.births.person(household.head.birth.year)
        if place % 2:
            yield marriage(draft, household.head, gone, dt.date(1985, 3, 8), "离婚")
        else:
            yield marriage(draft, household.head, gone, dt.date(1985, 3, 8))
            died = day_in(rng, draft.season.first)
            draft.registers["死亡"].append(entry(draft, "死亡", gone, since=died, attr="疾病", item="殡仪馆"))


def _disabled(draft: Draft, rng: random.Random, rates: Rates) -> Iterator[Row]:
    for household in draft.households:
        if household.active_on(draft.season.today):
            yield from (disabled(draft, m.person, m.disability) for m in household.members if m.disability)
    for person in _strangers(draft, 150):
        yield disabled(draft, person, rng.choice(("三级", "四级")))


def _prisoners(draft: Draft, rng: random.Random, rates: Rates) -> Iterator[Row]:
    for person in _strangers(draft, 40):
        yield prison(draft, person, dt.date(draft.season.year - 2, 5, 1), dt.date(draft.season.year + 1, 4, 30))
    for household in _spare(draft, rng, "O20", 3):
        yield prison(draft, household.head, dt.date(1999, 5, 1), dt.date(2003, 4, 30))


def _watched(draft: Draft, rng: random.Random, rates: Rates) -> Iterator[Row]:
    for household in rng.sample([h for h in draft.households if h.plain], 80):
        yield watched(draft, household.head)


_REGISTERS: dict[str, Callable[[Draft, random.Random, Rates], Iterator[Row]]] = {
    "不动产": _homes,
    "工商": _businesses,
    "养老": _pensions,
    "社保": _wages("社保"),
    "公积金": _wages("公积金"),
    "个税": _wages("个税"),
    "特困": _destitute,
    "孤儿": _orphans,
    "婚姻": _marriages,
    "残疾": _disabled,
    "服刑": _prisoners,
    "低收入监测": _watched,
}
