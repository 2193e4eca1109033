"""Money that did not come, came late, came short or went elsewhere: 五查 (R22-R25)."""

from __future__ import annotations

from collections import Counter

from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Draft, Household
from dibao_lib.demo.money import Rates
from dibao_lib.demo.season import quarter_start
from dibao_lib.units import add_months, months_between

_YUAN = 100


def _is_quarterly(draft: Draft, household: Household) -> bool:
    return household.kind == "农村" and draft.styles[household.township].quarterly


def withheld_month(draft: Draft, rates: Rates, picker: Picker) -> None:
    """A township kept back one month of all its rural money: one finding, not hundreds (F1)."""
    rural = Counter(h.township for h in draft.households if h.kind == "农村" and not _is_quarterly(draft, h))
    township = picker.rng.choice([t for t, households in rural.most_common() if 60 <= households <= 400])
    draft.quiet_months.add((township, add_months(draft.season.first, 10)))
    draft.truth.append(Planted("F1", township))


def missed_payments(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Months in which nothing came (F1)."""
    quiet = {township for township, _ in draft.quiet_months}
    monthly = picker.households(8, lambda h: h.township not in quiet and not _is_quarterly(draft, h))
    for household in monthly:
        months = picker.rng.sample(draft.season.months[2:-1], picker.rng.randint(1, 3))
        household.unpaid.update(months)
        draft.planted("F1", household)
    for household in picker.households(3, lambda h: _is_quarterly(draft, h)):
        household.unpaid.add(quarter_start(picker.rng.choice(draft.season.months[3:12])))
        draft.planted("F1", household)


def never_paid(draft: Draft, rates: Rates, picker: Picker) -> None:
    """On the register for years and nothing ever came (F5, so every month is missing too: F1)."""
    quiet = {township for township, _ in draft.quiet_months}
    for household in picker.households(2, lambda h: h.township not in quiet and not _is_quarterly(draft, h)):
        household.unpaid.update(draft.season.months)
        draft.planted("F5", household)
        draft.planted("F1", household)


def late_quarters(draft: Draft, rates: Rates, picker: Picker) -> None:
    """A quarter's money in the second month of the quarter (F1)."""
    for household in picker.households(2, lambda h: _is_quarterly(draft, h)):
        month = quarter_start(draft.season.months[0])
        household.moved[month] = add_months(month, 1)
        draft.planted("F1", household)


def short_payments(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Less than due: a cut for some months, a rise not passed on, a deduction nobody explained (F3)."""
    season = draft.season
    for household in picker.households(4, lambda h: not _is_quarterly(draft, h)):
        start = picker.rng.randint(3, 9)
        household.short_fen = {m: picker.rng.choice((10, 20, 30)) * _YUAN for m in season.months[start : start + 4]}
        draft.planted("F3", household)
    for household in picker.households(5):
        household.short_fen = _rise_withheld(draft, rates, household)
        draft.planted("F3", household)
        if _outlives_grace(draft, rates, household):
            draft.planted("S5", household)
    for household in picker.households(3, lambda h: not _is_quarterly(draft, h)):
        household.clawed_fen = dict.fromkeys(season.months[8:10], 15 * _YUAN)
        draft.planted("F3", household)


def _rise_withheld(draft: Draft, rates: Rates, household: Household) -> dict[str, int]:
    """What is missing in each payment of this year when last year's standard goes on; 20 yuan where it did not rise."""
    season, step = draft.season, 3 if _is_quarterly(draft, household) else 1
    before = rates.by_month[household.kind, f"{season.year - 1}-12"]
    this_year = months_between(f"{season.year}-01", season.last)[::step]
    rises = {month: (rates.by_month[household.kind, month] - before) * household.covered for month in this_year}
    return {month: (rise or 20 * _YUAN) * step for month, rise in rises.items()}


def _outlives_grace(draft: Draft, rates: Rates, household: Household) -> bool:
    """Whether the standard rose this year and its payments went on for longer than the cycles of grace."""
    before, now = (
        rates.by_month[household.kind, f"{draft.season.year - back}-{month}"] for back, month in ((1, "12"), (0, "01"))
    )
    cycles = len(household.short_fen)
    return now > before and cycles > draft.plan.number("standard_applied_grace", draft.season.today)


def unapplied_standards(draft: Draft, rates: Rates, picker: Picker) -> None:
    """The old standard goes on for months (S5, F3); within the two cycles of grace it is only paid short (F3)."""
    for place, household in enumerate(picker.households(3, lambda h: not _is_quarterly(draft, h))):
        shortfalls = sorted(_rise_withheld(draft, rates, household).items())
        household.short_fen = dict(shortfalls if place < 2 else shortfalls[:2])
        draft.planted("F3", household)
        if not _outlives_grace(draft, rates, household):
            draft.spared("S5", household)
        else:
            draft.planted("S5", household)


def shared_accounts(draft: Draft, rates: Rates, picker: Picker) -> None:
    """The money of two or three households on one account (F7), which for all but one is another household's (F6)."""
    for size in (2, 3, 2, 2):
        group = picker.neighbours(size)
        for household in group:
            household.payee = group[-1].acct
            if household is not group[-1]:
                draft.planted("F6", household)
        draft.planted("F7", min(group, key=lambda h: h.hh_id))


def busy_collectors(draft: Draft, rates: Rates, picker: Picker) -> None:
    """One person who collects for three or four households (F7)."""
    for size in (3, 4):
        group = picker.neighbours(size, collected=True)
        for household in group:
            household.collector = group[0].head.name
        draft.planted("F7", min(group, key=lambda h: h.hh_id))
