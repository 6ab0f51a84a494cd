"""What the database says of itself: its pages, its tables, its guards, the seal of every row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, create_engine

from cpit_research.store.migrations import SEAL_ADDED
from cpit_research.store.schema import GUARDS, metadata
from cpit_research.store.sealing import KEY, columns_of, sealer

__all__ = ["faults_of_file", "last_change", "rows_of"]

#: How many faults of one kind SQLite itself lists.
_LISTED: Final = 100
_AT_ONCE: Final = 500


def faults_of_file(connection: Connection) -> list[str]:
    """Return what SQLite finds wrong in the file, and how its tables differ from ours."""
    pages = connection.exec_driver_sql(f"PRAGMA integrity_check({_LISTED})")
    keys = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    return [
        *(str(row[0]) for row in pages if row[0] != "ok"),
        *(f"foreign key: {tuple(row)}" for row in keys),
        *_altered(connection),
    ]


def last_change(connection: Connection) -> int:
    """Return when the last thing was written, in milliseconds; 0 when nothing was."""
    latest = (
        connection.exec_driver_sql(f"SELECT max(at) FROM {table}").scalar_one()  # noqa: S608  ours
        for table in ("event", "reading")
    )
    return max(int(at or 0) for at in latest)


def rows_of(connection: Connection, table: str) -> tuple[list[tuple[tuple[Any, ...], bool]], str]:
    """Return every row of a table as it is on the disk, and why the rest cannot be read.

    Returns
    -------
    list of (tuple, bool)
        Each row: its values in the order of the columns, seal left out, where bytes that are no
        UTF-8 any more have become surrogates; and whether its seal is the one of its values.
    str
        What stopped the reading, in SQLite's own words; empty when nothing did.
    """
    names = columns_of(metadata.tables[table])
    seal = sealer(connection.info[KEY])
    columns = ", ".join(f'"{name}"' for name in names)
    found: list[tuple[tuple[Any, ...], bool]] = []
    with _as_they_are(connection) as cursor:
        try:
            cursor.execute(f"SELECT {columns}, seal FROM {table} ORDER BY rowid")  # noqa: S608  ours
            while rows := cursor.fetchmany(_AT_ONCE):
                found += [(row[:-1], seal(row[:-1]) == row[-1]) for row in rows]
        except sqlite3.DatabaseError as error:
            return found, str(error)
    return found, ""


def _altered(connection: Connection) -> Iterator[str]:
    """Yield the tables, indexes and guards that are not those that this program makes."""
    engine = create_engine("sqlite://")
    with engine.begin() as ours:
        metadata.create_all(ours)
        for guard in GUARDS.values():
            ours.exec_driver_sql(guard)
        different = _declared(connection) ^ _declared(ours)
    engine.dispose()
    yield from dict.fromkeys(f"{kind} {name}" for kind, name, _table, _sql in sorted(different))


def _declared(connection: Connection) -> set[tuple[str, str, str, str]]:
    """Return the type, name, table and words of all that a database declares."""
    with _as_they_are(connection) as cursor:
        cursor.execute("SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_master")
        rows = cursor.fetchall()
    return {(kind, name, table, sql.replace(*SEAL_ADDED)) for kind, name, table, sql in rows}


@contextmanager
def _as_they_are(connection: Connection) -> Iterator[sqlite3.Cursor]:
    """Give a cursor that never stops at bytes which are no text any more."""
    driver: Any = connection.connection.driver_connection
    usual, driver.text_factory = driver.text_factory, _as_it_is
    cursor = driver.cursor()
    try:
        yield cursor
    finally:
        cursor.close()
        driver.text_factory = usual


def _as_it_is(held: bytes) -> str:
    return held.decode("utf-8", "surrogateescape")
