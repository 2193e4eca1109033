"""What the other bureaus' registers give away: houses, businesses, pensions, double support, absence (R13, R15)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.demo import bureaus
from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Draft, Household, Vote
from dibao_lib.demo.money import Rates
from dibao_lib.demo.objections import objection
from dibao_lib.demo.registers import death, entry
from dibao_lib.demo.season import day_in
from dibao_lib.units import add_months


def second_homes(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Two homes, a shop, a home bought while the allowance came (O9)."""
    rows = draft.registers["不动产"]
    for place, household in enumerate(picker.listed(4)):
        bought = day_in(picker.rng, add_months(draft.season.first, 4)) if place == 2 else dt.date(1996, 5, 15)
        rows.append(bureaus.home(draft, picker.rng, household.head, bought, "商业" if place == 1 else "住宅"))
        if place in {0, 3}:
            rows.append(bureaus.home(draft, picker.rng, household.head, dt.date(1999, 8, 15)))
        draft.planted("O9", household)


def shopkeepers(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Owners of live businesses (O10)."""
    for household, role in zip(picker.listed(3), ("经营者", "法定代表人", "股东"), strict=True):
        draft.registers["工商"].append(bureaus.business(draft, picker.rng, household.head, role, "存续"))
        draft.planted("O10", household, household.head.pid)


def undeclared_incomes(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Pensions and wages nobody declared, alone enough for the standard (O11)."""
    for household, register in zip(picker.listed(4), ("养老", "社保", "公积金", "个税"), strict=True):
        income = rates.by_month[household.kind, rates.now] * household.size
        if register == "养老":
            row = bureaus.pension(draft, household.head, "企业职工基本养老保险", income)
        else:
            row = bureaus.wage(draft, register, household.head, income, "新光服装厂")
        draft.registers[register].append(row)
        draft.planted("O11", household, household.head.pid)


def supported_twice(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Covered here and in full support as 特困 or as an orphan in the same months (O13)."""
    since = dt.date(draft.season.year - 1, 6, 1)
    for household in picker.listed(2):
        draft.registers["特困"].append(bureaus.support(draft, "特困", household.head, since))
        draft.planted("O13", household, household.head.pid)
    for household in picker.listed(1, lambda h: bool(_children(h))):
        child = _children(household)[0]
        person = next(m.person for m in household.members if m.person.pid == child)
        draft.registers["孤儿"].append(bureaus.support(draft, "孤儿", person, since))
        draft.planted("O13", household, child)


def _children(household: Household) -> list[str]:
    return [m.person.pid for m in household.members[1:] if m.covered and m.person.birth.year >= 1985]


def absent_members(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Moved away, missing or in prison while the money went on (O20); one who moved last month is left in peace."""
    books, gone = draft.registers["户籍"], dt.date(draft.season.year - 1, 7, 10)
    for household, state in zip(picker.listed(3), ("迁出", "失踪", ""), strict=True):
        if state:
            books.append(_struck(draft, household, state, gone))
        else:
            term = dt.date(draft.season.year - 1, 3, 5), dt.date(draft.season.year + 2, 3, 4)
            draft.registers["服刑"].append(bureaus.prison(draft, household.head, *term))
        draft.planted("O20", household, household.head.pid)
    for household in picker.listed(1):
        books.append(_struck(draft, household, "迁出", day_in(picker.rng, draft.season.last)))
        draft.spared("O20", household)


def _struck(draft: Draft, household: Household, state: str, on: dt.date) -> dict[str, object]:
    return entry(draft, "户籍", household.head, until=on, attr="户主", item=household.hukou_no, status=state)


def left_out(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Severely disabled or under watch and in no household, refused against the votes, complaining of it (O19)."""
    draft.births.rng = picker.rng
    for level in ("一级", "二级"):
        person = draft.births.adult()
        draft.registers["残疾"].append(bureaus.disabled(draft, person, level))
        draft.truth.append(Planted("O19", person_id=person.pid))
    person = draft.births.adult()
    draft.registers["低收入监测"].append(bureaus.watched(draft, person))
    draft.truth.append(Planted("O19", person_id=person.pid))
    # dead by now: nobody is left out
    person = draft.births.adult()
    draft.registers["残疾"].append(bureaus.disabled(draft, person, "一级"))
    draft.registers["死亡"].append(death(draft, person, day_in(picker.rng, draft.season.first)))
    draft.lawful.append(Planted("O19", person_id=person.pid))
    _complaints_of_omission(draft, picker)
    _refused(draft, picker)


def _complaints_of_omission(draft: Draft, picker: Picker) -> None:
    on = draft.season.report_due
    townships = picker.rng.sample([t.code for t in draft.plan.townships], 3)
    contents = ("本人患重病，反映应保未保", "反映村里对其申请不予受理", "反映其弟应保未保")
    for township, content, result in zip(townships, contents, ("属实", "部分属实", "不属实"), strict=True):
        objection(draft, picker.rng, township, on, content, result, about=draft.births.adult().name)
        if result != "不属实":
            draft.truth.append(Planted("O19"))


def _refused(draft: Draft, picker: Picker) -> None:
    """Voted in by two thirds, yet written down as ineligible and removed; the votes do not fit the result (P7)."""
    fitting = []
    for household in draft.households:
        met_on = draft.bodies[household.village].met_on
        if household.exit and met_on and household.exit.on > met_on and household.start < f"{met_on:%Y-%m}":
            fitting.append(household)
    household = picker.rng.choice([h for h in fitting if h.hh_id not in draft.bodies[h.village].passed_over])
    present = draft.bodies[household.village].present
    agree = -(-present * 2 // 3)
    household.vote = Vote(agree, present - agree, 0, "不符合")
    draft.planted("O19", household)
    draft.planted("P7", household)
