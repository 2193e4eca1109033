"""Honest dirt: cells and rows that cannot be trusted and from which no finding may follow (dirty-data.md)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from dibao_lib.demo.hidden import Dirt
from dibao_lib.demo.model import Draft, Row
from dibao_lib.demo.season import stream
from dibao_lib.demo.styles import Book

Tables = dict[str, dict[str, list[Row]]]


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell that is written exactly so, whatever the office's habits."""

    value: str | float


def soil(draft: Draft, tables: Tables) -> tuple[Dirt, ...]:
    """Spoils a few cells and adds a few stray rows; says what intake must set aside for it."""
    rng = stream(draft.seed, "dirt")
    quiet = {h.hh_id for h in draft.households if h.plain}
    return tuple(spill(draft, tables, quiet, rng) for spill in _SPILLS)


def _township(draft: Draft, book: Book, rng: random.Random) -> str:
    return rng.choice([code for code, style in draft.styles.items() if style.book == book])


def _numeric_ids(draft: Draft, tables: Tables, quiet: set[str], rng: random.Random) -> Dirt:
    """Ids typed as numbers: Excel kept fifteen digits."""
    township = _township(draft, "ministry", rng)
    rows = [r for r in tables["members"][township] if r["hh_id"] in quiet and not str(r["pid"]).endswith("X")]
    for row in rng.sample(rows, 5):
        row["pid"] = Raw(float(str(row["pid"])))
    return Dirt(township, "members", "pid", 5, "digits_lost")


def _mistyped_ids(draft: Draft, tables: Tables, quiet: set[str], rng: random.Random) -> Dirt:
    """One digit wrong: the check character says so."""
    township = _township(draft, "printed", rng)
    rows = [r for r in tables["members"][township] if r["hh_id"] in quiet]
    for row in rng.sample(rows, 2):
        row["pid"] = Raw(_mistyped(str(row["pid"])))
    return Dirt(township, "members", "pid", 2, "bad_id")


def _mistyped(pid: str) -> str:
    return pid[:16] + str((int(pid[16]) + 4) % 10) + pid[17:]


def _unknown_village(draft: Draft, tables: Tables, quiet: set[str], rng: random.Random) -> Dirt:
    """A hamlet nobody finds on the list of villages."""
    township = _township(draft, "csv", rng)
    row = rng.choice([r for r in tables["households"][township] if r["hh_id"] in quiet])
    row["vil_id"] = Raw("上新屋自然村")
    return Dirt(township, "households", "vil_id", 1, "unknown_village")


def _strange_amount(draft: Draft, tables: Tables, quiet: set[str], rng: random.Random) -> Dirt:
    """Words where money belongs."""
    township = _township(draft, "wide", rng)
    row = rng.choice([r for r in tables["households"][township] if r["hh_id"] in quiet])
    row["assets"] = Raw("约三千")
    return Dirt(township, "households", "assets", 1, "bad_money")


def _blank_amount(draft: Draft, tables: Tables, quiet: set[str], rng: random.Random) -> Dirt:
    """A payment line typed twice, the second time without its amount."""
    township = _township(draft, "xls", rng)
    rows = tables["payments"][township]
    place = rng.choice([p for p, r in enumerate(rows) if r["hh_id"] in quiet])
    rows.insert(place + 1, rows[place] | {"amt": None})
    return Dirt(township, "payments", "amt", 1, "missing")


def _impossible_date(draft: Draft, tables: Tables, quiet: set[str], rng: random.Random) -> Dirt:
    """A posting that ended on the 31st of June."""
    township = _township(draft, "csv", rng)
    row = rng.choice([r for r in tables["case_events"][township] if r["hh_id"] in quiet])
    row["post1_end"] = Raw(f"{draft.season.year - 1}年6月31日")
    return Dirt(township, "case_events", "post1_end", 1, "bad_date")


def _numeric_register_id(draft: Draft, tables: Tables, quiet: set[str], rng: random.Random) -> Dirt:
    """An entry of the payroll whose id was typed as a number."""
    rows = [
        r
        for r in tables["registers"][""]
        if r["reg"] == "财政供养" and r["attr"] == "教师" and str(r["pid"])[-1] != "X"
    ]
    row = rng.choice(rows)
    row["pid"] = Raw(float(str(row["pid"])))
    return Dirt("", "registers", "pid", 1, "digits_lost")


_SPILLS: tuple[Callable[[Draft, Tables, set[str], random.Random], Dirt], ...] = (
    _numeric_ids,
    _mistyped_ids,
    _unknown_village,
    _strange_amount,
    _blank_amount,
    _impossible_date,
    _numeric_register_id,
)
