"""Families of one to six: a head, a spouse, children, parents, as poor households are made up."""

from __future__ import annotations

import random

from dibao_lib.demo.model import Member
from dibao_lib.demo.names import family_name
from dibao_lib.demo.people import Births, Person

_SIZES = (*(1,) * 45, *(2,) * 33, *(3,) * 14, *(4,) * 6, 5, 6)
_LEVELS = ("一级", "二级", "二级", "三级", "四级")
# years after the head's birth, and the sex, of each relation
_DISTANCE = {"子": (23, 34, "男"), "女": (22, 33, "女"), "父母": (-32, -20, ""), "孙子女": (44, 58, "")}


def family(births: Births, rng: random.Random, kind: str) -> list[Member]:
    """The members of one household, head first; no two of them bear the same name."""
    year = int(rng.triangular(1924, 1982, 1944 if kind == "农村" else 1952))
    head = births.person(year)
    members = [Member(head, "本人", True)]
    for relation in _relations(rng, rng.choice(_SIZES) - 1, year):
        members.append(Member(_relative(births, rng, head, relation, {m.person.name for m in members}), relation, True))
    _leave_out(rng, members)
    for member in members:
        if rng.random() < 0.09:
            member.disability = rng.choice(_LEVELS)
    return members


def _relations(rng: random.Random, count: int, head_year: int) -> list[str]:
    """Relations of the other members; only younger heads live with parents, only older ones with grandchildren."""
    pool = [
        "配偶",
        *(["父母"] if head_year > 1945 else []),
        "子",
        "女",
        *(["孙子女"] if head_year < 1955 else []),
        "子",
        "女",
    ]
    if rng.random() < 0.3:
        pool.remove("配偶")
    return pool[:count]


def _relative(births: Births, rng: random.Random, head: Person, relation: str, taken: set[str]) -> Person:
    while True:
        person = _born(births, rng, head, relation)
        if person.name not in taken:
            return person


def _born(births: Births, rng: random.Random, head: Person, relation: str) -> Person:
    year = head.birth.year
    if relation == "配偶":
        return births.person(year + rng.randint(-4, 4), "女" if head.sex == "男" else "男")
    first, last, sex = _DISTANCE[relation]
    return births.person(min(year + rng.randint(first, last), 2009), sex, family_name(head.name))


def _leave_out(rng: random.Random, members: list[Member]) -> None:
    """In one larger household of five somebody earns enough not to be covered."""
    if len(members) > 1 and rng.random() < 0.2:
        rng.choice(members[1:]).covered = False
