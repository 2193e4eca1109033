"""Personal data in what is about to be published: where and of which kind, never which (办法 24; plan R50, R52)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from dibao_lib.errors import ReportFailed
from dibao_lib.idnumber import IN_TEXT
from dibao_lib.report.hidden_texts import hidden_texts

# a number stands alone: not in a word, a digest, a decimal fraction or the moment a file was made
_BEFORE, _AFTER = r"(?<![0-9A-Za-z.])(?<!D:)", r"(?![0-9A-Za-z])"
_NUMBER = "[0-9〇零一二三四五六七八九十百]+"
_KINDS = {
    "身份证号": IN_TEXT,
    "遮盖了几位的号码": re.compile(rf"{_BEFORE}\d{{3,6}}[*●○]{{3,}}\d{{2,4}}X?{_AFTER}"),
    "手机号码": re.compile(rf"{_BEFORE}1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}{_AFTER}"),
    "固定电话": re.compile(rf"{_BEFORE}0\d{{2,3}}[ -]?\d{{7,8}}{_AFTER}"),
    "账号或证号": re.compile(rf"{_BEFORE}(?:\d{{12,}}|\d{{4}}(?: \d{{4}}){{2,}}(?: \d{{1,3}})?){_AFTER}"),
    "住址": re.compile(rf"{_NUMBER}(?:组|弄|巷|栋|幢|号楼|单元){_NUMBER}[号室]"),
}
# every line that holds any of them, and few others
_MAYBE = re.compile(rf"\d[\d -]{{9,}}|[*●○]{{3}}|{_NUMBER}(?:组|弄|巷|栋|幢|号楼|单元)")
# what people cannot see and what would cut a number in two
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Leak:
    """Personal data in a file: its name as far as it may be told, the place in it, the kind, how many different ones."""

    file: str
    place: str
    kind: str
    count: int

    def __str__(self) -> str:
        """For the person who wants to publish the file."""
        return f"{self.file}{f'（{self.place}）' if self.place else ''}有{self.kind}{f'{self.count}个' if self.count else ''}"


def find_leaks(folder: Path, official: Collection[str] = ()) -> list[Leak]:
    """Ids, masked ones too, telephones, accounts, certificate numbers and addresses in all files below a folder.

    Args:
        folder: what is to be published.
        official: telephone numbers that may be published, such as those to complain to.
    """
    known = {_digits(number) for number in official}
    return [
        leak
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for leak in _in_file(path, path.relative_to(folder).as_posix(), known)
    ]


def refuse_leaks(folder: Path) -> None:
    """Nothing, where `find_leaks` finds nothing.

    Raises:
        ReportFailed: the places and kinds of what was found.
    """
    if leaks := find_leaks(folder):
        raise ReportFailed(
            f"含有个人信息，不能公开，没有写入 public：{listed(leaks)}。请核对表册中户主姓名、村（居）名称等栏是否误填了号码，"
            "更正并重新导入后再生成。"
        )


def listed(leaks: Collection[Leak]) -> str:
    """Leaks as part of a sentence, the first of many."""
    more = f"；另有{len(leaks) - _SHOWN}处" if len(leaks) > _SHOWN else ""
    return "；".join(map(str, list(leaks)[:_SHOWN])) + more


def _in_file(path: Path, name: str, known: Collection[str]) -> list[Leak]:
    told, texts = _tellable(name), defaultdict[str, list[str]](list)
    texts["文件名"].append(name)
    try:
        for place, text in hidden_texts(path.name, path.read_bytes()):
            texts[place].append(text)
    except ValueError:
        return [Leak(told, "加密或已损坏", "无法查看的内容", 0)]
    counts = Counter((place, kind) for place in texts for kind, _ in _found("\n".join(texts[place]), known))
    return [Leak(told, place, kind, count) for (place, kind), count in sorted(counts.items())]


def _found(text: str, known: Collection[str]) -> set[tuple[str, str]]:
    """(kind, digits) of the different numbers in a text, each under the first kind that it fits."""
    plain = "\n".join(line for line in _plain(text).splitlines() if _MAYBE.search(line))
    found = set[tuple[str, str]]()
    for kind, pattern in _KINDS.items():
        found |= {(kind, _digits(match[0])) for match in pattern.finditer(plain)}
        plain = pattern.sub("…", plain)
    return {(kind, number) for kind, number in found if number not in known}


def _plain(text: str) -> str:
    return text if text.isascii() else _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _tellable(name: str) -> str:
    plain = _plain(name)
    for pattern in _KINDS.values():
        plain = pattern.sub("…", plain)
    return plain
