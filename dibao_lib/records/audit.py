"""One look over the whole log: the file, the chains, the notes of printed checkpoints, and checkpoints from paper."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from dibao_lib.errors import InputRefused
from dibao_lib.records.chain import Walk, checkpoint_problems, shortened
from dibao_lib.records.checkpoint import Checkpoint, checkpoint_of, find, read_heads
from dibao_lib.records.rows import read_rows
from dibao_lib.records.schema import checkpoint as notes
from dibao_lib.records.store import Store


def audit(store: Store, wanted: Sequence[Checkpoint] = ()) -> list[str]:
    """What does not hold, one Chinese sentence each; empty when the log is sound.

    Args:
        store: the log's database.
        wanted: checkpoints from printed pages, which the log must have passed through.
    """
    try:
        problems = store.intact()
        with store.reading() as connection:
            problems += _logged(connection, wanted)
    except InputRefused as error:
        return [str(error)]
    return shortened(list(dict.fromkeys(problems)))


def _logged(connection: sa.Connection, wanted: Sequence[Checkpoint]) -> list[str]:
    walk = Walk()
    for row, parts in read_rows(connection):
        walk.step(row, parts)
    problems = walk.ended()
    for note in connection.execute(sa.select(notes).order_by(notes.c.count, notes.c.digest)).mappings():
        heads = read_heads(note["heads"])
        kept = Checkpoint(note["count"], note["digest"])
        if checkpoint_of(heads) == kept:
            problems += checkpoint_problems(kept, heads, walk.place, walk.hashes)
        else:
            problems.append(f"记录库中{kept.count}条时的校验点底账被改动。")
    for printed in wanted:
        problems += checkpoint_problems(printed, find(connection, printed), walk.place, walk.hashes)
    return problems
