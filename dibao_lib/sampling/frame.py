"""The list a draw is made from: units, strata, sizes, in one canonical spelling that anybody can hash."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from dibao_lib.errors import InputRefused


@dataclass(frozen=True)
class Frame:
    """A sampling frame; the order of its rows means nothing.

    Attributes:
        units: ids, each once.
        strata: stratum of each unit, "" without strata.
        sizes: size of each unit (fen, households, persons) as whole numbers; empty without sizes.
    """

    units: tuple[str, ...]
    strata: tuple[str, ...]
    sizes: tuple[int, ...] = ()

    @classmethod
    def from_dataframe(cls, df: pd.DataFrame, unit: str, stratum: str | None = None, size: str | None = None) -> Frame:
        """The frame in the columns of a table, one row a unit.

        Args:
            df: one row per unit.
            unit: column of unit ids.
            stratum: column of strata.
            size: column of sizes, whole numbers of at least 0 (fen for money).

        Raises:
            InputRefused: a column is missing, a unit is empty or listed twice, a size is no whole number.
        """
        if absent := [name for name in (unit, stratum, size) if name is not None and name not in df.columns]:
            raise InputRefused(f"抽样框缺少列“{'、'.join(absent)}”。请核对列名后重新生成抽样框。")
        units = _texts(df[unit], unit)
        strata = ("",) * len(units) if stratum is None else _texts(df[stratum], stratum)
        return cls.of(units, strata, () if size is None else _sizes(df[size], size))

    @classmethod
    def of(cls, units: Iterable[str], strata: Iterable[str], sizes: Iterable[int] = ()) -> Frame:
        """A frame from its columns, checked.

        Raises:
            InputRefused: nothing to draw from, or a unit listed twice.
        """
        frame = cls(tuple(units), tuple(strata), tuple(sizes))
        if not frame.units:
            raise InputRefused("抽样框中没有单元，无法抽样。请先导入表册，或核对筛选条件。")
        if len(set(frame.units)) < len(frame.units):
            twice = [unit for unit, count in Counter(frame.units).items() if count > 1]
            raise InputRefused(
                f"抽样框中有{len(twice)}个单元出现不止一次（如 {'、'.join(twice[:3])}）。请去重后重新生成抽样框。"
            )
        return frame

    @property
    def lines(self) -> str:
        """The canonical text: unit, stratum and size with tabs between, one line a unit, in byte order."""
        sizes = self.sizes or ("",) * len(self.units)
        rows = [f"{u}\t{s}\t{z}\n" for u, s, z in zip(self.units, self.strata, sizes, strict=True)]
        return "".join(sorted(rows))

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical text, hex; `sha256sum` on the same lines gives the same."""
        return hashlib.sha256(self.lines.encode()).hexdigest()

    @classmethod
    def from_lines(cls, text: str) -> Frame:
        """The frame that a canonical text spells.

        Raises:
            InputRefused: a line does not hold three fields.
        """
        rows = [line.split("\t") for line in text.splitlines()]
        if any(len(row) != 3 or not row[2].isdecimal() and row[2] for row in rows):
            raise InputRefused("抽样框的文本不是“单元、层、规模”三列，可能被改动过。请用原始文件重新核验。")
        sizes = tuple(int(row[2]) for row in rows if row[2])
        if sizes and len(sizes) < len(rows):
            raise InputRefused("抽样框的规模一列有缺漏，可能被改动过。请用原始文件重新核验。")
        return cls.of((row[0] for row in rows), (row[1] for row in rows), sizes)


def reject_unprintable(text: str, what: str) -> str:
    """The text, if it stays one line and one field in every file it is written to.

    Raises:
        InputRefused: empty, with blanks at an end, or with control characters.
    """
    if not text or text != text.strip() or not text.isprintable():
        raise InputRefused(f"{what}不能为空，首尾不能有空格，中间不能有换行或制表符。请改正后重新抽样。")
    return text


def _texts(column: pd.Series, name: str) -> tuple[str, ...]:
    if column.isna().any():
        raise InputRefused(f"抽样框的“{name}”列有{int(column.isna().sum())}处为空。请补齐后重新生成抽样框。")
    texts = tuple(map(str, column.tolist()))
    if not "".join(texts).isprintable() or not all(texts) or any(map(_padded, texts)):
        for text in texts:
            reject_unprintable(text, f"抽样框“{name}”列的内容")
    return texts


def _padded(text: str) -> bool:
    return text[0] == " " or text[-1] == " "


def _sizes(column: pd.Series, name: str) -> tuple[int, ...]:
    numbers = pd.to_numeric(column, errors="coerce")
    wrong = numbers.isna() | (numbers < 0) | (numbers % 1 != 0)
    if wrong.any():
        raise InputRefused(
            f"抽样框的“{name}”列有{int(wrong.sum())}处不是非负整数（金额单位为分）。请更正后重新生成抽样框。"
        )
    return tuple(map(int, column.tolist()))
