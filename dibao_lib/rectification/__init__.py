"""整改: the ledger of problems from lead to closure; software proposes, a named person decides (R63-R65, R72)."""

from dibao_lib.rectification.closing import close
from dibao_lib.rectification.problems import (
    Problem,
    overdue,
    problem_of,
    problems,
    problems_of,
    proposals,
    rectification_given,
    rectifications_given,
)
from dibao_lib.rectification.seen import seen_problems
from dibao_lib.rectification.tables import ledger, ledger_table, overdue_table, proposals_table

__all__ = [
    "Problem",
    "close",
    "ledger",
    "ledger_table",
    "overdue",
    "overdue_table",
    "problem_of",
    "problems",
    "problems_of",
    "proposals",
    "proposals_table",
    "rectification_given",
    "rectifications_given",
    "seen_problems",
]
