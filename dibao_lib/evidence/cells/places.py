"""Townships and villages -> codes; a name the gazetteer does not know is set aside, never matched by likeness (no. 23)."""

from __future__ import annotations

from collections.abc import Sequence

from dibao_lib.evidence.cell import Cell
from dibao_lib.evidence.cells.fault import NOTHING, Converted, Fault, by_value, collected
from dibao_lib.evidence.gazetteer import Gazetteer


def read_townships(cells: Sequence[Cell], gazetteer: Gazetteer) -> Converted:
    """A column of township names or codes."""
    hints = _Hints(gazetteer)

    def one(cell: Cell) -> str | Fault | None:
        if isinstance(cell, str) and cell.strip() in NOTHING:
            return None
        return gazetteer.township(cell) or Fault("unknown_township", hints.sentence("乡镇名单", cell))

    return by_value(cells, one)


def read_villages(cells: Sequence[Cell], townships: Sequence[str | None], gazetteer: Gazetteer) -> Converted:
    """A column of village names or codes.

    Args:
        cells: the raw cells.
        townships: code of the township each row is known to lie in.
        gazetteer: where names are looked up.
    """
    hints = _Hints(gazetteer)

    def one(cell: Cell, township: str | None) -> str | Fault | None:
        if isinstance(cell, str) and cell.strip() in NOTHING:
            return None
        listed = "该乡镇村（居）名单" if township else "村（居）名单"
        return gazetteer.village(cell, township) or Fault("unknown_village", hints.sentence(listed, cell, township))

    if len(only := set(townships)) == 1:
        township = only.pop()
        return by_value(cells, lambda cell: one(cell, township))
    pairs = list(zip(cells, townships, strict=True))
    known = {pair: one(*pair) for pair in set(pairs)}
    return collected(list(map(known.__getitem__, pairs)), Fault in set(map(type, known.values())))


class _Hints:
    """Names the closest listed name for the first unknown names of a column; a column full of them gets none."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer, self._left = gazetteer, 50

    def sentence(self, listed: str, cell: Cell, township: str | None = None) -> str:
        self._left -= 1
        villages = "村" in listed
        nearest = self._gazetteer.nearest(cell, township, villages=villages) if self._left > 0 else ""
        hint = f"（名单中最接近的是“{nearest}”）" if nearest else ""
        return f"名称或代码不在{listed}中{hint}。请改为名单中的名称，或先导入含该名称的名册"
