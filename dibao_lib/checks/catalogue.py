"""All checks there are, found in their modules: one more check is one more function there."""

from __future__ import annotations

from dibao_lib.checks import campaign, funds, procedure, standards
from dibao_lib.checks.recipients import coverage, income, kinship, registers
from dibao_lib.checks.rule import Rule

MODULES = (standards, income, registers, kinship, coverage, procedure, funds, campaign)


def rules() -> tuple[Rule, ...]:
    """Every check in the order of the catalogue: 一查 … 五查, 专项, then by number."""
    found = [value for module in MODULES for value in vars(module).values() if isinstance(value, Rule)]
    return tuple(sorted(found, key=lambda rule: ("SOPGFC".index(rule.id[0]), int(rule.id[1:]))))
