"""One bit of a study is flipped, in its database or in its files, and put back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from keeping.states import database_of


@dataclass(frozen=True)
class Cell:
    """One value of one row; `kind` is its SQLite type, kept when its bytes change."""

    table: str
    column: str
    rowid: int
    kind: str
    content: bytes


def flipped(content: bytes, bit: int) -> bytes:
    """Return the bytes with one bit changed."""
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def cells(folder: Path) -> list[Cell]:
    """Return every value of every row that has bytes, whole numbers as eight of them."""
    with closing(sqlite3.connect(database_of(folder))) as connection:
        tables = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            if not row[0].startswith("sqlite_")
        ]
        return [cell for table in tables for cell in _cells(connection, table)]


def _cells(connection: sqlite3.Connection, table: str) -> Iterator[Cell]:
    for column in [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]:
        rows = connection.execute(
            f'SELECT rowid, typeof("{column}"), CAST("{column}" AS BLOB), "{column}" FROM "{table}"'
        )
        for rowid, kind, content, value in rows:
            if kind == "integer":
                yield Cell(table, column, rowid, kind, value.to_bytes(8, "big", signed=True))
            elif content:
                yield Cell(table, column, rowid, kind, content)


@contextmanager
def written(folder: Path, cell: Cell, content: bytes) -> Iterator[None]:
    """Keep other bytes in a cell meanwhile, behind the guards, which stand again word for word."""
    _write(folder, cell, content)
    try:
        yield
    finally:
        _write(folder, cell, cell.content)


def _write(folder: Path, cell: Cell, content: bytes) -> None:
    value = int.from_bytes(content, "big", signed=True) if cell.kind == "integer" else content
    as_kind = "CAST(? AS TEXT)" if cell.kind == "text" else "?"
    with closing(sqlite3.connect(database_of(folder))) as connection:
        guards = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type='trigger' AND tbl_name=?", (cell.table,)
        ).fetchall()
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        for name, _sql in guards:
            connection.execute(f'DROP TRIGGER "{name}"')
        statement = f'UPDATE "{cell.table}" SET "{cell.column}" = {as_kind} WHERE rowid = ?'
        assert connection.execute(statement, (value, cell.rowid)).rowcount == 1
        for _name, sql in guards:
            connection.execute(sql)
        connection.commit()


@contextmanager
def replaced(path: Path, content: bytes) -> Iterator[None]:
    """Keep other bytes in a file meanwhile."""
    former = path.read_bytes()
    path.write_bytes(content)
    try:
        yield
    finally:
        path.write_bytes(former)


def one_bit(content: bytes, chance: Random) -> bytes:
    """Return the bytes with one bit changed by chance."""
    return flipped(content, chance.randrange(len(content) * 8))
