"""The database under the log: one file with every safety on, or the office's PostgreSQL; the rest does not know which."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from dibao_lib.errors import InputRefused
from dibao_lib.records import schema

FILE = "records.db"
_WAIT_SECONDS = 30.0
_ASK_AGAIN_SECONDS = 0.01
_PRAGMAS = (
    # trusted_schema off: a handed-over file can run nothing; secure_delete: what was erased is overwritten
    "journal_mode = WAL",
    "synchronous = FULL",
    "secure_delete = ON",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "trusted_schema = OFF",
    "wal_autocheckpoint = 500",
    "journal_size_limit = 4194304",
)
_PASSWORDS = ("DIBAO_RECORDS_PASSWORD", "PGPASSWORD")


@dataclass(frozen=True, slots=True)
class Store:
    """An open database; `place` names it in sentences."""

    engine: sa.Engine
    place: str

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view of the log.

        Raises:
            InputRefused: the database cannot be read.
        """
        on_file = self.engine.dialect.name == "sqlite"
        options = {} if on_file else {"isolation_level": "REPEATABLE READ"}
        with _spoken(self.place), self.engine.connect().execution_options(**options) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """The only writer until the block ends; then everything is on the disk, or nothing is.

        Raises:
            InputRefused: the database cannot be written.
        """
        with _spoken(self.place), self.engine.execution_options(writing=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("LOCK TABLE event IN SHARE ROW EXCLUSIVE MODE")
            yield connection

    def scrub(self) -> None:
        """Overwrites what was erased in the file and its log; on PostgreSQL, vacuums the table."""
        with _spoken(self.place), self.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            on_file = connection.dialect.name == "sqlite"
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)" if on_file else "VACUUM body")

    def intact(self) -> list[str]:
        """What SQLite finds wrong with its own file, at most one sentence; PostgreSQL looks after itself."""
        if self.engine.dialect.name != "sqlite":
            return []
        with self.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        return [] if found == "ok" else [f"{self.place}的文件结构已损坏，请从备份恢复后重新核验。"]

    def close(self) -> None:
        """Lets go of the file or the server."""
        self.engine.dispose()


def open_store(folder: Path, url: str = "") -> Store:
    """The database of a workspace, with its tables made.

    Args:
        folder: the workspace.
        url: a PostgreSQL address without password; empty for the file records.db in the workspace.

    Raises:
        InputRefused: it cannot be opened.
    """
    store = Store(_server(url), "单位共用的记录库") if url else Store(_file(folder / FILE), f"记录库 {FILE} ")
    with _spoken(store.place):
        _make_tables(store.engine)
    return store


def _file(path: Path) -> sa.Engine:
    url = sa.URL.create("sqlite+pysqlite", database=str(path))
    engine = sa.create_engine(
        url, connect_args={"timeout": _WAIT_SECONDS, "isolation_level": None}, hide_parameters=True
    )
    sa.event.listen(engine, "connect", _set_pragmas)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: sa.Connection) -> None:
    """A writer takes the lock first: with deferred transactions 975 of 1,000 concurrent saves are lost."""
    if connection.get_execution_options().get("writing"):
        _queue(cast(sqlite3.Connection, connection.connection.dbapi_connection))
    else:
        connection.exec_driver_sql("BEGIN")


def _queue(connection: sqlite3.Connection) -> None:
    """Waits for the lock as likely to get it as anybody; SQLite's own waiting asks the less often the longer it lasts."""
    deadline = time.monotonic() + _WAIT_SECONDS
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
            time.sleep(_ASK_AGAIN_SECONDS)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(1000 * _WAIT_SECONDS)}")


def _server(url: str) -> sa.Engine:
    """The password goes to the driver directly and is in no URL; without one, pgpass or the system's login decides."""
    password = next((os.environ[name] for name in _PASSWORDS if os.environ.get(name)), None)
    address = sa.make_url(url).set(drivername="postgresql+psycopg")
    extra: dict[str, Any] = {"password": password} if password else {}
    arguments = {"connect_timeout": 10, "options": "-c synchronous_commit=on -c lock_timeout=30s", **extra}
    try:
        return sa.create_engine(address, connect_args=arguments, hide_parameters=True, pool_pre_ping=True)
    except ModuleNotFoundError:
        raise InputRefused(
            "本机没有装 PostgreSQL 的驱动，打不开单位共用的记录库。请安装 dibao-workbench[postgres] 后再运行。"
        ) from None


def _make_tables(engine: sa.Engine) -> None:
    """Makes what is missing; two first openings at one time do not disturb each other."""
    if sa.inspect(engine).has_table("event"):
        return
    with engine.execution_options(writing=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(361181)")
        if not sa.inspect(connection).has_table("event"):
            schema.metadata.create_all(connection)
            for statement in schema.guards(connection.dialect.name):
                connection.exec_driver_sql(statement)


@contextmanager
def _spoken(place: str) -> Iterator[None]:
    """Turns what a database driver says into a sentence without data, address or password."""
    try:
        yield
    except DBAPIError as error:
        state = str(getattr(error.orig, "sqlstate", None) or "")
        raise _sentence(place, state, str(error.orig)) from None
    except sqlite3.Error as error:
        raise _sentence(place, "", str(error)) from None


_LOCKED = "正在被别的程序占用，等了30秒仍不能写入，这次没有保存。请稍后再保存。"
_FULL = "所在磁盘已满，这次没有保存。请腾出空间后再保存；已保存的记录没有受影响。"
_APPEND_ONLY = "只能追加：已写入的事件不能修改或删除。需要更正的，请写明理由另存一次。"
_LOGIN = "没有接受登录。请把口令放在环境变量 DIBAO_RECORDS_PASSWORD 或 pgpass 文件中，再运行。"
_AWAY = "连接不上。请核对网络和 plan.toml 中 [records] 的 url，再运行。"
# classes of SQLSTATE; a server may speak any language
_STATES = {"28": _LOGIN, "08": _AWAY, "57": _AWAY, "3D": _AWAY, "55": _LOCKED, "53": _FULL, "P0": _APPEND_ONLY}
_WORDS = {
    "is full": _FULL,
    "disk i/o": "所在磁盘读写出错，这次没有保存。请检查磁盘和剩余空间后再试；已保存的记录没有受影响。",
    "locked": _LOCKED,
    "readonly": "是只读的，不能写入。请核对文件夹权限后再保存。",
    "append-only": _APPEND_ONLY,
    "password": _LOGIN,
    "connect": _AWAY,
    "unable to open": "打不开。请核对工作区文件夹是否存在、是否有写入权限。",
}


def _sentence(place: str, state: str, said: str) -> InputRefused:
    told = _STATES.get(state[:2]) or next((told for word, told in _WORDS.items() if word in said.lower()), None)
    return InputRefused(place + (told or "已损坏或不是本软件写的，不能使用。请运行 dibao verify 查看，或从备份恢复。"))
