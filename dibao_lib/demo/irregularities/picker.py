"""Chooses ordinary households and villages to plant something in, spread over townships, each once."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from dibao_lib.demo.model import Body, Draft, Household
from dibao_lib.demo.season import stream


@dataclass(slots=True)
class Picker:
    """Choices of one kind of irregularity; what was chosen before is not chosen again."""

    draft: Draft
    rng: random.Random = field(default_factory=random.Random)
    villages_used: set[str] = field(default_factory=set)

    def named(self, part: str) -> Picker:
        """The picker of one irregularity, with randomness of its own."""
        return Picker(self.draft, stream(self.draft.seed, f"plant/{part}"), self.villages_used)

    def households(self, count: int, where: Callable[[Household], bool] = lambda _: True) -> list[Household]:
        """Ordinary households on the exact gap, no two from one township while others are left."""
        pool = [h for h in self.draft.households if h.plain and h.method == "补差" and where(h)]
        self.rng.shuffle(pool)
        taken: Counter[str] = Counter()
        chosen = []
        for _ in range(count):
            household = min(pool, key=lambda h: taken[h.township])
            pool.remove(household)
            taken[household.township] += 1
            household.plain = False
            chosen.append(household)
        return chosen

    def listed(self, count: int, where: Callable[[Household], bool] = lambda _: True) -> list[Household]:
        """Households all of whose members stand in the member lists."""
        return self.households(count, lambda h: self.draft.styles[h.township].heads_listed and where(h))

    def villages(self, count: int, where: Callable[[Body], bool] = lambda _: True) -> list[Body]:
        """Villages in which nothing was planted yet, one a township."""
        pool = [b for b in self.draft.bodies.values() if b.village not in self.villages_used and where(b)]
        self.rng.shuffle(pool)
        chosen = list({body.township: body for body in pool}.values())[:count]
        self.villages_used.update(body.village for body in chosen)
        return chosen

    def neighbours(self, count: int, *, collected: bool = False) -> list[Household]:
        """Ordinary households of one village; where asked, of a township whose files name collectors."""
        villages: dict[str, list[Household]] = defaultdict(list)
        for household in self.draft.households:
            if household.plain and (not collected or self.draft.styles[household.township].names_collectors):
                villages[household.village].append(household)
        fitting = [group for group in villages.values() if len(group) >= count + 5]
        chosen = self.rng.sample(self.rng.choice(fitting), count)
        for household in chosen:
            household.plain = False
        return chosen
