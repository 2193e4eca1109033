"""A column in which equal cells are held once; what is found out about a cell holds for every row that has it.

A million rows of a text table hold a few thousand different cells: converting, comparing and counting those instead
keeps the rows out of Python until they are written as Arrow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress
from typing import Any, overload

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int32]


class Coded(Sequence[Any]):
    """A column as its distinct words and, for each row, the number of its word.

    Args:
        words: what occurs in the column, and perhaps more.
        codes: int32, one a row: a place in `words`.
    """

    __slots__ = ("codes", "words")

    def __init__(self, words: Sequence[Any], codes: Codes) -> None:  # noqa: D107
        self.words, self.codes = words, codes

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.codes)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> Coded: ...
    def __getitem__(self, index: int | slice) -> Any:
        """One row's word, or the column of some rows."""
        return Coded(self.words, self.codes[index]) if isinstance(index, slice) else self.words[self.codes[index]]

    def __iter__(self) -> Iterator[Any]:
        """Each row's word."""
        return map(self.words.__getitem__, self.codes.tolist())

    def __contains__(self, word: object) -> bool:
        """Whether some row has it."""
        return word in self.words and word in self.occurring()

    def counts(self) -> npt.NDArray[np.int64]:
        """How many rows have each word."""
        return np.bincount(self.codes, minlength=len(self.words))

    def occurring(self) -> Sequence[Any]:
        """The words that some row has."""
        counts = self.counts()
        return self.words if counts.all() else [*compress(self.words, counts.tolist())]

    def compact(self) -> Coded:
        """The same column with only the words that occur."""
        words = self.occurring()
        if words is self.words:
            return self
        numbers = np.cumsum(self.counts() > 0, dtype=np.int32) - 1
        return Coded(words, numbers[self.codes])

    def at(self, rows: Sequence[int]) -> Coded:
        """The column of some rows, which rise."""
        return Coded(self.words, self.codes[np.fromiter(rows, np.int64, len(rows))])

    def rows_of(self, words: Iterable[int]) -> list[int]:
        """The rows whose word is one of those at some places of `words`."""
        found: list[int] = np.flatnonzero(np.isin(self.codes, [*words])).tolist()
        return found

    def mapped(self, one: Callable[[Any], Any]) -> Coded:
        """The column with something else for each word."""
        return Coded([one(word) for word in self.words], self.codes)


def distinct(column: Sequence[Any]) -> Sequence[Any]:
    """What occurs in a column: each word once where they are held so, else every cell."""
    return column.occurring() if isinstance(column, Coded) else column


def picked(column: Sequence[Any], rows: Sequence[int]) -> Sequence[Any]:
    """The cells of some rows, which rise; all at once when they leave no gap."""
    if rows and rows[-1] - rows[0] + 1 == len(rows):
        part = column[rows[0] : rows[-1] + 1]
        return part.compact() if isinstance(part, Coded) else list(part)
    if isinstance(column, Coded):
        return column.at(rows).compact()
    return [column[row] for row in rows]


def counted(column: Sequence[Any]) -> Counter[Any]:
    """How many rows have each value."""
    if not isinstance(column, Coded):
        return Counter(column)
    counts: Counter[Any] = Counter()
    for word, count in zip(column.words, column.counts().tolist(), strict=True):
        if count:
            counts[word] += count
    return counts
