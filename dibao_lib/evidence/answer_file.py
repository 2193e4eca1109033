"""`台账.xlsx.toml`, the answer beside a file: read, and refused in clear sentences when it cannot be followed."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.answers import LEAVE_OUT, MONTHS, SheetAnswer
from dibao_lib.evidence.forms import FORMS
from dibao_lib.evidence.labels import money_unit

_TABLES = ("columns", "units", "months", "constants")
_KEYS = ("form", "header_rows", *_TABLES)


def answer_path(path: Path) -> Path:
    """Where the answer about a file lies: 台账.xlsx -> 台账.xlsx.toml."""
    return path.with_name(path.name + ".toml")


def answered_file(path: Path) -> Path | None:
    """The file an answer is about, when it is one."""
    about = path.with_suffix("")
    return about if path.suffix.lower() == ".toml" and about.is_file() else None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer about one file.

    Args:
        content: of the TOML; blank when there is none.
        sheets: what it says about each sheet.
        problem: why it cannot be followed; blank when it can.
    """

    content: bytes = b""
    sheets: Mapping[str, SheetAnswer] = field(default_factory=dict)
    problem: str = ""

    @property
    def digest(self) -> str:
        """Changes whenever the content does; blank when there is none."""
        return hashlib.sha256(self.content).hexdigest()[:16] if self.content else ""


def find_answer(path: Path, source_file: str, inbox: Path) -> Answer:
    """The answer beside a file, else the one kept in inbox/ for a file of that name.

    Args:
        path: the file.
        source_file: its path below inbox/.
        inbox: that folder.
    """
    for place in (answer_path(path), answer_path(inbox / source_file)):
        if place.is_file():
            content = place.read_bytes()
            try:
                return Answer(content, read_answer(content, place.name))
            except InputRefused as error:
                return Answer(content, problem=str(error))
    return Answer()


def read_answer(text: bytes, name: str) -> dict[str, SheetAnswer]:
    """Sheet -> what the answer says about it.

    Args:
        text: content of the file.
        name: its name, for sentences.

    Raises:
        InputRefused: it is no TOML, or says something no sheet can be read by; one sentence a problem.
    """
    try:
        data = tomllib.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputRefused(f"{name}：不是 UTF-8 编码。请在记事本中另存为 UTF-8 后重新导入。") from None
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", None) or str(error).partition("line ")[2].partition(",")[0]
        place = f"第{line}行" if line else ""
        raise InputRefused(
            f'{name}：{place}写法不对。每行应为 名称 = "内容"，用英文引号和等号，请改正后重新导入。'
        ) from None
    if problems := [f"{name}：{problem}" for problem in _problems(data)]:
        raise InputRefused.collected(problems)
    return {sheet: _answer(said) for sheet, said in data.get("sheet", {}).items()}


def _answer(said: Mapping[str, Any]) -> SheetAnswer:
    rows = said.get("header_rows")
    return SheetAnswer(
        form=said.get("form", ""),
        header_rows=(rows[0], rows[-1]) if rows else None,
        **{key: dict(said.get(key, {})) for key in _TABLES},
    )


def _problems(data: Mapping[str, Any]) -> Iterator[str]:
    if unknown := [key for key in data if key != "sheet"]:
        yield f'不认识的项“{"、".join(unknown)}”。每张表的内容应写在 [sheet."工作表名"] 之下'
    sheets = data.get("sheet", {})
    if not isinstance(sheets, dict) or not all(isinstance(said, dict) for said in sheets.values()):
        yield '每张表的内容应写在 [sheet."工作表名"] 之下'
        return
    for sheet, said in sheets.items():
        yield from (f"工作表“{sheet}”的{problem}" for problem in _sheet_problems(said))


def _sheet_problems(said: Mapping[str, Any]) -> Iterator[str]:
    for key in said:
        if key not in _KEYS:
            yield f"“{key}”不认识。可用的有：{'、'.join(_KEYS)}"
    titles = [form.title for form in FORMS]
    if (form := said.get("form", "")) not in {"", LEAVE_OUT, *titles}:
        yield f"表样“{form}”没有。可用的有：{'、'.join(titles)}；不要这张表时写“{LEAVE_OUT}”"
    rows = said.get("header_rows", [1])
    whole = isinstance(rows, list) and 1 <= len(rows) <= 2 and all(type(row) is int and row > 0 for row in rows)
    if not whole or not rows[0] <= rows[-1] < rows[0] + 6:
        yield "header_rows 应为表头的首行和末行，如 [3, 4]，表头最多6行"
    for key in _TABLES:
        table = said.get(key, {})
        if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
            yield f'{key} 之下每行应为 "名称" = "内容"'
            continue
        yield from _value_problems(key, table)


def _value_problems(key: str, table: Mapping[str, str]) -> Iterator[str]:
    for name, value in table.items():
        if key == "units" and money_unit(value) is None:
            yield f"“{name}”的单位“{value}”不认识。可写 元、万元，或 元/户·月、元/人·月、元/户·季、元/户·年"
        if key == "months" and value not in MONTHS:
            yield f"“{name}”的答复“{value}”不认识。可写 1月 或 10月"
