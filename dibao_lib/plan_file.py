"""A plan file on its way into records: TOML tables by their dataclasses, every problem named in Chinese."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast, get_args, get_type_hints

from dibao_lib.errors import InputRefused
from dibao_lib.plan_records import Clause, Value, Village
from dibao_lib.units import fen

T = TypeVar("T")


def shown(value: object) -> str:
    """What a message quotes of a value: one line, at most 40 characters."""
    return " ".join(str(value).split())[:40]


def checked_year(value: object, where: str) -> int:
    """The year itself.

    Raises:
        InputRefused: it is no year of this century.
    """
    if not isinstance(value, int) or not 1999 <= value <= 2099:
        raise InputRefused(
            f"{where}：year 为“{shown(value)}”，应为1999至2099之间的年份（如 year = 2011），请改正后重新运行。"
        )
    return value


def read_toml(name: str, data: bytes) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises:
        InputRefused: it is not UTF-8 or not TOML; the line is named.
    """
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputRefused(f"{name} 不是 UTF-8 编码。请用记事本打开，另存为 UTF-8 编码后重新运行。") from None
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise InputRefused(
            f"{name} {f'第{line[1]}行' if line else '末尾'}写法不对，无法读取。请核对引号、等号、逗号和方括号是否成对、"
            "是否为英文半角，日期是否存在，同一项有没有写两次，改正后重新运行。"
        ) from None


# fields of a plan that bear another name in the file, and its tables that lie inside [plan]
_SECTIONS = {
    "quotas": "quota",
    "clauses": "clause",
    "stages": "stage",
    "milestones": "milestone",
    "policies": "policy",
    "standards": "standard",
    "townships": "township",
    "dispositions": "disposition",
    "evidence_period": "period",
}
_TABLES = {"place": "plan.place", "organiser": "plan.organiser", "period": "plan.period"}
# how a field is written: by its type, by the unit at the end of its name, or, for a policy value, by the entry's unit
_KINDS: dict[object, str] = {
    str: "文字",
    int: "整数",
    bool: "是否",
    dt.date: "日期",
    dt.date | None: "日期",
    Fraction: "比例",
    tuple[str, ...]: "名单",
    tuple[Village, ...]: "村居",
    Mapping[str, str]: "对照",
}
_SUFFIXES = {"fen": "元", "month": "年月"}
_UNITS = {unit: unit for unit in ("元", "比例", "名单", "月份", "文字", "是否")}
_UNITS |= dict.fromkeys(("月", "天", "日", "期", "户", "人", "项", "套", "件", "倍", "分"), "整数")
_EXPECTED = {
    "文字": "英文双引号里的文字",
    "整数": "不带引号的非负整数",
    "是否": "true（是）或 false（否）",
    "日期": '{year}年实有的月日（如 "04-15"）或完整日期（如 "2011-04-15"）',
    "年月": '年月（如 "2010-01"）',
    "元": '以元为单位、至多两位小数的金额（如 "330"）',
    "比例": '0到1之间的比例（如 "20%" 或 "2/3"）',
    "名单": '文字清单（如 ["甲", "乙"]）',
    "月份": "1至12之间的月份清单（如 [1, 4, 7, 10]）",
    "村居": '代码12位的村居清单（如 [["361181103201", "某村民委员会"]]）',
    "对照": "若干行“名称 = 文字”",
}


def _parsed(kind: str, value: Any, year: int) -> object:
    """One value as its kind is written; an exception when it is not written so."""
    match kind, value:
        case ("文字", str()) | ("是否", bool()):
            return value
        case "整数", int() if not isinstance(value, bool) and 0 <= value < 10**6:
            return value
        case "日期", _ if re.fullmatch(r"(\d{4}-)?\d\d-\d\d", str(value), re.ASCII):
            return dt.date.fromisoformat(f"{year}-{value}" if len(str(value)) == 5 else str(value))
        case "年月", str() if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value, re.ASCII):
            return value
        case "元", str() | int() | float() if re.fullmatch(r"\d{1,9}(\.\d{1,2})?", str(value), re.ASCII):
            return fen(str(value))
        case "比例", str() if re.fullmatch(r"\d{1,3}(\.\d{1,4})?%|\d{1,6}/\d{1,6}", value, re.ASCII):
            share = Fraction(value[:-1]) / 100 if value.endswith("%") else Fraction(value)
            if share <= 1:
                return share
        case "名单", list() if all(isinstance(word, str) for word in value):
            return tuple(value)
        case "月份", list() if value and all(type(month) is int and 1 <= month <= 12 for month in value):
            return tuple(value)
        case "村居", list() if all(re.fullmatch(r"\d{12}", code, re.ASCII) and name.strip() for code, name in value):
            return tuple(Village(code, name) for code, name in value)
        case "对照", dict() if all(isinstance(text, str) for text in value.values()):
            return value
    raise ValueError(kind)


@cache
def _layout(cls: type) -> dict[str, tuple[str, Any, bool]]:
    """Key in the file -> field, its type, whether the file must give it."""
    hints = get_type_hints(cls)
    return {_key(f.name, hints[f.name]): (f.name, hints[f.name], f.default is MISSING) for f in fields(cls)}


def _key(name: str, hint: Any) -> str:
    """A field that holds records is a section of the file; a unit at the end of a name is not written there."""
    if any(is_dataclass(kind) for kind in (hint, *get_args(hint))):
        return _SECTIONS.get(name, name)
    return re.sub("_(fen|month)$", "", name)


class Reading(NamedTuple):
    """Raw TOML on its way into records: the year its month-days belong to, and every problem met so far."""

    year: int
    problems: list[str]

    def record(self, cls: type[T], entry: object, where: str) -> T:
        """One record; with a problem in its entry there is none, and the file is refused in the end."""
        if not isinstance(entry, dict):
            self.problems.append(f"{where}：应为一组“名称 = 值”，请对照方案模板补写。")
            return cast(T, None)
        before, layout = len(self.problems), _layout(cast(Any, cls))
        self.problems.extend(f"{where}：不认识的项 {shown(key)}，请核对拼写。" for key in entry if key not in layout)
        missing = [key for key, (_, _, required) in layout.items() if required and key not in entry]
        self.problems.extend(f"{where}：缺少 {key}，请补写。" for key in missing)
        given = [(key, name, hint) for key, (name, hint, _) in layout.items() if key in entry]
        values = {name: self.item(name, hint, key, entry, where) for key, name, hint in given}
        return cls(**values) if len(self.problems) == before else cast(T, None)

    def item(self, name: str, hint: Any, key: str, entry: Mapping[str, Any], where: str) -> object:
        """The value of one field: a record, a section of records, or a plain value."""
        if is_dataclass(hint):
            return self.record(cast("type[object]", hint), entry[key], f"[{_TABLES.get(key, key)}]")
        kind = next((kind for kind in get_args(hint) if is_dataclass(kind) and kind is not Village), None)
        if kind is Clause:
            return {clause.id: clause for clause in self.records(Clause, entry[key], key) if clause}
        if kind:
            return self.records(cast("type[object]", kind), entry[key], key)
        written = _UNITS.get(str(entry.get("unit"))) if hint == Value else _SUFFIXES.get(name.rpartition("_")[2])
        written = written or _KINDS.get(hint, "")
        try:
            return _parsed(written, entry[key], self.year)
        except (ValueError, TypeError, AttributeError, ArithmeticError):
            expected = _EXPECTED.get(written, f"与单位相符，而单位（unit）只能是{'、'.join(_UNITS)}")
            found = shown(entry[key])
            self.problems.append(f"{where}：{key} 为“{found}”，应为{expected.format(year=self.year)}。")
            return None

    def records(self, cls: type[T], entries: object, section: str) -> tuple[T, ...]:
        """All entries of one section, each named once."""
        if not isinstance(entries, list):
            self.problems.append(f"{section}：应写成若干段 [[{section}]]，请对照方案模板改正。")
            return ()
        labels = [_label(entry) for entry in entries]
        repeated = repeated_words(labels).items()
        self.problems.extend(f"[[{section}]] {label}：写了{n}次，请只保留一段。" for label, n in repeated)
        wheres = [f"第{n}段 [[{section}]] {label}" for n, label in enumerate(labels, 1)]
        return tuple(self.record(cls, entry, where) for entry, where in zip(entries, wheres, strict=True))


def _label(entry: object) -> str:
    named = entry if isinstance(entry, dict) else {}
    return "，".join(shown(named[key]) for key in ("id", "kind", "code", "effective") if key in named)


def repeated_words(labels: Iterable[str]) -> dict[str, int]:
    """Words given more than once, and how often."""
    return {label: count for label, count in Counter(labels).items() if label and count > 1}
