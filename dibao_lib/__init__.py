"""低保专项治理检查工作台: evidence, five checks, draws, records and reports for one inspection campaign."""

from dibao_lib.workspace import Inspection

__all__ = ["Inspection"]
__version__ = "0.1.0"
