"""A workspace and what lies in it: the plan, the evidence tables, the findings; it knows no chapter (contracts 4.2, 4.3)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import duckdb
import pandas as pd

from dibao_lib.errors import InputRefused, UsageError
from dibao_lib.intact import reject_damaged
from dibao_lib.plan import Plan

# below this one thread is as fast as two and takes a fifth less of the processor: a county is one row group a table
_SMALL_BYTES = 4 << 20
_FOLDERS = ("inbox", "notebooks", "evidence", "draws", "inspection_reports")


class Inspection:
    """One campaign's folder.

    Args:
        folder: the workspace, which holds plan.toml.
        memory: how much memory a query may take, like "8GB"; blank leaves it to DuckDB.
        spill: where a query puts what does not fit into memory.
    """

    def __init__(self, folder: Path, memory: str = "", spill: Path | None = None) -> None:  # noqa: D107
        self.folder = folder
        self._limits = {"memory_limit": memory} if memory else {}
        self._limits |= {"temp_directory": str(spill)} if spill else {}
        self._trusted: dict[Path, tuple[int, int, str]] = {}

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, memory: str = "", spill: Path | None = None) -> Inspection:
        """The workspace at `path`.

        Args:
            path: a folder with plan.toml.
            memory: how much memory a query may take, like "8GB"; blank leaves it to DuckDB.
            spill: where a query puts what does not fit into memory; nothing is left there when it is done.

        Raises:
            UsageError: there is no plan.toml, so this is no workspace.
            InputRefused: plan.toml cannot be read.
        """
        folder = Path(path).resolve()
        if not (folder / "plan.toml").is_file():
            raise UsageError(f"“{folder.name}”不是检查工作区：其中没有 plan.toml。请先用 dibao new 新建工作区。")
        return cls(folder, memory, spill)

    @classmethod
    def create(cls, path: str | os.PathLike[str], plan: str = "dexing", year: int | None = None) -> Inspection:
        """A new workspace from a shipped plan; an existing plan.toml is never overwritten.

        Args:
            path: folder to make; it may exist, but not hold a plan.toml.
            plan: name of a file in templates/plans.
            year: campaign year; the plan's own year when left out.

        Raises:
            UsageError: the folder is a workspace already.
        """
        folder = Path(path).resolve()
        if (folder / "plan.toml").exists():
            raise UsageError(f"“{folder.name}”已经是检查工作区，未作改动。请换一个目录，或直接在其中继续工作。")
        text = Plan.template(plan, year)
        for name in _FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "plan.toml").write_text(text, encoding="utf-8")
        return cls(folder)

    @cached_property
    def plan(self) -> Plan:
        """The plan of this campaign: clauses, dates, thresholds, gazetteer."""
        return Plan.read(self.folder / "plan.toml")

    @property
    def inbox(self) -> Path:
        """Where the files as received are kept."""
        return self.folder / "inbox"

    @property
    def evidence(self) -> Path:
        """Where the snapshots, the quarantine and the manifest are kept."""
        return self.folder / "evidence"

    @property
    def reports(self) -> Path:
        """Where finished reports are published."""
        return self.folder / "inspection_reports"

    def tables(self) -> dict[str, Path]:
        """Name -> Parquet file of what was imported and checked: evidence tables, quarantine, findings.

        Raises:
            InputRefused: a table is not what the import wrote.
        """
        reject_damaged(self.evidence, self._trusted)
        found = {file.stem: file for file in sorted(self.evidence.glob("*.parquet"))}
        if (self.folder / "findings.parquet").is_file():
            found["findings"] = self.folder / "findings.parquet"
        return found

    def sources(self) -> dict[str, tuple[Path, ...]]:
        """Name -> Parquet files of everything that can be queried: imported tables and what teams recorded themselves.

        Raises:
            InputRefused: an imported table is not what the import wrote.
        """
        typed = {file.stem: (file,) for file in sorted((self.folder / "records").glob("*.parquet"))}
        imported = {name: (file,) for name, file in self.tables().items()}
        return {name: imported.get(name, ()) + typed.get(name, ()) for name in {**imported, **typed}}

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A new DuckDB in memory with one view per table; nothing it does can change the evidence.

        Raises:
            InputRefused: a table cannot be read.
        """
        sources = self.sources()
        size = sum(file.stat().st_size for files in sources.values() for file in files)
        offline = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        threads = "1" if size < _SMALL_BYTES else "2"
        connection = duckdb.connect(config={**offline, "threads": threads, **self._limits})
        for name, files in sources.items():
            quoted = ", ".join("'{}'".format(str(file).replace("'", "''")) for file in files)
            try:
                connection.execute(
                    f'CREATE VIEW "{name}" AS SELECT * FROM read_parquet([{quoted}], union_by_name = {len(files) > 1})'
                )
            except duckdb.Error:
                raise InputRefused(
                    f"{name}.parquet 无法读取，可能已损坏或被其他软件改写。请把它移到别处，再运行 dibao check。"
                ) from None
        return connection

    def table(self, name: str) -> pd.DataFrame:
        """One table as a DataFrame; its columns are those of columns.tsv plus source_file, source_sheet, source_row.

        Raises:
            InputRefused: that table has not been imported.
        """
        if name not in self.sources():
            raise InputRefused(f"表“{name}”尚未导入。请把相应表册放入 inbox 后运行 dibao import，再查询。")
        return self.sql(f'SELECT * FROM "{name}"')

    def sql(self, query: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
        """The answer to one read-only SQL question over the tables; `$name` stands for a parameter.

        Raises:
            InputRefused: the question cannot be answered as asked.
        """
        connection = self.connect()
        try:
            _reject_writing(connection, query)
            return connection.execute(query, dict(parameters or {})).df()
        except duckdb.Error as error:
            reason = str(error).partition("\n")[0]
            raise InputRefused(f"查询未能执行：{reason}。请检查表名、列名和语法（表名见 ins.sources()）。") from None
        finally:
            connection.close()

    def findings(self, township: str | None = None) -> pd.DataFrame:
        """Findings of the last `dibao check`, all or those of one township (code or name), as contract 4.2 names them.

        Raises:
            InputRefused: the checks have not been run.
        """
        if "findings" not in self.tables():
            raise InputRefused("尚无检查结果。请先运行 dibao check。")
        return self.sql(
            "SELECT * FROM findings WHERE $township IS NULL OR $township IN (township_code, township) ORDER BY ALL",
            {"township": township},
        )


def _reject_writing(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Lets through one statement that only reads: a COPY could overwrite evidence."""
    statements = connection.extract_statements(query)
    reading = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
    if len(statements) != 1 or statements[0].type not in reading:
        raise InputRefused("只能查询，不能写入：请写一条 select 语句；需要保存结果时，用 DataFrame 另存为新文件。")
