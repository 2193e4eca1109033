"""One run of all checks over the evidence: SQL for the whole county at once, then findings.parquet (contract 4.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import duckdb
import pyarrow as pa

from dibao_lib.checks.catalogue import rules
from dibao_lib.checks.drawn import TITLE as DRAWS
from dibao_lib.checks.findings import FINDINGS, write_run
from dibao_lib.checks.outcome import CheckRun, RuleStatus
from dibao_lib.checks.resolved import keep_resolved
from dibao_lib.checks.rule import Rule
from dibao_lib.checks.views import open_views
from dibao_lib.evidence.tables import table_title
from dibao_lib.plan import Plan
from dibao_lib.workspace import Inspection

# what a query leaves out stays NULL; the finding is completed below
_LEAD = """
CREATE TABLE lead (
    check_id VARCHAR, subject VARCHAR, township_code VARCHAR, village_code VARCHAR, household_id VARCHAR,
    person_id VARCHAR, period VARCHAR, observed VARCHAR, expected VARCHAR, amount_fen BIGINT, match_key VARCHAR,
    explanation VARCHAR, sources VARCHAR[], severity VARCHAR, certainty VARCHAR)
"""

# places of a household and of a village follow from the registers; an id depends on check, keys and period only;
# a match on a key that stands for no single person or household is a lead at most
_FINDINGS = """
WITH placed AS (
    SELECT l.* REPLACE (coalesce(l.township_code, h.township_code, v.township_code) AS township_code,
                        coalesce(l.village_code, h.village_code) AS village_code,
                        coalesce(l.period, '') AS period, coalesce(l.match_key, '') AS match_key),
           weak_match(l.match_key, l.person_id IN (SELECT pid FROM doubtful_id)
                                   OR coalesce(l.subject IN (SELECT pid FROM doubtful_id), false),
                      l.household_id IN (FROM doubtful_certificate)) AS weakness
    FROM lead l LEFT JOIN household h ON h.hh_id = l.household_id LEFT JOIN village v ON v.code = l.village_code
), judged AS (
    SELECT p.* REPLACE (CASE WHEN said = 'A' AND p.weakness IS NOT NULL THEN 'B' ELSE said END AS severity,
                        p.explanation || CASE WHEN said <> 'C' THEN coalesce(p.weakness, '') ELSE '' END AS explanation)
    FROM (SELECT p.*, coalesce(p.severity, r.severity) AS said
          FROM placed p JOIN rule r ON r.check_id = p.check_id) AS p
)
SELECT sha256(concat_ws('|', p.check_id, coalesce(p.township_code, ''), coalesce(p.village_code, ''),
                        coalesce(p.household_id, ''), coalesce(p.person_id, ''), coalesce(p.subject, ''),
                        p.period))[1:16] AS finding_id,
       p.check_id, r.clause, p.severity,
       coalesce(p.certainty, r.certainty) AS certainty,
       p.township_code, t.name AS township, p.village_code, v.name AS village, p.household_id, p.person_id, p.period,
       p.observed, p.expected, p.amount_fen, p.match_key, p.explanation,
       list_filter(p.sources, lambda s, i: s IS NOT NULL AND list_position(p.sources, s) = i) AS sources,
       r.rule_version
FROM judged p JOIN rule r ON r.check_id = p.check_id
LEFT JOIN township t ON t.code = p.township_code LEFT JOIN village v ON v.code = p.village_code
ORDER BY r.position, p.township_code NULLS FIRST, p.village_code NULLS FIRST, p.household_id NULLS FIRST,
         p.person_id NULLS FIRST, p.period, finding_id
"""


def run_checks(inspection: Inspection, today: dt.date) -> CheckRun:
    """Runs every check whose evidence was imported and writes findings.parquet.

    Args:
        inspection: the workspace.
        today: the day as of which households are active, deadlines have passed and the period ends.

    Raises:
        InputRefused: the plan lacks a value a check needs.
    """
    findings, statuses = _ask_all(inspection, today)
    run = CheckRun(inspection.plan, today, findings, statuses)
    keep_resolved(inspection, run, lambda day: _found_on(inspection, day))
    write_run(inspection, run)
    return run


def _ask_all(inspection: Inspection, today: dt.date) -> tuple[pa.Table, tuple[RuleStatus, ...]]:
    connection = open_views(inspection, today)
    try:
        return ask(connection, rules(), inspection.plan, today)
    finally:
        connection.close()


def _found_on(inspection: Inspection, day: dt.date) -> frozenset[str]:
    """Ids of what today's evidence gives as of another day."""
    findings, _ = _ask_all(inspection, day)
    return frozenset(findings["finding_id"].to_pylist())


def ask(
    connection: duckdb.DuckDBPyConnection, catalogue: Sequence[Rule], plan: Plan, today: dt.date
) -> tuple[pa.Table, tuple[RuleStatus, ...]]:
    """Findings of some checks on an open connection, sorted, and what became of each check."""
    connection.execute(_LEAD)
    held = _held(connection, catalogue)
    statuses = tuple(_status(connection, rule, plan, today, held) for rule in catalogue)
    connection.register("rule", _rule_table(catalogue))
    findings = connection.sql(_FINDINGS).to_arrow_table().cast(FINDINGS)
    return findings, statuses


def _status(
    connection: duckdb.DuckDBPyConnection, rule: Rule, plan: Plan, today: dt.date, held: frozenset[str]
) -> RuleStatus:
    missing = tuple(_need_title(need) for need in rule.needs if held.isdisjoint(_any_of(need)))
    found = 0 if missing else _collect(connection, rule, plan, today)
    return RuleStatus(rule.id, rule.title, rule.chapter, found, missing)


def _collect(connection: duckdb.DuckDBPyConnection, rule: Rule, plan: Plan, today: dt.date) -> int:
    """Adds a rule's rows to the leads; how many."""
    query = rule(plan, today)
    added = connection.execute(
        f"INSERT INTO lead BY NAME SELECT $check_id AS check_id, * FROM ({query.sql})",
        {**query.parameters, "check_id": rule.id},
    ).fetchone()
    return int(added[0]) if added else 0


def _held(connection: duckdb.DuckDBPyConnection, catalogue: Sequence[Rule]) -> frozenset[str]:
    """The tables the checks need that have rows, and `registers:死亡` for each register that has."""
    tables = sorted({table for rule in catalogue for need in rule.needs for table in need.partition(":")[0].split("|")})
    asked = [f"(SELECT '{table}' FROM \"{table}\" LIMIT 1)" for table in tables]
    asked.append("SELECT DISTINCT 'registers:' || reg FROM registers")
    return frozenset(name for (name,) in connection.execute(" UNION ALL ".join(asked)).fetchall())


def _any_of(need: str) -> list[str]:
    """`registers:死亡|户籍` -> registers:死亡, registers:户籍; `a|b` -> a, b."""
    tables, _, sources = need.partition(":")
    return [f"{tables}:{source}" for source in sources.split("|")] if sources else tables.split("|")


def _need_title(need: str) -> str:
    tables, _, sources = need.partition(":")
    names = sources.split("|") if sources else [DRAWS if t == "drawn" else table_title(t) for t in tables.split("|")]
    told = "、".join(names[:-1]) + ("或" if names[:-1] else "") + names[-1]
    return f"{told}登记数据" if sources else told


def _rule_table(catalogue: Sequence[Rule]) -> pa.Table:
    rows = [
        {
            "position": position,
            "check_id": rule.id,
            "clause": "、".join(rule.clauses),
            "severity": rule.severity,
            "certainty": rule.certainty,
            "rule_version": str(rule.version),
        }
        for position, rule in enumerate(catalogue)
    ]
    texts = ("check_id", "clause", "severity", "certainty", "rule_version")
    return pa.Table.from_pylist(rows, pa.schema([("position", pa.int64()), *((name, pa.string()) for name in texts)]))
