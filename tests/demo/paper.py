"""Opens the received files independently of the intake and hands out the row a source names."""

import csv
import unicodedata
from functools import cache

import openpyxl
import xlrd

from dibao_lib.idnumber import from_15


class Inbox:
    """The received files of a workspace."""

    def __init__(self, folder):
        self.folder = folder
        self.sheet = cache(self._sheet)

    def row(self, source):
        """The cells of 'file#sheet#row', rows counted as people see them."""
        file, sheet, row = source.split("#")
        return self.sheet(file, sheet)[int(row) - 1]

    def _sheet(self, file, sheet):
        path = self.folder / file
        if path.suffix == ".csv":
            with path.open(encoding="gb18030", newline="") as text:
                return list(csv.reader(text))
        if path.suffix == ".xls":
            page = xlrd.open_workbook(path).sheet_by_name(sheet)
            return [page.row_values(row) for row in range(page.nrows)]
        book = openpyxl.load_workbook(path, read_only=True)
        return [list(cells) for cells in book[sheet].iter_rows(values_only=True)]


def same_text(wanted, cell):
    """Whether a cell is that number, however the office spelled it."""
    written = "".join(unicodedata.normalize("NFKC", str(cell)).split()).upper()
    if len(written) == 15 and written.isdigit() and len(wanted) == 18:
        written = from_15(written)
    return written == wanted
