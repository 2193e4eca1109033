"""The made-up county on 德兴's real townships and villages: workbooks as offices write them, and what is hidden in them."""

from dibao_lib.demo.county import build_county
from dibao_lib.demo.hidden import Planted
from dibao_lib.demo.model import County
from dibao_lib.demo.season import demo_day
from dibao_lib.demo.truth import Comparison, compare
from dibao_lib.demo.workbooks import write_workbooks

__all__ = ["Comparison", "County", "Planted", "build_county", "compare", "demo_day", "write_workbooks"]
