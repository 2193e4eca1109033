"""Two villages as a field team's laptop holds them: a register, leads, nothing else. Small, so that it costs nothing."""

import pyarrow as pa
import pyarrow.parquet as pq

from dibao_lib.checks.findings import FINDINGS
from dibao_lib.evidence.tables import table_schema
from dibao_lib.notebooks import copy_notebooks
from dibao_lib.workspace import Inspection

# a name is text on every page: the browser's tests fail at any request that leaves the machine
HOSTILE = '"><img src=https://x.invalid/a onerror=ran=1><script>ran=1</script>'
HEADS = ("赵桂英", "钱福来", HOSTILE, "李长根", "周玉梅", "吴金水")


def make_field_county(folder, households=6):
    """A workspace with that many households, three a village, each with a lead."""
    ins = Inspection.create(folder)
    copy_notebooks(ins.folder / "notebooks")
    villages = [village.code for village in ins.plan.villages]
    rows = [
        {
            "hh_id": f"3611810{number:05d}",
            "head": HEADS[number % len(HEADS)],
            "vil_id": villages[number // 3],
            "twn_id": villages[number // 3][:9],
            "size": 2,
            "pci": 5500,
            "total": 22000,
            "status": "在保",
            "source_file": "台账.xlsx",
            "source_sheet": "在册",
            "source_row": number + 2,
        }
        for number in range(households)
    ]
    pq.write_table(pa.Table.from_pylist(rows, table_schema("households")), ins.evidence / "households.parquet")
    leads = [
        {
            "finding_id": f"O2-{row['hh_id']}",
            "check_id": "O2",
            "severity": "A",
            "township_code": row["twn_id"],
            "village_code": row["vil_id"],
            "household_id": row["hh_id"],
            "explanation": "标准160元，月人均收入55元，应补差210元，台账为220元。",
        }
        for row in rows
    ]
    pq.write_table(pa.Table.from_pylist(leads, FINDINGS), ins.folder / "findings.parquet")
    return ins
