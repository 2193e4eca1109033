"""Who reads a document, and what of a person it may then show: the one place that decides (R50, R52)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import pandas as pd

from dibao_lib.idnumber import IN_TEXT, masked

# a group of fewer people can be told who they are
LEAST_GROUP = 8
# wherever `IN_TEXT` finds something; few texts of a large table hold so many digits in a row
_DIGITS = r"[0-9０-９]{6}[ -]?[0-9０-９]{8}[ -]?[0-9０-９]"


class Audience(StrEnum):
    """Readers of a document: those who inspect, the townships a circular goes to, everybody."""

    INTERNAL = "内部"
    CIRCULATED = "通报"
    PUBLIC = "公开"


def person_id(pid: str, audience: Audience) -> str:
    """An id number as these readers may see it: whole, first 6 and last 4, or not at all."""
    if audience is Audience.PUBLIC:
        return ""
    return pid if audience is Audience.INTERNAL else masked(pid.replace(" ", "").replace("-", ""))


def told(text: str, audience: Audience) -> str:
    """A text as these readers may see it: so is every id number that somebody wrote into it."""
    return IN_TEXT.sub(lambda found: person_id(found[0], audience), text)


def told_rows(rows: pd.DataFrame, audience: Audience) -> pd.DataFrame:
    """Rows as these readers may see them, lists of texts in a cell included."""
    if audience is Audience.INTERNAL:
        return rows
    shown = {}
    for name in rows.columns:
        values = rows[name]
        if values.dtype == "str":
            may = values.str.contains(_DIGITS, na=False)
            if may.any():
                shown[name] = values.where(~may, values[may].map(lambda text: told(text, audience)))
        elif values.dtype == object:
            shown[name] = values.map(lambda cell: _told_cell(cell, audience))
    return rows.assign(**shown)


def _told_cell(cell: object, audience: Audience) -> object:
    if isinstance(cell, str):
        return told(cell, audience)
    if isinstance(cell, np.ndarray) and cell.dtype == object:
        return np.array([_told_cell(each, audience) for each in cell], dtype=object)
    return cell


def group_sizes(counts: Sequence[int], audience: Audience) -> list[str]:
    """Sizes of groups that add up to a printed total; for the public, small ones are not told.

    Where a single size is left out, the next smallest goes too: otherwise it follows from the total.
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < LEAST_GROUP}
    if audience is not Audience.PUBLIC or not hidden:
        return [f"{count:,}" for count in counts]
    others = [place for place, count in enumerate(counts) if count and place not in hidden]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda place: counts[place]))
    return ["未列" if place in hidden else f"{count:,}" for place, count in enumerate(counts)]
