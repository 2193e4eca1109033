"""How each township's office keeps its files: sixteen habits, given out in the order of the plan's townships."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Book = Literal["ministry", "wide", "printed", "csv", "xls"]
Dates = Literal["compact", "dotted", "chinese", "dashed", "real"]


@dataclass(frozen=True, slots=True)
class Style:
    """One office's habits.

    Args:
        book: kind of household files it sends.
        dates: how it writes dates and months.
        spread: payments on one sheet, one sheet a month, or one sheet a half-year.
        quarterly: rural households are paid in the first month of a quarter.
        tiers: rural benefits follow three tiers instead of the exact gap.
        heads_listed: the member columns of a wide list begin with the head.
        words: choices are written as the office says them, not as the form does.
        short_places: 绕二村 instead of 绕二村民委员会.
    """

    book: Book
    dates: Dates
    spread: Literal["one", "months", "halves"] = "one"
    quarterly: bool = False
    tiers: bool = False
    heads_listed: bool = True
    words: bool = False
    short_places: bool = False

    @property
    def marks_covered(self) -> bool:
        """Whether its files say which member is covered."""
        return self.book != "wide"

    @property
    def says_normal(self) -> bool:
        """Whether its payment files call ordinary payments 正常 instead of leaving the column blank."""
        return self.book in {"csv", "xls"}

    @property
    def names_collectors(self) -> bool:
        """Whether its payment files say who collected the money."""
        return self.book in {"csv", "printed"}


STYLES = (
    Style("ministry", "dashed"),
    Style("csv", "compact"),
    Style("printed", "dotted", "halves", short_places=True),
    Style("wide", "chinese", "months", words=True),
    Style("ministry", "real", words=True),
    Style("wide", "compact", "months"),
    Style("printed", "chinese", "halves", quarterly=True),
    Style("ministry", "compact", short_places=True),
    Style("xls", "real", "halves", words=True),
    Style("csv", "dashed", short_places=True),
    Style("csv", "chinese", quarterly=True),
    Style("xls", "dotted", "halves"),
    Style("ministry", "dotted", "halves"),
    Style("printed", "real", quarterly=True, words=True),
    Style("wide", "dashed", "months", heads_listed=False, short_places=True),
    Style("xls", "compact", "halves", tiers=True),
)


def style_of(position: int) -> Style:
    """The habits of the township at that position of the plan."""
    return STYLES[position % len(STYLES)]
