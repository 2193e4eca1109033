"""What people said about files: which form a sheet is, what its columns mean, units, values for all rows.

An answer lies beside its file as `台账.xlsx.toml`. What it says about a header is remembered for the next file with the
same header, because the manifest keeps it; what it says about one file only (township, cut-off date, months) is not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from dibao_lib.evidence.header import Header

# stands for every sheet of a file, and for the one table of a text file
ANY_SHEET = "*"
# in place of a form: the sheet is left out; in place of a field: the column is
LEAVE_OUT = "不导入"
# what 2010.1 may mean
MONTHS = {"1月": "01", "10月": "10"}


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """What a person said about one sheet; everything left out is recognised as usual.

    Args:
        form: title of the form; 不导入 leaves the sheet out.
        header_rows: numbers of the first and last row of the header.
        columns: letter or header of a column -> header or name of a field; 不导入 leaves the column out.
        units: header or name of an amount field -> its unit, such as 万元 or 元/户·季.
        months: header or name of a month field -> what 2010.1 means there, 1月 or 10月.
        constants: header or name of a field -> its value for every row.
    """

    form: str = ""
    header_rows: tuple[int, int] | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    months: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SheetAnswer:
        """The answer as the manifest or another process wrote it down."""
        rows = data.get("header_rows")
        return cls(**{**data, "header_rows": (rows[0], rows[1]) if rows else None})

    def lasting(self) -> SheetAnswer:
        """The part that holds for every file with the same header."""
        return SheetAnswer(form=self.form, columns=dict(self.columns), units=dict(self.units))


NOTHING_SAID = SheetAnswer()


@dataclass(frozen=True, slots=True)
class Guidance:
    """What is known about a file before it is read.

    Args:
        sheets: name of a sheet, or *, -> what the file's own answer says.
        remembered: shape of a header -> what was said about such headers before.
        standard: the highest standard of the plan a person a month, in fen; 0 when the plan names none.
    """

    sheets: Mapping[str, SheetAnswer] = field(default_factory=dict)
    remembered: Mapping[str, SheetAnswer] = field(default_factory=dict)
    standard: int = 0

    def own(self, sheet: str) -> SheetAnswer:
        """What the file's own answer says about a sheet."""
        return self.sheets.get(sheet) or self.sheets.get(ANY_SHEET) or NOTHING_SAID

    def recalled(self, header: Header) -> SheetAnswer:
        """What was said about such a header before."""
        return self.remembered.get(shape_of(header)) or NOTHING_SAID

    def to_json(self) -> dict[str, Any]:
        """What `from_json` builds it from again."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Guidance:
        """The guidance another process wrote down."""
        sheets, remembered = (
            {key: SheetAnswer.from_json(one) for key, one in data[kind].items()} for kind in ("sheets", "remembered")
        )
        return cls(sheets, remembered, data["standard"])


NO_GUIDANCE = Guidance()


def shape_of(header: Header) -> str:
    """The same for two headers with the same labels in the same columns."""
    return hashlib.sha256(json.dumps(header.paths, ensure_ascii=False).encode()).hexdigest()[:16]


def remembered(said: Iterable[tuple[str, SheetAnswer]]) -> dict[str, SheetAnswer]:
    """Shape -> what all answers about it agree on, in whatever order they are given.

    Args:
        said: (shape, answer) of sheets that were read with an answer of their own.
    """
    by_shape: dict[str, list[SheetAnswer]] = {}
    for shape, answer in said:
        by_shape.setdefault(shape, []).append(answer.lasting())
    agreed = {shape: _agreed(answers) for shape, answers in sorted(by_shape.items())}
    return {shape: answer for shape, answer in agreed.items() if answer != NOTHING_SAID}


def _agreed(answers: list[SheetAnswer]) -> SheetAnswer:
    forms = {answer.form for answer in answers if answer.form}
    if len(forms) > 1:
        return NOTHING_SAID
    columns, units = (_united([getattr(answer, key) for answer in answers]) for key in ("columns", "units"))
    return SheetAnswer(form="".join(forms), columns=columns, units=units)


def _united(answers: list[Mapping[str, str]]) -> dict[str, str]:
    """Every key all answers that have it agree on."""
    values: dict[str, set[str]] = {}
    for key, value in (item for answer in answers for item in answer.items()):
        values.setdefault(key, set()).add(value)
    return {key: next(iter(found)) for key, found in sorted(values.items()) if len(found) == 1}
