"""Two standards at one time: in documents, and in what a township really grants (R11)."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.irregularities.picker import Picker
from dibao_lib.demo.model import Draft, Household, Row
from dibao_lib.demo.money import Rates
from dibao_lib.demo.standards import standard_row

_DELTA_FEN = 1500


def second_documents(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Pairs of documents that overlap; no household lives under any of them."""
    year = draft.season.year
    earliest = min(s.effective for s in draft.plan.standards if s.kind == "农村")
    before = earliest.replace(year=earliest.year - 1)
    pairs = [
        ("农村", "全市", (before, None, 9000), (before, None, 9500)),
        (
            "城市",
            "国有垦殖场",
            (dt.date(year - 1, 1, 1), dt.date(year - 1, 12, 31), 24000),
            (dt.date(year - 1, 7, 1), None, 27000),
        ),
        ("农村", "矿区移民点", (dt.date(year, 1, 1), None, 15000), (dt.date(year, 1, 1), None, 16500)),
    ]
    for kind, area, *entries in pairs:
        draft.standards += [_document(draft, kind, area, *entry) for entry in entries]
        draft.truth.append(Planted("S2"))


def _document(draft: Draft, kind: str, area: str, effective: dt.date, expiry: dt.date | None, std_fen: int) -> Row:
    row = standard_row(draft.plan, kind, effective, std_fen, f"德民字〔{effective.year}〕×号")
    return row | {"area": area, "expiry": expiry}


def poor_documents(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Standards of small areas below the floor they name (S1), or issued by the bureau alone (S3)."""
    day = dt.date(draft.season.year, 1, 1)
    for area, std_fen in (("林场职工区", 14000), ("库区移民点", 14500)):
        draft.standards.append(_document(draft, "农村", area, day, None, std_fen) | {"floor": 15000})
        draft.truth.append(Planted("S1"))
    # just the floor, and a joint notice the government agreed to
    draft.standards.append(_document(draft, "农村", "移民安置区", day, None, 15000) | {"floor": 15000})
    joint = {"issuer": f"{draft.plan.place.name}民政局、财政局（经市人民政府同意）"}
    draft.standards.append(_document(draft, "城市", "农垦职工区", day, None, 33000) | joint)
    for area in ("工矿区", "水库管理区"):
        row = _document(draft, "城市", area, day, None, 33000)
        draft.standards.append(row | {"issuer": f"{draft.plan.place.name}民政局", "consult": False})
        draft.truth.append(Planted("S3"))


def stale_documents(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Standards of small areas nobody adjusted for more than a year (S4); one falls due tomorrow."""
    today = draft.season.today
    last_year = today.replace(year=today.year - 1)
    for area, effective in (
        ("茶场职工区", last_year - dt.timedelta(120)),
        ("渔场职工区", last_year - dt.timedelta(31)),
        ("园艺场职工区", last_year + dt.timedelta(1)),
    ):
        draft.standards.append(_document(draft, "城市", area, effective, None, 34000))
        if effective < last_year:
            draft.truth.append(Planted("S4"))


def second_standard(draft: Draft, rates: Rates, picker: Picker) -> None:
    """Two townships grant part of their households less than the standard, so each such amount is wrong too."""
    for (township, _), households in _groups(draft)[:2]:
        count = -(-len(households) * 3 // 10)
        fitting = [h for h in households if h.plain and h.basis_fen + _DELTA_FEN < rates.lowest(h.kind)]
        draft.truth.append(Planted("S2", township))
        for household in picker.rng.sample(fitting, count):
            household.base_error_fen = -_DELTA_FEN * household.covered
            household.plain = False
            draft.planted("O2", household)


def _groups(draft: Draft) -> list[tuple[tuple[str, str], list[Household]]]:
    """The smallest groups of a township's active households of one kind on the exact gap, one of each kind first."""
    active = [h for h in draft.households if h.active_on(draft.season.today) and h.method == "补差"]

    def key(household: Household) -> tuple[str, str]:
        return household.township, household.kind

    groups = [(place, list(group)) for place, group in groupby(sorted(active, key=key), key)]
    fitting = sorted((g for g in groups if sum(h.plain for h in g[1]) * 2 >= len(g[1]) >= 30), key=lambda g: len(g[1]))
    first = fitting[0]
    return [first, next(g for g in fitting if g[0][1] != first[0][1] and g[0][0] != first[0][0])]
