"""One SQLite file, opened with care: guards asserted, one writer at a time, nothing half-done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, select, text
from sqlalchemy.pool import NullPool, StaticPool

from cpit_research.errors import FormatError
from cpit_research.store.migrations import MIGRATIONS
from cpit_research.store.refusals import restore_it, telling
from cpit_research.store.schema import APPLICATION_ID, GUARDS, SCHEMA_VERSION, metadata, source
from cpit_research.store.sealing import KEY, columns_of, sealer
from cpit_research.wording import gettext as _

#: How long a transaction waits for another process, in milliseconds.
_BUSY_MS = 10_000
#: Rows that may tell that the key is not the right one: one alone may be damaged.
_WITNESSES = 5
_PRAGMAS = (
    "PRAGMA journal_mode=DELETE",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA recursive_triggers=ON",  # without it, INSERT OR REPLACE deletes behind the guards
    f"PRAGMA busy_timeout={_BUSY_MS}",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-65536",
)


class Database:
    """The study database.

    Parameters
    ----------
    path : Path
        The SQLite file; it is made, with its guards, when it is not there.
    key : bytes
        The study's key, for the seals of the rows.
    before_migration : callable, optional
        Called before a database of an older program is changed: keeps a copy of it.

    Raises
    ------
    FormatError
        If the file is not a study database, was made by a newer version, lost its guards, or was
        not written under this key.
    """

    def __init__(
        self,
        path: Path,
        key: bytes = b"",
        *,
        before_migration: Callable[[], object] = lambda: None,
    ) -> None:
        self.path = path
        self._key = key
        self._engine = _engine(path, key)
        self._watch: sqlite3.Connection | None = None
        if self._is_blank():
            self._make()
        if self._verify() < SCHEMA_VERSION:
            before_migration()
            self._migrate()
        self._verify_guards()
        self._verify_key()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the study, until the end of the block.

        Nobody can write meanwhile: read what is needed, then compute outside.

        Raises
        ------
        FormatError
            If the file cannot be read.
        Conflict
            If another process keeps it.
        """
        with telling(self.path), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose work is kept whole at the end of the block, or not at all.

        Raises
        ------
        FormatError
            If the file cannot be read or written.
        Conflict
            If another process keeps it, or has just written the same thing.
        """
        with telling(self.path), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.commit()

    def change_counter(self) -> int:
        """Return a number that changes when anyone commits a change.

        The file is never opened aside: closing it would release, on Unix, the locks that SQLite
        holds on it for this whole process.
        """
        with telling(self.path):
            if self._watch is None:
                self._watch = sqlite3.connect(
                    self.path, timeout=_BUSY_MS / 1000, check_same_thread=False
                )
            (number,) = self._watch.execute("PRAGMA data_version").fetchone()
        return int(number)

    def close(self) -> None:
        """Let the file go."""
        self._engine.dispose()
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _is_blank(self) -> bool:
        """Tell whether nothing was ever written: no file, an empty one, a beginning undone."""
        with self.reading() as connection:
            return _never_written(connection)

    def _make(self) -> None:
        with self.writing() as connection:
            if not _never_written(connection):  # another process has just done it
                return
            metadata.create_all(connection)
            for guard in GUARDS.values():
                connection.exec_driver_sql(guard)
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")

    def _migrate(self) -> None:
        with self.writing() as connection:
            made_by = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            for number in range(made_by + 1, SCHEMA_VERSION + 1):  # none if another process did it
                MIGRATIONS[number](connection)
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")

    def _verify(self) -> int:
        """Return the format of the file, once sure that it is a study that can be read."""
        with self.reading() as connection:
            made_by = connection.execute(text("PRAGMA application_id")).scalar_one()
            version = int(connection.execute(text("PRAGMA user_version")).scalar_one())
        if made_by != APPLICATION_ID or version < 1:
            raise self._refused(_("This file is not a study database."), restore_it())
        if version > SCHEMA_VERSION:
            raise self._refused(
                _("This study was written by a newer version of the program (format {n}).").format(
                    n=version
                ),
                _("Update cpit_research to open it."),
            )
        return version

    def _verify_guards(self) -> None:
        with self.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_master WHERE type='trigger'"
            )
            guards: dict[str, str] = {row[0]: row[1] for row in rows}
        missing = sorted(name for name, sql in GUARDS.items() if guards.get(name) != sql)
        if missing:
            raise self._refused(
                _("The database has lost its guards: {names}.").format(names=", ".join(missing)),
                restore_it(),
            )

    def _verify_key(self) -> None:
        """Refuse a database written under another key: what is added would never match."""
        columns = [source.c[name] for name in columns_of(source)]
        with self.reading() as connection:
            rows = connection.execute(select(source.c.seal, *columns).limit(_WITNESSES)).all()
        seal = sealer(self._key)
        if rows and not any(seal(tuple(row[1:])) == row[0] for row in rows):
            raise self._refused(
                _("The database was not written under the key of study.toml."),
                _("Put back the study.toml kept with it: data/backups has a copy."),
            )

    def _refused(self, what: str, remedy: str = "") -> FormatError:
        return FormatError(
            what,
            path=str(self.path),
            where=_("File: {path}.").format(path=self.path),
            remedy=remedy,
        )


def _engine(path: Path, key: bytes) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=StaticPool if str(path) == ":memory:" else NullPool,
        connect_args={"timeout": _BUSY_MS / 1000, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        record.info[KEY] = key
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    return engine


def _never_written(connection: Connection) -> bool:
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    return not tables and not connection.exec_driver_sql("PRAGMA application_id").scalar_one()
