"""How the made-up campaign writes into the log: every record is one that a form would accept, by a named person, in time."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dibao_lib.demo.names import full_name
from dibao_lib.plan import Plan
from dibao_lib.records import review
from dibao_lib.records.attachments import Attachments
from dibao_lib.records.form import blank
from dibao_lib.records.identifiers import new_id
from dibao_lib.records.kinds import record_form
from dibao_lib.records.log import RecordLog
from dibao_lib.records.validate import tidy, validate
from dibao_lib.widgets.case import case_id

REVIEWER = "邵建国"


@dataclass(slots=True)
class Pen:
    """Writes records one after the other.

    Args:
        log: the workspace's log.
        plan: whose rules every record must pass.
        attachments: where proofs are kept.
        rng: the stream of everything that is chosen here.
        clicks: how many events were written.
    """

    log: RecordLog
    plan: Plan
    attachments: Attachments
    rng: random.Random
    clicks: int = 0
    teams: tuple[tuple[str, str], ...] = field(default=())

    def __post_init__(self) -> None:
        """Names the teams."""
        self.teams = tuple(
            (full_name(self.rng, "男", 1968), full_name(self.rng, "女", 1979))
            for _ in range(self.plan.quotas.verification_groups)
        )

    def click(self) -> str:
        """A submission id, new each time."""
        self.clicks += 1
        return f"demo-{self.clicks:08d}"

    def at(self, day: dt.date) -> dt.datetime:
        """Some minute of a working day."""
        return dt.datetime.combine(day, dt.time(8 + self.rng.randrange(9), self.rng.randrange(60)))

    def write(self, kind: str, answers: Mapping[str, Any], who: str, day: dt.date, unit: str = "") -> str:
        """Saves a new record and returns its id; of a case that the desks list (`unit`), the one they open.

        Raises:
            ValueError: a form would not accept it.
        """
        now = self.at(day)
        record_id = case_id(kind, unit) if unit else new_id(now, self.rng.randbytes)
        self.log.save(kind, record_id, self._sound(kind, answers), who=who, now=now, submission=self.click())
        return record_id

    def rewrite(self, record_id: str, answers: Mapping[str, Any], who: str, day: dt.date, reason: str = "") -> None:
        """Saves a record again with some other answers."""
        record = self.log.record(record_id)
        if record is None:
            raise ValueError(record_id)
        data = self._sound(record.kind, {**record.data, **answers})
        more = {"who": who, "now": self.at(day), "submission": self.click(), "base": record.revision}
        self.log.save(record.kind, record_id, data, reason=reason, **more)  # type: ignore[arg-type]

    def approve(self, record_id: str, who: str, day: dt.date) -> None:
        """Submits a record and has it approved."""
        now = self.at(day)
        review.submit(self.log, self.plan, record_id, who=who, now=now, submission=self.click())
        review.approve(self.log, record_id, who=REVIEWER, now=now, submission=self.click())

    def sign(self, record_id: str, people: tuple[str, ...], day: dt.date) -> None:
        """Has people sign a record."""
        for who in people:
            review.sign(self.log, self.plan, record_id, who=who, now=self.at(day), submission=self.click())

    def file(self, name: str) -> dict[str, Any]:
        """A made-up attachment, stored."""
        content = f"虚构的附件：{name}\n".encode()
        upload = hashlib.sha256(content).hexdigest()[:32]
        self.attachments.chunk(upload, 0, content)
        return {"name": name, "size": len(content), "sha256": self.attachments.finish(upload, len(content))}

    def _sound(self, kind: str, answers: Mapping[str, Any]) -> dict[str, Any]:
        form = record_form(kind, self.plan)
        data = tidy(form, blank(form, answers))
        if faults := validate(form, data):
            raise ValueError(f"{kind}: {faults}")
        return data


def working_days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Monday to Friday from first to last, over and over."""
    days = [first + dt.timedelta(n) for n in range((last - first).days + 1)]
    while True:
        yield from (day for day in days if day.weekday() < 5)
