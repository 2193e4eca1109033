"""Made-up persons with valid id numbers whose serial numbers lie above those ever issued in so small a county."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from dibao_lib.demo.names import full_name
from dibao_lib.idnumber import check_character

# serial numbers of a day are issued from 001 upwards; 700 births a day do not happen here
_SERIALS = range(700, 990)
# years in which the county's area code changed, newest code first
_CODE_CHANGES = (2000, 1990)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    pid: str
    name: str
    sex: str
    birth: dt.date


@dataclass(slots=True)
class Births:
    """Issues persons; no id number twice.

    Args:
        rng: the stream of this part.
        area_codes: first six digits, newest first.
        issued: first 17 digits given out so far, shared between streams.
    """

    rng: random.Random
    area_codes: tuple[str, ...]
    issued: set[str] = field(default_factory=set)

    def person(self, birth_year: int, sex: str = "", surname: str = "") -> Person:
        """A new person born in that year."""
        rng = self.rng
        sex = sex or ("男" if rng.random() < 0.52 else "女")
        while True:
            birth = dt.date(birth_year, 1, 1) + dt.timedelta(rng.randrange(365))
            serial = rng.choice(_SERIALS) // 2 * 2 + (sex == "男")
            first17 = f"{self._area(birth_year)}{birth:%Y%m%d}{serial:03d}"
            if first17 not in self.issued:
                break
        self.issued.add(first17)
        return Person(first17 + check_character(first17), full_name(rng, sex, birth_year, surname), sex, birth)

    def adult(self) -> Person:
        """A new person of working age, for rosters and registers."""
        return self.person(self.rng.randint(1952, 1985))

    def _area(self, birth_year: int) -> str:
        changes_after = sum(birth_year < change for change in _CODE_CHANGES)
        return self.area_codes[min(changes_after, len(self.area_codes) - 1)]
