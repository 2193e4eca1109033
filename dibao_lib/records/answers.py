"""One answer of each type of field: how it is read as typed, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from dibao_lib.records.form import Field
from dibao_lib.units import fen

# more than any count or amount of one record can be, and within 64 bits
_MOST = 10**9
_MOST_FEN = 10**12
_LONGEST = {"text": 200, "longtext": 20_000}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?")
_AMOUNT = re.compile(r"([+-]?[\d,]*\.?\d+)元?")


def tidied(type: str, value: Any) -> Any:
    """An answer in its one notation; what cannot be read comes back as it was typed."""
    reader = _READERS.get(type)
    return reader(value) if reader else value


def fault(field: Field, value: Any) -> str:
    """Why a tidy, not empty answer cannot be accepted, in Chinese; '' when it can."""
    return _FAULTS[field.type](field, value)


def _plain(value: Any) -> Any:
    """Text typed with full-width digits and letters, as half-width; anything else as it is."""
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else value


def _text(value: Any) -> Any:
    if value is None:
        return ""
    return _CONTROL.sub("", value.replace("\r\n", "\n")).strip() if isinstance(value, str) else value


def _int(value: Any) -> Any:
    plain = _plain(value)
    if plain == "":
        return None
    return int(plain) if isinstance(plain, str) and re.fullmatch(r"[+-]?[0-9]{1,18}", plain) else plain


def _money(value: Any) -> Any:
    plain = _plain(value)
    if plain == "":
        return None
    if isinstance(plain, str) and (found := _AMOUNT.fullmatch(plain)):
        try:
            return fen(found[1].replace(",", ""))
        except ValueError:
            return value
    return plain


def _date(value: Any) -> Any:
    if value is None:
        return ""
    plain = _plain(value)
    if isinstance(plain, str) and (found := _DAY.fullmatch(plain)):
        return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"
    return plain


def _month(value: Any) -> Any:
    if value is None:
        return ""
    plain = _plain(value)
    if isinstance(plain, str) and (found := _MONTH.fullmatch(plain)):
        return f"{found[1]}-{int(found[2]):02d}"
    return plain


def _names(value: Any) -> Any:
    """Several names, also when typed in one line."""
    parts = re.split(r"[、，,;；\s]+", value) if isinstance(value, str) else value
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        return [] if parts is None else parts
    return list(dict.fromkeys(name for part in parts if (name := _text(part))))


def _list(value: Any) -> Any:
    return [] if value is None else value


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "text": _text,
    "longtext": _text,
    "choice": _text,
    "date": _date,
    "month": _month,
    "int": _int,
    "money": _money,
    "people": _names,
    "choices": _list,
    "files": _list,
    "table": _list,
}


def _text_fault(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        return f"“{field.label}”应为文字"
    longest = _LONGEST[field.type]
    return f"“{field.label}”最多{longest}字，现有{len(value)}字，请精简" if len(value) > longest else ""


def _int_fault(field: Field, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return f"“{field.label}”应为整数，请只填数字"
    return f"“{field.label}”应在0至{_MOST}之间" if not 0 <= value <= _MOST else ""


def _money_fault(field: Field, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        return f"“{field.label}”应为金额，以元为单位，最多两位小数，如 120.50"
    return f"“{field.label}”不能为负数，也不能超过一百亿元" if not 0 <= value <= _MOST_FEN else ""


def _date_fault(field: Field, value: Any) -> str:
    try:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) and value >= "1900":
            dt.date.fromisoformat(value)
            return ""
    except ValueError:
        pass
    return f"“{field.label}”不是日历上的日期，请写成 年-月-日，如 2011-06-08"


def _month_fault(field: Field, value: Any) -> str:
    right = isinstance(value, str) and re.fullmatch(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])", value)
    return "" if right else f"“{field.label}”不是月份，请写成 年-月，如 2011-06"


def _choice_fault(field: Field, value: Any) -> str:
    return "" if value in field.choices else f"请在“{field.label}”的{len(field.choices)}个选项中选择"


def _choices_fault(field: Field, value: Any) -> str:
    right = isinstance(value, list) and all(one in field.choices for one in value)
    return "" if right else f"请在“{field.label}”的{len(field.choices)}个选项中选择"


def _flag_fault(field: Field, value: Any) -> str:
    return "" if isinstance(value, bool) else f"“{field.label}”请选择是或否"


def _people_fault(field: Field, value: Any) -> str:
    right = isinstance(value, list) and all(isinstance(one, str) and len(one) <= 50 for one in value)
    return "" if right else f"“{field.label}”请逐个填写姓名，用顿号隔开"


def _files_fault(field: Field, value: Any) -> str:
    right = isinstance(value, list) and all(_is_file(one) for one in value)
    return "" if right else f"“{field.label}”中有没有传完的附件，请重新添加"


def _is_file(one: Any) -> bool:
    return (
        isinstance(one, Mapping)
        and isinstance(one.get("name"), str)
        and isinstance(one.get("size"), int)
        and re.fullmatch("[0-9a-f]{64}", str(one.get("sha256"))) is not None
    )


def _table_fault(field: Field, value: Any) -> str:
    right = isinstance(value, list) and all(isinstance(row, Mapping) for row in value)
    return "" if right else f"“{field.label}”的内容无法识别，请刷新页面后重新填写"


def _counts_fault(field: Field, value: Any) -> str:
    if not isinstance(value, Mapping):
        return f"“{field.label}”的内容无法识别，请刷新页面后重新填写"
    return f"“{field.label}”中有表单没有的类别，请刷新页面后重新填写" if set(value) - set(field.keys) else ""


def _shown_fault(field: Field, value: Any) -> str:
    return ""


_FAULTS: Mapping[str, Callable[[Field, Any], str]] = {
    "text": _text_fault,
    "longtext": _text_fault,
    "date": _date_fault,
    "month": _month_fault,
    "int": _int_fault,
    "money": _money_fault,
    "choice": _choice_fault,
    "choices": _choices_fault,
    "flag": _flag_fault,
    "people": _people_fault,
    "files": _files_fault,
    "table": _table_fault,
    "counts": _counts_fault,
    "shown": _shown_fault,
}
