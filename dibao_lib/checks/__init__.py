"""五查: where the records contradict the rules - leads, each with the rows it rests on."""

from dibao_lib.checks.catalogue import rules
from dibao_lib.checks.clauses import clause_matrix
from dibao_lib.checks.explain import explain
from dibao_lib.checks.findings import last_run
from dibao_lib.checks.match_keys import match_strength
from dibao_lib.checks.outcome import CheckRun, RuleStatus
from dibao_lib.checks.ranking import ranked
from dibao_lib.checks.resolved import resolved
from dibao_lib.checks.rule import Query, Rule, check
from dibao_lib.checks.run import run_checks
from dibao_lib.checks.summary import by_check, summary

__all__ = [
    "CheckRun",
    "Query",
    "Rule",
    "RuleStatus",
    "by_check",
    "check",
    "clause_matrix",
    "explain",
    "last_run",
    "match_strength",
    "ranked",
    "resolved",
    "rules",
    "run_checks",
    "summary",
]
