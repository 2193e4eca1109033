"""核实: did the self-inspection tell the truth, item by item, and what follows for the county (R36, R62, R64, R65)."""

from dibao_lib.verification.concealment import Concealment, concealment
from dibao_lib.verification.items import self_inspection_items
from dibao_lib.verification.problems import PROBLEM_TYPES, confusion, problem_households
from dibao_lib.verification.recheck import Recheck, draw_recheck, recheck_rate
from dibao_lib.verification.refused import draw_refused, left_out_rate, refused_applicants

__all__ = [
    "PROBLEM_TYPES",
    "Concealment",
    "Recheck",
    "concealment",
    "confusion",
    "draw_recheck",
    "draw_refused",
    "left_out_rate",
    "problem_households",
    "recheck_rate",
    "refused_applicants",
    "self_inspection_items",
]
