"""Tables of the study database, in SQLAlchemy's dialect-neutral words, and their guards."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

#: ``PRAGMA application_id``: the letters CPIT.
APPLICATION_ID: Final = 0x43504954
#: ``PRAGMA user_version``: number of the last migration.
SCHEMA_VERSION: Final = 2

metadata = MetaData()


def _seal() -> Column[bytes]:
    """Return the column that holds the keyed digest of the rest of its row, in each table."""
    return Column("seal", LargeBinary, nullable=False)


source = Table(
    "source",
    metadata,
    Column("id", Text, primary_key=True),
    Column("path", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("visit", Text),
    _seal(),
)

text_version = Table(
    "text_version",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source", Text, ForeignKey("source.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("structure", Text, nullable=False),
    Column("words", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    _seal(),
    UniqueConstraint("source", "ordinal"),
)

#: Every file received, and the text version that one reader made of it.
reading = Table(
    "reading",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("reader", Text, primary_key=True),
    Column("source", Text, ForeignKey("source.id"), primary_key=True),
    Column("version", Text, ForeignKey("text_version.id"), nullable=False),
    Column("path", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("header", Text, nullable=False),
    Column("asides", Text, nullable=False),
    Column("notices", Text, nullable=False),
    _seal(),
    Index("reading_source", "source"),
)

#: Append-only. A coding event carries the whole state of its coding in columns.
event = Table(
    "event",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("format", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),
    Column("subject", LargeBinary, nullable=False),
    Column("version", Text, ForeignKey("text_version.id")),
    Column("start", Integer),
    Column("end", Integer),
    Column("code", Text),
    Column("grid", Text),
    Column("digest", LargeBinary),
    Column("payload", Text, nullable=False),
    _seal(),
    Index("event_subject", "subject"),
    Index("event_version", "version"),
)

event_replaces = Table(
    "event_replaces",
    metadata,
    Column("event", LargeBinary, ForeignKey("event.id"), primary_key=True),
    Column("replaced", LargeBinary, primary_key=True),
    _seal(),
    Index("event_replaces_replaced", "replaced"),
)

#: Triggers of SQLite by name. Opening a study asserts that each is there, word for word.
GUARDS: Final = {
    f"{table}_refuses_{verb.lower()}": (
        f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
    for table in ("event", "event_replaces", "text_version", "reading")
    for verb in ("UPDATE", "DELETE")
}
