"""The line that goes into each report and signature sheet: how many events there were, and a digest of all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import sqlalchemy as sa

from dibao_lib.errors import UsageError
from dibao_lib.records.canonical import canonical, digest
from dibao_lib.records.schema import checkpoint as table
from dibao_lib.records.schema import event

_FORMAT = "dibao-checkpoint-1"
# 128 bits: whoever prepares two versions in advance needs 2^64 tries
_DIGITS = 32
# device -> (place in its chain, hash of the event there)
Heads = Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How many events a log held, and the first 128 bits of the SHA-256 over where every device stood."""

    count: int
    digest: str

    def __str__(self) -> str:
        """As printed: 1532-a3f09c1d-…, the count and four groups of eight."""
        groups = [self.digest[start : start + 8] for start in range(0, _DIGITS, 8)]
        return "-".join([str(self.count), *groups])

    @classmethod
    def parse(cls, text: str) -> Self:
        """The checkpoint that somebody typed from a printed page; blanks and the kind of dash do not matter.

        Raises:
            UsageError: it is not one.
        """
        plain = re.sub(r"[\s_]+", "", text).lower().translate(str.maketrans("－—–‐：:", "------"))
        found = re.fullmatch(r"(\d{1,9})-((?:[0-9a-f]-?){32})", plain)
        if not found:
            raise UsageError("校验点应为“条数-8位-8位-8位-8位”，如报告末页所印。请核对后重新输入。")
        return cls(int(found[1]), found[2].replace("-", ""))


def heads_of(connection: sa.Connection) -> dict[str, tuple[int, str]]:
    """Where every device stands."""
    columns = event.c
    last = sa.select(columns.device, sa.func.max(columns.seq).label("seq")).group_by(columns.device).subquery()
    query = sa.select(columns.device, columns.seq, columns.hash).join(
        last, (columns.device == last.c.device) & (columns.seq == last.c.seq)
    )
    return {row.device: (row.seq, row.hash) for row in connection.execute(query)}


def checkpoint_of(heads: Heads) -> Checkpoint:
    """The checkpoint of a state; the order in which devices were merged does not matter."""
    count = sum(seq for seq, _ in heads.values())
    return Checkpoint(count, digest(_FORMAT, str(count), heads_text(heads))[:_DIGITS])


def heads_text(heads: Heads) -> str:
    """Where every device stood, as kept beside the log so that a later reader can find the place."""
    return canonical([[device, seq, last] for device, (seq, last) in sorted(heads.items())])


def read_heads(text: str) -> dict[str, tuple[int, str]]:
    """The inverse of `heads_text`; empty when it is damaged."""
    try:
        return {device: (seq, last) for device, seq, last in json.loads(text)}
    except (ValueError, TypeError):
        return {}


def keep(connection: sa.Connection, heads: Heads) -> Checkpoint:
    """Writes down where every device stands, once."""
    made = checkpoint_of(heads)
    if find(connection, made) is None:
        row = {"digest": made.digest, "count": made.count, "heads": heads_text(heads)}
        connection.execute(table.insert(), row)
    return made


def find(connection: sa.Connection, wanted: Checkpoint) -> dict[str, tuple[int, str]] | None:
    """Where every device stood at a checkpoint; None when the log does not know it or what it knows is not that."""
    text = connection.execute(sa.select(table.c.heads).where(table.c.digest == wanted.digest)).scalar()
    heads = read_heads(text) if text else {}
    return heads if text and checkpoint_of(heads) == wanted else None
