"""Text, names, lists of names and identifiers (dirty-data.md, nos. 1, 2, 4, 5, 12, 13, 27)."""

from __future__ import annotations

import datetime as dt
import re

from dibao_lib.evidence.cell import Cell, normal, squeezed, text_of
from dibao_lib.evidence.cells.fault import NOTHING, Fault

# beyond 15 digits a workbook has lost them
FIRST_LOST = 10**15
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{2,}")
DIGITS_LOST = "以数字存放，第16位起的数字已丢失，不能采用。请把该列设为文本格式，按证件或存折重新录入"

_DOTS = str.maketrans(dict.fromkeys("•・．.‧∙●", "·"))
_NOTE = re.compile(r"[(\[【〔].*?[)\]】〕]")
_CJK_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_LIST_MARKS = re.compile(r"[、,;/\n]+")


def read_text(cell: Cell) -> str | None:
    """Free text as written, its outer white space gone."""
    return text_of(cell) or None


def read_name(cell: Cell) -> str | Fault | None:
    """A name: 张　三 -> 张三; a note in brackets is set down beside it."""
    written = normal(cell)
    if written in NOTHING:
        return None
    if written.isalpha():
        return written
    bare = _NOTE.sub("", written)
    name = _CJK_GAP.sub("", bare.strip())
    name = name if name.isascii() else name.translate(_DOTS)
    if bare == written or not name:
        return name or written
    return Fault(
        "name_note", "姓名后有括注，姓名已采用，括注原文另存。如括注说明已故、外出等情况，请核对相应栏目", name
    )


def read_names(cell: Cell) -> list[str] | None:
    """Several names in one cell, parted by 、 ， ； / or line breaks, or by spaces between names of two characters or more."""
    written = normal(cell)
    parts = [part for part in _LIST_MARKS.split(written) if part.strip()]
    if len(parts) == 1 and len(words := written.split()) > 1 and min(map(len, words)) > 1:
        parts = words
    names = [_CJK_GAP.sub("", part.strip()) for part in parts]
    return [name for name in names if name not in NOTHING] or None


def read_code(cell: Cell) -> str | Fault | None:
    """An identifier as text; a number of 16 digits or more is no longer what was typed."""
    if type(cell) is str and cell.isdigit() and cell.isascii():
        return cell
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        return Fault("became_date", "编号被表格软件改成了日期或逻辑值，原样已不可知。请把该列设为文本格式后重新录入")
    if isinstance(cell, int | float):
        return _numeric_code(cell)
    code = squeezed(cell).lstrip("'")
    if code in NOTHING:
        return None
    return Fault("digits_lost", DIGITS_LOST) if SCIENTIFIC.fullmatch(code) else code


def _numeric_code(number: float) -> str | Fault:
    if abs(number) >= FIRST_LOST:
        return Fault("digits_lost", DIGITS_LOST)
    if number < 0 or number != int(number):
        return Fault("bad_code", "应为编号，实为带小数或负的数值。请按原编号以文本格式重新录入")
    return str(int(number))


def read_area(cell: Cell) -> str | Fault | None:
    """A division code of 9 digits (township) or 12 (village); a township's 12-digit code loses its zeros."""
    code = read_code(cell)
    if code is None or isinstance(code, Fault):
        return code
    if not code.isdigit() or len(code) not in {9, 12}:
        return Fault("bad_code", "应为9位或12位区划代码。请按统计用区划代码改正")
    return code[:9] if code.endswith("000") and len(code) == 12 else code
