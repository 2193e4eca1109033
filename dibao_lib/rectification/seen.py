"""Problems that people saw rather than checks: visits, upheld objections, township items not in order (R63, R70)."""

from __future__ import annotations

from typing import Any

from dibao_lib.records.canonical import digest
from dibao_lib.records.given import place_name
from dibao_lib.workspace import Inspection

# a household with leads is judged there; its visit is what the judgement rests on
_VISITS = """
SELECT 'visit|' || v.hh_id AS unit, h.twn_id, coalesce(h.vil_id, h.twn_id) AS code, v.hh_id, h.head, '督查' AS route,
       v."on" AS found_on, '' AS basis,
       '入户核查初步意见为“' || v.view || '”' || coalesce('；' || nullif(array_to_string(v.diff, '；'), ''), '') AS what
FROM visits v JOIN (SELECT hh_id, any_value(head) AS head, any_value(twn_id) AS twn_id, any_value(vil_id) AS vil_id
                    FROM households GROUP BY hh_id) h ON h.hh_id = v.hh_id
WHERE v.hh_id NOT IN (SELECT household_id FROM {findings} WHERE household_id IS NOT NULL)
QUALIFY row_number() OVER (PARTITION BY v.hh_id ORDER BY v."on" DESC NULLS LAST, v.source_file, v.source_row) = 1
    AND v.view IN ('调整', '退出')
"""
_OBJECTIONS = """
SELECT 'complaint|' || c.no AS unit, h.twn_id, coalesce(h.vil_id, h.twn_id) AS code, c.hh_id, h.head,
       '群众举报' AS route, c."on" AS found_on, 'R53、R70' AS basis,
       '异议' || c.no || '复核' || c.recheck || coalesce('：' || c.content, '') AS what
FROM complaints c LEFT JOIN (SELECT hh_id, any_value(head) AS head, any_value(twn_id) AS twn_id,
                                    any_value(vil_id) AS vil_id FROM households GROUP BY hh_id) h ON h.hh_id = c.hh_id
WHERE c.recheck IN ('属实', '部分属实')
QUALIFY row_number() OVER (PARTITION BY c.no ORDER BY c.reposted DESC NULLS LAST, c.source_file, c.source_row) = 1
"""
_ITEMS = """
SELECT 'item|' || twn_id || '|' || clause || '|' || item AS unit, twn_id, twn_id AS code, NULL AS hh_id, NULL AS head,
       '督查' AS route, "on" AS found_on, clause AS basis, item || '：' || state || coalesce('，' || note, '') AS what
FROM township_items WHERE state IN ('未落实', '部分落实')
"""
_NO_FINDINGS = "(SELECT NULL::VARCHAR AS household_id)"


def seen_problems(ins: Inspection) -> list[dict[str, Any]]:
    """The shown values of a problem for everything field records say is wrong and no lead covers, by place and day.

    Tables as they were last published (`dibao check`). The number of a problem depends on what it is about only.
    """
    known = ins.sources()
    asked = [
        (("visits", "households"), _VISITS.format(findings="findings" if "findings" in known else _NO_FINDINGS)),
        (("complaints", "households"), _OBJECTIONS),
        (("township_items",), _ITEMS),
    ]
    rows = [
        row
        for needs, query in asked
        if known.keys() >= {*needs}
        for row in ins.sql(f"SELECT * REPLACE (found_on::VARCHAR AS found_on) FROM ({query})").to_dict("records")
    ]
    found = [
        _given(ins, {name: value if isinstance(value, str) else None for name, value in row.items()}) for row in rows
    ]
    return sorted(found, key=lambda given: (given["twn_id"], given["place"], given["found_on"] or "", given["fid"]))


def _given(ins: Inspection, row: dict[Any, str | None]) -> dict[str, Any]:
    code = row["code"] or ins.plan.place.code
    return {
        "fid": digest("seen", row["unit"] or "")[:16],
        "twn_id": row["twn_id"] or code,
        "place": place_name(ins, code),
        "hh_id": row["hh_id"] if row["head"] else None,
        "head": row["head"],
        "facts": row["what"],
        "what": row["what"],
        "basis": row["basis"] or "",
        "households": 1 if row["head"] else None,
        "route": row["route"],
        "found_on": row["found_on"],
    }
