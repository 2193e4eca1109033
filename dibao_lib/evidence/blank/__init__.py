"""Blank forms for townships, and what goes back to them, written from the same declarations the import reads with."""

from dibao_lib.evidence.blank.catalogue import BLANKS, BlankForm
from dibao_lib.evidence.blank.paper import Filling, write_paper
from dibao_lib.evidence.blank.write import write_blanks

__all__ = ["BLANKS", "BlankForm", "Filling", "write_blanks", "write_paper"]
