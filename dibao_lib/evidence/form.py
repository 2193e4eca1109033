"""How a form is declared: one table, its columns, their Chinese headers, types and units (columns.tsv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction


class Kind(Enum):
    """What a column holds, and so how its cells are read and stored."""

    # kept as written, white space trimmed
    TEXT = "文本"
    # a person's name: inner spaces and a note in brackets are not part of it
    NAME = "姓名"
    # an identifier: text, never a number; a numeric cell of 16 digits or more has lost digits
    CODE = "编号"
    # an 18-digit citizen id, checked
    PID = "身份证号"
    # int64 fen
    MONEY = "金额"
    INT = "整数"
    # a quantity that is no money, four decimals kept (面积)
    NUMBER = "数量"
    BOOL = "是否"
    DATE = "日期"
    # 'YYYY-MM'
    MONTH = "月份"
    # one of the declared choices
    CHOICE = "选项"
    # a 9- or 12-digit division code as the gazetteer's own lists define it
    AREA = "区划代码"
    # names or codes resolved to the 9- and 12-digit codes of the gazetteer
    TOWNSHIP = "乡镇"
    VILLAGE = "村居"
    # several names in one cell: list of strings
    LIST = "名单"


@dataclass(frozen=True, slots=True)
class Band:
    """Where the middle value of an amount column must lie, in fen, before its unit is believed.

    Args:
        low: smallest believable middle value.
        high: largest believable middle value.
        per: field with the heads to divide by; blank means the amount of a row as it is.
    """

    low: int
    high: int
    per: str = ""


@dataclass(frozen=True, slots=True)
class Average:
    """A printed amount a head, which proves the unit of the amounts it was computed from.

    Args:
        printed: field of the printed figure, in yuan.
        amount: field of the amount that was divided.
        heads: field of the number of heads.
    """

    printed: str
    amount: str
    heads: str


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table.

    Args:
        name: field name in Parquet; `a.b` is member b of the struct column a.
        header: the header the blank form prints.
        synonyms: other headers that mean the same.
        kind: type of the cells.
        required: a row without a trustworthy value here is quarantined whole; elsewhere only the cell is.
        choices: canonical value -> other ways to write it; of a BOOL field, 是 and 否 -> what its column says instead.
        open: values outside the choices are kept as written instead of being quarantined.
        scales: header -> factor that turns the file's figure into the table's unit (年收入 / 12 -> 月).
        private: person data; its values never appear in messages.
        unit: unit of the stored value, for people; 年 and 月 in it decide how a header's own period is converted.
        plausible: band of the column's middle value; outside it a person is asked for the unit.
        heads: field with the heads by which an amount stated a head becomes the household's.
        titled: without a column, the words of title, sheet and file name may give the value.
        absent: the sentence for the report when rows have no value here.
    """

    name: str
    header: str
    synonyms: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open: bool = False
    scales: Mapping[str, Fraction] = field(default_factory=dict)
    private: bool = False
    unit: str = ""
    plausible: Band | None = None
    heads: str = ""
    titled: bool = False
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Column groups that repeat in a wide sheet (姓名1 身份证号1 … 姓名6 身份证号6), one row of `table` each.

    Args:
        table: the table the groups become rows of.
        headers: field of that table -> header stems without the number.
        carry: fields of the main row copied to each.
        most: highest number looked for.
    """

    table: str
    headers: Mapping[str, tuple[str, ...]]
    carry: tuple[str, ...]
    most: int = 6


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one household, of which only the head's, the first, bears the number.

    Args:
        key: field that is blank below the head's row.
        role: field that tells the head from the others.
        head: value of `role` in the head's row.
    """

    key: str
    role: str
    head: str


@dataclass(frozen=True, slots=True)
class Provisional:
    """What a household without a number is known by.

    Args:
        number: field of the number.
        person: field of the head's id.
        place: field of the village.
    """

    number: str
    person: str
    place: str


@dataclass(frozen=True, slots=True)
class Form:
    """One form as offices send it.

    Args:
        table: the evidence table its rows go to.
        title: its name on paper.
        fields: its columns.
        title_words: words of a title or file name that point to this form when headers alone do not.
        marks: fields that must be found as columns (or title lines) before a sheet counts as this form.
        constants: field -> value this form always means (the register's source).
        repeat: repeating column groups of a wide sheet.
        averages: printed averages that prove units.
        block: how rows of one household hang together when only the first bears its number.
        provisional: how a household without a number gets a provisional one.
    """

    table: str
    title: str
    fields: tuple[Field, ...]
    title_words: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    repeat: Repeat | None = None
    averages: tuple[Average, ...] = ()
    block: Block | None = None
    provisional: Provisional | None = None

    def field(self, name: str) -> Field:
        """The column of that name."""
        return next(f for f in self.fields if f.name == name)
