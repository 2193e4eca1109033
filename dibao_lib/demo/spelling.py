"""Writes one value the way an office's typist does: dates, ids, money, places, words (dirty-data.md)."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dibao_lib.demo.dirt import Raw
from dibao_lib.demo.styles import Dates, Style
from dibao_lib.evidence.form import Field, Kind
from dibao_lib.plan import Plan

Cell = str | int | float | dt.date | None
Writer = Callable[[object], Cell]

_FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_DATES: Mapping[Dates, Callable[[dt.date], Cell]] = {
    "compact": lambda day: int(f"{day:%Y%m%d}"),
    "dotted": lambda day: f"{day.year}.{day.month}.{day.day}",
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "dashed": lambda day: day.isoformat(),
    "real": lambda day: day,
}
_MONTHS: Mapping[Dates, Callable[[str], Cell]] = {
    "compact": lambda month: month.replace("-", ""),
    "dotted": lambda month: month.replace("-", "."),
    "chinese": lambda month: f"{month[:4]}年{int(month[5:])}月",
    "dashed": lambda month: month,
    "real": lambda month: dt.date.fromisoformat(f"{month}-01"),
}
# what a village is called in short
_COMMITTEES = ("村民委员会", "社区居民委员会", "居民委员会")


@dataclass(frozen=True, slots=True)
class Typist:
    """Writes cells in one office's habits.

    Args:
        style: the office's habits.
        rng: which cells get the odd spelling.
        places: division code -> name as this office writes it.
    """

    style: Style
    rng: random.Random
    places: Mapping[str, str]

    def writer(self, field: Field) -> Writer:
        """How cells of one column are written."""
        write = self._writer(field)
        return lambda value: None if value is None else value.value if isinstance(value, Raw) else write(value)

    def _writer(self, field: Field) -> Writer:
        match field.kind:
            case Kind.PID:
                return self.pid
            case Kind.NAME:
                return self.name
            case Kind.MONEY:
                return self.money
            case Kind.DATE:
                return _day(_DATES[self.style.dates])
            case Kind.MONTH:
                return _text(_MONTHS[self.style.dates])
            case Kind.BOOL:
                return _truth(field)
            case Kind.CHOICE:
                return _text(self._choices(field).__getitem__)
            case Kind.TOWNSHIP | Kind.VILLAGE:
                return _text(self.places.__getitem__)
            case Kind.LIST:
                return lambda value: "、".join(value) if isinstance(value, list) else str(value)
            case _:
                return lambda value: value if isinstance(value, int) else str(value)

    def pid(self, value: object) -> Cell:
        """Mostly as it is; now and then with blanks, full-width digits, a small x, or the old fifteen digits."""
        pid, chance = str(value), self.rng.random()
        if chance > 0.10:
            return pid.lower() if pid[-1] == "X" and chance > 0.6 else pid
        if chance < 0.03 and "1940" < pid[6:10] < "1985":
            return pid[:6] + pid[8:17]
        if chance < 0.06:
            return f"{pid[:6]} {pid[6:14]} {pid[14:]}"
        return f" {pid}\u3000" if chance < 0.08 else pid.translate(_FULL_WIDTH)

    def name(self, value: object) -> Cell:
        """Mostly as it is; two characters are sometimes set apart, and a dot is whatever the keyboard gives."""
        name = str(value)
        if len(name) == 2 and self.rng.random() < 0.05:
            return f"{name[0]}\u3000{name[1]}"
        return name.replace("·", self.rng.choice("·•．")) if "·" in name else name

    def money(self, value: object) -> Cell:
        """Fen as yuan, now and then as the text an accountant would print."""
        fen = int(str(value))
        if self.rng.random() < 0.02:
            return f"{fen / 100:,.2f}"
        return fen // 100 if fen % 100 == 0 else fen / 100

    def _choices(self, field: Field) -> Mapping[str, str]:
        """Choice -> the form's word, or the office's."""
        if not self.style.words:
            return _Same()
        return _Same({choice: words[0] for choice, words in field.choices.items() if words})


class _Same(dict[str, str]):
    """A mapping that leaves what it does not know as it is."""

    def __missing__(self, key: str) -> str:
        return key


def _day(write: Callable[[dt.date], Cell]) -> Writer:
    return lambda value: write(value) if isinstance(value, dt.date) else str(value)


def _text(write: Callable[[str], Cell]) -> Writer:
    return lambda value: write(str(value))


def _truth(field: Field) -> Writer:
    """是 and 否, or the words of a column that says otherwise (有无: a nil return is 无)."""
    words = {True: "是", False: "否"} | ({True: "无", False: "有"} if field.name == "nil" else {})
    return lambda value: words[bool(value)]


def place_names(plan: Plan, style: Style) -> Mapping[str, str]:
    """Division code -> name, in full or in short."""
    names = {township.code: township.name for township in plan.townships}
    return names | {v.code: _short(v.name) if style.short_places else v.name for v in plan.villages}


def _short(name: str) -> str:
    for committee in _COMMITTEES:
        if name.endswith(committee):
            return name.removesuffix(committee) + {"村": "村", "社": "社区"}.get(committee[0], "居委会")
    return name
