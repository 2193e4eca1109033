"""All checks there are, found in their modules: one more check is one more function there."""

from __future__ import annotations

from dibao_lib.checks import (
    campaign,
    deadlines,
    funds,
    funds_ledger,
    management,
    payouts,
    posted_names,
    postings,
    procedure,
    procedure_votes,
    reinspection,
    standard_changes,
    standard_documents,
    standards,
    three_lists,
)
from dibao_lib.checks.recipients import coverage, family, income, kinship, property, registers, standing
from dibao_lib.checks.rule import Rule

MODULES = (
    *(standards, standard_documents, standard_changes),
    *(income, registers, kinship, coverage, property, standing, family),
    *(procedure, procedure_votes, postings, posted_names),
    *(management, three_lists),
    *(funds, payouts, funds_ledger),
    *(campaign, deadlines, reinspection),
)


def rules() -> tuple[Rule, ...]:
    """Every check in the order of the catalogue: 一查 … 五查, 专项, then by number."""
    found = [value for module in MODULES for value in vars(module).values() if isinstance(value, Rule)]
    return tuple(sorted(found, key=lambda rule: in_order(rule.id)))


def in_order(check_id: str) -> tuple[int, int]:
    """Sorting key of a check id: its chapter, then its number."""
    return "SOPGFC".index(check_id[0]), int(check_id[1:])
