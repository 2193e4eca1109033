"""What a township reported about its cadres' filings, counted from the filings themselves (R33)."""

from __future__ import annotations

from dibao_lib.demo.model import Cadre, Draft, Filing, Row
from dibao_lib.demo.money import Rates, due_fen
from dibao_lib.demo.season import day_between, stream
from dibao_lib.demo.stat_form import Counts, pair


def filing_statistics(draft: Draft, rates: Rates) -> dict[str, list[Row]]:
    """Township code -> its one row."""
    rng = stream(draft.seed, "filing statistics")
    due = draft.season.filings_due
    rows = {}
    for township in draft.plan.townships:
        filed_on = draft.statistics_filed.get(township.code, day_between(rng, due.replace(day=due.day - 2), due))
        cadres = [cadre for cadre in draft.cadres if cadre.township == township.code]
        row: Row = {"twn_id": township.code, "filed_on": filed_on}
        rows[township.code] = [row | _counted(cadres) | {"amt_out": _amount(cadres, rates)}]
    return rows


def _counted(cadres: list[Cadre]) -> Counts:
    filed = [filing for cadre in cadres if cadre.filed_on for filing in cadre.filings]
    own = [filing for cadre in cadres if cadre.filed_on for filing in cadre.filings if filing.person is cadre.person]
    counts = {"n_cad": len(cadres), "n_filed": sum(cadre.filed_on is not None for cadre in cadres)}
    groups = {
        "n_cad_db.": own,
        "n_rel_db.": [filing for filing in filed if filing not in own],
        "n_ok.": [filing for filing in filed if filing.verdict == "符合"],
        "n_out.": _removed(filed),
    }
    for cell, filings in groups.items():
        counts |= pair(cell, [filing.household for filing in filings])
    return counts


def _removed(filings: list[Filing]) -> list[Filing]:
    return [filing for filing in filings if filing.action != "保留"]


def _amount(cadres: list[Cadre], rates: Rates) -> int:
    removed = _removed([filing for cadre in cadres if cadre.filed_on for filing in cadre.filings])
    return sum(due_fen(filing.household, rates.now, rates) for filing in removed)
