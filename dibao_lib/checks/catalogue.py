"""All checks there are, found in their modules: one more check is one more function there."""

from __future__ import annotations

from dibao_lib.checks import (
    campaign,
    deadlines,
    funds,
    funds_ledger,
    management,
    payouts,
    postings,
    procedure,
    procedure_votes,
    standard_changes,
    standard_documents,
    standards,
)
from dibao_lib.checks.recipients import coverage, family, income, kinship, property, registers, standing
from dibao_lib.checks.rule import Awaiting, Rule

MODULES = (
    *(standards, standard_documents, standard_changes),
    *(income, registers, kinship, coverage, property, standing, family),
    *(procedure, procedure_votes, postings),
    management,
    *(funds, payouts, funds_ledger),
    *(campaign, deadlines),
)

# checks of the catalogue whose records no form holds yet
AWAITING = (
    Awaiting("G1", "三方名单不符", ("R20",), ("信息系统导出名册",)),
    Awaiting("C4", "自查不实", ("R62", "R65"), ("自查问题清单", "抽查样本")),
    Awaiting("C5", "督查与交叉检查覆盖", ("R56", "R57", "R58"), ("督查检查记录",)),
)


def rules() -> tuple[Rule, ...]:
    """Every check in the order of the catalogue: 一查 … 五查, 专项, then by number."""
    found = [value for module in MODULES for value in vars(module).values() if isinstance(value, Rule)]
    return tuple(sorted(found, key=lambda rule: in_order(rule.id)))


def in_order(check_id: str) -> tuple[int, int]:
    """Sorting key of a check id: its chapter, then its number."""
    return "SOPGFC".index(check_id[0]), int(check_id[1:])
