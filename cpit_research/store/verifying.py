"""What the database says of itself: its pages, its tables, its guards, the seal of every row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, create_engine

from cpit_research.store.schema import metadata
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
    """Yield the tables and indexes whose columns are not those that this program makes."""
    engine = create_engine("sqlite://")
    with engine.begin() as ours:
        metadata.create_all(ours)
        for name in metadata.tables:
            if _shape(connection, name) != _shape(ours, name):
                yield f"table {name}"
    engine.dispose()


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


def _shape(connection: Connection, table: str) -> object:
    columns = connection.exec_driver_sql(f"PRAGMA table_info({table})").fetchall()
    keys = connection.exec_driver_sql(f"PRAGMA foreign_key_list({table})").fetchall()
    indexes = connection.exec_driver_sql(f"PRAGMA index_list({table})").fetchall()
    held = {(row[1], row[2], *_indexed(connection, row[1])) for row in indexes}
    # The default of a column may differ: what was added later has one.
    return [(*row[1:4], row[5]) for row in columns], sorted(map(tuple, keys)), held


def _indexed(connection: Connection, index: str) -> list[str]:
    rows = connection.exec_driver_sql(f"PRAGMA index_info({index})")
    return [row[2] for row in rows]
