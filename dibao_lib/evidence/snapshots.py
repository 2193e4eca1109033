"""Immutable Parquet snapshots: one a table, sorted by source, written whole under a temporary name and then renamed."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dibao_lib.errors import InputRefused
from dibao_lib.evidence.tables import SOURCE_FIELDS


def read_snapshot(folder: Path, name: str, schema: pa.Schema) -> pa.Table:
    """The rows of a table as last written, in the present schema; none when it was never written.

    Raises:
        InputRefused: the file is damaged.
    """
    path = folder / f"{name}.parquet"
    if not path.is_file():
        return schema.empty_table()
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            return _conformed(file.read(), schema)
    except (pa.ArrowException, OSError, ValueError):
        raise InputRefused(
            f"证据表 {name}.parquet 已损坏，不能使用。请从备份恢复 evidence 文件夹，或删除该文件夹后重新导入 inbox。"
        ) from None


def _conformed(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """The table in another schema: columns it lacks are null, columns of another type are dropped."""
    if table.schema.equals(schema):
        return table
    arrays = [
        table[field.name]
        if field.name in table.schema.names and table.schema.field(field.name).type == field.type
        else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pa.table(arrays, schema=schema)


def replaced(old: pa.Table, new: Sequence[pa.Table], sources: Collection[str]) -> pa.Table:
    """The old rows without those of some source files, and the new rows, sorted by file, sheet and row."""
    gone = pa.array(sorted(sources), pa.string())
    kept = old.filter(pc.invert(pc.is_in(old["source_file"], value_set=gone))) if old.num_rows else old
    filled = [part for part in (kept, *new) if part.num_rows]
    table = pa.concat_tables(filled or [kept]).combine_chunks()
    if _is_sorted(table):
        return table
    return table.take(pc.sort_indices(table, [(name, "ascending") for name in SOURCE_FIELDS]))


def _is_sorted(table: pa.Table) -> bool:
    """Whether the rows stand in order already, as those of one file do."""
    in_order = pa.scalar(True)
    for name in reversed(SOURCE_FIELDS):
        before, after = table[name][:-1], table[name][1:]
        in_order = pc.or_(pc.less(before, after), pc.and_(pc.equal(before, after), in_order))
    return bool(pc.all(in_order, skip_nulls=False).as_py())


def snapshot_bytes(table: pa.Table) -> bytes:
    """The Parquet file of a table; the same rows give the same bytes."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", write_page_checksum=True)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file under a temporary name, flushes it to the disk and renames it; leaves an equal file alone."""
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Makes a rename survive a power cut, where the system lets a folder be opened."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
