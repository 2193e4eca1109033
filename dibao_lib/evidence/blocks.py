"""Households whose number stands on the head's row only: it holds for the rows right below (dirty-data.md, no. 17)."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence

from dibao_lib.evidence.cell import Cell, squeezed
from dibao_lib.evidence.cells.words import spellings
from dibao_lib.evidence.form import Form


def fill_blocks(form: Form, raw: MutableMapping[str, Sequence[Cell]], data: Sequence[int]) -> str:
    """Fills the key of each row that belongs to the head right above it; returns a sentence about how many, or blank.

    A row belongs when nothing lies between it and the head but rows of the same kind, and it says itself that it is not
    a head's. A blank row, a head without a number or a row that says nothing ends the block: such rows stay blank.

    Args:
        form: the form.
        raw: field -> cells; those of the key are replaced.
        data: index in the sheet of each row.
    """
    block = form.block
    if block is None or not {block.key, block.role} <= raw.keys() or "" not in raw[block.key]:
        return ""
    known = spellings(form.field(block.role).choices)
    keys, roles = [*raw[block.key]], [known.get(squeezed(cell), squeezed(cell)) for cell in raw[block.role]]
    current: Cell = ""
    filled = 0
    for place, (key, role) in enumerate(zip(keys, roles, strict=True)):
        if role == block.head:
            current = key
        elif not role or key != "" or (place and data[place] != data[place - 1] + 1):
            current = ""
        elif current != "":
            keys[place] = current
            filled += 1
    raw[block.key] = keys
    return f"有{filled}行的空白按同户户主行填入（户主行紧接在上，中间没有空行）" if filled else ""
