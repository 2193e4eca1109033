"""Whether the log is what was written: every hash, every link, every checkpoint; what is wrong is named by its number."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dibao_lib.errors import InputRefused
from dibao_lib.records.checkpoint import Checkpoint, Heads, checkpoint_of
from dibao_lib.records.parts import covered_digest, covers, erased_names, opened, whole_digest
from dibao_lib.records.rows import event_hash

_SHOWN = 20
_BEFORE = (0, "")
Row = Mapping[str, Any]


@dataclass(slots=True)
class Walk:
    """A pass over a log, device by device: what was wrong so far, and what later events are held against.

    `place` says where the devices stand, `known` are hashes that bases may name, `orders` what was erased by record:
    given at first from a log that the events are to follow, then kept up on the way. `thorough` looks at each part of
    each event, which one's own log needs only where something was erased.
    """

    place: dict[str, tuple[int, str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    hashes: dict[tuple[str, int], str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    orders: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    thorough: bool = False
    _erased: list[tuple[str, str, str]] = field(default_factory=list)
    _bases: list[tuple[str, str]] = field(default_factory=list)

    def step(self, row: Row, text: str | None) -> None:
        """Looks at one event, which follows the one before of its device, and at the text of its personal parts."""
        self.problems += (
            f"{_where(row)}：{told}" for told in _link_problems(row, self.place.get(row["device"], _BEFORE))
        )
        self.place[row["device"]] = (row["seq"], row["hash"])
        self.hashes[row["device"], row["seq"]] = row["hash"]
        self.known.add(row["hash"])
        if row["base"] != "[]":
            self._bases += [(_where(row), each) for each in json.loads(row["base"])]
        if self.thorough or row["action"] == "erase" or not _same(whole_digest, text, row["body_digest"]):
            self._personal(row, text)

    def _personal(self, row: Row, text: str | None) -> None:
        parts = _parts(text)
        if parts is None:
            self.problems.append(f"{_where(row)}：填写内容缺失或无法读取。")
        elif not _same(covered_digest, text, row["body_digest"]):
            self.problems.append(f"{_where(row)}：填写内容被改动。")
        else:
            self._erased += [(row["record_id"], name, _where(row)) for name in erased_names(parts)]
            if row["action"] == "erase":
                self.orders.setdefault(row["record_id"], []).append(_named(parts))

    def ended(self) -> list[str]:
        """Everything that does not hold, once the last event was looked at; empty when all does."""
        orphans = [f"{where}：所依据的事件已不存在。" for where, each in self._bases if each not in self.known]
        unlawful = [
            f"{where}：部分内容被抹去，但没有抹除记录。"
            for record_id, name, where in self._erased
            if not any(covers(fields, name) for fields in self.orders.get(record_id, ()))
        ]
        return list(dict.fromkeys([*self.problems, *orphans, *unlawful]))


def _where(row: Row) -> str:
    return f"设备{short(row['device'])}第{row['seq']}条"


def _link_problems(row: Row, before: tuple[int, str]) -> Iterator[str]:
    seq, last = before
    if row["seq"] > seq + 1:
        yield f"之前缺少{_span(seq + 1, row['seq'] - 1)}。"
    elif row["seq"] <= seq or row["prev"] != last:
        yield "与上一条衔接不上，有事件被插入、删除、调换或改写。"
    if not _same(event_hash, row, row["hash"]):
        yield "事件被改动（时间、记录人、操作、内容摘要之一）。"


def _span(first: int, last: int) -> str:
    return f"第{first}条" if first == last else f"第{first}至{last}条"


def _same(compute: Any, value: Any, expected: str) -> bool:
    """True when the digest of a value is as written; a value that cannot be hashed is not."""
    try:
        return bool(compute(value) == expected)
    except (InputRefused, TypeError, ValueError, IndexError, AttributeError):
        return False


def _parts(text: str | None) -> dict[str, Any] | None:
    try:
        return opened(text or "")[1]
    except ValueError:
        return None


def _named(parts: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that an erase event names."""
    part = parts.get("fields")
    return tuple(json.loads(part[1]) or ()) if isinstance(part, list) else ()


def checkpoint_problems(
    wanted: Checkpoint, kept: Heads | None, now: Heads, hashes: Mapping[tuple[str, int], str]
) -> list[str]:
    """What a log has lost or changed since a checkpoint was printed.

    Args:
        wanted: as printed.
        kept: where every device stood then, by the log's own note; None when there is no such note.
        now: where every device stands.
        hashes: (device, number) -> hash of every event.
    """
    if checkpoint_of(now) == wanted:
        return []
    count = sum(seq for seq, _ in now.values())
    if kept is None:
        return [_unknown(wanted, count)]
    problems = []
    for device, (seq, last) in kept.items():
        have = now.get(device, (0, ""))[0]
        if have < seq:
            problems.append(
                f"设备{short(device)}：缺少{_span(have + 1, seq)}，印出校验点时已有；末尾被截去，或这是更早的副本。"
            )
        elif hashes.get((device, seq)) != last:
            problems.append(
                f"设备{short(device)}：第{seq}条与印出的校验点不符；{_span(1, seq)}中有事件在印出之后被改写并重算了摘要。"
            )
    return problems


def _unknown(wanted: Checkpoint, count: int) -> str:
    if not count:
        return f"记录库是空的，而校验点记有{wanted.count}条：记录被清空或换成了新库。"
    if count < wanted.count:
        return f"记录库只有{count}条，少于校验点所记的{wanted.count}条：末尾被截去，或这是更早的副本。"
    return (
        f"记录库现有{count}条，但查不到这个校验点（{wanted.count}条）：全部记录被改写、调换了记录库，或校验点输入有误。"
    )


def short(device: object) -> str:
    """Enough of a device's id to tell it from others: its random end."""
    return str(device)[-6:]


def shortened(problems: list[str]) -> list[str]:
    """The first of many sentences, and how many more there are."""
    more = len(problems) - _SHOWN
    return problems if more <= 0 else [*problems[:_SHOWN], f"另有{more}处，从略。"]
