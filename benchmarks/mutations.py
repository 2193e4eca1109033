"""Damaged copies of the made-up county's workbooks, read as an import reads them: nothing may break or be bent.

`python benchmarks/mutations.py [--copies 1000] [--seed 1]`, by hand, never in tests. Each copy has bytes flipped, its end
cut off, or one cell replaced. Every row accepted from a copy is compared, cell by cell, with the same row of the whole file.
"""

from __future__ import annotations

import argparse
import io
import random
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dibao_lib.demo import build_county, write_workbooks
from dibao_lib.evidence.arrow import QUARANTINE
from dibao_lib.evidence.file import FileReading
from dibao_lib.evidence.gazetteer import Gazetteer
from dibao_lib.evidence.guard import GuardedReader
from dibao_lib.evidence.limits import Limits
from dibao_lib.workspace import Inspection

_WORDS = (
    "#N/A",
    "3.62330E+17",
    "一二三",
    "????",
    "<b>",
    "=1+1",
    "99999999999999999999",
    "",
    "合计",
    "2010.1",
    "张　三",
)
# every workbook is read while it is looked at, the harder way for the guard
_LIMIT = Limits(seconds=30.0, memory_bytes=1 << 31, overlap_from_bytes=0)
Key = tuple[str, str, int, int]
Rows = dict[Key, dict[str, Any]]


def main() -> None:
    """Prints what became of the copies."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--copies", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    draw, counts, slowest = random.Random(given.seed), Counter[str](), 0.0
    with tempfile.TemporaryDirectory() as scratch:
        ins = Inspection.create(Path(scratch) / "workspace")
        write_workbooks(build_county(ins.plan, given.seed), ins.inbox)
        files = sorted(path for path in ins.inbox.rglob("*") if path.is_file() and path.stat().st_size < 4 << 20)
        whole: dict[Path, tuple[Rows, set[Key]]] = {}
        with GuardedReader(_places(ins), _LIMIT) as reader:
            for _ in range(given.copies):
                path, (kind, damage) = draw.choice(files), draw.choice([*_DAMAGES.items()])
                if path not in whole:
                    whole[path] = _rows(reader.read(path, path.name))
                copy = Path(scratch) / path.name
                copy.write_bytes(damage(path.read_bytes(), draw))
                start = time.perf_counter()
                reading = reader.read(copy, path.name)
                slowest = max(slowest, time.perf_counter() - start)
                counts.update(_outcome(kind + (path.suffix if kind == "bytes flipped" else ""), reading, whole[path]))
    print(f"{given.copies} copies of {len(files)} files, slowest {slowest:.1f} s")
    for name, count in sorted(counts.items()):
        print(f"| {name} | {count:,} |")


def _places(ins: Inspection) -> Gazetteer:
    plan = ins.plan
    entries = [(one.code, one.name, one.aliases) for one in plan.townships]
    return Gazetteer.of(plan.place.name, [*entries, *((one.code, one.name, ()) for one in plan.villages)])


def _flipped(content: bytes, draw: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(draw.randint(1, 8)):
        damaged[draw.randrange(len(damaged))] ^= 1 << draw.randrange(8)
    return bytes(damaged)


def _cut(content: bytes, draw: random.Random) -> bytes:
    return content[: draw.randrange(len(content))]


def _replaced(content: bytes, draw: random.Random) -> bytes:
    """One cell's text becomes a word of no sense; an old workbook has bytes flipped instead."""
    if not content.startswith(b"PK"):
        return _csv_replaced(content, draw) if b"," in content[:200] else _flipped(content, draw)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheets = [name for name in parts if name == "xl/sharedStrings.xml" or name.startswith("xl/worksheets/sheet")]
    name = draw.choice(sheets)
    opening, closing = draw.choice(((b"<t>", b"</t>"), (b"<v>", b"</v>")))
    starts = [found + 3 for found in _all(parts[name], opening)]
    if starts:
        start = draw.choice(starts)
        word = (
            draw.choice(_WORDS).replace("<", "&lt;").encode() if opening == b"<t>" else str(draw.randint(0, 9)).encode()
        )
        parts[name] = parts[name][:start] + word + parts[name][parts[name].index(closing, start) :]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return made.getvalue()


def _csv_replaced(content: bytes, draw: random.Random) -> bytes:
    lines = content.split(b"\n")
    number = draw.randrange(1, max(len(lines) - 1, 2))
    cells = lines[number].split(b",")
    cells[draw.randrange(len(cells))] = draw.choice(_WORDS).encode("gb18030")
    lines[number] = b",".join(cells)
    return b"\n".join(lines)


def _all(content: bytes, wanted: bytes) -> Iterator[int]:
    place = content.find(wanted)
    while place >= 0:
        yield place
        place = content.find(wanted, place + 1)


_DAMAGES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "bytes flipped": _flipped,
    "end cut off": _cut,
    "cell replaced": _replaced,
}


def _rows(reading: FileReading) -> tuple[Rows, set[Key]]:
    """Rows by table, sheet, row and place among those of one row; and (table, sheet, row, 0) of what was set aside."""
    rows: Rows = {}
    for table, content in reading.tables.items():
        seen: Counter[tuple[str, int]] = Counter()
        for row in content.to_pylist() if table != QUARANTINE else ():
            sheet, number = row["source_sheet"], row["source_row"]
            rows[table, sheet, number, seen[sheet, number]] = row
            seen[sheet, number] += 1
    aside = reading.tables.get(QUARANTINE)
    lines = aside.to_pylist() if aside else []
    return rows, {(line["field"], line["source_sheet"], line["source_row"], 0) for line in lines}


def _outcome(kind: str, reading: FileReading, whole: tuple[Rows, set[Key]]) -> Iterator[str]:
    """What to count for one copy."""
    said = " ".join(reading.report.problems) + reading.report.refused
    if "程序处理时出错" in said:
        yield f"{kind}: FAULT OF THE PROGRAM {said[-60:]}"
    if "仍未完成" in said:
        yield f"{kind}: HANG"
    if any("\n" in problem or not _is_chinese(problem) for problem in reading.report.problems):
        yield f"{kind}: NOT A CHINESE SENTENCE"
    if not reading.report.accepted:
        yield f"{kind}: copies refused with a sentence"
        if "异常中止" in said:
            yield f"{kind}: … of them, the reading process died and was started again"
        return
    yield f"{kind}: copies accepted"
    rows, aside = _rows(reading)
    changed = 0
    for key, row in rows.items():
        before = whole[0].get(key, {})
        wrong = [name for name, value in row.items() if name not in before or before[name] != value]
        silent = [name for name in wrong if not (row[name] is None and (name, key[1], key[2], 0) in aside)]
        changed += bool(silent)
        if not silent:
            yield f"{kind}: rows with a cell set aside" if wrong else f"{kind}: rows equal"
    yield from [f"{kind}: rows that differ and nothing tells"] * changed
    if changed:
        yield f"{kind}: … in so many copies"


def _is_chinese(sentence: str) -> bool:
    return sentence.rstrip("）").endswith("。") or sentence.endswith("（该格留空，其余已导入）") or "。" in sentence


if __name__ == "__main__":
    main()
