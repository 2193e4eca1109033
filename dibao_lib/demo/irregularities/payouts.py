"""Money that came late, to people no longer or not yet entitled, twice, in cash, or not for them at all (R21-R24)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.households import approval
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Draft, Exit, Household, Purse, Row
from dibao_lib.demo.money import Rates
from dibao_lib.demo.season import day_in
from dibao_lib.units import add_months

_YUAN = 100


def late_payments(draft: Draft, rates: Rates, picker: Picker) -> None:
    """A township whose bank list came in the last week of a month (F2); the fifteenth itself is in time."""
    months = draft.season.months
    townships = picker.rng.sample([t for t, style in draft.styles.items() if style.book == "xls"], 2)
    for township, month, day in (
        (townships[0], months[6], 24),
        (townships[0], months[9], 19),
        (townships[1], months[7], 15),
    ):
        draft.pay_days[township, month] = day
        kinds = {h.kind for h in draft.households if h.township == township and _monthly(draft, h)}
        case = Planted("F2", township)
        if day > draft.plan.number("last_pay_day", draft.season.today):
            draft.truth += [case] * len(kinds)
        else:
            draft.lawful.append(case)


def paid_too_soon(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Paid before anybody approved (F4)."""
    start = add_months(draft.season.first, 8)
    for household in picker.households(2, lambda h: _monthly(draft, h)):
        household.start = start
        household.steps, household.assessed = approval(picker.rng, start)
        household.paid_from = add_months(start, -3)
        draft.planted("F4", household)


def paid_after_leaving(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Removed and paid on for half a year (F4); a month of grace and a noted 渐退期 are lawful."""
    month = add_months(draft.season.first, 8)
    ends = (draft.season.last, draft.season.last, add_months(month, 1), add_months(month, 5))
    for place, household in enumerate(picker.households(4, lambda h: _monthly(draft, h))):
        household.exit = Exit(day_in(picker.rng, month, 3), "收入超标", "检查清退", household.head.pid)
        household.paid_to = ends[place]
        if place == 3:
            household.living = "收入刚超过标准，渐退期内"
        (draft.planted if place < 2 else draft.spared)("F4", household)


def ghosts(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Payees no register knows (F4), so the ledger paid out more than recipients got (F10)."""
    draft.births.rng = picker.rng
    candidates = [t for t, style in draft.styles.items() if style.book in {"ministry", "csv"} and not style.quarterly]
    for township in picker.rng.sample(candidates, 2):
        person = draft.births.adult()
        row: Row = {"hh_id": f"{township}28888", "head": person.name, "pid": person.pid, "kind": "农村"}
        row |= {"amt": 185 * _YUAN, "acct": f"6221{township[3:]}2999990", "acct_name": person.name, "mode": "银行"}
        months = draft.season.months[-5:]
        paid = [row | {"period": month, "paid_on": dt.date.fromisoformat(f"{month}-08")} for month in months]
        draft.ghosts.setdefault(township, []).extend(paid)
        draft.truth += [Planted("F4", township), Planted("F10", township)]


def paid_twice(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Two payments for one month, so too much was paid (F8, F3); one second payment was taken back at once."""
    for place, household in enumerate(picker.households(3, lambda h: _monthly(draft, h))):
        household.doubled = {draft.season.months[5], draft.season.months[8]}
        if place < 2:
            draft.planted("F8", household)
            draft.planted("F3", household)
        else:
            household.undone = household.doubled
            draft.spared("F8", household)


def cash_payments(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Two townships that hand out cash (F9); a named neighbour who collects is no cash."""
    telling = [t for t, style in draft.styles.items() if style.names_collectors]
    townships = picker.rng.sample(telling, 3)
    for township in townships[:2]:
        for household in picker.households(3, _lives_in(township)):
            household.cash = True
        draft.truth.append(Planted("F9", township))
    draft.lawful.append(Planted("F9", townships[2]))


def strange_ledgers(draft: Draft, rates: Rates, picker: Picker) -> None:
    """A balance that does not follow, money spent on the office, more paid out than arrived (F10)."""
    free = [t.code for t in draft.plan.townships if t.code not in draft.ghosts]
    wrong, spending, over, lawful = picker.rng.sample(free, 4)
    last = draft.season.months[-3]
    draft.purses[wrong] = Purse(balance_fen=350 * _YUAN)
    draft.purses[spending] = Purse(spent=[(last, "列支乡镇低保工作经费", 1200 * _YUAN)])
    draft.purses[over] = Purse(payout_fen=2600 * _YUAN)
    draft.purses[lawful] = Purse(spent=[(last, "退回误拨资金", 800 * _YUAN)])
    draft.truth += [Planted("F10", township) for township in (wrong, spending, over)]
    draft.lawful.append(Planted("F10", lawful))


def strange_holders(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Accounts in a stranger's name (F6); in the name of a member of the household they are its own."""
    draft.births.rng = picker.rng
    telling = picker.listed(4, lambda h: draft.styles[h.township].book == "xls" and h.size > 1)
    for place, household in enumerate(telling):
        household.payee_name = draft.births.adult().name + "金" if place < 2 else household.members[1].person.name
        (draft.planted if place < 2 else draft.spared)("F6", household)


def shared_collector(draft: Draft, rates: Rates, picker: Picker) -> None:
    """A neighbour who collects for two households, one fewer than would be a matter (F7)."""
    draft.births.rng = picker.rng
    name = draft.births.adult().name + "福"
    for household in picker.neighbours(2, collected=True):
        household.collector = name
        draft.spared("F7", household)


def _lives_in(township: str) -> Callable[[Household], bool]:
    return lambda household: household.township == township


def _monthly(draft: Draft, household: Household) -> bool:
    return household.kind == "城市" or not draft.styles[household.township].quarterly
