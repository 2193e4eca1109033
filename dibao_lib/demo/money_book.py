"""Each township's ledger of dibao money: what came from whom, what went out month by month, what is left (R21, R24)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from dibao_lib.demo.model import Draft, Purse, Row
from dibao_lib.demo.season import quarter_start
from dibao_lib.units import add_months

_YUAN = 100
# in hundredths of what a quarter needs
_SOURCES = (("中央", 55), ("省", 25), ("设区市", 5), ("县级配套", 15))


def book_rows(draft: Draft, township: str, payments: Sequence[Row]) -> list[Row]:
    """The ledger of a township; its payouts are what its payment lists add up to."""
    paid = _paid(payments)
    purse = draft.purses.get(township, Purse())
    balance = 0
    rows = []
    for on, entry in sorted(_entries(draft, paid, purse), key=lambda e: e[0]):
        balance += int(str(entry.get("in_amt") or 0)) - int(str(entry.get("out_amt") or 0))
        rows.append({"twn_id": township, "date": on, **entry, "bal": balance})
    if purse.balance_fen:
        # somebody copied the wrong figure, and went on from it
        for row in rows[len(rows) // 2 :]:
            row["bal"] = int(str(row["bal"])) + purse.balance_fen
    return rows


def _paid(payments: Iterable[Row]) -> Counter[str]:
    """Fen that reached people, by month."""
    paid: Counter[str] = Counter()
    for row in payments:
        if row.get("ret") != "退回" and isinstance(row["amt"], int):
            paid[str(row["period"])] += -row["amt"] if row.get("ptype") == "扣回" else row["amt"]
    return paid


def _entries(draft: Draft, paid: Counter[str], purse: Purse) -> Iterator[tuple[dt.date, Row]]:
    months = draft.season.months
    yield _on(months[0], 1), {"src": "上年结余", "in_amt": _whole(max(paid.values())), "use": "上年结转"}
    for month in months:
        if month == quarter_start(month):
            need = sum(paid[add_months(month, ahead)] for ahead in range(3))
            for source, share in _SOURCES:
                yield (
                    _on(month, 3),
                    {"src": source, "in_amt": _whole(need * share // 100), "use": f"拨入{source}低保资金"},
                )
        if month[5:] in {"06", "12"}:
            yield _on(month, 21), {"src": "利息", "in_amt": 137_50 + len(paid), "use": "存款利息"}
        out = paid[month] + (purse.payout_fen if month == months[-2] else 0)
        if out:
            payee = "农村信用合作联社"
            yield _on(month, 13), {"out_amt": out, "payee": payee, "use": f"{int(month[5:])}月低保金发放"}
    for month, use, amount in purse.spent:
        yield _on(month, 25), {"out_amt": amount, "payee": "乡镇财政所", "use": use}


def _on(month: str, day: int) -> dt.date:
    return dt.date.fromisoformat(f"{month}-{day:02d}")


def _whole(fen: int) -> int:
    """Up to a hundred yuan, as money is allotted."""
    return -(-fen // (100 * _YUAN)) * 100 * _YUAN
