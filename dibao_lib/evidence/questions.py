"""What only a person can decide about a sheet: a sentence, the possible answers, and where to write one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dibao_lib.evidence.answers import ANY_SHEET

# the reason in quarantine that a person's answer lifts, not a corrected file
UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one sheet.

    Args:
        key: where the answer goes in the file's TOML: `form`, `header_rows`, or `units.发放金额`.
        text: the question, without its answers.
        choices: the answers, as they are written into the TOML.
        rows: rows that wait for it.
        cells: only a cell of each of those rows waits, the rest has been read.
    """

    key: str
    text: str
    choices: tuple[str, ...]
    rows: int = 0
    cells: bool = False

    def place(self, sheet: str) -> str:
        """The heading of the TOML the answer stands under."""
        table, _, name = self.key.partition(".")
        return f'[sheet."{sheet or ANY_SHEET}"{"." + table if name else ""}]'

    def line(self) -> str:
        """The line of TOML that gives the first answer; of a column its letter stands before the field."""
        table, _, name = self.key.partition(".")
        choice = self.choices[0]
        if table == "columns":
            return f'{choice} = "{name}"'
        if name:
            return f'"{name}" = "{choice}"'
        return f"{table} = {choice}" if table == "header_rows" else f'{table} = "{choice}"'

    def sentence(self, source_file: str, sheet: str) -> str:
        """The question with its answers and how to give one."""
        waits = f"{self.rows:,}行的该格留空，其余已导入" if self.cells else f"{self.rows:,}行暂不导入"
        return (
            f"{self.text}。可答：{'、'.join(self.choices)}。请在“表册”笔记本里选定并保存，或在“{source_file}.toml”的 "
            f"{self.place(sheet)} 下写 {self.line()} 这样的一行，再重新导入。（答复前{waits}）"
        )


class Asked(Exception):
    """A sheet cannot be read before its questions are answered.

    Args:
        questions: the questions.
        layout: how far the sheet was recognised.
    """

    def __init__(self, questions: Sequence[Question], layout: Any) -> None:  # noqa: D107
        super().__init__("、".join(question.key for question in questions))
        self.questions = tuple(questions)
        self.layout = layout
