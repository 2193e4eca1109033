"""Cadres who draw the allowance, or whose relatives do, and who did not say so (R32, R37)."""

from __future__ import annotations

from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Cadre, Draft, Household
from dibao_lib.demo.money import Rates
from dibao_lib.demo.registers import entry


def concealed_cadres(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Cadres who are members of a household on the allowance; two of them filed nothing at all (O6 a, C2)."""
    for place, household in enumerate(picker.listed(5, lambda h: 1948 <= h.head.birth.year <= 1985)):
        filed_on = None if place < 2 else draft.season.filings_due
        book = household.hukou_no
        cadre = Cadre(
            household.head, household.township, household.village, "村小组长", "村(居)", book, filed_on=filed_on
        )
        draft.cadres.append(cadre)
        draft.registers["户籍"].append(entry(draft, "户籍", cadre.person, attr="户主", item=book))
        _note(draft, cadre, household, cadre.person.pid)


def concealed_relatives(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Recipients in the household book of a cadre of their village, by the register or by their own book number (O6 b)."""
    free = {c.village: c for c in draft.cadres if c.village and not c.filings and c.post != "村小组长"}
    for place, household in enumerate(picker.listed(6, lambda h: h.size == 1 and h.village in free)):
        cadre = free.pop(household.village)
        if place % 2:
            household.hukou_no = cadre.book
        else:
            draft.registers["户籍"].append(entry(draft, "户籍", household.head, attr="父母", item=cadre.book))
        if place == 0:
            cadre.filed_on = None
        _note(draft, cadre, household, household.head.pid)


def _note(draft: Draft, cadre: Cadre, household: Household, pid: str) -> None:
    draft.planted("O6", household, pid)
    if cadre.filed_on is None:
        draft.truth.append(Planted("C2", cadre.township, person_id=cadre.person.pid))
