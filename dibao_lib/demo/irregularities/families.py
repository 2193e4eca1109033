"""Families split into several households and strangers merged into one (R14)."""

from __future__ import annotations

import datetime as dt

from dibao_lib.demo import bureaus
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Draft, Household
from dibao_lib.demo.money import Rates
from dibao_lib.demo.people import Person
from dibao_lib.demo.registers import entry

_SEVERE = {"一级", "二级"}


def split_families(draft: Draft, rates: Rates, picker: Picker) -> None:
    """One household book on two certificates, a spouse outside, one covered of a whole book (O14)."""
    draft.births.rng = picker.rng
    for _ in range(2):
        pair = picker.neighbours(2)
        pair[1].hukou_no = pair[0].hukou_no
        draft.planted("O14", max(pair, key=lambda h: (h.start, h.hh_id)))
    for household in picker.listed(3, _single):
        spouse = _spouse(draft, household)
        if household.head.birth.year % 2:
            draft.registers["婚姻"].append(bureaus.marriage(draft, household.head, spouse, dt.date(1984, 5, 6)))
        else:
            _book(draft, household, spouse, "配偶")
        draft.planted("O14", household)
    for household in picker.listed(2, _elderly):
        _grown_children(draft, household, 2)
        draft.planted("O14", household)
    _lawful_singles(draft, picker)


def _lawful_singles(draft: Draft, picker: Picker) -> None:
    """Severely disabled and so covered alone; grown children who keep house for themselves."""
    severe = picker.listed(1, lambda h: h.size == 1 and h.members[0].disability in _SEVERE and h.head.birth.year < 1955)
    for household in severe:
        _grown_children(draft, household, 2)
        draft.spared("O14", household)
    for household in picker.listed(1, _elderly):
        _grown_children(draft, household, 1)
        draft.spared("O14", household)


def merged_strangers(draft: Draft, rates: Rates, picker: Picker) -> None:
    """A member of another household book who is no relative (O15); a daughter whose book was never moved is lawful."""
    for place, household in enumerate(picker.listed(3, lambda h: h.size == 2 and h.members[1].covered)):
        member = household.members[1]
        gone = {household.head.pid, member.person.pid}
        draft.registers["户籍"] = [row for row in draft.registers["户籍"] if row["pid"] not in gone]
        _book(draft, household, household.head, "户主")
        other = f"{household.township[-6:]}7{place:05d}"
        draft.registers["户籍"].append(entry(draft, "户籍", member.person, attr="户主", item=other))
        if place < 2:
            member.rel = "其他"
            draft.planted("O15", household)
        else:
            draft.spared("O15", household)


def _single(household: Household) -> bool:
    """One person, neither severely disabled nor gravely ill."""
    return household.size == 1 and not household.members[0].disability and "重" not in household.cause


def _elderly(household: Household) -> bool:
    """Single, and old enough for children of age."""
    return _single(household) and household.head.birth.year < 1955


def _spouse(draft: Draft, household: Household) -> Person:
    sex = "女" if household.head.sex == "男" else "男"
    return draft.births.person(household.head.birth.year + 1, sex)


def _grown_children(draft: Draft, household: Household, count: int) -> None:
    for _ in range(count):
        _book(draft, household, draft.births.person(household.head.birth.year + 27), "子")


def _book(draft: Draft, household: Household, person: Person, relation: str) -> None:
    """Enters the head and another person into the head's household book."""
    books = draft.registers["户籍"]
    if not any(row["pid"] == household.head.pid for row in books):
        books.append(entry(draft, "户籍", household.head, attr="户主", item=household.hukou_no))
    if person is not household.head:
        books.append(entry(draft, "户籍", person, attr=relation, item=household.hukou_no))
