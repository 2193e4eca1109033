"""The made-up county while it is being made: households, cadres, villages, and what was planted in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from dibao_lib.demo.hidden import Dirt, Planted
from dibao_lib.demo.people import Births, Person
from dibao_lib.demo.season import Season
from dibao_lib.demo.styles import Style
from dibao_lib.plan import Plan, Township

Row = dict[str, object]


@dataclass(slots=True)
class Member:
    """A person of a household as its register lists him."""

    person: Person
    rel: str
    covered: bool
    disability: str = ""


@dataclass(slots=True)
class Steps:
    """The four dated steps of an approval (R16)."""

    apply: dt.date | None
    review: dt.date | None
    twn_review: dt.date | None
    approve: dt.date | None


@dataclass(frozen=True, slots=True)
class Exit:
    """A removal from the register; of the whole household when `pid` is the head's."""

    on: dt.date
    reason: str
    route: str
    pid: str


@dataclass(slots=True)
class Household:
    """One household; mutable because irregularities are planted into it afterwards.

    Args:
        size: members as the register counts them, as `covered`.
        basis_fen: monthly income a person from which the amount follows (by tiers: what the tier leaves uncovered).
        income_fen: monthly income a person as the register and the latest assessment record it.
        earlier: (month, income): before that month the basis was that income.
        start: first month of cover; '' when the register leaves it blank.
        suspended: first month without cover although nobody wrote a removal.
        plain: nothing about it is special, so something may be planted.
        base_error_fen: what the approved monthly amount is off, as `total_error_fen` for the sum with top-ups.
        short_fen: month -> what that month's payment is short.
        moved: month -> month in which it was paid instead.
    """

    hh_id: str
    kind: str
    township: str
    village: str
    members: list[Member]
    size: int
    covered: int
    basis_fen: int
    income_fen: int
    start: str
    steps: Steps
    assessed: dt.date
    hukou_no: str
    acct: str
    phone: str
    group: int
    method: str = "补差"
    cls: str = "B"
    cause: str = "缺乏劳动力"
    living: str = "生活困难"
    top_hh_fen: int = 0
    top_person_fen: int = 0
    earlier: tuple[str, int] | None = None
    earlier_assessed: dt.date | None = None
    exit: Exit | None = None
    person_exits: list[Exit] = field(default_factory=list)
    suspended: str = ""
    plain: bool = True
    base_error_fen: int = 0
    total_error_fen: int = 0
    income_error_fen: int = 0
    unpaid: set[str] = field(default_factory=set)
    short_fen: dict[str, int] = field(default_factory=dict)
    clawed_fen: dict[str, int] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    bounced: set[str] = field(default_factory=set)
    collector: str = ""
    payee: str = ""

    @property
    def head(self) -> Person:
        """The head: the first member."""
        return self.members[0].person

    def active_on(self, day: dt.date) -> bool:
        """Whether the household draws the allowance on a day."""
        month = f"{day:%Y-%m}"
        gone = self.exit is not None and self.exit.on <= day
        return not gone and not self.suspended and self.start <= month


@dataclass(slots=True)
class Filing:
    """One relative a cadre declared."""

    household: Household
    person: Person
    relation: str


@dataclass(slots=True)
class Cadre:
    """A cadre on the roster; `book` is his household book, `kin` who else stands in it."""

    person: Person
    township: str
    village: str
    post: str
    level: str
    book: str
    kin: list[tuple[Person, str]] = field(default_factory=list)
    filings: list[Filing] = field(default_factory=list)
    filed_on: dt.date | None = None


@dataclass(slots=True)
class Body:
    """A village's review panel and its meeting; `met_on` is None where none was held, `signed` by the posted leader."""

    township: str
    village: str
    director: Person
    houses: int
    panel: list[tuple[Person, str]]
    met_on: dt.date | None
    present: int
    passed_over: set[str] = field(default_factory=set)
    signed: bool = True


@dataclass(slots=True)
class Draft:
    """Everything about the county before it is written down as tables."""

    plan: Plan
    seed: int
    season: Season
    births: Births
    styles: Mapping[str, Style]
    households: list[Household] = field(default_factory=list)
    cadres: list[Cadre] = field(default_factory=list)
    bodies: dict[str, Body] = field(default_factory=dict)
    registers: dict[str, list[Row]] = field(default_factory=dict)
    standards: list[Row] = field(default_factory=list)
    quiet_months: set[tuple[str, str]] = field(default_factory=set)
    miscounted: list[tuple[str, tuple[str, ...], str, int]] = field(default_factory=list)
    truth: list[Planted] = field(default_factory=list)

    def planted(self, check_id: str, household: Household, person_id: str = "") -> None:
        """Notes what was put into a household."""
        place = (household.township, household.village)
        self.truth.append(Planted(check_id, *place, household.hh_id, person_id))


@dataclass(frozen=True, slots=True)
class County:
    """The made-up county as tables, and what is hidden in it.

    Args:
        tables: table -> township code ('' for the office's own files) -> rows of field -> value; money in fen.
        truth: every irregularity a check must find.
        dirt: what intake must set aside.
    """

    plan: Plan
    seed: int
    season: Season
    styles: Mapping[str, Style]
    tables: Mapping[str, Mapping[str, list[Row]]]
    truth: tuple[Planted, ...]
    dirt: tuple[Dirt, ...]

    @property
    def townships(self) -> tuple[Township, ...]:
        """The townships of the plan."""
        return self.plan.townships
