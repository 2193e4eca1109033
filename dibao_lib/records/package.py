"""The office's package for a team: plan, draws, and of evidence and leads what concerns the team's townships."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.evidence.commit import commit
from dibao_lib.evidence.manifest import Manifest
from dibao_lib.evidence.snapshots import snapshot_bytes, write_whole
from dibao_lib.intact import MANIFEST
from dibao_lib.plan import Plan, Township
from dibao_lib.records.bundle import Content, reject_foreign, write_bundle
from dibao_lib.records.keys import Card, Keys
from dibao_lib.workspace import Inspection

# tables without persons or places, which every team needs
_FOR_ALL = {"standards"}


def chosen(plan: Plan, named: Sequence[str]) -> list[Township]:
    """The plan's townships of those codes, names or aliases.

    Raises:
        UsageError: there is no such township.
    """
    found = {word: t for t in plan.townships for word in (t.code, t.name, *t.aliases)}
    if wrong := [word for word in named if word not in found]:
        names = "、".join(township.name for township in plan.townships)
        raise UsageError(f"没有名为“{wrong[0]}”的乡镇。可用的有：{names}。请核对名称或代码。")
    return list({found[word].code: found[word] for word in named}.values())


def write_package(
    ins: Inspection, townships: Sequence[Township], target: Path, keys: Keys, reader: Card, now: dt.datetime
) -> dict[str, int]:
    """A team's package: plan, draws, and of evidence and leads what concerns its townships; nothing of other places.

    Args:
        ins: the office's workspace.
        townships: the team's.
        target: the file to make.
        keys: the office's.
        reader: the team's card.
        now: when.

    Returns:
        Rows of each table in the package; registers that name no township are left out.
    """
    tables = {name: pq.read_table(path) for name, path in ins.tables().items()}
    sliced = dict(_slices(tables, townships))
    content = {name: snapshot_bytes(table) for name, table in sliced.items() if name != "findings"}
    files: dict[str, bytes | Path] = {f"evidence/{name}.parquet": data for name, data in content.items()}
    files[f"evidence/{MANIFEST}"] = _manifest(ins, sliced, content)
    if "findings" in sliced:
        files["findings.parquet"] = snapshot_bytes(sliced["findings"])
    files["plan.toml"] = _without_server((ins.folder / "plan.toml").read_text(encoding="utf-8-sig")).encode()
    files |= {f"draws/{path.name}": path for path in _draws(ins.folder / "draws", tables, sliced)}
    write_bundle(target, "package", ins.plan, files, keys, reader, now)
    return {name: table.num_rows for name, table in sliced.items()}


def _slices(tables: Mapping[str, pa.Table], townships: Sequence[Township]) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each table that belong to the townships."""
    codes = {township.code for township in townships}
    named = codes | {word for township in townships for word in (township.name, *township.aliases)}
    families = _households(tables, codes, named)
    for name, table in tables.items():
        mask = _belongs(table, codes, named, families)
        if mask is not None:
            yield name, table.filter(mask)
        elif name in _FOR_ALL:
            yield name, table


def _households(tables: Mapping[str, pa.Table], codes: set[str], named: set[str]) -> set[str]:
    """The certificate numbers of the townships' families."""
    table = tables.get("households")
    if table is None:
        return set()
    mask = _belongs(table.drop_columns(["hh_id"]), codes, named, set())
    return set(table.filter(mask)["hh_id"].to_pylist()) - {None}


def _belongs(table: pa.Table, codes: set[str], named: set[str], families: Collection[str]) -> Any:
    """Which rows concern the townships, by township, household or village, whichever the row names; None if none can."""
    columns, tests = table.schema.names, []
    for column in ("township_code", "twn_id"):
        if column in columns:
            tests.append(pc.is_in(table[column], value_set=pa.array(sorted(named), pa.string())))
    if "vil_id" in columns:
        starts = pc.utf8_slice_codeunits(table["vil_id"], 0, 9)
        tests.append(pc.is_in(starts, value_set=pa.array(sorted(codes), pa.string())))
    if "hh_id" in columns:
        tests.append(pc.is_in(table["hh_id"], value_set=pa.array(sorted(families), pa.string())))
    mask = None
    for test in tests:
        mask = test if mask is None else pc.or_kleene(mask, test)
    return mask


def _manifest(ins: Inspection, sliced: Mapping[str, pa.Table], content: Mapping[str, bytes]) -> bytes:
    """A manifest of the slice: the tables, and no list of the files that other townships sent."""
    whole = Manifest.load(ins.evidence)
    tables = {
        name: {**whole.tables.get(name, {}), "rows": sliced[name].num_rows, "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in content.items()
    }
    part = Manifest(tables=tables, forms=whole.forms, gazetteer=whole.gazetteer, answers=whole.answers)
    return part.content()


def _draws(folder: Path, tables: Mapping[str, pa.Table], sliced: Mapping[str, pa.Table]) -> list[Path]:
    """The draws whose frames list no family of another township."""
    ids = {
        name: set(t["households"]["hh_id"].to_pylist())
        for name, t in (("all", tables), ("own", sliced))
        if "households" in t
    }
    others = ids.get("all", set()) - ids.get("own", set())
    return [path for path in sorted(folder.glob("*.json")) if not others & set(_frame_units(path))]


def _frame_units(path: Path) -> list[str]:
    """The units of a draw's or a commitment's frame, the first field of each line."""
    try:
        return [line.partition("\t")[0] for line in json.loads(path.read_bytes())["frame"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputRefused(f"抽样记录 {path.name} 不完整，没有打包。请从备份恢复，或运行 dibao verify 查看。") from None


def _without_server(plan: str) -> str:
    """The plan without [records]: a team keeps its records in a file of its own."""
    return re.sub(r"(?ms)^\s*\[records\].*?(?=^\s*\[|\Z)", "", plan)


def open_package(content: Content, folder: Path) -> Inspection:
    """A team's workspace from its package; in a workspace of the same campaign, evidence, leads and draws are renewed.

    Raises:
        UsageError: the folder holds something else.
        InputRefused: it is no team's package, or of another campaign.
    """
    if (folder / "plan.toml").is_file():
        reject_foreign(content, Inspection.open(folder).plan, "package")
    elif folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"“{folder.name}”不是空文件夹，也不是检查工作区，没有打开工作包。请另写一个新文件夹。")
    elif content.about.purpose != "package":
        raise InputRefused(f"{content.name} 是上交的记录，不是工作包。请用 dibao merge 并入。")
    for name in ("inbox", "notebooks", "evidence", "draws", "inspection_reports"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    tables = {
        Path(name).stem: content.read(name)
        for name in content.files
        if name.startswith("evidence/") and name.endswith(".parquet")
    }
    commit(folder / "evidence", tables, content.read(f"evidence/{MANIFEST}"))
    for name in content.files:
        if name == "findings.parquet" or name.startswith("draws/"):
            write_whole(folder / name, content.read(name))
    # last, so that a folder without it is no workspace yet
    if not (folder / "plan.toml").is_file():
        write_whole(folder / "plan.toml", content.read("plan.toml"))
    return Inspection.open(folder)
