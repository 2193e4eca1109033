"""What each household was paid, line by line, deviations included; who fetched it (R22-R25)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from dibao_lib.demo.model import Draft, Household, Row
from dibao_lib.demo.money import Rates, due_fen, paid_months
from dibao_lib.demo.season import stream


def payment_rows(draft: Draft, household: Household, rates: Rates) -> Iterator[Row]:
    """What the household was paid, month by month or quarter by quarter."""
    quarterly = household.kind == "农村" and draft.styles[household.township].quarterly
    for month, months in paid_months(household, draft.season, quarterly=quarterly):
        if month in household.unpaid or (
            household.kind == "农村" and (household.township, month) in draft.quiet_months
        ):
            continue
        amount = sum(due_fen(household, each, rates) for each in months) - household.short_fen.get(month, 0)
        row = _payment(draft, household, household.moved.get(month, month), amount)
        if draft.styles[household.township].says_normal:
            row |= {"ptype": "正常", "ret": "成功"}
        if month in household.bounced:
            yield row | {"ret": "退回"}
            yield row | {"ptype": "补发", "ret": "成功"}
        else:
            yield row
        if month in household.doubled:
            yield row
        if month in household.undone:
            yield row | {"ptype": "扣回"}
        if month in household.clawed_fen:
            yield row | {"ptype": "扣回", "amt": household.clawed_fen[month]}


def _payment(draft: Draft, household: Household, month: str, amount: int) -> Row:
    usual = 5 + int(household.acct[-1]) % 8
    day = dt.date.fromisoformat(f"{month}-{draft.pay_days.get((household.township, month), usual):02d}")
    return {
        "hh_id": household.hh_id,
        "head": household.head.name,
        "pid": household.head.pid,
        "period": month,
        "paid_on": day,
        "kind": household.kind,
        "amt": amount,
        "acct": household.payee or household.acct,
        "acct_name": household.payee_name or household.head.name,
        "mode": "现金" if household.cash else "代领" if household.collector else "银行",
        "collector": household.collector or None,
    }


def collect_some(draft: Draft) -> None:
    """A few ordinary households whose money somebody else fetches, nobody for more than two of them."""
    rng = stream(draft.seed, "collectors")
    draft.births.rng = rng
    pool = [h for h in draft.households if h.plain and draft.styles[h.township].names_collectors]
    names: set[str] = {h.head.name for h in draft.households}
    for household in rng.sample(pool, 30):
        person = draft.births.adult()
        if person.name not in names:
            names.add(person.name)
            household.collector = person.name
            household.plain = False
