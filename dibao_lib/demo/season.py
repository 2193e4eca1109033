"""The days of the made-up campaign, all derived from the plan's year, and its streams of randomness."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from dibao_lib.plan import Plan
from dibao_lib.units import add_months, months_between


@dataclass(frozen=True, slots=True)
class Season:
    """When what happens: months of evidence, deadlines, the day the office looks at it."""

    today: dt.date
    months: tuple[str, ...]
    self_inspection: dt.date
    filings_due: dt.date
    reviews_due: dt.date
    report_due: dt.date

    @property
    def year(self) -> int:
        """The year of the campaign."""
        return self.today.year

    @property
    def first(self) -> str:
        """First month of evidence."""
        return self.months[0]

    @property
    def last(self) -> str:
        """Last month of evidence."""
        return self.months[-1]


def demo_day(plan: Plan) -> dt.date:
    """The day as of which the made-up county is inspected: 30 June of the campaign year."""
    return dt.date(plan.year, 6, 30)


def season(plan: Plan) -> Season:
    """The plan's dates as the made-up county lives them."""
    today = demo_day(plan)
    return Season(
        today=today,
        months=tuple(months_between(*plan.period(today))),
        self_inspection=plan.date("self_inspection_start"),
        filings_due=plan.date("cadre_forms_due"),
        reviews_due=plan.date("panel_review_due"),
        report_due=plan.date("self_report_due"),
    )


def stream(seed: int, part: str) -> random.Random:
    """Randomness of one part, so that a change in one part leaves the others as they were."""
    return random.Random(f"{seed}/{part}")


def last_day(month: str) -> dt.date:
    """'2010-02' -> 2010-02-28."""
    return dt.date.fromisoformat(add_months(month, 1) + "-01") - dt.timedelta(1)


def day_in(rng: random.Random, month: str, first: int = 1, last: int = 28) -> dt.date:
    """Some day of a month."""
    return dt.date.fromisoformat(f"{month}-{rng.randint(first, last):02d}")


def day_between(rng: random.Random, first: dt.date, last: dt.date) -> dt.date:
    """Some day from first to last, both included."""
    return first + dt.timedelta(rng.randint(0, (last - first).days))


def quarter_start(month: str) -> str:
    """First month of the quarter a month lies in."""
    return add_months(month, -((int(month[5:]) - 1) % 3))
