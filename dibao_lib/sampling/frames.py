"""The frames a workspace offers: townships and villages of the plan, households of the register (R57, R58)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.sampling.frame import Frame
from dibao_lib.workspace import Inspection

UNITS = {"township": "乡镇", "village": "村（居）", "household": "在册家庭"}
SIZES = {"households": "在册户数", "amount": "月保障金额（分）"}


def workspace_frame(inspection: Inspection, unit: str, township: str = "", size: str = "") -> Frame:
    """The frame of one kind of unit.

    Args:
        inspection: the workspace.
        unit: "township", "village" or "household"; villages and households are stratified by township.
        township: name or code of the only township, or code of the only village, to draw in.
        size: "households" or "amount": the size of each unit, from the register; "" without sizes.

    Raises:
        UsageError: an unknown unit, size or township.
        InputRefused: the register has not been imported.
    """
    if unit not in UNITS or (size and size not in SIZES):
        raise UsageError(f"抽样单元应为 {'、'.join(UNITS)}，规模应为 {'、'.join(SIZES)}。请改正后重新运行。")
    only = unit_code(inspection, township) if township else ""
    strata = _strata(inspection, unit, only)
    sizes = _sizes(inspection, unit, size) if size else {}
    return Frame.of(strata, strata.values(), (sizes.get(code, 0) for code in strata) if size else ())


def unit_code(inspection: Inspection, word: str) -> str:
    """The code of a township given by name, alias or code; anything else as it is.

    Raises:
        UsageError: never for codes; a name without a township is left to the frame to refuse.
    """
    for township in inspection.plan.townships:
        if word in (township.code, township.name, *township.aliases):
            return township.code
    return word


def unit_names(inspection: Inspection) -> dict[str, str]:
    """Code -> name of townships and villages, for lists that people read."""
    names = {township.code: township.name for township in inspection.plan.townships}
    return names | {v.code: f"{names[v.township_code]}{v.name}" for v in inspection.plan.villages}


def _strata(inspection: Inspection, unit: str, only: str) -> Mapping[str, str]:
    """Unit -> stratum."""
    if unit == "township":
        return {township.code: "" for township in inspection.plan.townships}
    if unit == "village":
        found = {
            v.code: "" if only else v.township_code for v in inspection.plan.villages if only in ("", v.township_code)
        }
    else:
        rows = inspection.table("households")
        rows = rows[rows["status"].fillna("在保").eq("在保") & rows["twn_id"].notna() & rows["hh_id"].notna()]
        if only in {village.code for village in inspection.plan.villages}:
            rows, only = rows[rows["vil_id"].eq(only)], only[:9]
        pairs = zip(rows["hh_id"].astype(str), rows["twn_id"].astype(str), strict=True)
        found = {code: "" if only else twn for code, twn in sorted(pairs, reverse=True) if only in ("", twn)}
    if not found:
        raise InputRefused(f"没有可抽的{UNITS[unit]}。请核对乡镇名称，或先导入低保对象台账。")
    return found


def _sizes(inspection: Inspection, unit: str, size: str) -> Counter[str]:
    rows = inspection.table("households")
    column = {"township": "twn_id", "village": "vil_id", "household": "hh_id"}[unit]
    rows = rows[rows["status"].fillna("在保").eq("在保")].drop_duplicates("hh_id")
    values = rows["total"].fillna(0).astype("int64") if size == "amount" else rows["hh_id"].notna().astype("int64")
    sums = values.groupby(rows[column].astype(str)).sum()
    return Counter({str(code): int(total) for code, total in sums.items()})
