"""The tables of the log, the same on SQLite and PostgreSQL; the database itself refuses to change or delete an event."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Index, Integer, MetaData, PrimaryKeyConstraint, String, Table, Text

metadata = MetaData()
# one row an event; everything but the personal part
event = Table(
    "event",
    metadata,
    Column("device", String(36), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("event_id", String(36), nullable=False, unique=True),
    Column("at", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("submission", Text, nullable=False),
    Column("base", Text, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("body_digest", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    PrimaryKeyConstraint("device", "seq"),
    Index("event_record", "record_id"),
    Index("event_submission", "submission"),
)
# the personal part of an event as salted parts; replaced by digests only where an erase event says so
body = Table("body", metadata, Column("hash", String(64), primary_key=True), Column("parts", Text, nullable=False))
# where every device stood when a checkpoint was printed
checkpoint = Table(
    "checkpoint",
    metadata,
    Column("digest", String(32), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("heads", Text, nullable=False),
)
# the chain that a computer and folder writes; a copied workspace gets a chain of its own
device = Table(
    "device",
    metadata,
    Column("place", String(64), primary_key=True),
    Column("device", String(36), nullable=False, unique=True),
)

_ERASED = "EXISTS (SELECT 1 FROM event e JOIN event x ON x.record_id = e.record_id WHERE e.hash = OLD.hash AND x.action = 'erase')"
_REFUSALS = (("event", "UPDATE"), ("event", "DELETE"), ("body", "UPDATE"), ("checkpoint", "UPDATE"))


def guards(dialect: str) -> Iterator[str]:
    """The statements that make the tables append-only.

    Args:
        dialect: sqlite or postgresql.
    """
    yield from _sqlite_guards() if dialect == "sqlite" else _postgres_guards()


def _sqlite_guards() -> Iterator[str]:
    for table, deed in _REFUSALS:
        yield _sqlite_guard(table, deed, "")
    yield _sqlite_guard("body", "DELETE", f"WHEN NOT {_ERASED} ")


def _sqlite_guard(table: str, deed: str, when: str) -> str:
    name = f"{table}_no_{deed.lower()}"
    return f"CREATE TRIGGER {name} BEFORE {deed} ON {table} {when}BEGIN SELECT RAISE(ABORT, 'append-only'); END"


def _postgres_guards() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION dibao_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$"
    )
    yield (
        "CREATE OR REPLACE FUNCTION dibao_refuse_unerased() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF NOT {_ERASED} THEN RAISE EXCEPTION 'append-only'; END IF; RETURN OLD; END $$"
    )
    for table, deed in _REFUSALS:
        yield _postgres_guard(table, deed, "ROW", "dibao_refuse")
    for table in ("event", "body", "checkpoint"):
        yield _postgres_guard(table, "TRUNCATE", "STATEMENT", "dibao_refuse")
    yield _postgres_guard("body", "DELETE", "ROW", "dibao_refuse_unerased")


def _postgres_guard(table: str, deed: str, each: str, function: str) -> str:
    name = f"{table}_no_{deed.lower()}"
    return f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
