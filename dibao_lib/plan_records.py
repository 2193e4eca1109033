"""What a plan is made of: clauses, stages, milestones, dated policy values, standards, townships (R01-R73)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

Value = int | Fraction | str | tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered requirement of the plan and what the software does for it."""

    id: str
    part: str
    text: str
    summary: str
    software: str


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the campaign's stages; its dates are named `<id>_start` and `<id>_end`."""

    id: str
    name: str
    start: dt.date
    end: dt.date
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Milestone:
    """What must be done, by whom and when; its dates are named `<key>_due` and, for a window, `<key>_start`."""

    id: str
    key: str
    due: dt.date
    who: str
    item: str
    clauses: tuple[str, ...]
    start: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """The value of one rule from a date on, with its source; the unit decides how the value is read."""

    id: str
    name: str
    value: Value
    unit: str
    effective: dt.date
    source: str
    confirmed: bool
    checks: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """The minimum living standard of one kind (城市, 农村) from a date on, a person a month."""

    kind: str
    effective: dt.date
    std_fen: int
    floor_fen: int
    doc_no: str
    source: str
    confirmed: bool
    subsidy_avg_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Village:
    """A village or community committee; its code begins with its township's."""

    code: str
    name: str

    @property
    def township_code(self) -> str:
        """Code of the township it belongs to."""
        return self.code[:9]


@dataclass(frozen=True, slots=True)
class Township:
    """A township, town or street with its villages; aliases are former names and usual misspellings."""

    code: str
    name: str
    type: str
    villages: tuple[Village, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disposition:
    """One row of the decision table: the software proposes, a named person decides."""

    id: str
    condition: str
    proposal: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The place under inspection, the first six digits of its residents' ids, how its plates and telephones begin.

    Args:
        plate_prefix: 赣E; blank when nobody wrote it down.
        phone_area_code: 0793, with its leading zero; blank when nobody wrote it down.
    """

    name: str
    code: str
    id_area_codes: tuple[str, ...]
    plate_prefix: str = ""
    phone_area_code: str = ""


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who leads and signs: the leading group, its head, its office, the bureau (R68)."""

    group: str
    head: str
    office: str
    bureau: str


@dataclass(frozen=True, slots=True)
class Period:
    """First and last month of evidence as the file fixes them; blank means the default."""

    start_month: str = ""
    end_month: str = ""


@dataclass(frozen=True, slots=True)
class Quotas:
    """The numbers the plan itself demands (R41, R42, R51, R57-R59)."""

    supervision: Fraction
    cross_inspection: Fraction
    panel_minimum: int
    panel_representatives: Fraction
    board_retention_days: int
    verification_groups: int


@dataclass(frozen=True, slots=True)
class Codes:
    """Word lists that ledgers and reports use as they stand (R02-R04, R06, R14)."""

    goals: tuple[str, ...]
    targets: tuple[str, ...]
    slogans: tuple[str, ...]
    improper_kinds: tuple[str, ...]
    problem_types: tuple[str, ...]
    routes: tuple[str, ...]
    case_states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordStore:
    """Where field records are kept: `url` of the office's PostgreSQL, empty for records.db in the workspace."""

    url: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The red head (红头) and closing lines (版记) of the circular; blank texts mean the usual ones of the organiser.

    Args:
        circular: whether the circular of the whole place bears them.
        townships: whether the reports of the townships do.
        issuer: the red line, such as 某市某领导小组办公室文件.
        number: 发文字号; blank leaves room to write it in.
        addressee: 主送, without the colon.
        copies: 抄送, without the full stop.
        printer: who prints and sends it.
    """

    circular: bool = True
    townships: bool = False
    issuer: str = ""
    number: str = ""
    addressee: str = ""
    copies: str = ""
    printer: str = ""
