"""A small county of random households in which every check finds something, as evidence rows in any order."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dibao_lib import Inspection
from dibao_lib.evidence.tables import table_names, table_schema
from dibao_lib.idnumber import check_character
from dibao_lib.units import months_between

TODAY = dt.date(2011, 6, 20)
Rows = dict[str, list[dict[str, Any]]]


def person(number: int) -> str:
    first17 = f"36118119{50 + number // 900:02d}0101{number % 900 + 100:03d}"
    return first17 + check_character(first17)


def rows(inspection: Inspection, seed: int = 1, households: int = 80) -> Rows:
    """Rows by table; about one figure in six is wrong."""
    chance = random.Random(seed)
    tables: Rows = {name: [] for name in table_names()}
    villages = inspection.plan.villages[:3]

    def add(table: str, **values: Any) -> None:
        number = len(tables[table]) + 2
        tables[table].append({**values, "source_file": f"{table}.xlsx", "source_sheet": "表", "source_row": number})

    def sometimes() -> bool:
        return chance.random() < 1 / 6

    for area, std in ((None, 33000), (None, 34000)):
        add("standards", kind="城市", area=area, effective=dt.date(2010, 1, 1), std=std)
    cut_off = dt.date(2011, 5, 31)
    for number in range(households):
        hh, village, head = f"D{number:03d}", villages[number % 2], person(number)
        pci = 34000 if sometimes() else 20000
        base = 28000 if not sometimes() else 29000
        add(
            "households", hh_id=hh, kind="城市", twn_id=village.township_code, vil_id=village.code, head="甲",
            head_pid=head, size=2 + sometimes(), covered=2, pci=pci, base=base, total=base, start="2009-01",
        )  # fmt: skip
        add("members", hh_id=hh, pid=head, name="甲", rel="本人", is_cov=True)
        add("members", hh_id=hh, pid=person(500 + number - sometimes()), name="乙", rel="子", is_cov=True)
        add("assessments", hh_id=hh, date=dt.date(2011, 3, 1), pci=pci)
        add("case_events", hh_id=hh, apply=dt.date(2009, 1, 1), review=dt.date(2008, 1, 1) if sometimes() else dt.date(2009, 1, 2), twn_review=dt.date(2009, 1, 3), approve=dt.date(2009, 1, 4))  # fmt: skip
        for month in months_between("2010-01", "2011-05"):
            if not sometimes():
                account = "622800000001" if sometimes() else f"6228{number:08d}"
                add("payments", hh_id=hh, period=month, kind="城市", amt=base - 9000 * sometimes(), acct=account)
        for reg in ("死亡", "财政供养", "机动车"):
            if sometimes():
                add("registers", reg=reg, pid=head, **{"from": dt.date(2010, 5, 5)}, asof=cut_off)
        if sometimes():
            add("cadres", cad_pid=head, cad="甲", twn_id=village.township_code, vil_id=village.code)
        if not sometimes():
            add("reviews", vil_id=village.code, hh_id=hh, met_on=dt.date(2011, 4, 20))
    add("filings", cad_pid=person(899), nil=True)
    for number in range(15):
        add("panels", vil_id=villages[0].code, name=f"评议员{number}", role="老党员")
    add("stat_form", twn_id=villages[0].township_code, kind="城市", hh_p={"households": 1, "persons": 2})
    return tables


def write(inspection: Inspection, tables: Rows) -> Path:
    """Rows -> snapshots; the workspace's folder."""
    for name, table in tables.items():
        if table:
            pq.write_table(pa.Table.from_pylist(table, table_schema(name)), inspection.evidence / f"{name}.parquet")
    return inspection.folder
