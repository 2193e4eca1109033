"""Who draws the allowance and should not, or another amount: 二查 (R13, R14, R20, R35)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.leeway import raise_income
from dibao_lib.demo.model import Draft, Household, Member
from dibao_lib.demo.money import Rates
from dibao_lib.demo.registers import death, payroll, vehicle
from dibao_lib.demo.season import day_in
from dibao_lib.units import add_months

_YUAN = 100


def equal_shares(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Three villages where everybody has the same income on paper, so the same amount a person (O18)."""
    groups: dict[tuple[str, str], list[Household]] = defaultdict(list)
    for household in draft.households:
        if household.kind == "城市" and household.active_on(draft.season.today):
            groups[household.township, household.village].append(household)
    fitting = [
        (place, group) for place, group in groups.items() if 12 <= len(group) <= 24 and all(map(_ordinary, group))
    ]
    picker.rng.shuffle(fitting)
    for (township, village), group in fitting[:3]:
        basis = rates.lowest("城市") // 200 * _YUAN
        for household in group:
            household.basis_fen = household.income_fen = basis
            household.earlier, household.earlier_assessed, household.plain = None, None, False
        draft.truth.append(Planted("O18", township, village))


def _ordinary(household: Household) -> bool:
    """Whether the amount follows from the income alone."""
    return household.living == "生活困难" and not household.base_error_fen


def income_above_standard(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Assessed at or above the standard and still paid (O1)."""
    for place, household in enumerate(picker.households(8)):
        raise_income(draft, rates, household, 35 * place, add_months(draft.season.last, -picker.rng.randint(1, 4)))
        draft.planted("O1", household)


def wrong_amount(draft: Draft, rates: Rates, picker: Picker) -> None:
    """The approved amount is not the gap, or the sum is not base plus top-ups (O2)."""
    for household in picker.households(5):
        household.base_error_fen = picker.rng.choice((20, 30, 45, 60)) * _YUAN
        draft.planted("O2", household)
    for household in picker.households(4, lambda h: h.top_person_fen > 0):
        # the head's top-up counted twice
        household.total_error_fen = household.top_person_fen
        draft.planted("O2", household)


def wrong_count(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Sizes that do not add up: one member too many, nobody for a share, an income per head that is none (O3)."""
    for household in picker.listed(3):
        household.size += 1
        draft.planted("O3", household)
    for household in picker.listed(2, lambda h: h.size == h.covered):
        household.covered += 1
        draft.planted("O3", household)
    for household in picker.listed(3, lambda h: h.size == h.covered > 1 and draft.styles[h.township].marks_covered):
        household.members[-1].covered = False
        draft.planted("O3", household)
    for household in picker.listed(3):
        household.income_error_fen = 1200 * _YUAN
        draft.planted("O3", household)


def paid_after_death(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Dead for months, not removed (O4)."""
    for household in picker.listed(9):
        person = picker.rng.choice([m for m in household.members if m.covered]).person
        month = add_months(draft.season.first, picker.rng.randint(2, 11))
        draft.registers["死亡"].append(death(draft, person, day_in(picker.rng, month)))
        draft.planted("O4", household, person.pid)


def on_public_payroll(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Paid a salary by the treasury (O5)."""
    for household in picker.listed(7, lambda h: bool(_workers(h))):
        person = picker.rng.choice(_workers(household)).person
        row = payroll(draft, picker.rng, person, "市环卫所", "职工", dt.date(draft.season.year - 4, 9, 1))
        draft.registers["财政供养"].append(row)
        draft.planted("O5", household, person.pid)


def car_owners(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Owners of ordinary cars; the first has two of them (O8)."""
    for place, household in enumerate(picker.listed(8, lambda h: bool(_workers(h)))):
        person = _workers(household)[0].person
        for _ in range(2 if place == 0 else 1):
            sort = picker.rng.choice(("小型轿车", "小型普通客车", "轻型普通货车"))
            draft.registers["机动车"].append(vehicle(draft, picker.rng, person, sort))
        draft.planted("O8", household, person.pid)


def covered_twice(draft: Draft, rates: Rates, picker: Picker) -> None:
    """One person in two households: as a member of a second one, or as head in town and in a village (O12)."""
    first = picker.listed(7)
    second = picker.listed(4, lambda h: h.size > 1 and all(m.covered for m in h.members))
    second += picker.listed(3, lambda h: h.size == 1 and h.kind == "城市")
    for one, two in zip(first, second, strict=True):
        person = one.head
        two.members[-1] = Member(person, two.members[-1].rel, covered=True)
        later = max(one, two, key=lambda h: (h.start, h.hh_id))
        draft.planted("O12", later, person.pid)


def covered_by_status(draft: Draft, rates: Rates, picker: Picker) -> None:
    """In by status and never assessed (O17), so never reviewed either (G4); a veteran whose income was assessed is in."""
    visited = {row["hh_id"] for row in draft.visits}
    telling = picker.households(4, lambda h: draft.styles[h.township].book != "wide" and h.hh_id not in visited)
    for household, cause in zip(telling, ("失地农民", "离任村干部", "失地农民", "伤残军人"), strict=True):
        household.cause = cause
        if cause == "伤残军人":
            draft.spared("O17", household)
            continue
        household.unassessed = True
        draft.planted("O17", household)
        draft.planted("G4", household)


def _workers(household: Household) -> list[Member]:
    """Covered members of working age."""
    return [m for m in household.members if m.covered and 1945 <= m.person.birth.year <= 1990]
