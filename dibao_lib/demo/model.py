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


@dataclass(frozen=True, slots=True)
class Vote:
    """Votes on a household where they are not the usual ones."""

    agree: int
    disagree: int
    abstain: int
    result: str


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
        paid_from: first month paid although cover had not begun; `paid_to` the last one although it had ended.
        doubled: months paid twice; `undone` those of them whose second payment was taken back.
        unassessed: no determination of income is on record.
        confirmed: an old determination was confirmed when its class fell due.
        redetermined: day of a further determination of the same income.
        listed_name: the head's name as the member list has it, where it differs.
        in_system: the information system holds it; `stale` = still holds it after it left.
        post_days: days of the posting before approval.
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
    payee_name: str = ""
    paid_from: str = ""
    paid_to: str = ""
    doubled: set[str] = field(default_factory=set)
    undone: set[str] = field(default_factory=set)
    cash: bool = False
    vote: Vote | None = None
    unassessed: bool = False
    confirmed: bool = True
    redetermined: dt.date | None = None
    listed_name: str = ""
    in_system: bool = True
    stale: bool = False
    system_error_fen: int = 0
    post_days: int = 7

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
    verdict: str = "符合"
    action: str = "保留"


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
    """A village's review panel and its meeting; `met_on` is None where none was held.

    Args:
        signed: the posted leader signed the summary form; `signed_once` = on its first line only.
    """

    township: str
    village: str
    director: Person
    houses: int
    panel: list[tuple[Person, str]]
    met_on: dt.date | None
    present: int
    passed_over: set[str] = field(default_factory=set)
    signed: bool = True
    signed_once: bool = False


@dataclass(slots=True)
class Board:
    """A village's notice board as somebody saw it; `named` = the names were written down, else their number.

    Args:
        tells: whether the telephones of 民政局, 监察局 and 信访局 stand on it.
        left_out: certificate numbers of households that should stand on it and do not.
        added: names that stand on it and should not.
    """

    township: str
    village: str
    kind: str
    seen_on: dt.date
    since: dt.date
    until: dt.date | None = None
    named: bool = False
    format_ok: bool | None = True
    tells: tuple[bool, bool, bool] = (True, True, True)
    left_out: set[str] = field(default_factory=set)
    added: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Purse:
    """What is wrong with a township's money ledger: a balance off by so much, a payout too high, other uses."""

    balance_fen: int = 0
    payout_fen: int = 0
    spent: list[tuple[str, str, int]] = field(default_factory=list)


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
    pay_days: dict[tuple[str, str], int] = field(default_factory=dict)
    ghosts: dict[str, list[Row]] = field(default_factory=dict)
    boards: list[Board] = field(default_factory=list)
    complaints: dict[str, list[Row]] = field(default_factory=dict)
    purses: dict[str, Purse] = field(default_factory=dict)
    statistics_filed: dict[str, dt.date] = field(default_factory=dict)
    visits: list[Row] = field(default_factory=list)
    hearings: list[Row] = field(default_factory=list)
    problems: list[Row] = field(default_factory=list)
    truth: list[Planted] = field(default_factory=list)
    lawful: list[Planted] = field(default_factory=list)

    def planted(self, check_id: str, household: Household, person_id: str = "") -> None:
        """Notes what was put into a household."""
        place = (household.township, household.village)
        self.truth.append(Planted(check_id, *place, household.hh_id, person_id))

    def spared(self, check_id: str, household: Household) -> None:
        """Notes a household that looks as if it broke a rule and does not."""
        self.lawful.append(Planted(check_id, household.township, household.village, household.hh_id))


@dataclass(frozen=True, slots=True)
class County:
    """The made-up county as tables, and what is hidden in it.

    Args:
        tables: table -> township code ('' for the office's own files) -> rows of field -> value; money in fen.
        truth: every irregularity a check must find.
        lawful: cases that look alike and that the check must leave alone.
        dirt: what intake must set aside.
    """

    plan: Plan
    seed: int
    season: Season
    styles: Mapping[str, Style]
    tables: Mapping[str, Mapping[str, list[Row]]]
    truth: tuple[Planted, ...]
    lawful: tuple[Planted, ...]
    dirt: tuple[Dirt, ...]

    @property
    def townships(self) -> tuple[Township, ...]:
        """The townships of the plan."""
        return self.plan.townships
