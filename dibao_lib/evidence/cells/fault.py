"""What is wrong with a cell, and how a whole column is converted one distinct cell at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dibao_lib.evidence.cell import Cell
from dibao_lib.evidence.coded import Coded

# the reason codes of quarantine.parquet and what they mean
REASONS = {
    "missing": "必填项为空",
    "digits_lost": "长编号位数丢失",
    "numeric_id": "证件号以数字存放",
    "bad_id": "证件号有误",
    "bad_code": "编号无法识别",
    "became_date": "被自动改成日期",
    "bad_date": "日期无法识别",
    "bad_month": "月份无法识别",
    "ambiguous_month": "月份有两种可能",
    "bad_money": "金额无法识别",
    "bad_count": "数量无法识别",
    "bad_bool": "是否项无法识别",
    "unknown_choice": "不在可选项内",
    "unknown_township": "乡镇不在名单内",
    "unknown_village": "村（居）不在名单内",
    "unanswered": "等待答复",
    "error_cell": "单元格是错误值",
    "ragged": "单元格与表头错位",
    "name_note": "姓名后有括注",
    "no_number": "没有低保证号，已编临时号",
}

NOTHING = frozenset({"", "-", "--", "—", "——", "―", "/", "\\", "无", "空"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell is set aside.

    Args:
        reason: a key of REASONS.
        message: what is wrong and what to do, to follow “…列：”; never the value itself.
        value: the value all the same, when only something about it has to be written down.
    """

    reason: str
    message: str
    value: Any = None


@dataclass(slots=True)
class Converted:
    """One column: a value a row (None: blank or withheld), the faults by row, and sentences about the column."""

    values: Sequence[Any]
    faults: dict[int, Fault] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def by_value(cells: Sequence[Cell], one: Callable[[Cell], Any]) -> Converted:
    """Converts each distinct cell once; `one` gives a value, None for a blank, or a Fault."""
    if isinstance(cells, Coded):
        return _spread(cells.compact().mapped(one))
    kinds = set(map(type, cells))
    if bool in kinds and not kinds.isdisjoint({int, float}):
        # True == 1.0: they must not share an answer
        results = [one(cell) for cell in cells]
        return collected(results, any(type(result) is Fault for result in results))
    known = {cell: one(cell) for cell in set(cells)}
    return collected(list(map(known.__getitem__, cells)), Fault in set(map(type, known.values())))


def _spread(results: Coded) -> Converted:
    """Parts the faults from the values of a column whose equal cells are held once."""
    faulty = [place for place, result in enumerate(results.words) if type(result) is Fault]
    if not faulty:
        return Converted(results)
    faults = {row: results[row] for row in results.rows_of(faulty)}
    return Converted(results.mapped(lambda result: result.value if type(result) is Fault else result), faults)


def collected(results: list[Any], faulty: bool = True) -> Converted:
    """Parts the faults from the values."""
    if not faulty:
        return Converted(results)
    faults = {row: result for row, result in enumerate(results) if type(result) is Fault}
    for row, fault in faults.items():
        results[row] = fault.value
    return Converted(results, faults)
