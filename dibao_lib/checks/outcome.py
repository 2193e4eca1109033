"""The outcome of one run: findings, the state of every check, and how both are told on a screen."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pandas as pd
import pyarrow as pa

from dibao_lib.checks.rule import CHAPTERS
from dibao_lib.checks.summary import summary
from dibao_lib.plan import Plan
from dibao_lib.units import chinese_date, yuan


@dataclass(frozen=True, slots=True)
class RuleStatus:
    """What became of one check: run with so many findings, or not run for want of evidence.

    Args:
        id: check id.
        title: Chinese name.
        chapter: 一查 … 五查 or 专项.
        findings: number of findings.
        missing: Chinese names of the tables that were not imported; empty when it was run.
    """

    id: str
    title: str
    chapter: str
    findings: int
    missing: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """已运行 or 未具备数据."""
        return "未具备数据" if self.missing else "已运行"


@dataclass(frozen=True, slots=True)
class CheckRun:
    """One run: under which plan and as of which day, the findings as an Arrow table, the state of every check."""

    plan: Plan
    today: dt.date
    table: pa.Table
    statuses: tuple[RuleStatus, ...]

    @property
    def findings(self) -> pd.DataFrame:
        """The findings; amount_fen keeps integers (Int64, missing where no money is at stake)."""
        frame: pd.DataFrame = self.table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
        return frame

    def headline(self) -> str:
        """One line: checks run, leads by severity, money."""
        severities = self.table["severity"].to_pylist()
        ran = sum(not status.missing for status in self.statuses)
        money = sum(amount for amount in self.table["amount_fen"].to_pylist() if amount)
        line = (
            f"运行检查{ran}项，线索{len(severities)}条（A类{severities.count('A')}条，B类{severities.count('B')}条，"
            f"C类{severities.count('C')}条），涉及金额{yuan(money)}元（各条相加，一户涉及几条的重复计入）"
        )
        idle = len(self.statuses) - ran
        return line + (f"；未具备数据{idle}项。" if idle else "。")

    def to_text(self) -> str:
        """The table 五查 by township, the checks that could not run, and the headline."""
        heads = ["乡镇（街道）", *CHAPTERS.values(), "A类", "B类", "C类", "金额（元）"]
        rows = [
            [row["township"], *(str(row[name]) for name in (*CHAPTERS.values(), *"ABC")), yuan(row["amount_fen"])]
            for row in summary(self.findings, self.plan).to_dict("records")
        ]
        idle = [
            f"未具备数据：{status.id} {status.title}，缺少{'、'.join(status.missing)}。"
            for status in self.statuses
            if status.missing
        ]
        title = f"五查线索（截至{chinese_date(self.today)}）"
        return "\n".join([title, *_columns([heads, *rows]), *idle, self.headline()])

    def to_json(self) -> dict[str, object]:
        """Counts for other programs: no person data."""
        return {
            "today": self.today.isoformat(),
            "findings": self.table.num_rows,
            "headline": self.headline(),
            "rules": [{**asdict(status), "state": status.state} for status in self.statuses],
            "summary": summary(self.findings, self.plan).to_dict("records"),
        }


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as aligned lines: the first column to the left, figures to the right; a hanzi is two columns wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(_padded(cell, width, at == 0) for at, (cell, width) in enumerate(zip(row, widths))) for row in rows
    ]


def _padded(cell: str, width: int, left: bool) -> str:
    blank = " " * (width - _width(cell))
    return cell + blank if left else blank + cell


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
