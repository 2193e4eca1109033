"""Rows and cells set aside: which, why, and the sentences that tell the sender what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dibao_lib.evidence.cell import text_of
from dibao_lib.evidence.cells.fault import Fault
from dibao_lib.evidence.columns import Columns, Reading
from dibao_lib.evidence.questions import UNANSWERED

_MISSING = Fault("missing", "必填项为空。请补填后重报（如为合并单元格，请取消合并并逐行填写）")
_RAGGED = Fault("ragged", "单元格个数与表头对不上，可能多了逗号或文件不完整，各列已错位。请核对该行后重报")
_ROWS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One line of quarantine.parquet.

    Args:
        row: number of the row as people see it.
        table: the table it would have gone to.
        field: the field; blank when the row as a whole is at fault.
        header: its column; blank likewise.
        value: the cell as it came.
        reason: a key of REASONS.
        message: what is wrong and what to do.
        whole_row: the row was not read; else only this cell was left blank.
        kept: the value was taken all the same.
    """

    row: int
    table: str
    field: str
    header: str
    value: str
    reason: str
    message: str
    whole_row: bool
    kept: bool = False


def set_aside(reading: Reading, columns: Columns) -> dict[int, tuple[str, str]]:
    """Place of each row that cannot be read -> (field, reason): a required value is missing, or cells are shifted."""
    found: dict[int, tuple[str, str]] = dict.fromkeys(_misaligned(reading), ("", "ragged"))
    for name, converted in columns.converted.items():
        if reading.declared(name).required and None in converted.values:
            for place, value in enumerate(converted.values):
                if value is None and place not in found:
                    fault = converted.faults.get(place)
                    found[place] = (name, fault.reason if fault else "missing")
    return found


def _misaligned(reading: Reading) -> Iterator[int]:
    """Rows of a text table with cells beyond the header, and a row the file breaks off in."""
    if not reading.sheet.delimited:
        return
    last = max(column for column, path in enumerate(reading.layout.mapped.header.paths) if path)
    beyond = [column for column in reading.sheet.columns[last + 1 :] if set(column) != {""}]
    if not beyond and reading.sheet.cut_off is None:
        return
    for place, index in enumerate(reading.parted.data):
        if index == reading.sheet.cut_off or any(column[index] != "" for column in beyond):
            yield place


def lines(reading: Reading, columns: Columns, aside: Mapping[int, tuple[str, str]]) -> Iterator[Quarantined]:
    """One line for each faulty cell, and one for each row set aside without one."""
    for place, (name, reason) in aside.items():
        if reason in {"missing", "ragged"}:
            yield _line(reading, place, name, "", _MISSING if reason == "missing" else _RAGGED, whole_row=True)
    for name, converted in columns.converted.items():
        for place, fault in converted.faults.items():
            value = text_of(columns.raw[name][place])
            yield _line(reading, place, name, value, fault, whole_row=place in aside)


def awaiting(question: str) -> Fault:
    """Why a row or cell is set aside until a person has answered."""
    return Fault(UNANSWERED, f"等待答复：{question}")


def waiting(reading: Reading, question: str) -> Iterator[Quarantined]:
    """One line for each row of a sheet that cannot be read before a question is answered."""
    fault = awaiting(question)
    for place in range(len(reading.parted.data)):
        yield _line(reading, place, "", "", fault, whole_row=True)


def _line(reading: Reading, place: int, name: str, value: str, fault: Fault, *, whole_row: bool) -> Quarantined:
    return Quarantined(
        row=reading.parted.data[place] + 1,
        table=reading.layout.form.table,
        field=name,
        header=reading.header(name) if name else "",
        value=value,
        reason=fault.reason,
        message=fault.message,
        whole_row=whole_row,
        kept=fault.value is not None,
    )


def sentences(where: str, quarantined: Iterable[Quarantined]) -> Iterator[str]:
    """One sentence for all cells of a column with the same fault: file, sheet, rows, column, what to do; no values.

    Args:
        where: file and sheet.
        quarantined: the lines of one sheet.
    """
    alike: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    for line in quarantined:
        # what waits for an answer is told by its question
        if not line.kept and line.reason != UNANSWERED:
            alike[line.header, line.message, line.whole_row].append(line.row)
    for (header, message, whole_row), rows in alike.items():
        column = f"“{header}”列" if header else ""
        outcome = "整行未导入" if whole_row else "该格留空，其余已导入"
        yield f"{where}{_rows(sorted(set(rows)))}{column}：{message}。（{outcome}）"


def _rows(rows: list[int]) -> str:
    shown = "、".join(map(str, rows[:_ROWS_SHOWN]))
    return f"第{shown}行" if len(rows) <= _ROWS_SHOWN else f"第{shown}等{len(rows):,}行"
