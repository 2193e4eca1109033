"""In which order findings are looked into: class, then money and certainty; one order for notebook, report and ledger."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from dibao_lib.checks.catalogue import in_order

First = Literal["amount", "certainty"]


def ranked(findings: pd.DataFrame, first: First = "amount") -> pd.DataFrame:
    """Findings from the one to look into first.

    Class A comes before B before C. Within a class `first` decides: "amount", the largest amount at risk, then the
    surer one; "certainty", E0 before E3, then the larger amount. What is equal in both follows the catalogue and the
    finding's id, so that the order is always the same.

    Args:
        findings: as findings.parquet has them; further columns are kept.
        first: what decides within a class.

    Returns:
        The same rows, numbered from 0.
    """
    keys = pd.DataFrame(
        {
            "severity": findings["severity"],
            "amount": -findings["amount_fen"].fillna(0).astype("int64"),
            "certainty": findings["certainty"],
            "check": [in_order(check_id) for check_id in findings["check_id"]],
            "finding_id": findings["finding_id"],
        },
        index=findings.index,
    )
    second = "certainty" if first == "amount" else "amount"
    order = keys.sort_values(["severity", first, second, "check", "finding_id"], kind="stable").index
    return findings.loc[order].reset_index(drop=True)
