"""The wide list: one line a household, with up to six pairs of name and id behind it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from dibao_lib.demo.ledger_headers import HOUSEHOLDS
from dibao_lib.demo.model import Row
from dibao_lib.demo.sheets import Column, Layout, Sheet, columns, lay_out
from dibao_lib.demo.spelling import Typist
from dibao_lib.evidence.forms import households, members

_PAIRS = 6
_TRIPLE = (("name", "姓名"), ("pid", "身份证号"), ("rel", "关系"))


def wide_sheet(typist: Typist, township: str, ledger: Sequence[Row], people: Sequence[Row]) -> Sheet:
    """A township's whole register on one sheet; some offices leave the head out of the pairs."""
    groups: dict[object, list[Row]] = {}
    for person in people:
        if typist.style.heads_listed or person["rel"] != "本人":
            groups.setdefault(person["hh_id"], []).append(person)
    pairs = [_pair_columns(typist, number) for number in range(1, _PAIRS + 1)]
    cells = [*columns(households.FORM, typist, HOUSEHOLDS["wide"]), *chain.from_iterable(pairs)]
    rows = [row | _pairs(groups.get(row["hh_id"], [])) for row in ledger]
    return lay_out("花名册", cells, rows, Layout(title=f"{township}城乡低保对象花名册", unit="单位：元", total=True))


def _pair_columns(typist: Typist, number: int) -> list[Column]:
    named = [(field, f"{header}{number}") for field, header in _TRIPLE]
    return [Column(f"{c.field}{number}", c.header, c.write) for c in columns(members.FORM, typist, named)]


def _pairs(people: Sequence[Row]) -> Row:
    return {f"{field}{place}": person[field] for place, person in enumerate(people, 1) for field, _ in _TRIPLE}
