"""One SQLite file, opened with care: guards asserted, one writer at a time, nothing half-done."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError
from sqlalchemy.pool import NullPool, StaticPool

from cpit_research.errors import Conflict, FormatError
from cpit_research.store.schema import APPLICATION_ID, GUARDS, SCHEMA_VERSION, metadata
from cpit_research.wording import gettext as _

_BUSY_MS = 10_000
_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_TWICE = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
_SHOWN = 120
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

    Raises
    ------
    FormatError
        If the file is not a study database, was made by a newer version, or lost its guards.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _engine(path)
        if self._is_blank():
            self._make()
        self._verify()

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
        with self._telling(), self._engine.connect() as connection:
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
        with self._telling(), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.commit()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Say in a sentence what keeps the file from being read or written."""
        try:
            yield
        except IntegrityError as error:
            if getattr(error.orig, "sqlite_errorcode", 0) in _TWICE:
                raise _overtaken() from error
            raise
        except ProgrammingError:
            raise
        except (DatabaseError, sqlite3.DatabaseError) as error:  # the driver may be asked itself
            told = error if isinstance(error, DatabaseError) else DatabaseError(None, None, error)
            if getattr(told.orig, "sqlite_errorcode", 0) & 0xFF in _HELD:
                raise _busy() from error
            raise _refusal(told, self.path) from error

    def change_counter(self) -> int:
        """Return a number that every committed change increases, whoever made it."""
        with self.path.open("rb") as file:
            file.seek(24)  # "file change counter" of the SQLite header
            return int.from_bytes(file.read(4), "big")

    def close(self) -> None:
        """Let the file go."""
        self._engine.dispose()

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

    def _verify(self) -> None:
        with self.reading() as connection:
            made_by = connection.execute(text("PRAGMA application_id")).scalar_one()
            version = connection.execute(text("PRAGMA user_version")).scalar_one()
            rows = connection.exec_driver_sql(
                "SELECT name, sql FROM sqlite_master WHERE type='trigger'"
            )
            guards: dict[str, str] = {row[0]: row[1] for row in rows}
        where = _("File: {path}.").format(path=self.path)
        if made_by != APPLICATION_ID:
            raise FormatError(
                _("This file is not a study database."), path=str(self.path), where=where
            )
        if version > SCHEMA_VERSION:
            raise FormatError(
                _("This study was written by a newer version of the program (format {n}).").format(
                    n=version
                ),
                path=str(self.path),
                where=where,
                remedy=_("Update cpit_research to open it."),
            )
        missing = sorted(name for name, sql in GUARDS.items() if guards.get(name) != sql)
        if missing:
            raise FormatError(
                _("The database has lost its guards: {names}.").format(names=", ".join(missing)),
                path=str(self.path),
                where=where,
                remedy=_restore(),
            )

    def integrity(self) -> list[str]:
        """Return what SQLite finds wrong in the file; empty when all is well."""
        with self.reading() as connection:
            rows = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
            keys = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        return [row for row in rows if row != "ok"] + [f"foreign key: {tuple(row)}" for row in keys]


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=StaticPool if str(path) == ":memory:" else NullPool,
        connect_args={"timeout": _BUSY_MS / 1000, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        for pragma in _PRAGMAS:
            connection.execute(pragma)

    return engine


def _never_written(connection: Connection) -> bool:
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    return not tables and not connection.exec_driver_sql("PRAGMA application_id").scalar_one()


def _refusal(error: DatabaseError, path: Path) -> FormatError:
    """Return the sentence for a file that is damaged, or that the system refuses."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    reasons = {
        sqlite3.SQLITE_CORRUPT: _("the file is damaged"),
        sqlite3.SQLITE_NOTADB: _("the file is damaged"),
        sqlite3.SQLITE_READONLY: _("the file or its folder cannot be written"),
        sqlite3.SQLITE_CANTOPEN: _("the file or its folder cannot be opened"),
        sqlite3.SQLITE_PERM: _("access is denied"),
        sqlite3.SQLITE_FULL: _("the disk is full"),
        sqlite3.SQLITE_IOERR: _("the disk does not answer well"),
    }
    damaged = code not in reasons or code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
    return FormatError(
        _("The study database cannot be used: {reason}.").format(
            reason=reasons.get(code, str(error.orig)[:_SHOWN])
        ),
        path=str(path),
        where=_("File: {path}.").format(path=path),
        remedy=_restore()
        if damaged
        else _("Check the folder, your rights on it and the free space."),
    )


def _restore() -> str:
    return _(
        "Put it aside, never delete it, and restore a backup. Without one, all that is in data/raw "
        "(notes, coding sheets, findings) can be read again; what is only in the database is lost."
    )


def _overtaken() -> Conflict:
    """Return the sentence for what another process has written since the study was read."""
    return Conflict(
        _("Another process has just written the same thing in this study."),
        remedy=_("Nothing was written here: start again."),
    )


def _busy() -> Conflict:
    """Return the sentence for a database that another process keeps."""
    return Conflict(
        _("Another process keeps the database of this study."),
        remedy=_("Wait until it has finished, then start again."),
    )
