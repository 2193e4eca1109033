"""抽样: which townships, villages and households, drawn so that anybody can verify it (R56-R59)."""

from dibao_lib.sampling.allocation import allocate
from dibao_lib.sampling.assign import Assignment, assign_inspectors
from dibao_lib.sampling.commitment import Commitment, commit
from dibao_lib.sampling.design import Design
from dibao_lib.sampling.draw import Draw, draw
from dibao_lib.sampling.estimate import SurveyDesign
from dibao_lib.sampling.frame import Frame
from dibao_lib.sampling.intervals import Interval, rate_interval
from dibao_lib.sampling.mus import stringer_bound
from dibao_lib.sampling.plan import SizePlan, attribute_size, coverage, mus_size, proportion_size, sequential_size
from dibao_lib.sampling.results import Estimate
from dibao_lib.sampling.verify import verify

__all__ = [
    "Assignment",
    "Commitment",
    "Design",
    "Draw",
    "Estimate",
    "Frame",
    "Interval",
    "SizePlan",
    "SurveyDesign",
    "allocate",
    "assign_inspectors",
    "attribute_size",
    "commit",
    "coverage",
    "draw",
    "mus_size",
    "proportion_size",
    "rate_interval",
    "sequential_size",
    "stringer_bound",
    "verify",
]
