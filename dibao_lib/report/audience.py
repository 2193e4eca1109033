"""Who reads a document, and what of a person it may then show: the one place that decides (R50, R52)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from dibao_lib.idnumber import masked

# a group of fewer people can be told who they are
LEAST_GROUP = 8


class Audience(StrEnum):
    """Readers of a document."""

    INTERNAL = "内部"
    CIRCULATED = "通报"
    PUBLIC = "公开"


def person_id(pid: object, audience: Audience) -> str:
    """An id number as these readers may see it: whole, first 6 and last 4, or not at all."""
    if not isinstance(pid, str) or audience is Audience.PUBLIC:
        return ""
    return pid if audience is Audience.INTERNAL else masked(pid)


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
